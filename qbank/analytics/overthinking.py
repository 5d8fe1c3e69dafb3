"""B6: do the long answers earn the time they take?

An answer is long past one and a half times the even share, or past the learner's own third
quartile on right answers where that is later and 150 answers are known. The rule is that of
marginal value: leave when the next minute earns less here than a minute earns on the whole.
A long time is a sign of not knowing: nothing here says that less time would have been right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, quantiles
from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet, Unit, What, short_of
from qbank.analytics.proportions import difference, wilson_ends
from qbank.analytics.thresholds import LONG_ITEMS, PERSONAL_ITEMS, SURENESS_ANSWERS
from qbank.block.model import Confidence

if TYPE_CHECKING:
    from qbank.analytics.timed_answers import TimedAnswer

LONG = 1.5
_MINUTE_MS = 60_000


class Worth(StrEnum):
    """What the time past the point brings, against a minute on the whole."""

    WORTH_IT = "worth_it"
    EARNS_LESS = "overthinking"


@dataclass(frozen=True, slots=True)
class LongAnswers:
    """Answers past the point, `n` of them and `right` of these.

    `from_times` is the point in even shares, `over_ms` the time past it and `index` its part
    of all time. `earned` is right answers a minute past the point, above what guessing would
    have got; `usual` is right answers a minute on the whole. `settled` says that chance
    hardly makes so large a difference of the two.
    """

    from_times: float
    n: int
    right: int
    over_ms: float
    index: float
    earned: Estimate
    usual: float

    @property
    def worth(self) -> Worth:
        """The rule."""
        return Worth.WORTH_IT if self.earned.value >= self.usual else Worth.EARNS_LESS

    @property
    def settled(self) -> bool:
        """Whether the interval of `earned` lies on one side of `usual`."""
        return self.earned.excludes(self.usual)


def long_answers(answers: Sequence[TimedAnswer]) -> LongAnswers | NotYet:
    """B6 past the learner's own point and against their own guessing; NotYet below 10 long ones."""
    guesses = len(_guesses(answers))
    found = beyond(answers, long_from(answers), chance_right(answers), guesses)
    if found is None:
        return NotYet(LONG_ITEMS, 0, What.LONG_ANSWERS)
    return short_of(LONG_ITEMS, (found.n,), What.LONG_ANSWERS) or found


def long_from(answers: Sequence[TimedAnswer]) -> float:
    """The point from which an answer is long, in even shares."""
    right = [one.spent_ms / one.budget_ms for one in answers if one.attempt.right]
    if len(answers) < PERSONAL_ITEMS or len(right) < 2:
        return LONG
    return max(LONG, quantiles(right, n=4, method="inclusive")[2])


def chance_right(answers: Sequence[TimedAnswer]) -> float:
    """What guessing gets: the learner's own share on guesses from 20 on, else blind chance."""
    if guesses := _guesses(answers):
        return fmean(guesses)
    return fmean(one.attempt.facts.chance for one in answers) if answers else 0.0


def _guesses(answers: Sequence[TimedAnswer]) -> list[bool]:
    """Whether each guess was right; empty where they are too few to tell a share."""
    found = [one.attempt.right for one in answers if one.attempt.confidence is Confidence.GUESS]
    return found if len(found) >= SURENESS_ANSWERS else []


def beyond(
    answers: Sequence[TimedAnswer], from_times: float, guess: float, guesses: int = 0
) -> LongAnswers | None:
    """What the time past a point earned; None where no answer went past it.

    `from_times` is in even shares, `guess` the share that guessing gets right: known, or from
    so many `guesses`, whose own chance then widens the interval.
    """
    over = [max(0.0, one.spent_ms - from_times * one.budget_ms) for one in answers]
    long = [one.attempt.right for one, past_ms in zip(answers, over, strict=True) if past_ms > 0]
    if not long:
        return None
    over_ms, total_ms = sum(over), sum(one.spent_ms for one in answers)
    minutes, n = over_ms / _MINUTE_MS, len(long)
    low, high = (end - guess for end in wilson_ends(sum(long), n))
    if guesses:
        above = difference((sum(long), n), (round(guess * guesses), guesses))
        low, high = above.low or 0.0, above.high or 0.0
    value = (sum(long) - guess * n) / minutes
    ends = min(value, low * n / minutes), max(value, high * n / minutes)
    return LongAnswers(
        from_times=from_times,
        n=n,
        right=sum(long),
        over_ms=over_ms,
        index=over_ms / total_ms,
        earned=Estimate(value, n, *ends, Unit.PER_MINUTE),
        usual=sum(one.attempt.right for one in answers) / (total_ms / _MINUTE_MS),
    )
