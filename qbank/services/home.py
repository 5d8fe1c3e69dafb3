"""Home: what to do now. Only what can be done stands there, with one goal at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from qbank.analytics.goal import Goal
from qbank.block.model import BASE_FACTOR, Mode
from qbank.reporting import exam_day_words, words
from qbank.reporting import home_words as say
from qbank.reporting.day_words import local
from qbank.services.run import STARTING_MARKS
from qbank.services.views import BlockRequest, Door, DoorKind, HomeView, Seen
from qbank.store.blocks import closed_count
from qbank.store.build_queries import first_pack

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.services.build import BuildService
    from qbank.services.history import HistoryService
    from qbank.services.run import RunService
    from qbank.services.views import BlockSummary, BuildPreview, Resumable, WaitingDay
    from qbank.store.engine import Store
    from qbank.store.types import Connection

BLOCK, HALF, FIVE = 20, 10, 5
RECENT = 5
WAITING = 3


@dataclass(frozen=True, slots=True)
class _Exam:
    """Where the person stands before the exam or after it.

    `days_left` as in `HomeView`; `result` is the exam's, once it was entered: the score and the
    pass mark that was entered with it.
    """

    days_left: int | None = None
    result: tuple[float, float | None] | None = None

    @property
    def near(self) -> bool:
        """Tomorrow or today: nothing is due."""
        return self.days_left in (0, 1)

    @property
    def over(self) -> bool:
        """It was taken, and its result is not here yet."""
        return self.days_left is not None and self.days_left < 0 and self.result is None

    @property
    def not_passed(self) -> bool:
        """The result is here and lies below the pass mark."""
        return self.result is not None and not self.passed

    @property
    def passed(self) -> bool:
        """The result is here; nothing entered says that it lies below the pass mark."""
        return self.result is not None and self.result[0] >= (self.result[1] or 0)


class HomeService:
    """What Home shows, for one learner.

    `days` gives the exam days that wait; `notes` are sentences that hold whatever was done.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        learner_id: int,
        services: tuple[BuildService, RunService, HistoryService],
        *,
        days: Callable[[], tuple[WaitingDay, ...]] = tuple,
        notes: tuple[str, ...] = (),
    ) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id
        self._build, self._blocks, self._history = services
        self._days = days
        self._notes = notes

    def view(self, exam_date: str = "") -> HomeView:
        """Doors, the most important first; sentences; the latest blocks.

        `exam_date` is an ISO date, empty while none is booked.
        """
        with self._store.read() as connection:
            done = closed_count(connection, self._learner_id)
            first = first_pack(connection)
            exam = self._exam(connection, exam_date)
        days = () if self._store.read_only else tuple(day for day in self._days() if day.begun)
        waiting = () if days else self._blocks.resumable()
        recent = tuple(block for block in self._history.recent(RECENT) if not block.waits)
        request = BlockRequest(count=BLOCK, time_factor=_usual_factor(recent))
        preview = self._build.preview(request)
        # While a day is open there is nothing beside it: no other block, none of its questions.
        doors = [_go_on(day) for day in days]
        if not days and not self._store.read_only:
            doors += [_resume(each) for each in waiting[:WAITING]]
            if not done:
                doors += self._first(first, exam_date)
            elif not exam.near:
                doors += self._later(request, preview, recent)
            doors = _in_order([*doors, *_always(preview, done, exam)], exam)
        return HomeView(
            exam=say.exam(self._build.default_preset.name, exam.days_left),
            doors=tuple(doors),
            lines=(*self._notes, *self._lines(preview, waiting, done, exam)),
            blocks_done=done,
            questions_total=preview.fresh + preview.seen_before,
            questions_fresh=preview.fresh,
            recent=recent,
            days_left=exam.days_left,
            quiet=exam.near or exam.over,
        )

    def _exam(self, connection: Connection, exam_date: str) -> _Exam:
        if not exam_date:
            return _Exam()
        now = self._clock.read()
        today = local(now.wall_utc_ms, now.offset_min).date()
        days_left = (date.fromisoformat(exam_date) - today).days
        result = None
        if days_left <= 0:
            from qbank.store.results import exam_result_since

            result = exam_result_since(connection, self._learner_id, exam_date)
        return _Exam(days_left, result)

    def _first(self, pack: str, exam_date: str) -> list[Door]:
        """The doors of the first evening: the day of the exam, three sizes of our own questions."""
        start = BlockRequest(packs=(pack,) if pack else (), order="pack")
        sizes = (
            replace(start, count=BLOCK, name=say.FIRST_BLOCK),
            replace(start, count=HALF, name=say.HALF_BLOCK),
            replace(start, count=FIVE, name=say.JUST_FIVE, mode=Mode.TUTOR),
        )
        doors = []
        for request in sizes:
            preview = self._build.preview(request)
            if not preview.taken:
                continue
            detail = say.NO_CLOCK
            if request.mode is Mode.TIMED:
                detail = say.length(preview.taken, preview.limit_ms)
                detail += say.AS_THE_EXAM if preview.taken == BLOCK else ""
            doors.append(Door(DoorKind.BLOCK, request.name, detail, request))
        booked = say.booked(date.fromisoformat(exam_date)) if exam_date else say.NOT_BOOKED
        ask = [Door(DoorKind.EXAM_DATE, say.EXAM_DATE, booked)]
        return [*ask, *doors] if doors else []

    def _later(
        self, request: BlockRequest, preview: BuildPreview, recent: tuple[BlockSummary, ...]
    ) -> Iterator[Door]:
        """The doors of every other day: the next block by its goal, then what was seen."""
        if preview.taken:
            yield _next_block(request, preview)
        misses = next(box.count for box in preview.seen if box.value == Seen.INCORRECT)
        if misses:
            wanted = BlockRequest(
                mode=Mode.TUTOR,
                count=min(BLOCK, misses),
                seen=(Seen.INCORRECT,),
                name=say.LOOK_AGAIN,
            )
            yield Door(DoorKind.BLOCK, say.LOOK_AGAIN, say.look_again(misses), wanted)
        timed = [block for block in recent if block.limit_ms is not None]
        if timed and not preview.matching:
            block = timed[0]
            factor = block.time_factor
            wanted = BlockRequest(
                count=block.questions, time_factor=factor, retake=block.id, name=block.name
            )
            long = say.length(block.questions, block.limit_ms, factor)
            detail = say.same_questions(block.name, long)
            yield Door(DoorKind.BLOCK, say.SAME_QUESTIONS, detail, wanted)

    def _lines(
        self, preview: BuildPreview, waiting: tuple[Resumable, ...], done: int, exam: _Exam
    ) -> Iterator[str]:
        total = preview.fresh + preview.seen_before
        for block in waiting:
            if block.crashed:
                yield words.back_after_crash(
                    block.position, block.remaining_ms, block.answered, block.away_ms
                )
        if exam.near:
            yield say.NOTHING_DUE
            return
        if exam.over or exam.passed:
            yield say.WAITING_FOR_RESULT if exam.over else say.RESULT_IS_IN
        elif self._store.read_only:
            yield say.LOOKING
        elif done < STARTING_MARKS and total:
            yield say.MARKS
        elif preview.aim is not None and preview.aim.stage is Goal.SPEND:
            from qbank.reporting.verdict_words import time_in_hand

            yield time_in_hand(preview.aim.in_hand_ms)
        if not total:
            yield say.NONE_HERE
        else:
            yield say.here(total, preview.fresh) if preview.fresh else say.ALL_SEEN


def _usual_factor(recent: tuple[BlockSummary, ...]) -> int:
    """The extra time of the latest block with a clock."""
    timed = (block.time_factor for block in recent if block.limit_ms is not None)
    return next(timed, BASE_FACTOR)


def _next_block(request: BlockRequest, preview: BuildPreview) -> Door:
    """A block of the exam's size, named by its one goal: finish, then faster, then spend."""
    aim, size, limit_ms = preview.aim, preview.taken, preview.limit_ms
    long = words.limit(limit_ms, request.time_factor)
    title, detail = say.EXAM_BLOCK, say.length(size, limit_ms, request.time_factor)
    if not preview.matching:
        detail += say.SEEN_ONES
    elif aim is None or limit_ms is None or aim.stage is None:
        mark = 0 if aim is None else aim.marks + 1
        detail += say.starting_mark(mark, STARTING_MARKS)
    elif aim.stage is Goal.FINISH:
        title, detail = say.FINISH, say.finish(size, limit_ms, aim.last_blank)
    elif aim.stage is Goal.SPEND:
        title, detail = say.SPEND_THE_TIME, say.spend(size, long)
    elif aim.target_ms is not None:
        title = say.BEAT_YOUR_TIME
        detail = say.faster(size, aim.target_ms, long, aim.right_needed)
    return Door(DoorKind.BLOCK, title, detail, request)


def _go_on(day: WaitingDay) -> Door:
    detail = exam_day_words.waiting(day.number, day.blocks, day.day_left_ms, in_block=day.in_block)
    return Door(DoorKind.EXAM_DAY, exam_day_words.NAME, detail, block=day.id)


def _resume(block: Resumable) -> Door:
    detail = say.waiting(block.name, block.position, block.questions, block.remaining_ms)
    return Door(DoorKind.RESUME, say.RESUME, detail, block=block.id)


def _always(preview: BuildPreview, done: int, exam: _Exam) -> Iterator[Door]:
    questions = preview.fresh + preview.seen_before
    if questions:
        yield Door(DoorKind.NEW_BLOCK, say.NEW_BLOCK, say.CHOOSE)
    if not exam.near and (questions or done):
        report = not done or exam.over or exam.not_passed
        title, detail = (say.SCORE_REPORT, say.BARS) if report else (say.RESULTS, say.OWN_RESULTS)
        yield Door(DoorKind.RESULTS, title, detail)
    if not done or not preview.fresh:
        yield Door(DoorKind.IMPORT, say.IMPORT, say.FORMATS)
    if exam.near or exam.passed:
        yield Door(DoorKind.CLOSE, say.CLOSE if exam.near else say.CLOSE_FOR_GOOD, say.LET_IT_BE)


def _in_order(doors: list[Door], exam: _Exam) -> list[Door]:
    """The day before closing comes first, after the exam the result, after a pass closing."""
    if exam.over or exam.not_passed:
        first = DoorKind.RESULTS
    elif exam.near or exam.passed:
        first = DoorKind.CLOSE
    else:
        return doors
    return sorted(doors, key=lambda door: door.kind is not first)
