"""What may be asked of an exam day, and what happened on it.

`at_ms` of an event counts milliseconds of the day since it was begun; what came of the
questions stands in the logs of the day's blocks.
"""

from dataclasses import dataclass

from qbank.block.model import GapKind
from qbank.block.sitting_model import DayEnd

# --- commands -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin the day: its clock runs."""


@dataclass(frozen=True, slots=True)
class EndTutorial:
    """Go on from the tutorial."""


@dataclass(frozen=True, slots=True)
class BeginBlock:
    """Begin the next block; the break ends."""


@dataclass(frozen=True, slots=True)
class EndBlock:
    """The running block is closed; `used_ms` were charged to it."""

    number: int
    used_ms: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Go away on purpose; the clock runs on."""


@dataclass(frozen=True, slots=True)
class NoteGap:
    """Nobody was there for `ms` up to now."""

    ms: int
    kind: GapKind


@dataclass(frozen=True, slots=True)
class EndDay:
    """Stop here, between blocks."""


DayCommand = Begin | EndTutorial | BeginBlock | EndBlock | Leave | NoteGap | EndDay

# --- events ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DayBegun:
    """The day began."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class TutorialEnded:
    """The tutorial was left, or its time was up."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class BlockBegun:
    """The day's block `number` began, with `limit_ms` on its clock."""

    at_ms: int
    number: int
    limit_ms: int


@dataclass(frozen=True, slots=True)
class BlockEnded:
    """The block was closed, with `used_ms` charged to it; it can not be gone back to."""

    at_ms: int
    number: int
    used_ms: int


@dataclass(frozen=True, slots=True)
class BlockLost:
    """No testing time was left for the block: it is over without having begun."""

    at_ms: int
    number: int


@dataclass(frozen=True, slots=True)
class DayLeft:
    """The person went away on purpose."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class DayGapNoted:
    """Nobody was there for `ms` up to `at_ms`; `charged`: the clock ran on."""

    at_ms: int
    ms: int
    kind: GapKind
    charged: bool


@dataclass(frozen=True, slots=True)
class DayEnded:
    """The day is over; nothing changes any more."""

    at_ms: int
    reason: DayEnd


DayEvent = (
    DayBegun
    | TutorialEnded
    | BlockBegun
    | BlockEnded
    | BlockLost
    | DayLeft
    | DayGapNoted
    | DayEnded
)
