"""What happened in a block: facts in the past tense, and how they are written down.

Each event carries `at_ms`, awake milliseconds with the block open since Started.
A stored event is (kind, payload): the kind's name and a JSON object with a
version `v`, so that a later program reads an earlier log.
"""

from dataclasses import dataclass

from qbank.block.model import CloseReason, Confidence, GapKind, OptionId


@dataclass(frozen=True, slots=True)
class Started:
    """The clock began to run."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A question came on screen."""

    at_ms: int
    position: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A response was chosen: the whole set of options, sorted."""

    at_ms: int
    position: int
    options: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """The response was taken back."""

    at_ms: int
    position: int


@dataclass(frozen=True, slots=True)
class Struck:
    """An option was ruled out."""

    at_ms: int
    position: int
    option: OptionId


@dataclass(frozen=True, slots=True)
class Unstruck:
    """A strike was taken back."""

    at_ms: int
    position: int
    option: OptionId


@dataclass(frozen=True, slots=True)
class Flagged:
    """A question was marked."""

    at_ms: int
    position: int


@dataclass(frozen=True, slots=True)
class Unflagged:
    """The mark was taken off."""

    at_ms: int
    position: int


@dataclass(frozen=True, slots=True)
class ConfidenceSet:
    """The person said how sure they are; None: said so no longer."""

    at_ms: int
    position: int
    level: Confidence | None


@dataclass(frozen=True, slots=True)
class Highlighted:
    """The marked spans of a stem were replaced; the lead-in goes on two characters behind it."""

    at_ms: int
    position: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Revealed:
    """The answer was locked and its explanation shown."""

    at_ms: int
    position: int


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock was stopped."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock went on."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Blurred:
    """The window lost the focus."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Focused:
    """The window had the focus again."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class GapNoted:
    """The program was not there for `ms` up to `at_ms`; `charged`: the clock ran on."""

    at_ms: int
    ms: int
    kind: GapKind
    charged: bool


@dataclass(frozen=True, slots=True)
class Submitted:
    """The person handed the block in."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The block is over; nothing changes any more."""

    at_ms: int
    reason: CloseReason


Event = (
    Started
    | Shown
    | Answered
    | Cleared
    | Struck
    | Unstruck
    | Flagged
    | Unflagged
    | ConfidenceSet
    | Highlighted
    | Revealed
    | Paused
    | Resumed
    | Blurred
    | Focused
    | GapNoted
    | Submitted
    | Closed
)
