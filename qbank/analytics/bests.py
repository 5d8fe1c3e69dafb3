"""E5: the bests of a class, each with the day it fell. Nothing but the gate (D5) makes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qbank.analytics.eligible import ClassKey, class_of
from qbank.analytics.gate import gate
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.thresholds import LEAST_GAIN, TIED_MS


@dataclass(frozen=True, slots=True)
class Best:
    """A best: word-adjusted pace in milliseconds a question, right of `size`, time used.

    `tied` says that it fell by less than a hundredth or a second a question: a tie with the
    one before it.
    """

    key: ClassKey
    block_id: str
    day: date
    pace_ms: float
    used_ms: int
    right: int
    size: int
    tied: bool


def bests(blocks: Sequence[AnalysedBlock]) -> tuple[Best, ...]:
    """Every best of every class in time order; the last of a class is the one that stands."""
    by_id = {block.block_id: block for block in blocks}
    standing: dict[ClassKey, float] = {}
    found = []
    for verdict in gate(blocks):
        block = by_id[verdict.block_id]
        key = class_of(block)
        if not verdict.sets_best or key is None or verdict.pace_ms is None:
            continue
        before = standing.get(key)
        standing[key] = verdict.pace_ms
        found.append(
            Best(
                key=key,
                block_id=block.block_id,
                day=block.day,
                pace_ms=verdict.pace_ms,
                used_ms=block.used_ms,
                right=block.right,
                size=block.size,
                tied=before is not None and is_tie(before, verdict.pace_ms),
            )
        )
    return tuple(found)


def is_tie(before_ms: float, pace_ms: float) -> bool:
    """Whether a best is too small a step to be told from the one before."""
    gain_ms = before_ms - pace_ms
    return gain_ms < TIED_MS or gain_ms < LEAST_GAIN * before_ms
