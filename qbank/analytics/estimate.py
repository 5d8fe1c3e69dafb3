"""A figure, or the fact that it cannot be known yet. There is no third thing to show."""

from dataclasses import dataclass
from enum import StrEnum

from qbank.analytics.distributions import z_of


class Unit(StrEnum):
    """What an estimate's value counts. Shares and differences of shares lie in -1 to 1."""

    MS = "ms"
    SHARE = "share"
    SHARE_DIFFERENCE = "share_difference"
    RATIO = "ratio"
    QUESTIONS = "questions"
    QUESTIONS_PER_BLOCK = "questions_per_block"
    PER_MINUTE = "right_per_minute"
    LOGIT = "logit"
    SCORE = "score"


class What(StrEnum):
    """What there is too little of."""

    ANSWERS = "answers"
    RIGHT_AND_WRONG = "right_and_wrong"
    NEXT_STEP_AND_OTHER = "next_step_and_other"
    LONG_ANSWERS = "long_answers"
    CODED_ANSWERS = "coded_answers"
    SURE_ANSWERS = "sure_answers"
    BLOCKS = "blocks"
    TIMED_BLOCKS = "timed_blocks"
    LONG_DAYS = "long_days"
    EXPECTED_VALUES = "expected_values"
    QUARTER_ANSWERS = "quarter_answers"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value from `n` observations, with its interval at `level` where it has one.

    `low` and `high` are both None for what is counted and not estimated. Raises ValueError
    where the interval does not hold the value.
    """

    value: float
    n: int
    low: float | None
    high: float | None
    unit: Unit
    level: float = 0.95

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends")
        if (
            self.low is not None
            and self.high is not None
            and not (self.low <= self.value <= self.high)
        ):
            raise ValueError(f"{self.value} is not between {self.low} and {self.high}")

    def excludes(self, value: float) -> bool:
        """Whether the interval lies wholly on one side of a value; no interval excludes none."""
        if self.low is None or self.high is None:
            return False
        return value < self.low or value > self.high

    def clears(self, value: float, level: float) -> bool:
        """Whether an interval of another level would exclude a value: its arms as a normal's."""
        if self.low is None or self.high is None:
            return False
        arm = self.value - self.low if value < self.value else self.high - self.value
        return abs(value - self.value) > arm * z_of(level) / z_of(self.level)


@dataclass(frozen=True, slots=True)
class NotYet:
    """`needs` of something are needed and `have` are there.

    Where each of several groups needs as many, `each` holds their counts and `have` is the
    least of them.
    """

    needs: int
    have: int
    what: What
    each: tuple[int, ...] = ()

    @property
    def more(self) -> int:
        """How many are missing, in the group that has least."""
        return max(0, self.needs - self.have)


def exact(value: float, n: int, unit: Unit) -> Estimate:
    """What is counted and not estimated: no interval."""
    return Estimate(value, n, None, None, unit)


def short_of(needs: int, counts: tuple[int, ...], what: What) -> NotYet | None:
    """NotYet where any of the counts is below `needs`, else None."""
    have = min(counts)
    if have >= needs:
        return None
    return NotYet(needs, have, what, counts if len(counts) > 1 else ())
