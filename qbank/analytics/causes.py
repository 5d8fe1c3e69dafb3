"""B8: where the points went: clock, changing, step or knowledge?

A bookkeeping rule, not a diagnosis: each question not right gets the first cause that fits,
in the order of `Cause`. It is given what the log shows and nothing else; what a person says
afterwards goes before it. Where something is not known (when a question was reached, how
long the first choice took) the causes that rest on it are never given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qbank.analytics.changes import Change, change_of
from qbank.analytics.quarters import quarter_of
from qbank.analytics.rapid import is_very_quick
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.analytics.word_load import expected_ms

_LAST_QUARTER = 4
_SHORT = 0.5
_EARLY_CHOICE = 1.0
_LONG_AFTER = 0.5


class Cause(StrEnum):
    """Why a question is not right, in the order in which they are tried.

    The first five are of timing and test-taking, the others of content. MISREAD is never
    read from a log: only a person says it.
    """

    NOT_ANSWERED = "not_answered"
    VERY_QUICK = "very_quick"
    CHANGED_AWAY = "changed_away"
    NEAR_THE_END = "near_the_end"
    FIRST_CHOICE_EARLY = "first_choice_early"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    INSUFFICIENT = "insufficient"
    NEEDLESS = "needless"
    HARMFUL = "harmful"
    OTHER_DIAGNOSIS = "other_diagnosis"
    KNOWLEDGE = "knowledge"
    MISREAD = "misread"

    @property
    def of_timing(self) -> bool:
        """Whether it is of timing and test-taking rather than of content."""
        return any(self is cause for cause, _ in _TIMING_RULES)


@dataclass(frozen=True, slots=True)
class Went:
    """Questions not right for one cause, and how many of these asked for the next step."""

    cause: Cause
    questions: int
    next_step: int


def cause_of(attempt: AnalysedAttempt, block: AnalysedBlock) -> Cause | None:
    """The first cause that fits an attempt of this block; None for a right answer."""
    if attempt.right:
        return None
    of_timing = (cause for cause, fits in _TIMING_RULES if fits(attempt, block))
    return next(of_timing, None) or _of_content(attempt)


def causes(block: AnalysedBlock) -> tuple[Cause | None, ...]:
    """The cause of every question of a block, in printed order; None where it is right."""
    return tuple(cause_of(attempt, block) for attempt in block.attempts)


def where_points_went(
    blocks: Iterable[AnalysedBlock], said: Mapping[tuple[str, int], Cause] | None = None
) -> tuple[Went, ...]:
    """Causes over these blocks, those that occur, in the order of the rule.

    `said` holds what a person said instead, by block id and position.
    """
    person = said or {}
    found = [
        (person.get((block.block_id, one.position), cause), one.facts.asks_next_step)
        for block in blocks
        for one in block.attempts
        if (cause := cause_of(one, block)) is not None
    ]
    return tuple(
        Went(cause, len(asked), sum(asked))
        for cause in Cause
        if (asked := [step for given, step in found if given is cause])
    )


def timing_share(went: Sequence[Went]) -> float | None:
    """Of the questions not right, the share that timing and test-taking took; None without."""
    total = sum(one.questions for one in went)
    timing = sum(one.questions for one in went if one.cause.of_timing)
    return timing / total if total else None


def debt_at_arrival_ms(attempt: AnalysedAttempt, block: AnalysedBlock) -> float | None:
    """A4 when a question first came on screen, positive when over even pace.

    None without a limit and where the block's clock at that moment, or at an answer, is not
    known.
    """
    budget_ms = block.budget_ms
    marks = [one.answered_ms for one in block.attempts if one.answered]
    if budget_ms is None or attempt.arrived_ms is None or None in marks:
        return None
    done = sum(mark is not None and mark <= attempt.arrived_ms for mark in marks)
    return attempt.arrived_ms - budget_ms * done


def _near_the_end(attempt: AnalysedAttempt, block: AnalysedBlock) -> bool:
    """Answered in less than half its time, in the last quarter, arriving over even pace."""
    due_ms = _due_ms(attempt, block)
    if due_ms is None or quarter_of(attempt.position, block.size) != _LAST_QUARTER:
        return False
    debt_ms = debt_at_arrival_ms(attempt, block)
    return debt_ms is not None and debt_ms > 0 and attempt.behaved_ms < _SHORT * due_ms


def _first_choice_early(attempt: AnalysedAttempt, block: AnalysedBlock) -> bool:
    """A choice within its time, and more than half as much again spent after it.

    A long time without that is a sign of not knowing and no cause. Where several options
    are right, the first one chosen is only the beginning of an answer.
    """
    due_ms, choice_ms = _due_ms(attempt, block), attempt.choice_ms
    if due_ms is None or choice_ms is None or attempt.facts.several:
        return False
    after_ms = attempt.behaved_ms - choice_ms
    return choice_ms < _EARLY_CHOICE * due_ms and after_ms > _LONG_AFTER * due_ms


def _due_ms(attempt: AnalysedAttempt, block: AnalysedBlock) -> float | None:
    if block.budget_ms is None:
        return None
    return expected_ms(attempt.facts, block.budget_ms, block.mean_words)


_TIMING_RULES: tuple[tuple[Cause, Callable[[AnalysedAttempt, AnalysedBlock], bool]], ...] = (
    (Cause.NOT_ANSWERED, lambda attempt, _: not attempt.answered),
    (Cause.VERY_QUICK, is_very_quick),
    (Cause.CHANGED_AWAY, lambda attempt, _: change_of(attempt) is Change.RIGHT_TO_WRONG),
    (Cause.NEAR_THE_END, _near_the_end),
    (Cause.FIRST_CHOICE_EARLY, _first_choice_early),
)


def _of_content(attempt: AnalysedAttempt) -> Cause:
    """What the option chosen is in the pack's own words, else knowledge.

    A code of the step counts on a next-step question only; an answer of several options
    has no one code.
    """
    chosen = attempt.facts.option(attempt.final[0]) if len(attempt.final) == 1 else None
    if chosen is None or chosen.error is None:
        return Cause.KNOWLEDGE
    cause = Cause(chosen.error)
    if cause is Cause.OTHER_DIAGNOSIS or attempt.facts.asks_next_step:
        return cause
    return Cause.KNOWLEDGE
