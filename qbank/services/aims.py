"""What the next block of a class is for: one goal at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.analytics import goal as goals
from qbank.analytics.estimate import NotYet
from qbank.analytics.gate import mark_to_beat
from qbank.analytics.thresholds import STARTING_BLOCKS
from qbank.services.views import Aim

if TYPE_CHECKING:
    from qbank.analytics.eligible import ClassKey
    from qbank.analytics.rows import AnalysedBlock

_ROUND_MS = 10_000


def aim(blocks: Sequence[AnalysedBlock], key: ClassKey, limit_ms: int) -> Aim:
    """What to aim at after these eligible blocks of a class, of which the next has this limit.

    The time to aim at is a little under the best's, or the usual one's before there is a best,
    and never lower than is of use (D7).
    """
    mark, hand = mark_to_beat(blocks, key), goals.reserve(blocks)
    target_ms = None
    if mark is not None:
        pace_ms = goals.useful_pace_ms(limit_ms / key.size, mark.pace_ms)
        target_ms = round(pace_ms * key.size / _ROUND_MS) * _ROUND_MS
    return Aim(
        marks=len(blocks),
        stage=goals.goal(blocks) if len(blocks) >= STARTING_BLOCKS else None,
        last_blank=blocks[-1].blanks if blocks else 0,
        in_hand_ms=0.0 if isinstance(hand, NotYet) else hand.in_hand_ms,
        target_ms=target_ms,
        right_needed=0 if mark is None else mark.right_needed,
    )
