"""How the events of an exam day are written down: as those of a block are."""

from typing import get_args

from qbank.block.codec import Codec, whole, yes_no
from qbank.block.model import GapKind
from qbank.block.sitting_events import DayEvent
from qbank.block.sitting_model import DayEnd

DAY: Codec[DayEvent] = Codec(
    get_args(DayEvent),
    {
        "number": whole,
        "limit_ms": whole,
        "used_ms": whole,
        "ms": whole,
        "kind": GapKind,
        "charged": yes_no,
        "reason": DayEnd,
    },
)
"""The events of an exam day."""
