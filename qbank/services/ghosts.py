"""Which earlier run a block races.

One goal at a time. Where nothing is asked for, a block races the best of its class once the
goal is to be faster: the last three of the class had nothing blank, and less than a tenth of
the limit was in hand. While blanks occur, in the first three blocks and with time in hand it
races nobody. A re-run races the run it repeats, question by question. Any other run may be
asked for; it is called by its name and sets no best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.analytics.eligible import ClassKey, is_eligible
from qbank.analytics.gate import best
from qbank.analytics.goal import Goal
from qbank.analytics.habit import habit
from qbank.analytics.thresholds import STARTING_BLOCKS, USUAL_BLOCKS
from qbank.block.model import Race, RaceKind
from qbank.block.pace import answer_marks
from qbank.errors import StoreCorrupt, UsageError
from qbank.services.aims import aim
from qbank.services.comparable import of_class
from qbank.services.history import resolve
from qbank.services.opened import read_opened
from qbank.store.blocks import block_by_uuid
from qbank.store.runs import RunRow, runs, times_on
from qbank.store.summaries import names

if TYPE_CHECKING:
    from qbank.block.model import BlockSpec
    from qbank.block.pace import Habit
    from qbank.services.views import Aim
    from qbank.store.types import Connection

EVEN = "even"
"""What a request says for no race but that against the clock."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a new block will be: so many questions in so much time, its extra time in it.

    In a re-run, `of_set` is the row of the first block with these very questions and
    `retaken` the UUID of the block that is taken again.
    """

    size: int
    limit_ms: int
    time_factor: int
    of_set: int | None = None
    retaken: str = ""

    def has_questions_of(self, run: RunRow) -> bool:
        """Whether a run had these very questions."""
        return self.of_set is not None and self.of_set in (run.id, run.repeat_of)

    def key(self, found: Sequence[RunRow]) -> ClassKey:
        """The class that such a block is of."""
        first = None
        if self.of_set is not None:
            same = [run.repeats or run.uuid for run in found if self.has_questions_of(run)]
            first = same[0] if same else ""
        budget_s = round(self.limit_ms / self.size / 1000)
        return ClassKey("", budget_s, self.size, first, self.time_factor)


@dataclass(frozen=True, slots=True)
class Rivals:
    """The earlier runs that a block of a course may race, None where there is none.

    `best`, `last` and `middle` are of its class, `earlier` is the run that a re-run repeats,
    `others` every run of as many questions with a clock, the latest first. `aim` is what the
    next block of the class is for.
    """

    aim: Aim
    best: RunRow | None
    last: RunRow | None
    middle: RunRow | None
    earlier: RunRow | None
    others: tuple[RunRow, ...]

    def fitting(self) -> tuple[RaceKind, RunRow] | None:
        """What is raced where nothing is asked for."""
        if self.earlier is not None:
            return RaceKind.RUN, self.earlier
        if self.best is not None and self.aim.stage is Goal.FASTER:
            return RaceKind.BEST, self.best
        return None

    def of_kind(self, kind: RaceKind) -> RunRow | None:
        """The best, the last or the middle run."""
        known = {RaceKind.BEST: self.best, RaceKind.LAST: self.last, RaceKind.MEDIAN: self.middle}
        return known.get(kind)


def rivals(connection: Connection, learner_id: int, course: Course) -> Rivals:
    """The runs that a block of this course may race."""
    found = runs(connection, learner_id, course.size)
    key = course.key(found)
    blocks = [one for one in of_class(connection, found, key) if is_eligible(one)]
    by_id = {run.uuid: run for run in found}
    comparable = [by_id[one.block_id] for one in blocks]
    if course.of_set is not None:
        comparable = [run for run in found if course.has_questions_of(run)]
    first = best(blocks, key)
    return Rivals(
        aim=aim(blocks, key, course.limit_ms),
        best=None if first is None else by_id[first.block_id],
        last=comparable[-1] if comparable else None,
        middle=_middle(comparable[-USUAL_BLOCKS:]),
        earlier=by_id.get(course.retaken),
        others=tuple(reversed(found)),
    )


def chosen(
    connection: Connection, learner_id: int, found: Rivals, asked: str
) -> tuple[RaceKind, RunRow] | None:
    """The run that a request's `race` means; None where there is none of that kind.

    Raises NotFound for an unknown block, UsageError for one that cannot be raced here.
    """
    if not asked:
        return found.fitting()
    if asked == EVEN:
        return None
    if asked in (RaceKind.BEST, RaceKind.LAST, RaceKind.MEDIAN):
        kind = RaceKind(asked)
        run = found.of_kind(kind)
        return None if run is None else (kind, run)
    uuid = resolve(asked.strip(), [each for each in names(connection, learner_id) if each.closed])
    for run in found.others:
        if run.uuid == uuid:
            return RaceKind.RUN, run
    raise UsageError(
        f"block {asked} cannot be raced here",
        hint="A run to race has a clock and as many questions.",
    )


def frozen_race(
    connection: Connection,
    learner_id: int,
    rival: tuple[RaceKind, RunRow],
    course: Course,
    questions: Sequence[int],
) -> Race | None:
    """The race as it is frozen into a block of these questions; by question in a re-run.

    None where the run's log cannot be read: a block never waits for its ghost.
    """
    kind, run = rival
    head = block_by_uuid(connection, learner_id, run.uuid)
    if head is None:
        return None
    try:
        state = read_opened(connection, head).state
    except StoreCorrupt:
        return None
    times_ms: tuple[int, ...] = ()
    if course.has_questions_of(run):
        spent = times_on(connection, run.id)
        times_ms = tuple(spent.get(question, 0) for question in questions)
    return Race(kind, run.uuid, run.name, run.used_ms, answer_marks(state), times_ms)


def habit_before(
    connection: Connection, learner_id: int, spec: BlockSpec, of_set: int | None
) -> Habit | None:
    """The learner's pace in blocks like this one; None without any, and without a limit.

    `of_set` as in `Course`.
    """
    if spec.limit_ms is None:
        return None
    found = runs(connection, learner_id, spec.size)
    key = Course(spec.size, spec.limit_ms, spec.time_factor, of_set).key(found)
    return habit([one for one in of_class(connection, found, key) if is_eligible(one)])


def _middle(last: Sequence[RunRow]) -> RunRow | None:
    """Of the last runs the one with as many faster as slower ones; None of less than three."""
    if len(last) < STARTING_BLOCKS:
        return None
    return sorted(last, key=lambda run: run.used_ms)[len(last) // 2]
