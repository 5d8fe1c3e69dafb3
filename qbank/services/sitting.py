"""Exam days: asked for, opened, waiting, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qbank.block.sitting import as_of
from qbank.block.sitting_model import DayEnd, DayPhase
from qbank.errors import ConcurrentRun, NotFound, UsageError
from qbank.reporting import exam_day_words
from qbank.services.build import random_uuid
from qbank.services.sitting_build import SittingBuilder
from qbank.services.sitting_opened import OpenedDay, read_day
from qbank.services.sitting_runner import SittingRunner
from qbank.services.views import DayBlockResult, DayReport, SittingPreview, WaitingDay
from qbank.store.sittings import drop_never_begun, sitting_by_uuid, sittings

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.content.exam import Preset
    from qbank.services.build import BuildService
    from qbank.services.run import RunService
    from qbank.services.views import SittingRequest
    from qbank.store.engine import Store
    from qbank.store.types import Connection


class SittingService:
    """The exam days of one learner."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        learner_id: int,
        services: tuple[BuildService, RunService],
        new_uuid: Callable[[], str] = random_uuid,
    ) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id
        self._build, self._blocks = services
        self._builder = SittingBuilder(store, clock, learner_id, self._build, new_uuid)
        self._live: dict[str, SittingRunner] = {}

    @property
    def presets(self) -> tuple[Preset, ...]:
        """The exams that have a day, in the order in which they are offered."""
        return tuple(preset for preset in self._build.presets if not preset.drill)

    def preview(self, request: SittingRequest) -> SittingPreview:
        """What a request would give.

        Raises NotFound for an unknown preset or pack, UsageError for a figure out of range.
        """
        return self._builder.preview(request)

    def begin(self, request: SittingRequest) -> SittingRunner:
        """Make a day and open it, ready to `start`. Raises as `preview` and `open`, and
        UsageError where another day is not over yet.
        """
        self._require_writing()
        if any(day.begun for day in self.waiting()):
            raise UsageError(exam_day_words.NOT_OVER, hint=exam_day_words.GO_ON_OR_END)
        return self.open(self._builder.create(request))

    def open(self, sitting_id: str) -> SittingRunner:
        """Open a day by its UUID: a new one ready to start, one that was left where it stands.

        Raises NotFound for an unknown one, UsageError for one that is over, ConcurrentRun
        where it is open already, StoreCorrupt where its log is damaged.
        """
        self._require_writing()
        if sitting_id in self._live:
            raise ConcurrentRun("this exam day is open already")
        with self._store.read() as connection:
            opened = self._read(connection, sitting_id)
        if opened.state.phase is DayPhase.OVER:
            raise UsageError(f"{opened.head.name} is over", hint="Its blocks stand in History.")
        runner = SittingRunner(self._store, self._clock, opened, self._blocks, self._forget)
        self._live[sitting_id] = runner
        return runner

    def waiting(self) -> tuple[WaitingDay, ...]:
        """Days that are not over and not open, the latest first."""
        with self._store.read() as connection:
            heads = sittings(connection, self._learner_id)
            opened = [read_day(connection, head) for head in heads if head.uuid not in self._live]
        return tuple(map(_waiting, opened))

    def discard(self) -> None:
        """Take away days that were made and never begun."""
        self._store.write(lambda connection: drop_never_begun(connection, self._learner_id))

    def over(self) -> tuple[DayReport, ...]:
        """Every day that is over, the latest first."""
        with self._store.read() as connection:
            heads = sittings(connection, self._learner_id, over=True)
            return tuple(_report(read_day(connection, head)) for head in heads)

    def report(self, sitting_id: str) -> DayReport:
        """A day that is over. Raises NotFound, and UsageError for one that is not."""
        with self._store.read() as connection:
            opened = self._read(connection, sitting_id)
        if opened.state.phase is not DayPhase.OVER:
            raise UsageError(f"{opened.head.name} is not over yet", hint="Go on with it.")
        return _report(opened)

    def close_all(self) -> None:
        """Let every open day go; the end of the program, which charges nobody."""
        for runner in tuple(self._live.values()):
            runner.close()

    def _forget(self, sitting_id: str) -> None:
        self._live.pop(sitting_id, None)

    def _require_writing(self) -> None:
        if self._store.read_only:
            raise ConcurrentRun(
                "no exam day can be taken: the store is open for reading only",
                hint="Another qbank has it.",
            )

    def _read(self, connection: Connection, sitting_id: str) -> OpenedDay:
        head = sitting_by_uuid(connection, self._learner_id, sitting_id)
        if head is None:
            raise NotFound("exam day", sitting_id)
        return read_day(connection, head)


def _waiting(opened: OpenedDay) -> WaitingDay:
    """A day as it would be on going on with it; what passes meanwhile is said then."""
    head, in_block = opened.head, opened.state.phase is DayPhase.BLOCK
    state = as_of(opened.state, max(opened.state.at_ms, head.heartbeat_at_ms))
    number = state.number if in_block else state.next_number or state.spec.blocks
    return WaitingDay(
        id=head.uuid,
        name=head.name,
        number=number,
        blocks=state.spec.blocks,
        day_left_ms=state.day_left_ms(opened.cut_off_ms),
        pool_ms=state.pool_ms,
        in_block=in_block,
        begun=state.phase is not DayPhase.READY,
    )


def _report(opened: OpenedDay) -> DayReport:
    head, spec, state = opened.head, opened.spec, opened.state
    return DayReport(
        id=head.uuid,
        name=head.name,
        preset=spec.preset,
        reason=state.reason or DayEnd.ENDED,
        blocks=tuple(_result(opened, number) for number in range(1, spec.blocks + 1)),
        started_at=head.started_at,
        ended_at=head.ended_at,
        offset_min=head.offset_min,
        interrupted=state.interrupted,
        tutorial_ms=state.tutorial_ms,
        testing_ms=state.testing_ms,
        break_ms=state.break_ms,
        overrun_ms=state.overrun_ms,
        time_factor=spec.time_factor,
        compress=spec.compress,
    )


def _result(opened: OpenedDay, number: int) -> DayBlockResult:
    behind = {each.number: each for each in opened.state.behind if not each.lost}
    there = {each.number: each for each in opened.blocks if not each.deleted}
    block = there.get(number)
    return DayBlockResult(
        number=number,
        id=block.uuid if block else "",
        questions=opened.spec.sizes[number - 1],
        answered=block.answered if block else 0,
        correct=block.correct if block else 0,
        used_ms=behind[number].used_ms if number in behind else 0,
        limit_ms=block.limit_ms if block else None,
        taken=number in behind,
    )
