"""0.5: which blocks may be compared for pace, and with which others.

A block that is not eligible still counts for learning, and its fresh questions for accuracy.
A block left out of the statistics by its owner counts for neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import cast

from qbank.analytics.rapid import quick_answers
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.analytics.thresholds import AWAY_SHARE, FRESH_SHARE, STEADY_SHARE
from qbank.block.model import Mode

EXAM_LIKE = frozenset({Mode.TIMED, Mode.EXAM_DAY})
"""Modes whose times say something about the exam's clock."""
_KNOWN = "_bars"
_WHEN = attrgetter("closed_at", "block_id")


class Bar(StrEnum):
    """One reason why a block is not compared."""

    LEFT_OUT = "left_out"
    MODE = "mode"
    STOPPED = "stopped"
    SEEN_BEFORE = "seen_before"
    AWAY = "away"
    VERY_QUICK = "very_quick"
    NOTHING_ANSWERED = "nothing_answered"
    A_PART = "a_part"
    SHORT_DAY = "short_day"


@dataclass(frozen=True, slots=True)
class ClassKey:
    """Blocks are compared only where all of this is the same.

    `budget_s` is limit over questions to the second; `repeat_of` is None on the ladder of
    fresh blocks, else the first block of a set taken again.
    """

    source: str
    budget_s: int
    size: int
    repeat_of: str | None
    time_factor: int


def bars(block: AnalysedBlock) -> tuple[Bar, ...]:
    """Why a block is not compared; empty for an eligible one. Worked out once a block."""
    known = vars(block)
    if _KNOWN not in known:
        known[_KNOWN] = _bars(block)
    return cast("tuple[Bar, ...]", known[_KNOWN])


def _bars(block: AnalysedBlock) -> tuple[Bar, ...]:
    steady = quick_answers([block]).steady_share
    found = {
        Bar.LEFT_OUT: block.excluded,
        Bar.MODE: not is_clocked(block),
        Bar.STOPPED: block.paused or block.interrupted,
        Bar.SEEN_BEFORE: block.repeat_of is None and _fresh_share(block) < FRESH_SHARE,
        Bar.AWAY: _away_share(block) >= AWAY_SHARE,
        Bar.VERY_QUICK: steady is not None and steady < STEADY_SHARE,
        Bar.NOTHING_ANSWERED: block.blanks == len(block.attempts),
        Bar.A_PART: block.printed is not None,
        Bar.SHORT_DAY: block.short_day,
    }
    return tuple(bar for bar, holds in found.items() if holds)


def is_clocked(block: AnalysedBlock) -> bool:
    """Whether a block had the exam's clock: one that could leave questions blank."""
    return block.mode in EXAM_LIKE and block.limit_ms is not None


def is_eligible(block: AnalysedBlock) -> bool:
    """Whether a block may be compared for pace."""
    return not bars(block)


def class_of(block: AnalysedBlock) -> ClassKey | None:
    """The comparability class of a block; None without a limit."""
    if block.budget_ms is None:
        return None
    return ClassKey(
        source=block.source,
        budget_s=round(block.budget_ms / 1_000),
        size=block.size,
        repeat_of=block.repeat_of,
        time_factor=block.time_factor,
    )


def in_time_order(blocks: Iterable[AnalysedBlock]) -> list[AnalysedBlock]:
    """Blocks by the moment they were closed; those of one moment by their id."""
    return sorted(blocks, key=_WHEN)


def eligible_of_class(blocks: Iterable[AnalysedBlock], key: ClassKey) -> list[AnalysedBlock]:
    """The eligible blocks of one class in time order."""
    return [one for one in in_time_order(blocks) if class_of(one) == key and is_eligible(one)]


def by_position(blocks: Iterable[AnalysedBlock]) -> list[AnalysedBlock]:
    """Blocks that tell what place in a block does, in time order.

    Those that would be compared, and those barred only for very quick answers or a hidden
    window (such answers near the end are part of what is looked for), or because a part of
    their questions is looked at.
    """
    mild = {Bar.AWAY, Bar.VERY_QUICK, Bar.A_PART}
    fresh = [block for block in in_time_order(blocks) if block.repeat_of is None]
    return [block for block in fresh if mild.issuperset(bars(block))]


def counted(blocks: Iterable[AnalysedBlock]) -> list[AnalysedBlock]:
    """The blocks that were not left out of the statistics, in time order."""
    return [block for block in in_time_order(blocks) if not block.excluded]


def fresh_attempts(blocks: Iterable[AnalysedBlock]) -> list[AnalysedAttempt]:
    """What accuracy (C) is computed from: first meetings, in blocks that count."""
    return [one for block in counted(blocks) for one in block.attempts if one.fresh]


def _fresh_share(block: AnalysedBlock) -> float:
    return sum(one.fresh for one in block.attempts) / len(block.attempts)


def _away_share(block: AnalysedBlock) -> float:
    """Of the clock with the window hidden; questions where it is unknown are left aside."""
    known = [one for one in block.attempts if one.active_ms is not None]
    total_ms = sum(one.clock_ms for one in known)
    in_sight_ms = sum(one.behaved_ms for one in known)
    return 1 - in_sight_ms / total_ms if total_ms else 0.0
