"""The one way to run a block: the clock, the engine and the queue to the disk, put together.

A command is decided and applied in memory at once, at the clock's reading, and
queued as one transaction. What is on disk is said by `saved` and `save_state`;
while saving fails the block's time stands still and nothing more is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block.codec import encode
from qbank.block.evolution import evolve
from qbank.block.machine import decide, tick
from qbank.block.model import GapKind, PausePolicy, Phase
from qbank.block.scoring import score
from qbank.errors import IllegalCommand, NotFound, NotSaved, QbankError
from qbank.services import frozen
from qbank.services.axis import Axis
from qbank.services.log_copy import write_copy
from qbank.services.logs import standing
from qbank.services.opened import away
from qbank.services.pacing import Pacing
from qbank.services.saving import Batch, Disk, Saver
from qbank.store.attempts import write_attempts
from qbank.store.block_log import Beat, Entry, append, beat, stand
from qbank.store.blocks import frozen_rows

if TYPE_CHECKING:
    from qbank.block.pace import Checkpoint
    from qbank.clock import Clock, Reading
    from qbank.services.opened import Opened
    from qbank.services.views import Explanation, LiveClock, QuestionText, Resumable, SaveState
    from qbank.store.block_log import Standing
    from qbank.store.types import Connection

HEARTBEAT_MS = 4_000
"""Looked at once a second, so that the last sign of life is at most 5 s old."""

LEAVE_TIMEOUT_S = 5.0


class BlockRunner:
    """One block while it is open. Used on one thread; made by `RunService.open`."""

    def __init__(
        self, store: Disk, clock: Clock, opened: Opened, on_close: Callable[[str], None]
    ) -> None:
        self.spec = opened.spec
        self.state = opened.state
        self.name = opened.head.name
        self.texts: tuple[QuestionText, ...] = tuple(map(frozen.question_text, opened.rows))
        self.resumed: Resumable | None = None
        self._store = store
        self._clock = clock
        self._head = opened.head
        self._rows = opened.rows
        self._log = list(opened.entries)
        self._on_close = on_close
        self._open = True
        self._left = opened.left
        self._response_seq: dict[int, int] = {}
        self.pacing = Pacing(opened)
        self._started_at = opened.head.started_at
        self._offset_min = opened.head.offset_min
        reading = clock.read()
        began_ms = max(opened.state.at_ms, opened.head.heartbeat_at_ms)
        self._axis = Axis(began_ms, reading, watched=clock.runs)
        self._saver = Saver(store, clock, self._write, len(self._log))
        self._stands: Standing | None = None
        self._beat = self._sign(reading)
        if self.state.phase is Phase.RUNNING:
            self._come_back(reading)

    # --- acting ------------------------------------------------------------------

    def do(self, command: c.Command) -> tuple[e.Event, ...]:
        """Decide a command at this moment, apply it, and queue what came of it.

        Past the deadline the block closes and the command is dropped. Raises
        IllegalCommand where the block does not allow it, NotSaved or ConcurrentRun
        while what came before could not be saved.
        """
        reading = self._clock.read()
        self._require_saving(reading)
        before = self._catch_up(reading)
        if before and self.state.phase is Phase.CLOSED:
            return before
        if isinstance(command, c.Start) and self.state.phase is Phase.READY:
            self._axis.move(0, reading)
        at_ms = self._axis.at(reading)
        events = decide(self.state, command, at_ms)
        self._apply(events, at_ms, reading)
        return before + events

    def poll(self) -> tuple[e.Event, ...]:
        """See whether time is up or the machine slept; about once a second and at every key.

        Raises nothing: while saving fails it does nothing.
        """
        reading = self._clock.read()
        if not self._open or not self._saving(reading):
            return ()
        events = self._catch_up(reading)
        alive = self.state.phase in (Phase.RUNNING, Phase.PAUSED)
        if alive and reading.awake_ms - self._beat.awake_ms >= HEARTBEAT_MS:
            self._beat = self._sign(reading)
            self._saver.beat(lambda connection: beat(connection, self._head.id, self._beat))
        return events

    def leave(self) -> None:
        """Leave the block: it pauses where it may, and waits a moment for the disk."""
        may_pause = self.spec.pause is PausePolicy.ALLOWED
        if may_pause and self.state.phase is Phase.RUNNING and self._saving(self._clock.read()):
            self.do(c.Pause())
        self.wait_saved(LEAVE_TIMEOUT_S)
        self.close()

    def close(self) -> None:
        """Let the block go as it stands. What is queued is still written."""
        if self._open:
            self._open = False
            self._on_close(self._head.uuid)

    # --- asking ------------------------------------------------------------------

    def clock(self) -> LiveClock:
        """The block's times at this moment."""
        return self.pacing.clock(self.state, self._now_ms())

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """How many answers are due when, and were there; empty where the pace is not told."""
        return self.pacing.checkpoints(self.state, self._now_ms())

    def since_closed_ms(self) -> int:
        """Milliseconds that have passed since the block closed, asleep when it ran out or awake."""
        return max(0, self._axis.at(self._clock.read()) - self.state.at_ms)

    def letters(self, position: int) -> dict[str, str]:
        """Option id to the letter it has in this block; options past J have none."""
        return frozen.letters(self.spec.slot(position).options)

    def explanation(self, position: int) -> Explanation:
        """The reasoning behind a question whose answer is locked; reads the store.

        Raises IllegalCommand while it can still be answered.
        """
        if position not in self.spec.positions:
            raise NotFound("question", str(position))
        if not (self.state.cell(position).revealed or self.state.phase is Phase.CLOSED):
            raise IllegalCommand(f"question {position} can still be answered")
        with self._store.read() as connection:
            return frozen.explanation(frozen_rows(connection, self._head.id)[position - 1])

    # --- saving ------------------------------------------------------------------

    @property
    def save_state(self) -> SaveState:
        """Whether what was done is on disk."""
        return self._saver.state

    @property
    def unsaved(self) -> int:
        """Number of events that are in memory only."""
        return len(self._log) - self._saver.committed_seq

    def saved(self, position: int) -> bool:
        """Whether the present response to a question is on disk."""
        return self._response_seq.get(position, 0) <= self._saver.committed_seq

    def wait_saved(self, timeout_s: float) -> bool:
        """Wait for the disk; whether everything is on it."""
        return self._saver.wait(timeout_s)

    def retry(self) -> None:
        """Try again to save; time runs on once it went well."""
        self._saver.retry()

    def export_log(self, path: Path) -> None:
        """Save a copy of the whole log beside the store and let the block go.

        For when the store cannot be written to. Raises UsageError where `path`
        cannot be written either.
        """
        write_copy(path, self._head, self.spec, self._log)
        self._saver.forget()
        self.close()

    # --- inside ------------------------------------------------------------------

    def _now_ms(self) -> int:
        return 0 if self.state.phase is Phase.READY else self._axis.at(self._clock.read())

    def _require_saving(self, reading: Reading) -> None:
        if not self._open:
            raise IllegalCommand("this block was left")
        if self._saving(reading):
            return
        failure = self._saver.failure
        error = failure.error if failure else None
        if isinstance(error, QbankError) and not isinstance(error, NotSaved):
            raise error
        why = error.message if isinstance(error, NotSaved) else "the store does not answer"
        raise NotSaved(f"not saved yet: {why}", hint="Try again, or save a copy.") from error

    def _saving(self, reading: Reading) -> bool:
        """Whether time runs: it stands from a failure until everything is on disk."""
        failure = self._saver.failure
        if failure is not None and not self._axis.held:
            self._axis.hold(max(self.state.at_ms, self._axis.at(failure.reading)))
        if self._axis.held and failure is None and not self._saver.pending:
            self._axis.go_on(reading)
        return not self._axis.held

    def _catch_up(self, reading: Reading) -> tuple[e.Event, ...]:
        """What time alone has brought: a sleep of the machine or of the program, the end."""
        slept_ms, stopped_ms = self._axis.look(reading)
        if self.state.phase is not Phase.RUNNING:
            if slept_ms:
                self._axis.move(self._axis.at(reading), reading)
            return ()
        missed = slept_ms or stopped_ms
        events = self._gap(slept_ms, GapKind.SLEEP, reading, stopped_ms) if missed else ()
        expired = tick(self.state, self._axis.at(reading))
        self._apply(expired, self._axis.at(reading), reading)
        return events + expired

    def _come_back(self, reading: Reading) -> None:
        """The program ended while the block ran: what passed since is nobody's time."""
        at_ms, last = self._axis.at(reading), self._log[-1]
        if expired := tick(self.state, at_ms):
            then_ms = last.wall_at + at_ms - last.at_ms
            self._apply(expired, at_ms, replace(reading, wall_utc_ms=then_ms))
            return
        away_ms = away(self._head, self.state, reading)
        kind = GapKind.LEFT if self._left else GapKind.CRASH
        self._gap(away_ms or 0, GapKind.REBOOT if away_ms is None else kind, reading)

    def _gap(
        self, ms: int, kind: GapKind, reading: Reading, counted_ms: int = 0
    ) -> tuple[e.Event, ...]:
        """Note a gap up to now: `ms` that the axis did not count, after `counted_ms` it did."""
        at_ms = self._axis.at(reading) + ms
        events = decide(self.state, c.NoteGap(counted_ms + ms, kind), at_ms)
        self._axis.move(at_ms, reading)
        self._apply(events, at_ms, reading)
        return events

    def _apply(self, events: tuple[e.Event, ...], at_ms: int, reading: Reading) -> None:
        """Make the events true in memory and queue them, `at_ms` being now."""
        if not events:
            return
        entries = []
        for event in events:
            self.state = evolve(self.state, event)
            wall_at = reading.wall_utc_ms - max(0, at_ms - event.at_ms)
            entry = Entry(len(self._log) + 1, event.at_ms, *encode(event), wall_at)
            self._log.append(entry)
            entries.append(entry)
            if isinstance(event, e.Answered | e.Cleared):
                self._response_seq[event.position] = entry.seq
            if isinstance(event, e.Answered):
                self.pacing.answered(self.state, event.at_ms)
            elif isinstance(event, e.Started):
                self._started_at, self._offset_min = reading.wall_utc_ms, reading.offset_min
        self._beat = self._sign(reading)
        # An answer alone changes nothing on the block's row: its time stands in the log.
        stands = standing(self.state, self._started_at, self._offset_min, entries[-1].wall_at)
        changed = stands if stands != self._stands else None
        self._stands = stands
        self._saver.put(Batch(tuple(entries), changed, self.state, reading.awake_ms))

    def _write(self, connection: Connection, batches: Sequence[Batch]) -> None:
        """One transaction, on the writer's thread: the events, the row, at the end the score."""
        head = self._head
        append(connection, head.id, head.uuid, [each for one in batches for each in one.entries])
        stands = next((one.standing for one in reversed(batches) if one.standing), None)
        if stands is None:
            return
        stand(connection, head.id, stands, self._beat)
        if stands.closed_at is not None:
            rows = frozen_rows(connection, head.id)
            attempts = score(batches[-1].state, frozen.keys(rows))
            write_attempts(connection, head, stands.closed_at, rows, attempts)

    def _sign(self, reading: Reading) -> Beat:
        state = self.state
        over = state.phase in (Phase.READY, Phase.CLOSED)
        at_ms = state.at_ms if over else self._axis.at(reading)
        pausing_ms = max(0, at_ms - state.at_ms) if state.phase is Phase.PAUSED else 0
        return Beat(
            at_ms=at_ms,
            boot_id=reading.boot_id,
            awake_ms=reading.awake_ms,
            elapsed_ms=reading.elapsed_ms,
            used_ms=state.used_ms(at_ms),
            paused_ms=state.paused_ms + pausing_ms,
        )
