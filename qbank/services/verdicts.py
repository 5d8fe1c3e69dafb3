"""How a closed block stands before the learner's earlier ones of its class, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from qbank.analytics import goal as goals
from qbank.analytics.chance import LowBlock, low_block
from qbank.analytics.eligible import bars, is_eligible
from qbank.analytics.gate import Mark, Result, Verdict, gate
from qbank.analytics.thresholds import USUAL_BLOCKS
from qbank.reporting import verdict_words as say
from qbank.reporting import words
from qbank.services.comparable import class_key, of_class
from qbank.store.runs import runs

if TYPE_CHECKING:
    from qbank.analytics.rows import AnalysedBlock
    from qbank.store.summaries import Summary
    from qbank.store.types import Connection

_CHANCE_SIZE = 20
_LUCK_SAID = 3
_LOW_SHARE = 0.2
_MINUTE_MS = 60_000
_DAY_MINUTES = 24 * 60
_MORNING, _NIGHT = 5 * 60, 22 * 60
"""Minutes of the day: outside of these a block was begun at night."""
_LATE_IN_ROW = 3
"""Blocks of a kind on one day, from which on the number may tell something."""


def verdict(connection: Connection, learner_id: int, row: Summary) -> tuple[str, ...]:
    """What is said of a block against its class as it was then; nothing without a clock."""
    return _judged(connection, learner_id, row)[1]


def _judged(
    connection: Connection, learner_id: int, row: Summary
) -> tuple[Result, tuple[str, ...]]:
    """What came of holding a block against its class, and what is said of it."""
    found = runs(connection, learner_id, row.size)
    run = next((each for each in found if each.uuid == row.uuid), None)
    if run is None:
        return Result.NOT_COMPARED, ()
    key = class_key(run)
    return last_of(of_class(connection, found[: found.index(run) + 1], key))


def last_of(blocks: Sequence[AnalysedBlock]) -> tuple[Result, tuple[str, ...]]:
    """The same of the last of a class's blocks, given in time order."""
    *before, block = blocks
    if not is_eligible(block):
        return Result.NOT_COMPARED, tuple(filter(None, [say.apart(bars(block)[0])]))
    verdicts = gate([*before, block])
    eligible = [one for one in before if is_eligible(one)]
    told = _Told(block, eligible, verdicts)
    return told.result, told.sentences()


class _Told:
    """One eligible block, the eligible ones of its class before it, and every verdict."""

    def __init__(
        self, block: AnalysedBlock, before: list[AnalysedBlock], verdicts: tuple[Verdict, ...]
    ) -> None:
        self._block = block
        self._before = before
        self._by_id = {one.block_id: one for one in before}
        self._bests = sum(one.sets_best for one in verdicts)
        self._verdict = next(one for one in verdicts if one.block_id == block.block_id)

    @property
    def result(self) -> Result:
        """What came of it."""
        return self._verdict.result

    def sentences(self) -> tuple[str, ...]:
        """The verdict first; then, once, that speed has no use any more."""
        mark = self._verdict.mark
        said = self._starting_mark() if mark is None else self._against(mark)
        return (*said, *self._reserve())

    def _starting_mark(self) -> tuple[str, ...]:
        block = self._block
        left_ms = (block.limit_ms or block.used_ms) - block.used_ms
        answered, number = block.size - block.blanks, self._verdict.eligible_before + 1
        said = words.starting_mark(number, block.right, block.size, answered, left_ms)
        return (said, words.CHANCE) if block.size == _CHANCE_SIZE else (said,)

    def _against(self, mark: Mark) -> tuple[str, ...]:
        block, result = self._block, self._verdict.result
        best = self._by_id.get(mark.block_id or "")
        usual_ms = round(fmean(one.used_ms for one in self._before[-USUAL_BLOCKS:]))
        beaten = (usual_ms, "your usual") if best is None else (best.used_ms, "your best")
        right = (block.right, mark.right_needed)
        if result is Result.BEAT:
            luck = self._verdict.sets_best and self._bests <= _LUCK_SAID
            said = say.beaten(block.used_ms, beaten, right, self._words_more(best))
            return (said, say.ONE_BEST_CAN_BE_LUCK) if luck else (said,)
        if result is Result.FASTER_FEWER_RIGHT:
            best_ms = None if best is None else best.used_ms
            return (say.faster_fewer_right(block.used_ms, beaten, right, best_ms), *self._left())
        low = low_block(block, self._before)
        if isinstance(low, LowBlock) and low.share < _LOW_SHARE:
            usual = (low.from_usual, low.to_usual)
            return say.low(block.right, usual, low.one_in, self._different())
        if result is Result.MORE_RIGHT_NOT_FASTER and not block.blanks:
            usual = (int(mark.usual_right), mark.right_needed)
            extra_ms = block.used_ms - beaten[0]
            return (say.more_right(block.right, usual, block.used_ms, extra_ms),)
        if best is not None and not block.blanks and block.used_ms < best.used_ms:
            return (say.by_the_clock(block.used_ms, best.used_ms, self._words_more(best)),)
        return ()

    def _different(self) -> tuple[str, ...]:
        """What this block was and the others were not: late in a day's row of them, or at night."""
        usual, told = self._before[-USUAL_BLOCKS:], []
        rows = Counter(one.day for one in self._before)
        number = rows.pop(self._block.day, 0) + 1
        if number >= _LATE_IN_ROW and number > max(rows.values(), default=number):
            told.append(say.of_the_day(number))
        if _at_night(self._block) and not any(map(_at_night, usual)):
            told.append(say.begun_at(_begun_minute(self._block)))
        return tuple(told)

    def _words_more(self, best: AnalysedBlock | None) -> float:
        """How much longer the questions were than those of what was beaten, as a share."""
        theirs = [best] if best is not None else self._before[-USUAL_BLOCKS:]
        return _load([self._block]) / (_load(theirs) or 1.0) - 1

    def _left(self) -> tuple[str, ...]:
        left_ms = (self._block.limit_ms or 0) - self._block.used_ms
        if left_ms < _MINUTE_MS:
            return ()
        return (say.left_over(left_ms, sum(one.flagged for one in self._block.attempts)),)

    def _reserve(self) -> tuple[str, ...]:
        """Said once, when the goal of speed goes."""
        now = [*self._before, self._block]
        hand = goals.reserve(now)
        spends, spent = (goals.goal(each) is goals.Goal.SPEND for each in (now, self._before))
        if spends and not spent and isinstance(hand, goals.Reserve):
            return (say.time_in_hand(hand.in_hand_ms),)
        return ()


def _begun_minute(block: AnalysedBlock) -> int:
    """Minute of the day, where it was taken; a block that is compared never stopped its clock."""
    return ((block.closed_at - block.used_ms) // _MINUTE_MS + block.offset_min) % _DAY_MINUTES


def _at_night(block: AnalysedBlock) -> bool:
    return not _MORNING <= _begun_minute(block) < _NIGHT


def _load(blocks: list[AnalysedBlock]) -> float:
    """Mean words of the questions of these blocks."""
    return fmean(one.facts.words or 0 for block in blocks for one in block.attempts)
