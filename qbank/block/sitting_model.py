"""The values an exam day is made of: what is fixed at its start, and the words for its states.

A day is a tutorial, blocks that lock one by one, and breaks between them out of one pool of
break time. A *session* is one clock: on most exams over one block, on some over several that
follow each other on it.
"""

from dataclasses import dataclass
from enum import StrEnum

from qbank.block.model import BASE_FACTOR

WHOLE_DAY = 100
"""Percent of a day that is not shortened."""


class DayPhase(StrEnum):
    """Where a day stands. `break` is any time between blocks, before the first one too."""

    READY = "ready"
    TUTORIAL = "tutorial"
    BREAK = "break"
    BLOCK = "block"
    OVER = "over"


class DayEnd(StrEnum):
    """How a day came to its end: by its last block, by its clock, or by the person."""

    FINISHED = "finished"
    TIME = "time"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Session:
    """One clock of `limit_ms`, extra time in it, over blocks of these sizes."""

    limit_ms: int
    sizes: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.limit_ms <= 0:
            raise ValueError("a session has a positive number of milliseconds")
        if not self.sizes or min(self.sizes) < 1:
            raise ValueError("a session needs blocks, and each block a question")


@dataclass(frozen=True, slots=True)
class SittingSpec:
    """Everything fixed at the start of a day. Blocks are numbered from 1.

    `break_ms` is the pool at the start. A break may be taken before every `break_every`th
    block; between the others the session's clock runs on. With `unused_to_break`, what a
    session or the tutorial leaves over is added to the pool. `time_factor` (percent) is in
    the limits already, `compress` says how much of a whole day this one is.
    """

    sitting_id: str
    preset: str
    sessions: tuple[Session, ...]
    tutorial_ms: int = 0
    break_ms: int = 0
    break_every: int = 1
    unused_to_break: bool = True
    time_factor: int = BASE_FACTOR
    compress: int = WHOLE_DAY

    def __post_init__(self) -> None:
        if not self.sessions:
            raise ValueError("a day needs at least one session")
        if min(self.tutorial_ms, self.break_ms) < 0 or self.break_every < 1:
            raise ValueError("tutorial and break are not negative")

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of questions of every block."""
        return tuple(size for session in self.sessions for size in session.sizes)

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return len(self.sizes)

    @property
    def authorised_ms(self) -> int:
        """The day's time at its start: tutorial, sessions and breaks."""
        return self.tutorial_ms + self.break_ms + sum(each.limit_ms for each in self.sessions)

    def session_of(self, number: int) -> int:
        """Which session a block belongs to, from 0."""
        behind = 0
        for at, session in enumerate(self.sessions):
            behind += len(session.sizes)
            if number <= behind:
                return at
        raise ValueError(f"there is no block {number}")

    def ends_session(self, number: int) -> bool:
        """Whether a block is the last one of its session."""
        return number == self.blocks or self.session_of(number) != self.session_of(number + 1)

    def break_before(self, number: int) -> bool:
        """Whether a break may be taken before a block."""
        return (number - 1) % self.break_every == 0
