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
    """A block in a list. `number` counts a learner's blocks from 1 in order of creation."""

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


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing a person did on a question: when (ms into the block) and in words."""

    at_ms: int
    what: str


@dataclass(frozen=True, slots=True)
class QuestionReview:
    """A question as it was answered, with its explanation and time line."""

    text: QuestionText
    attempt: AttemptView
    explanation: Explanation
    timeline: tuple[Moment, ...]
    note: str = ""
    reason: str = ""


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
class LiveClock:
    """The block's times at one moment; a pure query, nothing counts.

    `pace` is how the block stood at its latest answer, so that it never changes while a
    question is read; None where nothing is said of it: without a limit, before an answer,
    and in the first blocks.
    """

    used_ms: int
    remaining_ms: int | None
    this_one_ms: int
    answered: int
    pace: Pace | None = None
