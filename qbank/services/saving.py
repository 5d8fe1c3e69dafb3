"""The queue between a running block and the disk: what is saved, what waits, what failed.

Everything is called on the thread that runs the block, save what is said to run
on the writer's. A batch stays in the queue until its commit returned.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.errors import NotSaved
from qbank.services.views import SaveState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qbank.clock import Clock, Reading
    from qbank.store.block_log import Entry
    from qbank.store.engine import Store

SLOW_FROM_MS = 250


@dataclass(frozen=True, slots=True)
class Batch:
    """The events of one command and the job that writes them, in one transaction."""

    entries: tuple[Entry, ...]
    write: Callable[[Connection], None]
    queued_ms: int

    @property
    def last_seq(self) -> int:
        """The place of the last event."""
        return self.entries[-1].seq


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a batch could not be written, and when that was seen."""

    error: BaseException
    reading: Reading


class Saver:
    """Writes batches in their order and knows how far it came."""

    def __init__(self, store: Store, clock: Clock, last_seq: int) -> None:
        self._store = store
        self._clock = clock
        self._queue: deque[Batch] = deque()
        self._futures: list[Future[None]] = []
        self._beating: Future[None] | None = None
        self._round = 0
        self.committed_seq = last_seq
        self.failure: Failure | None = None

    @property
    def pending(self) -> tuple[Batch, ...]:
        """Batches that are not on disk yet, in order."""
        return tuple(self._queue)

    @property
    def state(self) -> SaveState:
        """Whether everything is on disk, and if not, how it stands."""
        if self.failure is not None:
            return SaveState.FAILED
        waiting = self.pending
        if not waiting:
            return SaveState.SAVED
        waited_ms = self._clock.read().awake_ms - waiting[0].queued_ms
        return SaveState.SLOW if waited_ms > SLOW_FROM_MS else SaveState.WAITING

    def put(self, batch: Batch) -> None:
        """Queue a batch."""
        self._queue.append(batch)
        self._submit(batch)

    def beat(self, write: Callable[[Connection], None]) -> None:
        """Queue a sign of life, unless one still waits: that one will write the newest."""
        if self._beating is None or self._beating.done():
            self._beating = self._send(write)
            self._beating.add_done_callback(self._note_failure)

    def retry(self) -> None:
        """Queue everything again that is not on disk."""
        self._round += 1
        self.failure = None
        self._futures.clear()
        for batch in self.pending:
            self._submit(batch)

    def forget(self) -> None:
        """Empty the queue: what was in it has been saved elsewhere."""
        self._round += 1
        self._queue.clear()

    def wait(self, timeout_s: float) -> bool:
        """Wait for everything queued so far; whether all of it is on disk."""
        waiting = [*self._futures, *([self._beating] if self._beating else [])]
        wait(waiting, timeout=timeout_s)
        return self.state is SaveState.SAVED

    def _submit(self, batch: Batch) -> None:
        turn = self._round

        def job(connection: Connection) -> None:
            # After a failure nothing may be written past it; a retry begins a new round.
            if self.failure is not None or turn != self._round:
                raise NotSaved("an earlier event could not be saved")
            batch.write(connection)

        future = self._send(job)
        self._futures = [each for each in self._futures if not each.done()]
        self._futures.append(future)
        future.add_done_callback(lambda done: self._done(batch, turn, done))

    def _send(self, job: Callable[[Connection], None]) -> Future[None]:
        try:
            return self._store.submit(job)
        except NotSaved as refused:
            failed: Future[None] = Future()
            failed.set_exception(refused)
            return failed

    def _done(self, batch: Batch, turn: int, future: Future[None]) -> None:
        """On the writer's thread: one batch came to its end."""
        if turn != self._round:
            return
        if future.exception() is None:
            self._queue.popleft()
            self.committed_seq = batch.last_seq
        else:
            self._note_failure(future)

    def _note_failure(self, future: Future[None]) -> None:
        """On the writer's thread: the first failure counts, the others follow from it."""
        error = future.exception()
        if error is not None and self.failure is None:
            self.failure = Failure(error, self._clock.read())
