"""A block, running or over."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qbank.block.model import Mode, Outcome
    from qbank.block.pace import Pace
    from qbank.services.views.questions import Explanation, QuestionText


@dataclass(frozen=True, slots=True)
class BlockSummary:
    """A block in a list. `number` counts a learner's blocks from 1 in order of creation.

    One that `waits` is of an exam day that is not over, and opens when it is.
    """

    id: str
    number: int
    name: str
    mode: Mode
    status: str
    started_at: int | None
    closed_at: int | None
    offset_min: int
    questions: int
    answered: int
    correct: int
    omitted: int
    unreached: int
    used_ms: int
    paused_ms: int
    limit_ms: int | None
    time_factor: int
    interrupted: bool
    excluded: bool
    next_step_correct: int = 0
    next_step_total: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One line of a result."""

    position: int
    question: str
    pack: str
    outcome: Outcome
    first: tuple[str, ...]
    final: tuple[str, ...]
    key: tuple[str, ...]
    changes: int
    clock_ms: int
    active_ms: int | None
    away_ms: int | None
    reading_ms: int
    first_visit_ms: int
    visits: int
    flagged: bool
    confidence: str | None
    next_step: str
    task: str
    system: str
    topic: str
    letters: Mapping[str, str] = field(default_factory=dict)
    """Option id to the letter it had in this block."""
    cause: str = ""
    """Where an answer that is not right went by the log, a name of `REASONS`; else empty."""
    reason: str = ""
    """What the person says instead, likewise."""
    reasons: tuple[str, ...] = ()
    """Those that may be given for it: none where it is right."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Questions of a closed block to look at one after the other, by their positions.

    `said` names them with their number; `meaning` says more, where there is more to say.
    """

    name: str
    positions: tuple[int, ...]
    said: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class WentTo:
    """A line of where the questions not right went: a name of `REASONS`, and how many.

    `next_steps` of the `total` ask for the next step.
    """

    cause: str
    total: int
    next_steps: int


@dataclass(frozen=True, slots=True)
class BlockReport:
    """A closed block: its summary, its attempts, and the curve of time in hand.

    `in_hand_ms[k]` is the even pace's clock at position k+1 minus the time
    taken by then, by position; empty without a limit. It stops before the
    first unreached question. `says` are the sentences of WORDS.md that hold.
    """

    summary: BlockSummary
    attempts: tuple[AttemptView, ...]
    in_hand_ms: tuple[int, ...]
    pace_ms: int | None
    budget_ms: int | None
    says: tuple[str, ...]
    went_to: tuple[WentTo, ...] = ()
    walks: tuple[Walk, ...] = ()
    ghost_in_hand_ms: tuple[int, ...] = ()
    ghost: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing a person did on a question: when (ms into the block) and in words.

    `stay_ms` is how long the visit was that began then; None for anything but a look.
    """

    at_ms: int
    what: str
    stay_ms: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionReview:
    """A question as it was answered, with its explanation and time line.

    `fault` is what the person finds wrong with the question itself; `highlights` are what was
    marked in it, (from, to) in its stem and, two characters on, its lead-in.
    """

    text: QuestionText
    attempt: AttemptView
    explanation: Explanation
    timeline: tuple[Moment, ...]
    note: str = ""
    fault: str = ""
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Resumable:
    """An open block that waits for its person."""

    id: str
    name: str
    position: int
    answered: int
    questions: int
    remaining_ms: int | None
    used_ms: int
    away_ms: int | None
    crashed: bool


class SaveState(StrEnum):
    """Whether what the person did is on disk."""

    SAVED = "saved"
    WAITING = "waiting"
    SLOW = "slow"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class GhostGap:
    """Time behind (negative: ahead of) the raced run, and what that is called."""

    delta_ms: int
    label: str


@dataclass(frozen=True, slots=True)
class LiveClock:
    """The block's times at one moment; a pure query, nothing counts.

    `pace` and `ghost` are how the block stood at its latest answer, so that they never
    change while a question is read; None where nothing is said of them: without a limit,
    in the first blocks and on an exam day, `ghost` also without a race and where the raced
    run never answered so many.
    """

    used_ms: int
    remaining_ms: int | None
    this_one_ms: int
    answered: int
    pace: Pace | None = None
    ghost: GhostGap | None = None
