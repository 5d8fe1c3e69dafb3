"""A report of the figures, for oneself or an adviser: the pages of Statistics and every figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from qbank.reporting import report_words as say
from qbank.reporting import words
from qbank.reporting.charts import Grid
from qbank.reporting.day_words import local
from qbank.reporting.report_model import Part, Report
from qbank.reporting.tab_words import TABS
from qbank.services.pages.tabs import pages
from qbank.services.stats_data import data, rows

if TYPE_CHECKING:
    from qbank.services.views.stats import Figures


def report(found: Figures, now_ms: int, offset_min: int) -> Report:
    """The report of these figures, made at a moment (epoch milliseconds)."""
    made = local(now_ms, offset_min).date()
    parts = [Part(say.ONE_THING, found.one_thing.lines), _so_far(found)]
    for tab, page in pages(found).items():
        notes = tuple(line for section in page.details for line in section.sentences)
        parts.append(Part(TABS[tab][1], page.sentences, page.pictures, page.tables, notes))
    if found.results:
        parts.append(_results(found))
    parts.append(_every_figure(found))
    return Report(say.TITLE, _scope(found, made, offset_min), tuple(parts))


def _scope(found: Figures, made: date, offset_min: int) -> tuple[str, ...]:
    span = ""
    if found.first_at is not None and found.last_at is not None:
        first, last = (local(at, offset_min).date() for at in (found.first_at, found.last_at))
        span = say.span(first, last)
    asked = found.filter
    limits = [*(f"pack {pack}" for pack in asked.packs)]
    if asked.mode is not None:
        limits.append(words.mode(asked.mode))
    counted = say.counted(found.blocks, found.questions, found.fresh)
    return (f"{say.made(made)} {counted}{span}", *say.only(limits), *say.READING)


def _so_far(found: Figures) -> Part:
    lines = tuple((one.name, one.text, say.KNOWN[one.known.value]) for one in found.can_say)
    grid = Grid("", ("figure", "so far", "how sure"), lines, texts=(0, 1, 2))
    return Part(say.SO_FAR, (), grids=(grid,) if lines else ())


def _results(found: Figures) -> Part:
    lines = tuple(
        (one.day, f"{one.kind} {one.name}".strip(), f"{one.score:g}", " ".join(one.lines))
        for one in found.results
    )
    columns = ("day", "which", "score", "against the pass mark entered")
    return Part(say.RESULTS, (say.RESULTS_APART,), grids=(Grid("", columns, lines, (0, 1, 3)),))


def _every_figure(found: Figures) -> Part:
    """Each figure under its id, with the digits that `digits` gives it."""
    lines = tuple(
        (path, *(digits(one.get(name)) for name in ("value", "low", "high", "n")), _unit(one))
        for path, one in rows(data(found))
    )
    grid = Grid("", ("figure", "value", "from", "to", "n", "unit"), lines, (0, 5))
    return Part(say.EVERY_FIGURE, (say.UNDER_IDS,), grids=(grid,))


def digits(value: float | None) -> str:
    """A number as the table of all figures has it: whole, or four digits after the point."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.4f}"


def _unit(one: dict[str, Any]) -> str:
    if "needs" in one:
        return say.needs(one["needs"], one["of"])
    return say.unit(str(one["unit"]))
