"""The values a block is made of: what is fixed at its start, and the words for its states."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Position = NewType("Position", int)
"""Place of a question in its block, from 1, as printed ("Question 7 of 20")."""

OptionId = str
"""Stable id of an option within its question; never the letter shown."""

BASE_FACTOR = 100
"""Time factor of a block without extra time, in percent."""


class Mode(StrEnum):
    """How a block is taken."""

    TIMED = "timed"
    TUTOR = "tutor"
    UNTIMED = "untimed"
    EXAM_DAY = "exam_day"


class Phase(StrEnum):
    """Where a block stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


class PausePolicy(StrEnum):
    """Whether the person may stop the clock."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


class GapPolicy(StrEnum):
    """Whether time the machine slept, or the person went away on purpose, is charged.

    A crash, kill or reboot is never charged, whatever the policy.
    """

    FREE = "free"
    CHARGE_SLEEP = "charge_sleep"


class GapKind(StrEnum):
    """Why the program was not there for a while."""

    SLEEP = "sleep"
    CRASH = "crash"
    REBOOT = "reboot"
    LEFT = "left"


class Confidence(StrEnum):
    """How sure the person says to be of an answer."""

    SURE = "sure"
    UNSURE = "unsure"
    GUESS = "guess"


class CloseReason(StrEnum):
    """How a block came to its end."""

    SUBMITTED = "submitted"
    EXPIRED = "expired"


class RaceKind(StrEnum):
    """Which earlier run is raced against; only the first of them can set a record."""

    BEST = "best"
    LAST = "last"
    MEDIAN = "median"
    RUN = "run"


class Outcome(StrEnum):
    """What became of a question. Never a bool: blank is not the same as wrong."""

    CORRECT = "correct"
    INCORRECT = "incorrect"
    OMITTED = "omitted"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a block: a frozen question version and its options in printed order.

    `question` is the version's content hash: an opaque id to the engine. With
    `several`, a response may hold more than one option.
    """

    question: str
    options: tuple[OptionId, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Race:
    """An earlier run of as many questions, frozen into the block that races it.

    `run` is its UUID, `name` what it was called then and `used_ms` its clock at the
    end. `marks_ms` is its clock at each first answer, ascending. Where the block is a
    re-run of the same questions, `times_ms` is its time on the question at each
    position, and the two are compared by question; else empty.
    """

    kind: RaceKind
    run: str
    name: str
    used_ms: int
    marks_ms: tuple[int, ...]
    times_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """Everything fixed at a block's start; later edits to packs or settings do not touch it.

    `limit_ms` is the time allowed with the extra time in it, None where no
    clock ends the block; `time_factor` is that extra time in percent (150 is
    x1.5). `sitting` is the id of the exam day a block belongs to, `race` the earlier
    run that is raced against, both None where there is none. `preset` names the exam
    preset and `seed` reproduces the draw.
    """

    block_id: str
    mode: Mode
    slots: tuple[Slot, ...]
    limit_ms: int | None
    time_factor: int = BASE_FACTOR
    pause: PausePolicy = PausePolicy.ALLOWED
    gaps: GapPolicy = GapPolicy.FREE
    seed: int = 0
    preset: str = ""
    race: Race | None = None
    sitting: str | None = None

    def __post_init__(self) -> None:
        if not self.slots:
            raise ValueError("a block needs at least one question")
        if self.limit_ms is not None and self.limit_ms <= 0:
            raise ValueError("a limit is a positive number of milliseconds")

    @property
    def size(self) -> int:
        """Number of questions."""
        return len(self.slots)

    @property
    def positions(self) -> range:
        """Every position, 1 to size."""
        return range(1, self.size + 1)

    def slot(self, position: int) -> Slot:
        """The slot at a position (from 1)."""
        return self.slots[position - 1]
