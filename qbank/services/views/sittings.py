"""An exam day as a front asks for it, runs it and looks back on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.block.model import BASE_FACTOR
from qbank.block.sitting_model import WHOLE_DAY

if TYPE_CHECKING:
    from qbank.block.sitting_model import DayEnd, DayPhase, SittingSpec


@dataclass(frozen=True, slots=True)
class SittingRequest:
    """What a person asks for.

    `preset` is an exam preset's id, empty for the default one. `blocks` is how many of its
    blocks, None for all. `time_factor` lengthens the blocks (percent). `compress` makes the
    whole day shorter, questions and times alike, so that the pace stays (percent, 1 to 100).
    `break_minutes` is the pool, None for the exam's own. `packs` by id, empty for all.
    """

    preset: str = ""
    blocks: int | None = None
    time_factor: int = BASE_FACTOR
    compress: int = WHOLE_DAY
    break_minutes: float | None = None
    packs: tuple[str, ...] = ()
    name: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class SittingPreview:
    """What a request would give. `spec` has no id; None where there is no question at all.

    Of the `questions` it takes, `seen` were seen before. `of_blocks` is how many blocks were
    asked for: fewer are taken where questions do not suffice. `sentences` say it in words.
    """

    spec: SittingSpec | None
    of_blocks: int
    questions: int
    seen: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayClock:
    """A day's times at one moment; a pure query, nothing counts.

    `number` is the block that runs or comes next, 0 once the day is over; `questions` and
    `limit_ms` are its size and what is left on its session's clock. `pool_ms` is the break
    time left. `on_pool`: break time passes now; else the session's clock runs, and
    where the block is the `first_on_clock`, `over_ms` were taken from it. `behind` says of
    every block that is over whether it was lost. `away`: the person left on purpose.
    """

    phase: DayPhase
    number: int
    blocks: int
    questions: int
    limit_ms: int
    day_left_ms: int
    tutorial_left_ms: int
    pool_ms: int
    over_ms: int
    on_pool: bool
    first_on_clock: bool
    behind: tuple[bool, ...]
    away: bool

    @property
    def lost(self) -> int:
        """How many blocks were lost."""
        return sum(self.behind)


@dataclass(frozen=True, slots=True)
class WaitingDay:
    """A day that is not over and waits for its person. `in_block`: a block of it runs."""

    id: str
    name: str
    number: int
    blocks: int
    day_left_ms: int
    pool_ms: int
    in_block: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class DayBlockResult:
    """A block of a day that is over. `id` is empty where it was not taken, or erased since."""

    number: int
    id: str
    questions: int
    answered: int
    correct: int
    used_ms: int
    limit_ms: int | None
    taken: bool


@dataclass(frozen=True, slots=True)
class DayReport:
    """A day that is over: block by block, and where its time went."""

    id: str
    name: str
    preset: str
    reason: DayEnd
    blocks: tuple[DayBlockResult, ...]
    started_at: int | None
    ended_at: int | None
    offset_min: int
    interrupted: bool
    tutorial_ms: int
    testing_ms: int
    break_ms: int
    overrun_ms: int
    time_factor: int
    compress: int

    @property
    def taken(self) -> tuple[DayBlockResult, ...]:
        """The blocks that were begun."""
        return tuple(block for block in self.blocks if block.taken)

    @property
    def questions(self) -> int:
        """How many questions its blocks had."""
        return sum(block.questions for block in self.taken)

    @property
    def answered(self) -> int:
        """How many of them were answered."""
        return sum(block.answered for block in self.taken)

    @property
    def correct(self) -> int:
        """How many of them were right."""
        return sum(block.correct for block in self.taken)
