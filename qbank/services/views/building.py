"""What a person asks for, and what it would give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qbank.block.model import Mode

if TYPE_CHECKING:
    from qbank.analytics.goal import Goal


class Seen(StrEnum):
    """What a learner has done with a question so far: its latest attempt."""

    UNUSED = "unused"
    INCORRECT = "incorrect"
    FLAGGED = "flagged"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class BlockRequest:
    """What a person asks for. Empty tuples mean no restriction.

    `minutes` is the limit before extra time; None takes the preset's pace.
    `tasks` may hold the pseudo-task `next_step`; `next_steps` are kinds of them, and with
    any of these nothing else is asked. `order` is shuffled or pack. `race` is best, last,
    median, even (no race) or a block, by its UUID, its number or its UUID's beginning;
    empty takes what fits the stage of the learner.
    With `fill`, seen questions take the places that unused ones leave empty, those not right
    first and then the oldest. `retake` is the UUID of a block whose questions are taken again.
    """

    mode: Mode = Mode.TIMED
    count: int = 20
    minutes: float | None = None
    preset: str = ""
    time_factor: int = 100
    seen: tuple[Seen, ...] = (Seen.UNUSED,)
    packs: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    search: str = ""
    order: str = "shuffled"
    race: str = ""
    retake: str = ""
    name: str = ""
    seed: int | None = None
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A form to begin with; `saved` by the person, or else the program's own."""

    name: str
    request: BlockRequest
    saved: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of the form: its value, the words for it, how many questions match."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to race: what a request says for it, its name, and what it means here."""

    value: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Aim:
    """The one goal of the next block of a class, from its comparable blocks (`marks` of them).

    `stage` is None before three of them. `last_blank` were left blank in the latest one,
    `in_hand_ms` is the usual time in hand (0.0 before three). `target_ms` is the time to aim at
    for the whole block, with `right_needed` right; None before there is a mark to beat.
    """

    marks: int
    stage: Goal | None
    last_blank: int
    in_hand_ms: float
    target_ms: int | None
    right_needed: int


@dataclass(frozen=True, slots=True)
class BuildPreview:
    """What a request would give: counts for the form and one sentence.

    `matching` questions match; the block takes `taken` of them. `fresh` and
    `seen_before` split all questions of the store. `rivals` are the ways to race, what
    fits the learner's stage first, and `aim` what the block is for; none without a clock.
    """

    matching: int
    taken: int
    limit_ms: int | None
    systems: tuple[Choice, ...]
    tasks: tuple[Choice, ...]
    next_steps: tuple[Choice, ...]
    packs: tuple[Choice, ...]
    rivals: tuple[Rival, ...]
    aim: Aim | None
    seen: tuple[Choice, ...]
    fresh: int
    seen_before: int
    sentence: str
