"""E: the three series of a class, and their trends.

One value an eligible block that is no repeat, in time order, the last 200: ln word-adjusted
pace, share right (against expectation where enough questions have known shares) and the
balance of both. Older blocks say little about now, and all pairs of more would be slow.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from qbank.analytics.ability import AgainstExpected, against_expected
from qbank.analytics.eligible import ClassKey, eligible_of_class
from qbank.analytics.estimate import Estimate, NotYet, Unit, What, short_of
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.speed_accuracy import balances
from qbank.analytics.thresholds import TREND_BLOCKS, TREND_WINDOW
from qbank.analytics.timing import word_adjusted_ms
from qbank.analytics.trend import Trend, per_ten_blocks, trend


@dataclass(frozen=True, slots=True)
class Progress:
    """The series of one class, by block in time order, of blocks of `size` questions.

    `log_pace` is ln milliseconds a question, word-adjusted; `share` is right answers over
    questions, less the share expected where `against_expected`.
    """

    block_ids: tuple[str, ...]
    log_pace: tuple[float, ...]
    share: tuple[float, ...]
    balance: tuple[float, ...]
    size: int
    against_expected: bool

    @property
    def n(self) -> int:
        """Number of blocks."""
        return len(self.block_ids)


@dataclass(frozen=True, slots=True)
class Trends:
    """The trends of the three series of `n` blocks of `size` questions."""

    pace: Trend
    share: Trend
    balance: Trend
    size: int

    @property
    def n(self) -> int:
        """Number of blocks."""
        return self.pace.n

    @property
    def time_per_ten(self) -> Estimate:
        """Relative change of time over ten blocks: -0.06 is 6 % less, 95 % interval."""
        ends = (self.pace.low, self.pace.high)
        low, high = (per_ten_blocks(one) for one in ends)
        return Estimate(per_ten_blocks(self.pace.slope), self.n, low, high, Unit.RATIO)

    @property
    def right_per_ten(self) -> Estimate:
        """Change of right answers a block over ten blocks, 95 % interval."""
        by = 10 * self.size
        low, high = self.share.low * by, self.share.high * by
        return Estimate(self.share.slope * by, self.n, low, high, Unit.QUESTIONS_PER_BLOCK)


def progress(blocks: Iterable[AnalysedBlock], key: ClassKey) -> Progress:
    """The series of a class; empty for a class of repeats."""
    listed = eligible_of_class(blocks, key) if key.repeat_of is None else []
    paced = [(one, ms) for one in listed if (ms := word_adjusted_ms(one)) is not None]
    last = paced[-TREND_WINDOW:]
    expected = [against_expected(block.attempts) for block, _ in last]
    residuals = [one.share for one in expected if isinstance(one, AgainstExpected)]
    by_residual = bool(last) and len(residuals) == len(last)
    plain = [block.share_right for block, _ in last]
    shares = tuple(residuals if by_residual else plain)
    return Progress(
        block_ids=tuple(block.block_id for block, _ in last),
        log_pace=tuple(math.log(ms) for _, ms in last),
        share=shares,
        balance=balances([(share, ms) for share, (_, ms) in zip(shares, last, strict=True)]),
        size=key.size,
        against_expected=by_residual,
    )


def trends(found: Progress) -> Trends | NotYet:
    """E1 of the three series; NotYet below eight blocks."""
    if missing := short_of(TREND_BLOCKS, (found.n,), What.TIMED_BLOCKS):
        return missing
    return Trends(trend(found.log_pace), trend(found.share), trend(found.balance), found.size)
