"""D6 and D7: is more speed worth anything, and what pace is worth aiming at?

One goal at a time: finish while blanks occur, then be faster, then spend the time in hand.
Blocks here are the eligible ones of one class, in time order. Milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median

from qbank.analytics.estimate import NotYet, What
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.thresholds import RESERVE_SHARE, STARTING_BLOCKS, USUAL_BLOCKS
from qbank.analytics.timing import word_adjusted_ms

_OF_BUDGET, _OF_USUAL = 0.9, 0.97


class Goal(StrEnum):
    """The one thing to aim at with the clock."""

    FINISH = "finish"
    FASTER = "faster"
    SPEND = "spend"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Time in hand at the end, the median of the last blocks.

    `enough` says that more speed would earn nothing: a tenth of the limit or more is left.
    """

    in_hand_ms: float
    share: float
    n: int

    @property
    def enough(self) -> bool:
        """Whether the speed goal is off."""
        return self.share >= RESERVE_SHARE


def reserve(blocks: Sequence[AnalysedBlock]) -> Reserve | NotYet:
    """D6 over the last five eligible blocks of a class; NotYet before three."""
    last = blocks[-USUAL_BLOCKS:]
    if len(last) < STARTING_BLOCKS:
        return NotYet(STARTING_BLOCKS, len(last), What.TIMED_BLOCKS)
    left = [(one.limit_ms or one.used_ms) - one.used_ms for one in last]
    limit_ms = last[-1].limit_ms or 0
    in_hand_ms = median(left)
    return Reserve(in_hand_ms, in_hand_ms / limit_ms if limit_ms else 0.0, len(last))


def useful_pace_ms(budget_ms: float, usual_ms: float) -> float:
    """D7: a pace worth aiming at, a question.

    A little under the usual one, but not under nine tenths of the budget: more speed than that
    has no use. So no target is ever in the reach of rushing (six tenths of the budget).
    """
    return max(_OF_BUDGET * budget_ms, _OF_USUAL * usual_ms)


def target_pace_ms(blocks: Sequence[AnalysedBlock]) -> float | NotYet:
    """D7 from the last eligible blocks of a class, word-adjusted; NotYet before three."""
    last = blocks[-USUAL_BLOCKS:]
    if len(last) < STARTING_BLOCKS:
        return NotYet(STARTING_BLOCKS, len(last), What.TIMED_BLOCKS)
    paces = [pace_ms for one in last if (pace_ms := word_adjusted_ms(one)) is not None]
    return useful_pace_ms(last[-1].budget_ms or 0.0, fmean(paces))


def goal(blocks: Sequence[AnalysedBlock]) -> Goal:
    """The stage a class has come to: finish, then faster, then spend the time.

    Speed is raced for once the last three blocks had nothing blank; with enough time in hand
    it is not. Blanks put the first goal back, however much time was left.
    """
    last = blocks[-STARTING_BLOCKS:]
    if len(last) < STARTING_BLOCKS or any(one.blanks for one in last):
        return Goal.FINISH
    found = reserve(blocks)
    return Goal.SPEND if isinstance(found, Reserve) and found.enough else Goal.FASTER
