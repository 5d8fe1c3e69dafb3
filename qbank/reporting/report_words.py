"""The sentences of a report that its figures do not bring with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from qbank.reporting.words import count

TITLE = "Where the time and the points went"
ONE_THING = "One thing"
SO_FAR = "What the figures can say so far"
RESULTS = "Results entered by hand"
RESULTS_APART = "They stand by themselves: no figure here is made of them, and none predicts them."
EVERY_FIGURE = "Every figure"
UNDER_IDS = (
    "Under the ids that qbank's page of statistics explains. Shares and differences of shares lie "
    "between -1 and 1, times are milliseconds. From and to are the ends of the interval."
)
READING = (
    "An interval says how far the figure could lie off by chance alone; where it holds no "
    "difference, none is claimed. What is not known yet is said to be so.",
    "Percent right here is not an exam score: these questions are not tied to the exam's scale. "
    "Nothing here predicts one.",
)
KNOWN: Mapping[str, str] = {"known": "known", "rough": "rough", "needs": "not yet"}


def made(day: date) -> str:
    """When it was made."""
    return f"Made on {day:%Y-%m-%d}."


def counted(blocks: int, questions: int, fresh: int) -> str:
    """What it rests on."""
    return f"{count(blocks, 'block')}, {count(questions, 'question')}, {fresh:,} met first then"


def span(first: date, last: date) -> str:
    """From when to when."""
    return f", from {first:%Y-%m-%d} to {last:%Y-%m-%d}."


def only(limits: Sequence[str]) -> tuple[str, ...]:
    """What was asked for, where it was not everything."""
    return (f"Only: {', '.join(limits)}.",) if limits else ()


def needs(more: int, of: str) -> str:
    """What is missing of a figure."""
    return f"needs {more} more: {of.replace('_', ' ')}"


def unit(name: str) -> str:
    """A unit in words."""
    return name.replace("_", " ")
