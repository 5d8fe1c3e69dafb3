"""What every figure is computed from: closed blocks and the attempts in them.

Times are milliseconds of the block's own clock where no other axis is named; `closed_at` is
epoch milliseconds UTC. One `Facts` serves all attempts at a version of a question.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from qbank.block.model import BASE_FACTOR, Confidence, Mode, OptionId, Outcome
from qbank.block.scoring import Attempt
from qbank.content.names import Action, Area, ErrorCode, NextStep, System, Task

USUAL_CHOICES = 5
"""Options of a question where nothing else is known, as on an answer sheet."""
_RIGHT, _WRONG = Outcome.CORRECT, Outcome.INCORRECT
_put = object.__setattr__


def _derived() -> Any:
    """A field that follows from the others, worked out once: it is asked millions of times."""
    return field(init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Offered:
    """One option on offer: `error` is None on the key and where the pack has no codes."""

    id: OptionId
    error: ErrorCode | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a question besides how it was answered.

    `question` is the same for all versions, so that a re-run is aligned by it. `words` is the
    reading load of stem, lead-in and options, None for an answer sheet. `p_value` is the share
    of first attempts that are right, `usual_ms` the mean time on it of at least 30 people; None
    where nobody measured. `next_step` "none" says that no next step is asked. `offered` is
    empty where the pack has no codes; `choices` counts the options either way.
    """

    question: str
    words: int | None = None
    choices: int = USUAL_CHOICES
    several: bool = False
    next_step: NextStep = "none"
    lead_in_code: str = "other"
    lead_in_family: str = "OTHER"
    system: System | None = None
    task: Task | None = None
    area: Area | None = None
    topic: str | None = None
    p_value: float | None = None
    usual_ms: float | None = None
    offered: tuple[Offered, ...] = ()
    asks_next_step: bool = _derived()
    """Whether the next best step is asked, in any words."""

    def __post_init__(self) -> None:
        _put(self, "asks_next_step", self.next_step != "none")

    @property
    def chance(self) -> float:
        """Probability that a blind answer is right.

        Where several may be chosen, every set of options but the empty one is as likely.
        """
        return 1 / (2**self.choices - 1 if self.several else self.choices)

    def option(self, option_id: OptionId) -> Offered | None:
        """The option on offer with this id; None where the pack has no codes for it."""
        return next((one for one in self.offered if one.id == option_id), None)


@dataclass(frozen=True, slots=True)
class AnalysedAttempt:
    """All visits to one question of a block, with what is known of the question.

    `first`, `final` and `key` are sorted option ids, `first` and `final` empty when blank.
    `clock_ms` is time on screen with the clock running, `active_ms` the part of it with the
    window in sight, None where the terminal did not tell. `exposure` counts how often the
    learner had met the question, this time included: 1 is fresh. `arrived_ms` and `answered_ms`
    are the block's clock when the question first came on screen and when it was first
    answered, None where that never happened or is not known (the clock stood in between).
    `choice_ms` is the time spent on the question up to the first answer, None likewise.
    `changed_on_return` says whether the answer last changed on a later visit, None where
    nothing changed or the log was not asked.
    """

    facts: Facts
    position: int
    outcome: Outcome
    first: tuple[OptionId, ...]
    final: tuple[OptionId, ...]
    key: tuple[OptionId, ...]
    clock_ms: int
    active_ms: int | None = None
    exposure: int = 1
    visits: int = 1
    changes: int = 0
    flagged: bool = False
    confidence: Confidence | None = None
    arrived_ms: int | None = None
    answered_ms: int | None = None
    choice_ms: int | None = None
    changed_on_return: bool | None = None
    fresh: bool = _derived()
    """Whether the learner met the question for the first time."""
    right: bool = _derived()
    """Whether the final answer is the key. Blank is never right."""
    answered: bool = _derived()
    """Whether there is a final answer."""
    behaved_ms: int = _derived()
    """Time for what is asked of behaviour: in sight where that is known, else all."""

    def __post_init__(self) -> None:
        right = self.outcome is _RIGHT
        _put(self, "fresh", self.exposure == 1)
        _put(self, "right", right)
        _put(self, "answered", right or self.outcome is _WRONG)
        _put(self, "behaved_ms", self.clock_ms if self.active_ms is None else self.active_ms)

    @property
    def reached(self) -> bool:
        """Whether the question was ever on screen."""
        return self.outcome is not Outcome.UNREACHED


@dataclass(frozen=True)
class AnalysedBlock:
    """A closed block. Deleted blocks are not handed in at all.

    `limit_ms` has the extra time in it and is None where no clock ended the block;
    `time_factor` is that extra time in percent. `source` is empty for qbank's own packs, else
    the answer sheet's name. `repeat_of` is the first block with this very set of questions,
    None where this one is. `mean_words` is the reading load against which lengths are taken,
    None without words: the same for all blocks of a class, and of no block that is still to
    come, so that what was said of a block stays as it is. `races_freely` says that another run
    than the best was chosen to race against: such a block sets no record. `attempts` is in
    printed order, one a place; where other questions of the block are left aside, `printed`
    says how many it had, and it is compared with none. `short_day` says that it is of an exam day
    made shorter, whose blocks are tiny: what is counted a block leaves it out.
    """

    block_id: str
    mode: Mode
    limit_ms: int | None
    used_ms: int
    closed_at: int
    attempts: tuple[AnalysedAttempt, ...]
    offset_min: int = 0
    time_factor: int = BASE_FACTOR
    source: str = ""
    repeat_of: str | None = None
    paused: bool = False
    interrupted: bool = False
    excluded: bool = False
    races_freely: bool = False
    mean_words: float | None = None
    printed: int | None = None
    short_day: bool = False

    def __post_init__(self) -> None:
        if not self.attempts:
            raise ValueError("a block needs at least one question")

    @cached_property
    def size(self) -> int:
        """Number of questions, those left aside too."""
        return len(self.attempts) if self.printed is None else self.printed

    @cached_property
    def right(self) -> int:
        """Number of questions answered right."""
        return sum(attempt.right for attempt in self.attempts)

    @cached_property
    def blanks(self) -> int:
        """Number of questions without an answer, seen or not."""
        return sum(not attempt.answered for attempt in self.attempts)

    @property
    def share_right(self) -> float:
        """Right answers over all questions: blank counts as wrong."""
        return self.right / len(self.attempts)

    @cached_property
    def budget_ms(self) -> float | None:
        """A3: a question's even share of the limit; None without one."""
        return None if self.limit_ms is None else self.limit_ms / self.size

    @property
    def day(self) -> date:
        """The learner's calendar day on which the block was closed."""
        moment = datetime.fromtimestamp(self.closed_at / 1_000, UTC)
        return (moment + timedelta(minutes=self.offset_min)).date()


def analysed(
    attempt: Attempt, facts: Facts, exposure: int, *, clock_stood: bool = False
) -> AnalysedAttempt:
    """An attempt as scored, with what is known of its question.

    `clock_stood` says that the block was paused, interrupted or read in: its axis is then not
    its clock, and arrival and first answer stay unknown. The first answer's time on the
    question is known where it fell in the first visit.
    """
    shown_ms, answered_ms = attempt.first_shown_at_ms, attempt.first_answered_at_ms
    choice_ms = None
    if not clock_stood and shown_ms is not None and answered_ms is not None:
        spent_ms = answered_ms - shown_ms
        choice_ms = spent_ms if spent_ms <= attempt.first_visit_ms else None
    return AnalysedAttempt(
        facts=facts,
        position=attempt.position,
        outcome=attempt.outcome,
        first=attempt.first,
        final=attempt.final,
        key=attempt.key,
        clock_ms=attempt.clock_ms,
        active_ms=attempt.active_ms,
        exposure=exposure,
        visits=attempt.visits,
        changes=attempt.changes,
        flagged=attempt.flagged,
        confidence=attempt.confidence,
        arrived_ms=None if clock_stood else shown_ms,
        answered_ms=None if clock_stood else answered_ms,
        choice_ms=choice_ms,
        changed_on_return=False if attempt.changes and attempt.visits == 1 else None,
    )
