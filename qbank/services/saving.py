"""The queue between a running block and the disk: what is saved, what waits, what failed.

Everything is called on the thread that runs the block, save what is said to run
on the writer's. A batch stays in the queue until its commit returned; what has
piled up behind a slow disk goes with it in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING, Protocol, TypeVar

from qbank.errors import NotSaved
from qbank.services.views import SaveState

if TYPE_CHECKING:
    from qbank.block.state import BlockState
    from qbank.clock import Clock, Reading
    from qbank.store.block_log import Entry, Standing
    from qbank.store.types import Connection

T = TypeVar("T")

SLOW_FROM_MS = 250


@dataclass(frozen=True, slots=True)
class Batch:
    """The events of one command, the state they led to, and when they were queued.

    `standing` is where the block stands, None where that is as it was before.
    """

    entries: tuple[Entry, ...]
    standing: Standing | None
    state: BlockState
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


Write = Callable[["Connection", Sequence[Batch]], None]
"""Writes batches that follow each other; called on the writer's thread, in one transaction."""


class Disk(Protocol):
    """What a running block needs of a store."""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """A connection to read with."""
        ...

    def submit(self, job: Callable[[Connection], T]) -> Future[T]:
        """Queue a job; the future is done when it is on disk."""
        ...


class Saver:
    """Writes batches in their order and knows how far it came."""

    def __init__(self, store: Disk, clock: Clock, write: Write, last_seq: int) -> None:
        self._store = store
        self._clock = clock
        self._write = write
        self._changed = Condition()
        self._queue: list[Batch] = []
        self._beating: Future[None] | None = None
        self._round = 0
        self._written_seq = last_seq
        self.committed_seq = last_seq
        self.failure: Failure | None = None

    @property
    def pending(self) -> tuple[Batch, ...]:
        """Batches that are not on disk yet, in order."""
        with self._changed:
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
        with self._changed:
            self._queue.append(batch)
        self._submit(batch)

    def beat(self, write: Callable[[Connection], None]) -> None:
        """Queue a sign of life, unless one still waits: that one will write the newest."""
        if self._beating is None or self._beating.done():
            self._beating = _send(self._store, write)
            self._beating.add_done_callback(self._note_failure)

    def retry(self) -> None:
        """Queue everything again that is not on disk."""
        self._round += 1
        self._written_seq = self.committed_seq
        self.failure = None
        for batch in self.pending:
            self._submit(batch)

    def forget(self) -> None:
        """Empty the queue: what was in it has been saved elsewhere."""
        self._round += 1
        with self._changed:
            self._queue.clear()

    def wait(self, timeout_s: float) -> bool:
        """Wait for everything queued so far; whether all of it is on disk."""
        with self._changed:
            self._changed.wait_for(lambda: not self._queue or self.failure is not None, timeout_s)
        if self._beating is not None:
            wait([self._beating], timeout_s)
        return self.state is SaveState.SAVED

    def _submit(self, batch: Batch) -> None:
        turn = self._round
        future = _send(self._store, lambda connection: self._job(connection, batch, turn))
        future.add_done_callback(lambda done: self._done(turn, done))

    def _job(self, connection: Connection, batch: Batch, turn: int) -> int:
        """On the writer's thread: write all that waits; the place of the last event written."""
        # After a failure nothing may be written past it; a retry begins a new round.
        if self.failure is not None or turn != self._round:
            raise NotSaved("an earlier event could not be saved")
        if batch.last_seq <= self._written_seq:
            return 0
        waiting = [each for each in self.pending if each.last_seq > self._written_seq]
        self._write(connection, waiting)
        self._written_seq = waiting[-1].last_seq
        return self._written_seq

    def _done(self, turn: int, future: Future[int]) -> None:
        """On the writer's thread: a transaction came to its end."""
        if turn != self._round:
            return
        if future.exception() is not None:
            self._note_failure(future)
        elif written := future.result():
            with self._changed:
                self._queue = [batch for batch in self._queue if batch.last_seq > written]
                self.committed_seq = written
                self._changed.notify_all()

    def _note_failure(self, future: Future[int] | Future[None]) -> None:
        """On the writer's thread: the first failure counts, the others follow from it."""
        error = future.exception()
        if error is not None and self.failure is None:
            with self._changed:
                self.failure = Failure(error, self._clock.read())
                self._changed.notify_all()


def _send(store: Disk, job: Callable[[Connection], T]) -> Future[T]:
    try:
        return store.submit(job)
    except NotSaved as refused:
        failed: Future[T] = Future()
        failed.set_exception(refused)
        return failed
