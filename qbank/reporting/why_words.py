"""What stands behind the figures of a result, for who asks: intervals, rules, what they do not say.

Shares are whole percent with their 95 % interval; nothing here is a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qbank.reporting import review_words, words

RULES: Mapping[str, str] = {
    "not_answered": "no answer at the end",
    "very_quick": "answered in under a tenth of its time (3 to 10 s)",
    "changed_away": "the first answer was right, the last one is not",
    "near_the_end": "in the last quarter, over even pace, in less than half its time",
    "first_choice_early": "a choice within its time, then half as much time again after it",
    "too_early": "a step that something has to come before",
    "too_late": "a step that is behind this patient already",
    "insufficient": "the right direction, and not enough",
    "needless": "a step that changes nothing in what is done next",
    "harmful": "a step that would do damage here",
    "other_diagnosis": "what would be right for another case",
    "knowledge": "none of these",
    "misread": "only you can say so",
}
"""What makes each reason fit, in the order in which they are tried."""

PACE_RULE = (
    "Time in hand after a question is its even share and those before it, less the time they "
    "took. A later visit counts at its question."
)
FIRST_FIT = (
    "A bookkeeping rule, not a diagnosis: each question not right goes to the first that fits. "
    "The time of a question is its share of the clock, longer where it has more words."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A title, the sentences under it, and lines of two columns under these."""

    title: str
    sentences: tuple[str, ...]
    lines: tuple[tuple[str, str], ...] = ()


def share(right: int, asked: int, low: float, high: float) -> str:
    """A share with its interval: how much so few questions can tell."""
    return (
        f"{_percent(right / asked)} %. Over very many questions like these it would be between "
        f"{_percent(low)} and {_percent(high)} % (95 % interval): so much {asked} can tell."
    )


def pace(pace_ms: int, budget_ms: int | None) -> str:
    """The mean time of an answered question beside its even share."""
    said = f"An answered question took {round(pace_ms / 1000)} s on average"
    return f"{said}; the even share is {round(budget_ms / 1000)} s." if budget_ms else f"{said}."


def raced(whom: str) -> str:
    """Which line is whose."""
    return f"The dotted line is {whom}."


def long_from(over_ms: int) -> str:
    """What counts as long in the lists."""
    return f"In the lists, long is over {words.clock(over_ms)}: one and a half even shares."


def rules() -> Section:
    """Where questions go, and why there."""
    lines = tuple((review_words.short_reason(name), rule) for name, rule in RULES.items())
    return Section("Where questions went", (FIRST_FIT,), lines)


def _percent(part: float) -> int:
    return round(part * 100)
