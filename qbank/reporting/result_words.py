"""The words of results that a person enters: own mocks and score reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qbank.reporting.charts import NONE
from qbank.reporting.day_words import day_name, short_day

TITLE = "Results"
ASIDE = "own mocks and score reports, never mixed with your blocks"
NEW, EDIT = "New result", "Change a result"
NOTHING_YET = "No result yet. N enters one: an NBME form, Free 120, UWSA, or your score report."
TIME_LINE = "Scores by date, each with its form's own error"
MARK_ENTERED = "the pass mark you entered"
CHECK = "Pass mark and error are yours to enter: check usmle.org and your report."
MAY_BE_EMPTY = "what is not known stays empty"
BARS_HINT = "Surgery: lower; Medicine: same"

FIELDS = {
    "day": "Date",
    "name": "Name",
    "score": "Score",
    "pass_mark": "Pass mark",
    "error": "Its error ±",
    "bars": "Bars",
    "note": "Note",
}
"""The fields of the form and their labels."""


def day(iso: str) -> str:
    """An ISO date as it is read."""
    return day_name(date.fromisoformat(iso))


def number(value: float | None) -> str:
    """A score, a pass mark or an error; a dash where it is not known."""
    return NONE if value is None else f"{value:g}"


def plus_minus(error: float | None) -> str:
    """`±9`."""
    return NONE if error is None else f"±{error:g}"


def bars(bands: Sequence[tuple[str, str]]) -> str:
    """The bars of a report in one line, as they are typed in."""
    return "; ".join(f"{name}: {said}" for name, said in bands)


def which(iso: str, kind: str, name: str) -> str:
    """Which result: `1 Dec 2026 · NBME form · form 12`."""
    return " · ".join(filter(None, (day(iso), kind, name)))


def on_line(iso: str, kind: str) -> str:
    """A result on the line of time: `1 Dec · NBME form`."""
    return f"{short_day(date.fromisoformat(iso))} · {kind}"
