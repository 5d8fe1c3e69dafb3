"""Home: what to do now. Only what can be done stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from qbank.block.model import Mode
from qbank.reporting import exam_day_words, words
from qbank.reporting import home_words as say
from qbank.services.run import STARTING_MARKS
from qbank.services.views import BlockRequest, Door, DoorKind, HomeView, Seen
from qbank.store.blocks import closed_count
from qbank.store.build_queries import first_pack

if TYPE_CHECKING:
    from qbank.services.build import BuildService
    from qbank.services.history import HistoryService
    from qbank.services.run import RunService
    from qbank.services.views import BlockSummary, BuildPreview, Resumable, WaitingDay
    from qbank.store.engine import Store

BLOCK, HALF, FIVE = 20, 10, 5
RECENT = 5
WAITING = 3


class HomeService:
    """What Home shows, for one learner.

    `days` gives the exam days that wait; `notes` are sentences that hold whatever was done.
    """

    def __init__(
        self,
        store: Store,
        learner_id: int,
        services: tuple[BuildService, RunService, HistoryService],
        *,
        days: Callable[[], tuple[WaitingDay, ...]] = tuple,
        exam: str = "",
        notes: tuple[str, ...] = (),
    ) -> None:
        self._store = store
        self._learner_id = learner_id
        self._build, self._blocks, self._history = services
        self._days = days
        self._exam = exam
        self._notes = notes

    def view(self) -> HomeView:
        """Doors, the most important first; sentences; the latest blocks."""
        with self._store.read() as connection:
            done = closed_count(connection, self._learner_id)
            first = first_pack(connection)
        waiting = self._blocks.resumable()
        recent = self._history.recent(RECENT)
        preview = self._build.preview(BlockRequest(count=BLOCK))
        doors: list[Door] = []
        if not self._store.read_only:
            doors += [_go_on(day) for day in self._days() if day.begun]
            doors += [_resume(each) for each in waiting[:WAITING]]
            doors += self._later(preview, recent) if done else self._first(first)
            doors += _always(preview, done)
        return HomeView(
            exam=self._exam,
            doors=tuple(doors),
            lines=(*self._notes, *self._lines(preview, waiting, done)),
            blocks_done=done,
            questions_total=preview.fresh + preview.seen_before,
            questions_fresh=preview.fresh,
            recent=recent,
        )

    def _first(self, pack: str) -> list[Door]:
        """The doors of the first evening: three sizes of the program's own questions."""
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
        return doors

    def _later(self, preview: BuildPreview, recent: tuple[BlockSummary, ...]) -> list[Door]:
        """The doors of every other day."""
        doors = []
        if preview.taken:
            detail = say.length(preview.taken, preview.limit_ms)
            detail += "" if preview.matching else say.SEEN_ONES
            doors.append(Door(DoorKind.BLOCK, say.EXAM_BLOCK, detail, BlockRequest(count=BLOCK)))
        misses = next(box.count for box in preview.seen if box.value == Seen.INCORRECT)
        if misses:
            request = BlockRequest(
                mode=Mode.TUTOR,
                count=min(BLOCK, misses),
                seen=(Seen.INCORRECT,),
                name=say.LOOK_AGAIN,
            )
            doors.append(Door(DoorKind.BLOCK, say.LOOK_AGAIN, say.look_again(misses), request))
        timed = [block for block in recent if block.limit_ms is not None]
        if timed and not preview.matching:
            block = timed[0]
            factor = block.time_factor
            request = BlockRequest(
                count=block.questions, time_factor=factor, retake=block.id, name=block.name
            )
            detail = say.same_questions(
                block.name, say.length(block.questions, block.limit_ms, factor)
            )
            doors.append(Door(DoorKind.BLOCK, say.SAME_QUESTIONS, detail, request))
        return doors

    def _lines(
        self, preview: BuildPreview, waiting: tuple[Resumable, ...], done: int
    ) -> tuple[str, ...]:
        total = preview.fresh + preview.seen_before
        lines = [
            words.back_after_crash(
                block.position, block.remaining_ms, block.answered, block.away_ms
            )
            for block in waiting
            if block.crashed
        ]
        if self._store.read_only:
            lines.append(say.LOOKING)
        elif done < STARTING_MARKS and total:
            lines.append(say.MARKS)
        lines.append(say.here(total, preview.fresh) if total else say.NONE_HERE)
        if total and not preview.fresh:
            lines.append(say.ALL_SEEN)
        return tuple(lines)


def _go_on(day: WaitingDay) -> Door:
    detail = exam_day_words.waiting(day.number, day.blocks, day.day_left_ms, in_block=day.in_block)
    return Door(DoorKind.EXAM_DAY, exam_day_words.NAME, detail, block=day.id)


def _resume(block: Resumable) -> Door:
    detail = say.waiting(block.name, block.position, block.questions, block.remaining_ms)
    return Door(DoorKind.RESUME, say.RESUME, detail, block=block.id)


def _always(preview: BuildPreview, done: int) -> list[Door]:
    doors = []
    if preview.fresh or preview.seen_before:
        doors.append(Door(DoorKind.NEW_BLOCK, say.NEW_BLOCK, say.CHOOSE))
    if not done or not preview.fresh:
        doors.append(Door(DoorKind.IMPORT, say.IMPORT, say.FORMATS))
    return doors
