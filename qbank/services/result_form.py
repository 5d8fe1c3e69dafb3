"""Results between the store and a form: as texts that are typed, as cells, on a line of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qbank.errors import UsageError
from qbank.reporting import result_words as say
from qbank.reporting.charts import IntervalChart, IntervalRow, Limit, Scale
from qbank.services.results import KINDS, NewResult
from qbank.store.results import EXAM

if TYPE_CHECKING:
    from qbank.services.views.stats import ResultView

ON_THE_SCALE = ("NBME form", "UWSA", EXAM)
"""Kinds whose scores are told on the exam's own scale."""


def error_of(kind: str) -> str:
    """The published error of a kind as it is typed; empty where none is known."""
    return _plain(KINDS[kind])


def new_texts(pass_mark: float | None) -> dict[str, str]:
    """An empty form, but for the pass mark entered last and the error of the first kind."""
    first = next(iter(KINDS))
    return {
        **dict.fromkeys(say.FIELDS, ""),
        "pass_mark": _plain(pass_mark),
        "error": error_of(first),
    }


def texts_of(one: ResultView) -> dict[str, str]:
    """A result as it would be typed."""
    return {
        "day": one.day,
        "name": one.name,
        "score": _plain(one.score),
        "pass_mark": _plain(one.pass_mark),
        "error": _plain(one.error),
        "bars": say.bars(one.bands),
        "note": one.note,
    }


def result_cells(one: ResultView) -> tuple[str, ...]:
    """Date, kind, name, score, pass mark and error, as a list shows them."""
    numbers = (say.number(one.score), say.number(one.pass_mark), say.plus_minus(one.error))
    return (say.day(one.day), one.kind, one.name, *numbers)


def typed(texts: Mapping[str, str]) -> NewResult:
    """A result from the texts of a form, by the names of `result_words.FIELDS`, and its `kind`.

    No error typed says that none is known. Raises UsageError for what is no number or no bar.
    """
    score = _number(texts, "score")
    if score is None:
        raise UsageError("a result needs its score")
    return NewResult(
        day=texts["day"],
        kind=texts["kind"],
        score=score,
        name=texts["name"],
        pass_mark=_number(texts, "pass_mark"),
        error=_number(texts, "error") or 0.0,
        bands=tuple(_bar(each) for each in texts["bars"].split(";") if each.strip()),
        note=texts["note"],
    )


def _number(texts: Mapping[str, str], name: str) -> float | None:
    text = texts[name].strip()
    try:
        return float(text) if text else None
    except ValueError:
        raise UsageError(f"{say.FIELDS[name].lower()}: {text!r} is no number") from None


def _bar(text: str) -> tuple[str, str]:
    name, _, said = (part.strip() for part in text.partition(":"))
    if not (name and said):
        raise UsageError(f"{text.strip()!r} is no bar", hint=f"Write {say.BARS_HINT}.")
    return name, said


def time_line(found: Sequence[ResultView]) -> IntervalChart | None:
    """Scores on the exam's own scale by date, each with its error; None where there is none.

    Results of another scale (percent right) are left out.
    """
    shown = [one for one in found if one.kind in ON_THE_SCALE]
    if not shown:
        return None
    mark = next((one.pass_mark for one in reversed(shown) if one.pass_mark is not None), None)
    return IntervalChart(
        say.TIME_LINE,
        Scale.COUNT,
        tuple(map(_on_line, shown)),
        None if mark is None else Limit(mark, say.MARK_ENTERED),
    )


def _on_line(one: ResultView) -> IntervalRow:
    low = high = None
    if one.error is not None:
        low, high = one.score - one.error, one.score + one.error
    return IntervalRow(say.on_line(one.day, one.kind), one.score, low, high, say.number(one.score))


def _plain(value: float | None) -> str:
    """A number as it is typed; empty for none."""
    return "" if value is None else f"{value:g}"
