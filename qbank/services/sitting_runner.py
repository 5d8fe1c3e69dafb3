"""The one way to run an exam day: its clock, its rules and its log, put together.

The day and the block of it that runs keep time apart and never both at once: while a block
runs its own log counts, and at its end the day takes over what it used. Between blocks the
day's axis is time that passed, asleep or awake; what a crash or a reboot took is on no
account, and who left on purpose left the clock running.

What is asked of the day is on disk when it returns. So these calls may wait for the disk,
save `clock` and `poll`; use the runner from one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from qbank.block import sitting_events as s
from qbank.block.commands import Start
from qbank.block.model import GapKind, Phase
from qbank.block.sitting import as_of, decide, evolve, tick
from qbank.block.sitting_codec import DAY
from qbank.block.sitting_model import DayPhase
from qbank.errors import IllegalCommand, NotSaved
from qbank.services.runner import HEARTBEAT_MS, LEAVE_TIMEOUT_S
from qbank.services.views import DayClock
from qbank.store.blocks import drop_unbegun
from qbank.store.event_log import Entry
from qbank.store.sittings import LOG, DayBeat, DayStanding, beat, set_limit, stand

if TYPE_CHECKING:
    from qbank.block.sitting_state import SittingState
    from qbank.block.state import BlockState
    from qbank.clock import Clock
    from qbank.services.run import RunService
    from qbank.services.runner import BlockRunner
    from qbank.services.sitting_opened import OpenedDay
    from qbank.store.engine import Store
    from qbank.store.types import Connection


class SittingRunner:
    """One exam day while it is open. Made by `SittingService.open`."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        opened: OpenedDay,
        blocks: RunService,
        on_close: Callable[[str], None],
    ) -> None:
        self.spec = opened.spec
        self.state = opened.state
        self.id = opened.head.uuid
        self.name = opened.head.name
        self.block: BlockRunner | None = None
        self._store = store
        self._clock = clock
        self._head = opened.head
        self._block_ids = opened.block_ids
        self._blocks = blocks
        self._on_close = on_close
        self._seq = opened.events
        self._cut_off_ms = opened.cut_off_ms
        self._open = True
        self._started_at = opened.head.started_at
        self._offset_min = opened.head.offset_min
        self._anchor = clock.read()
        self._base_ms = max(self.state.at_ms, opened.head.heartbeat_at_ms)
        self._beaten_ms = self._anchor.elapsed_ms
        self._left = self.state.away and opened.head.boot_id == self._anchor.boot_id
        self._come_back(opened.closed)

    # --- acting -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin the day: with the tutorial, where the exam has one, else before its first block."""
        self._move(0)
        self._do(s.Begin())

    def end_tutorial(self) -> None:
        """Go on from the tutorial. What it leaves of its time goes to the breaks."""
        self.settle()
        if self.state.phase is DayPhase.TUTORIAL:
            self._do(s.EndTutorial())

    def begin_block(self) -> BlockRunner:
        """Begin the next block, its clock running; or go on with the one that was cut off.

        One that ran out meanwhile comes back closed. Raises IllegalCommand where none is
        left: time alone may have ended the day.
        """
        if self.block is not None:
            raise IllegalCommand("a block of this day is open already")
        if self.state.phase is not DayPhase.BLOCK:
            self.settle()
            self._do(s.BeginBlock())
        runner = self._blocks.open(
            self._block_ids[self.state.number], sitting=self.id, left=self._left
        )
        self.block, self._left = runner, False
        if runner.state.phase is Phase.READY:
            runner.do(Start())
        elif self.state.away:
            self._do(s.NoteGap(0, GapKind.LEFT))
        return runner

    def end_block(self) -> None:
        """Lock the block that has closed; the break begins, or the day is over.

        Raises IllegalCommand while it can still be answered, NotSaved while its end is not
        on disk.
        """
        block = self.block
        if block is None or block.state.phase is not Phase.CLOSED:
            raise IllegalCommand("no block of this day has just ended")
        if not block.wait_saved(LEAVE_TIMEOUT_S):
            raise NotSaved("the block is not saved yet", hint="Try again.")
        self._lock(block.state, block.since_closed_ms())
        block.close()
        self.block = None

    def end_day(self) -> None:
        """Stop here, between blocks. Blocks that were not begun are not taken."""
        self.settle()
        if self.state.phase is not DayPhase.OVER:
            self._do(s.EndDay())

    def settle(self) -> None:
        """Note what time alone has brought: a lost block, the end of the day."""
        at_ms = self._at()
        self._write(tick(self.state, at_ms), at_ms)

    def leave(self) -> None:
        """Go away on purpose: the clock runs on, in a block and in a break."""
        try:
            self.settle()
            if self.state.phase not in (DayPhase.READY, DayPhase.OVER):
                self._do(s.Leave())
        finally:
            self.close()

    def close(self) -> None:
        """Let the day go as it stands; the end of the program, which charges nobody."""
        if self.block is not None:
            self.block.leave()
            self.block = None
        if self._open:
            self._open = False
            self._on_close(self.id)

    # --- asking -------------------------------------------------------------------------

    def clock(self) -> DayClock:
        """The day's times at this moment."""
        state = self._now()
        running = state.phase is DayPhase.BLOCK
        number = state.number if running else state.next_number or 0
        session = self.spec.session_of(number) if number else 0
        used_ms = self._used_ms() if running else 0
        left_ms = state.sessions_ms[session] - used_ms if number else 0
        first = number == 1 or (number > 1 and self.spec.ends_session(number - 1))
        return DayClock(
            phase=state.phase,
            number=number,
            blocks=self.spec.blocks,
            questions=self.spec.sizes[number - 1] if number else 0,
            limit_ms=left_ms,
            day_left_ms=state.day_left_ms(used_ms),
            tutorial_left_ms=state.tutorial_left_ms,
            pool_ms=state.pool_ms,
            over_ms=self.spec.sessions[session].limit_ms - left_ms if first and not running else 0,
            on_pool=state.on_pool and state.pool_ms > 0,
            first_on_clock=first,
            behind=tuple(each.lost for each in state.behind),
            away=state.away,
        )

    def poll(self) -> DayClock:
        """The clock, and now and then a sign of life; about once a second."""
        reading = self._clock.read()
        counts = self.state.phase in (DayPhase.TUTORIAL, DayPhase.BREAK)
        if self._open and counts and reading.elapsed_ms - self._beaten_ms >= HEARTBEAT_MS:
            self._beaten_ms = reading.elapsed_ms
            sign = DayBeat(self._at(), reading.boot_id, reading.elapsed_ms)
            self._store.submit(partial(beat, sitting=self._head.id, sign=sign))
        return self.clock()

    # --- inside -------------------------------------------------------------------------

    def _used_ms(self) -> int:
        """What was charged to the block that runs; as far as is known while it is cut off."""
        return self._cut_off_ms if self.block is None else self.block.clock().used_ms

    def _now(self) -> SittingState:
        """The state at this moment, what was due by now included."""
        at_ms, state = self._at(), self.state
        for event in tick(state, at_ms):
            state = evolve(state, event)
        return as_of(state, at_ms)

    def _at(self) -> int:
        """The day's time. While a block runs: as of its last event, so that none comes after."""
        if self.state.phase is DayPhase.BLOCK:
            ran_ms = self.block.state.at_ms if self.block else 0
            return max(self.state.at_ms, self.state.began_at_ms + ran_ms)
        if self.state.phase in (DayPhase.READY, DayPhase.OVER):
            return self.state.at_ms
        return self._base_ms + max(0, self._clock.read().elapsed_ms - self._anchor.elapsed_ms)

    def _move(self, at_ms: int) -> None:
        """Say that the day's time is `at_ms` now."""
        self._base_ms, self._anchor = at_ms, self._clock.read()

    def _lock(self, block: BlockState, since_ms: int = 0) -> None:
        """Take a closed block over; `since_ms` have passed since it closed."""
        ended_ms = self.state.began_at_ms + block.at_ms
        ended = s.EndBlock(self.state.number, block.clock_ms)
        self._write(decide(self.state, ended, ended_ms), ended_ms + since_ms)
        self._move(ended_ms + since_ms)

    def _come_back(self, closed: BlockState | None) -> None:
        """The program was not there: note why, and take over a block that ended before it went."""
        if self.state.phase is DayPhase.BLOCK and closed is not None:
            self._lock(closed)
        elif self.state.phase in (DayPhase.TUTORIAL, DayPhase.BREAK):
            head, now = self._head, self._anchor
            gone_ms, kind = 0, GapKind.REBOOT
            if head.boot_id == now.boot_id:
                gone_ms = max(0, now.elapsed_ms - head.elapsed_ms)
                kind = GapKind.LEFT if self.state.away else GapKind.CRASH
            self._move(self._base_ms + gone_ms)
            self._do(s.NoteGap(gone_ms, kind))

    def _do(self, command: s.DayCommand) -> None:
        at_ms = self._at()
        self._write(decide(self.state, command, at_ms), at_ms)

    def _write(self, events: Sequence[s.DayEvent], now_ms: int) -> None:
        """Put events on disk, all or none, then make them true. `now_ms` is the day's time."""
        if not events:
            return
        reading, state, entries = self._clock.read(), self.state, []
        for seq, event in enumerate(events, start=self._seq + 1):
            state = evolve(state, event)
            wall_at = reading.wall_utc_ms - max(0, now_ms - event.at_ms)
            entries.append(Entry(seq, event.at_ms, *DAY.encode(event), wall_at))
            if isinstance(event, s.DayBegun):
                self._started_at, self._offset_min = wall_at, reading.offset_min
        standing = DayStanding(
            status=state.phase.value,
            interrupted=state.interrupted,
            started_at=self._started_at,
            ended_at=entries[-1].wall_at if state.phase is DayPhase.OVER else None,
            offset_min=self._offset_min,
        )
        sign = DayBeat(now_ms, reading.boot_id, reading.elapsed_ms)

        def job(connection: Connection) -> None:
            LOG.append(connection, self._head.id, self._head.uuid, entries)
            stand(connection, self._head.id, standing, sign)
            for event in events:
                if isinstance(event, s.BlockBegun):
                    set_limit(connection, self._block_ids[event.number], event.limit_ms)
            if state.phase is DayPhase.OVER:
                drop_unbegun(connection, self._head.learner_id, sitting=self._head.id)

        self._store.write(job)
        self.state, self._seq = state, entries[-1].seq
