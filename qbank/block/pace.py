"""How a block stands against its clock: figures, no words.

Milliseconds in and out; what comes of a division stays a float. Debt is positive when
behind. The question on screen is credited with the time it has had, up to its share:
without that a learner exactly on pace would read "behind" most of the time.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, takewhile

from qbank.block.model import Outcome
from qbank.block.scoring import Attempt
from qbank.block.state import BlockState

USUAL_SPREAD = math.sqrt(math.exp(0.25) - 1)
"""Standard deviation of the time on a question over its mean, where nothing is known."""

CHECKPOINTS = ((1, 4), (1, 2), (3, 4))
"""Shares of the clock at which the number of answers is looked at."""

_SPOKEN_FROM = 4


class Outlook(StrEnum):
    """What the projection comes to."""

    UNKNOWN = "unknown"
    ON_TRACK = "on_track"
    TIGHT = "tight"
    BLANKS = "blanks"


@dataclass(frozen=True, slots=True)
class Habit:
    """What is known of a learner's pace before a block.

    `pace_ms` is the mean time on a question, `spread` its standard deviation over it,
    and `weight` the number of answers that this knowledge counts for.
    """

    pace_ms: float
    spread: float = USUAL_SPREAD
    weight: int = 5


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a block is going.

    `eta_ms` is the clock at which the last answer falls, `margin_ms` the limit minus
    that, `sd_ms` the uncertainty of the time still needed, `p_timeout` the probability
    that it does not suffice, `expected_blank` the questions left at this pace, and
    `needed_pace_ms` what each of the rest may take: None where nothing is left to do
    or to do it in.
    """

    pace_ms: float
    eta_ms: float
    margin_ms: float
    sd_ms: float
    p_timeout: float
    expected_blank: float
    needed_pace_ms: float | None


@dataclass(frozen=True, slots=True)
class Pace:
    """A running block at one moment. `mean_ms` is the mean time on the answered questions."""

    budget_ms: float
    debt_ms: int
    answered: int
    left: int
    projection: Projection
    outlook: Outlook
    mean_ms: float | None


@dataclass(frozen=True, slots=True)
class DebtCurve:
    """Debt after each position; the largest and where, counted from 1."""

    debt_ms: tuple[float, ...]
    max_ms: float
    max_at: int

    @property
    def final_ms(self) -> float:
        """Debt at the end of the curve."""
        return self.debt_ms[-1]

    @property
    def surplus_ms(self) -> float:
        """Time in hand at the end of the curve."""
        return -self.final_ms


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`target` answers are due when the clock shows `clock_ms`.

    `achieved` is what there was then, None while the clock has not come so far.
    """

    clock_ms: int
    target: int
    achieved: int | None


def budget_ms(limit_ms: int, questions: int) -> float:
    """A question's even share of the limit."""
    return limit_ms / questions


def live_pace(state: BlockState, at_ms: int, habit: Habit | None = None) -> Pace | None:
    """The block at `at_ms`; None without a limit. No habit: the even pace is assumed."""
    limit_ms = state.spec.limit_ms
    if limit_ms is None:
        return None
    share_ms = budget_ms(limit_ms, state.spec.size)
    clock_ms = state.used_ms(at_ms)
    times_ms = [state.time_on(p, at_ms) for p in state.spec.positions if state.cell(p).response]
    answered = len(times_ms)
    projection = project(clock_ms, times_ms, (state.spec.size, limit_ms), habit or Habit(share_ms))
    debt_ms = clock_ms - share_ms * answered - min(_open_ms(state, at_ms), share_ms)
    return Pace(
        budget_ms=share_ms,
        debt_ms=round(debt_ms),
        answered=answered,
        left=state.spec.size - answered,
        projection=projection,
        outlook=outlook(projection, answered),
        mean_ms=sum(times_ms) / answered if answered else None,
    )


def project(
    clock_ms: int, times_ms: Sequence[int], block: tuple[int, int], habit: Habit
) -> Projection:
    """Carry a block on at the pace of its answered questions, tempered by habit.

    `times_ms` are the times on the answered questions, `block` is (questions, limit_ms).
    """
    questions, limit_ms = block
    left = questions - len(times_ms)
    known = habit.weight + len(times_ms)
    pace_ms = (habit.weight * habit.pace_ms + sum(times_ms)) / known
    time_left_ms = limit_ms - clock_ms
    sd_ms = habit.spread * pace_ms * math.sqrt(left + left**2 / known)
    eta_ms = clock_ms + left * pace_ms
    within = time_left_ms / pace_ms if pace_ms else math.inf
    return Projection(
        pace_ms=pace_ms,
        eta_ms=eta_ms,
        margin_ms=limit_ms - eta_ms,
        sd_ms=sd_ms,
        p_timeout=_p_timeout(limit_ms - eta_ms, sd_ms, time_left_ms) if left else 0.0,
        expected_blank=min(float(left), max(0.0, left - within)),
        needed_pace_ms=time_left_ms / left if left and time_left_ms > 0 else None,
    )


def outlook(projection: Projection, answered: int) -> Outlook:
    """What may be said of a projection; nothing before 4 answers.

    A projected finish past the limit means that time runs out more likely than not, so
    no warning rests on less than that, however few the answers.
    """
    if answered < _SPOKEN_FROM:
        return Outlook.UNKNOWN
    if projection.margin_ms >= 0:
        return Outlook.ON_TRACK
    return Outlook.TIGHT if projection.expected_blank < 1 else Outlook.BLANKS


def debt_curve(times_ms: Sequence[int], budgets_ms: Sequence[float]) -> DebtCurve | None:
    """Debt by position over the times given, in printed order; None where there are none."""
    debt = tuple(accumulate(spent - due for spent, due in zip(times_ms, budgets_ms, strict=True)))
    if not debt:
        return None
    most = max(debt)
    return DebtCurve(debt, most, debt.index(most) + 1)


def attempts_curve(attempts: Sequence[Attempt], limit_ms: int) -> DebtCurve | None:
    """Debt by position of a closed block against the even pace.

    Later visits count at their question; the curve stops before the first one unreached.
    """
    reached = list(takewhile(lambda a: a.outcome is not Outcome.UNREACHED, attempts))
    share_ms = budget_ms(limit_ms, len(attempts)) if attempts else 0.0
    return debt_curve([a.clock_ms for a in reached], [share_ms] * len(reached))


def answer_marks(state: BlockState) -> tuple[int, ...]:
    """The block's clock at the first answer to each question answered, ascending."""
    clocks = (cell.first_answered_clock_ms for cell in state.cells)
    return tuple(sorted(clock for clock in clocks if clock is not None))


def checkpoints(state: BlockState, at_ms: int) -> tuple[Checkpoint, ...]:
    """The block's checkpoints with what was achieved; none without a limit."""
    limit_ms = state.spec.limit_ms
    if limit_ms is None:
        return ()
    clock_ms, marks = state.used_ms(at_ms), answer_marks(state)
    points = []
    for part, whole in CHECKPOINTS:
        due_ms = limit_ms * part // whole
        target = -(-state.spec.size * part // whole)
        achieved = sum(mark <= due_ms for mark in marks) if clock_ms >= due_ms else None
        points.append(Checkpoint(due_ms, target, achieved))
    return tuple(points)


def ghost_ms(state: BlockState, at_ms: int) -> int | None:
    """Time behind (negative: ahead of) the run that the block races; by question in a re-run.

    None without a race, and where that run never answered so many.
    """
    race = state.spec.race
    if race is None:
        return None
    if race.times_ms:
        slots = state.spec.slots
        theirs = {slot.question: ms for slot, ms in zip(slots, race.times_ms, strict=True)}
        return ghost_by_question(state, at_ms, theirs)
    return ghost_by_count(state, at_ms, race.marks_ms)


def ghost_by_count(state: BlockState, at_ms: int, marks: Sequence[int]) -> int | None:
    """Time behind (negative: ahead of) a ghost that had answered as many.

    `marks` are its `answer_marks`. None where the ghost never answered so many.
    """
    answered = state.answered
    if answered > len(marks):
        return None
    reached = (0, *marks)
    share_ms = reached[answered + 1] - reached[answered] if answered < len(marks) else 0
    credit_ms = min(_open_ms(state, at_ms), share_ms)
    return state.used_ms(at_ms) - reached[answered] - credit_ms


def ghost_by_question(state: BlockState, at_ms: int, times_ms: Mapping[str, int]) -> int:
    """Time behind (negative: ahead of) a ghost on the same questions.

    `times_ms` maps a slot's `question` to the ghost's time on it; one it never saw
    may be absent.
    """
    theirs_ms = [times_ms.get(slot.question, 0) for slot in state.spec.slots]
    passed_ms = sum(
        their_ms for their_ms, cell in zip(theirs_ms, state.cells, strict=True) if cell.response
    )
    share_ms = theirs_ms[state.shown - 1] if state.shown else 0
    return state.used_ms(at_ms) - passed_ms - min(_open_ms(state, at_ms), share_ms)


def ghost_curve(times_ms: Sequence[int], ghost_ms: Sequence[int]) -> tuple[int, ...]:
    """After the block: time behind the ghost after each of the same questions."""
    pairs = zip(times_ms, ghost_ms, strict=True)
    return tuple(accumulate(ours - theirs for ours, theirs in pairs))


def _open_ms(state: BlockState, at_ms: int) -> int:
    """Time so far on the question on screen while it has no response; else nothing."""
    if state.shown is None or state.cell(state.shown).response:
        return 0
    return state.time_on(state.shown, at_ms)


def _p_timeout(margin_ms: float, sd_ms: float, time_left_ms: int) -> float:
    if time_left_ms <= 0:
        return 1.0
    if not sd_ms:
        return float(margin_ms < 0)
    return math.erfc(margin_ms / sd_ms / math.sqrt(2)) / 2
