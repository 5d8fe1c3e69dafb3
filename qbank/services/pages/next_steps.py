"""How do next steps go? Against other questions, over the blocks, and in which way wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet
from qbank.reporting import build_words, review_words, words
from qbank.reporting import tab_words as say
from qbank.reporting.charts import (
    Bar,
    BarChart,
    Chart,
    Grid,
    IntervalChart,
    IntervalRow,
    LineChart,
    Scale,
    Series,
)
from qbank.reporting.why_words import Section
from qbank.services.pages.page import TabPage, interval_row, missing, page, standing_rows
from qbank.services.views.said import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qbank.analytics.next_step import NextStepGap
    from qbank.analytics.offered import OfferedChosen
    from qbank.analytics.shrinkage import Standing
    from qbank.services.views.stats import Figures, NextStepFigures

_LEAST_POINTS = 3


def next_steps(figures: Figures) -> TabPage:
    """The second tab."""
    found = figures.next_step
    return page(
        figures,
        Tab.NEXT_STEP,
        _sentences(found),
        [_against(found), _by_block(found), _ways(found), _kinds(found.kinds)],
        [_errors(found), _actions(found), _kind_table(found.kinds)],
        [_behind(found)],
    )


def _sentences(found: NextStepFigures) -> list[str]:
    if not found.asked:
        return ["No next step was asked here yet."]
    said = [say.next_steps(found.right, found.asked, found.rest)]
    said += missing("Next step against the rest", found.rest)
    said += missing("In which way next steps go wrong", found.errors)
    misses, coded = found.coverage.misses, found.coverage.coded
    if misses > coded:
        said.append(
            f"Of {misses} not right, {coded} have a reason in their pack; the rest is in no count."
        )
    return said


# --- pictures -----------------------------------------------------------------------------------


def _against(found: NextStepFigures) -> Chart:
    """Next steps and the others, each on its interval."""
    rest, diagnosis = found.rest, found.diagnosis
    rows = []
    if not isinstance(rest, NotYet):
        rows.append(_gap_row("next steps", rest.next_steps))
        rows.append(_gap_row("all others", rest.others))
    if not isinstance(diagnosis, NotYet):
        rows.append(_gap_row("diagnosis", diagnosis.others))
    return IntervalChart("Right: next steps and others", Scale.SHARE, tuple(rows))


def _gap_row(name: str, found: Estimate) -> IntervalRow:
    return interval_row(name, round(found.value * found.n), found.n, found)


def _by_block(found: NextStepFigures) -> Chart:
    """Share right a block, in time order, while there is a way to see."""
    blocks = found.by_block if len(found.by_block) >= _LEAST_POINTS else ()
    shares = tuple(right / asked for _, right, asked in blocks)
    places = tuple(str(at + 1) for at in range(len(blocks)))
    series = (Series("next steps right", shares),)
    return LineChart("Next steps right, by block", Scale.SHARE, "block", places, series)


def _ways(found: NextStepFigures) -> Chart:
    """How often each kind of wrong step was chosen, beside what blind choice would give."""
    errors = () if isinstance(found.errors, NotYet) else found.errors
    bars = tuple(Bar(_error(each.kind), (each.chosen,), each.expected) for each in errors)
    title = "How next steps go wrong"
    return BarChart(title, Scale.COUNT, bars, ("chosen",), "what is offered would give")


def _error(code: str) -> str:
    return review_words.REASONS.get(code, code.replace("_", " "))


def _kinds(kinds: Sequence[Standing]) -> Chart:
    rows = tuple(
        interval_row(_kind(one.group), one.right, one.asked, found)
        for one, found in standing_rows(kinds)
    )
    return IntervalChart(f"By kind, {say.SHRUNK}", Scale.SHARE, rows)


def _kind(name: str) -> str:
    return build_words.NEXT_STEPS.get(name, name)


# --- tables -------------------------------------------------------------------------------------


def _errors(found: NextStepFigures) -> Grid:
    errors = () if isinstance(found.errors, NotYet) else found.errors
    rows = tuple((_error(each.kind), *_chosen(each)) for each in errors)
    return Grid("How next steps go wrong", ("way", "chosen", "offered gives"), rows)


def _actions(found: NextStepFigures) -> Grid:
    """What was done where something else was asked."""
    actions = () if isinstance(found.actions, NotYet) else found.actions
    rows = tuple((each.asked or "", each.kind, *_chosen(each)) for each in actions)
    columns = ("asked", "done", "chosen", "offered gives")
    return Grid("What was done instead", columns, rows, texts=(0, 1))


def _chosen(each: OfferedChosen) -> tuple[str, str]:
    return words.right_of(each.chosen, each.misses), f"about {each.expected:.0f}"


def _kind_table(kinds: Sequence[Standing]) -> Grid:
    rows = tuple(
        (_kind(one.group), words.right_of(one.right, one.asked), say.label(one.label))
        for one in kinds
    )
    return Grid("By kind of next step", ("kind", "right", ""), rows, texts=(0, 2))


# --- behind a key -------------------------------------------------------------------------------


def _behind(found: NextStepFigures) -> Section:
    lines: list[tuple[str, str]] = []
    for name, each in (("all others", found.rest), ("diagnosis", found.diagnosis)):
        if not isinstance(each, NotYet):
            lines += _gap_lines(name, each)
    if not isinstance(found.trend, NotYet):
        lines.append(("over the blocks", say.p_value(found.trend.p)))
    if not isinstance(found.errors, NotYet):
        lines += [
            (_error(each.kind), f"this often or more by chance: {say.p_value(each.tail)}")
            for each in found.errors
        ]
    return Section("Next steps", (), tuple(lines))


def _gap_lines(name: str, each: NextStepGap) -> list[tuple[str, str]]:
    lines = [(f"less {name}", f"{say.with_ends(each.gap, Scale.POINTS)} points")]
    if each.pace is not None:
        lines.append((f"time over {name}", say.ratio(each.pace)))
    return lines
