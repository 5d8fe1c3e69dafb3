"""D5: was this block's time beaten, and not paid for with right answers?

No single score awards a best: a block must be faster by its word-adjusted pace *and* have as
many right as usual *and* leave nothing blank. Three blocks of a class only set the starting
mark. From the fourth on, the pace to beat is the mean of the last three to five until one has
passed, and then the best's; the right answers needed are always the mean of the last three to
five, and in a set taken again those of the run before. One block proves nothing: at unchanged
skill about one in four passes (METRICS 2.D).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from qbank.analytics.eligible import ClassKey, class_of, in_time_order, is_eligible
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.thresholds import LEAST_GAIN, STARTING_BLOCKS, USUAL_BLOCKS
from qbank.analytics.timing import word_adjusted_ms


class Result(StrEnum):
    """What came of holding a block against its class."""

    NOT_COMPARED = "not_compared"
    STARTING_MARK = "starting_mark"
    BEAT = "beat"
    FASTER_FEWER_RIGHT = "faster_less_accurate"
    MORE_RIGHT_NOT_FASTER = "more_accurate_not_faster"
    NOT_BEATEN = "not_beaten"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be beaten: a pace, and the right answers that must be there.

    `block_id` is the best to beat, None while the mean of the last blocks is. `usual_right`
    is the mean number right that `right_needed` stands on.
    """

    pace_ms: float
    right_needed: int
    usual_right: float
    block_id: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One block before its class. `eligible_before` counts the class's eligible ones before it.

    `pace_ms` is word-adjusted, None where the block is not compared; `mark` is None there and
    for a starting mark. `sets_best` says that the block is the best from here on: it passed,
    and raced nothing but the best or nobody.
    """

    block_id: str
    result: Result
    eligible_before: int = 0
    pace_ms: float | None = None
    mark: Mark | None = None
    sets_best: bool = False


def judge(pace_ms: float, right: int, blanks: int, mark: Mark) -> Result:
    """Hold a block's pace and right answers against a mark."""
    faster = pace_ms <= mark.pace_ms * (1 - LEAST_GAIN)
    enough = right >= mark.right_needed
    if faster and not enough:
        return Result.FASTER_FEWER_RIGHT
    if faster and not blanks:
        return Result.BEAT
    if not faster and right > mark.usual_right:
        return Result.MORE_RIGHT_NOT_FASTER
    return Result.NOT_BEATEN


def gate(blocks: Iterable[AnalysedBlock]) -> tuple[Verdict, ...]:
    """A verdict a block, in time order; each is held against its own class only."""
    ladders: dict[ClassKey, _Ladder] = defaultdict(_Ladder)
    verdicts = []
    for block in in_time_order(blocks):
        key = class_of(block)
        pace_ms = word_adjusted_ms(block)
        if key is None or pace_ms is None or not is_eligible(block):
            verdicts.append(Verdict(block.block_id, Result.NOT_COMPARED))
        else:
            verdicts.append(ladders[key].climb(block, pace_ms))
    return tuple(verdicts)


def best(blocks: Sequence[AnalysedBlock], key: ClassKey) -> AnalysedBlock | None:
    """The best of a class: the ghost to race. None while no block has passed the gate."""
    of_class = [block for block in blocks if class_of(block) == key]
    passed = [one for one in gate(of_class) if one.sets_best]
    if not passed:
        return None
    return next(one for one in of_class if one.block_id == passed[-1].block_id)


def mark_to_beat(blocks: Sequence[AnalysedBlock], key: ClassKey) -> Mark | None:
    """What the next block of a class has to beat; None before the starting mark is set."""
    ladder = _Ladder()
    for block in in_time_order(blocks):
        pace_ms = word_adjusted_ms(block)
        if class_of(block) == key and pace_ms is not None and is_eligible(block):
            ladder.climb(block, pace_ms)
    return ladder.mark(repeat=key.repeat_of is not None)


class _Ladder:
    """One class while its blocks come in, in time order."""

    def __init__(self) -> None:
        self._paces: list[float] = []
        self._rights: list[int] = []
        self._best: tuple[float, str] | None = None

    def mark(self, *, repeat: bool) -> Mark | None:
        """What is to be beaten now."""
        if len(self._paces) < STARTING_BLOCKS:
            return None
        rights = self._rights[-1:] if repeat else self._rights[-USUAL_BLOCKS:]
        pace_ms, block_id = self._best or (fmean(self._paces[-USUAL_BLOCKS:]), None)
        needed = -(-sum(rights) // len(rights))
        return Mark(pace_ms, needed, sum(rights) / len(rights), block_id)

    def climb(self, block: AnalysedBlock, pace_ms: float) -> Verdict:
        """Judge the next eligible block and remember it."""
        before, mark = len(self._paces), self.mark(repeat=block.repeat_of is not None)
        self._paces.append(pace_ms)
        self._rights.append(block.right)
        if mark is None:
            return Verdict(block.block_id, Result.STARTING_MARK, before, pace_ms)
        result = judge(pace_ms, block.right, block.blanks, mark)
        sets_best = result is Result.BEAT and not block.races_freely
        if sets_best:
            self._best = (pace_ms, block.block_id)
        return Verdict(block.block_id, result, before, pace_ms, mark, sets_best)
