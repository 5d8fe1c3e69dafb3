"""What services hand to the fronts: plain values, no rows, no rules.

Standard library only, so that a front can import it before the store is loaded.
Times are epoch milliseconds (`*_at`) or milliseconds (`*_ms`). Texts from packs
are gated text; a front shows them through its one helper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qbank.block.model import Mode, Outcome

# --- questions ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OptionText:
    """One choice as shown: its stable id and its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionText:
    """What may be on screen while a question can still be answered. No key."""

    position: int
    stem: str
    lead_in: str
    options: tuple[OptionText, ...]
    several: bool = False
    markdown: bool = False
    words: int = 0


@dataclass(frozen=True, slots=True)
class OptionReview:
    """One choice after the answer: its why and, on a next step, its error and rung."""

    id: str
    text: str
    why: str
    error: str = ""
    action: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class RungText:
    """A rung of the ladder. `state` is done, asked or later."""

    id: str
    stage: str
    do: str
    state: str


@dataclass(frozen=True, slots=True)
class ChangeText:
    """One finding changed, and the text of the option that would then be right."""

    change: str
    then: str
    same: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasoning behind a question. Only after the answer is locked."""

    key: tuple[str, ...]
    options: tuple[OptionReview, ...]
    explanation: str
    objective: str
    turns_on: str
    ladder: tuple[RungText, ...]
    if_instead: tuple[ChangeText, ...]
    references: tuple[str, ...]
    next_step: str
    system: str
    task: str
    topic: str
    pack: str
    expected_correct: float | None


# --- building a block ----------------------------------------------------------


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
    `tasks` may hold the pseudo-task `next_step`. `order` is shuffled or pack.
    `retake` is the UUID of a block whose questions are taken again.
    """

    mode: Mode = Mode.TIMED
    count: int = 20
    minutes: float | None = None
    preset: str = ""
    time_factor: int = 100
    seen: tuple[Seen, ...] = (Seen.UNUSED,)
    packs: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    search: str = ""
    order: str = "shuffled"
    retake: str = ""
    name: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of the form: its value, the words for it, how many questions match."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class BuildPreview:
    """What a request would give: counts for the form and one sentence.

    `matching` questions match; the block takes `taken` of them. `fresh` and
    `seen_before` split all questions of the store.
    """

    matching: int
    taken: int
    limit_ms: int | None
    systems: tuple[Choice, ...]
    tasks: tuple[Choice, ...]
    packs: tuple[Choice, ...]
    seen: tuple[Choice, ...]
    fresh: int
    seen_before: int
    sentence: str


# --- blocks, past and present ----------------------------------------------------


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


class DoorKind(StrEnum):
    """What a line of Home does when chosen."""

    RESUME = "resume"
    BLOCK = "block"
    NEW_BLOCK = "new_block"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Door:
    """A line of Home: a name, what it means in words, and what it starts."""

    kind: DoorKind
    title: str
    detail: str
    request: BlockRequest | None = None
    block: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """Home: what to do now, and the latest blocks. `lines` are plain sentences below."""

    exam: str
    doors: tuple[Door, ...]
    lines: tuple[str, ...]
    blocks_done: int
    questions_total: int
    questions_fresh: int
    recent: tuple[BlockSummary, ...]


# --- packs ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PackView:
    """A pack in the library."""

    id: str
    title: str
    version: str
    licence: str
    language: str
    shipped: bool
    questions: int
    fresh: int
    next_steps: int
    imported_at: int


@dataclass(frozen=True, slots=True)
class QuestionHit:
    """A question in the library's list: enough to show a line of it."""

    pack: str
    question: str
    lead_in: str
    opening: str
    system: str
    task: str
    next_step: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not imported: where it stands and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did (or, on a dry run, would do).

    `notes` are sentences on how the file was read: what was taken for what, which
    lines were in another encoding.
    """

    pack: str
    title: str
    format: str
    new: int
    changed: int
    same: int
    skipped: tuple[Skipped, ...]
    removed_characters: int = 0
    dry_run: bool = False
    retired: int = 0
    notes: tuple[str, ...] = ()


# --- saving ----------------------------------------------------------------------


class SaveState(StrEnum):
    """Whether what the person did is on disk."""

    SAVED = "saved"
    WAITING = "waiting"
    SLOW = "slow"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LiveClock:
    """The block's times at one moment; a pure query, nothing counts."""

    used_ms: int
    remaining_ms: int | None
    this_one_ms: int
    debt_ms: int | None
    answered: int
