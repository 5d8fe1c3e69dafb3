"""The one thread that writes: a job is one transaction, and done means on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from qbank.errors import NotSaved

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")

THREAD = "qbank-writer"


class Writer:
    """Runs jobs one after the other, in the order they came, on one connection.

    `check` runs before each job and raises where nothing may be acknowledged any
    more. A job that fails is rolled back, its future tells why, and the next runs.
    """

    def __init__(self, connection: Connection, check: Callable[[], None]) -> None:
        self._connection = connection
        self._check = check
        self._jobs = ThreadPoolExecutor(max_workers=1, thread_name_prefix=THREAD)

    def submit(self, job: Callable[[Connection], T]) -> Future[T]:
        """Queue a job. Its future is done once the transaction is committed or given up.

        Raises `NotSaved` after `close`.
        """
        try:
            return self._jobs.submit(self._run, job)
        except RuntimeError as error:
            raise NotSaved("the store is closed", hint="Start qbank again.") from error

    def write(self, job: Callable[[Connection], T]) -> T:
        """Run a job and wait for it. Raises what the job or the commit raises."""
        if threading.current_thread().name.startswith(THREAD):
            raise RuntimeError("a job is inside the writer already: it has the connection")
        return self.submit(job).result()

    def close(self) -> None:
        """Wait for every queued job, then let the connection go. May be called again."""
        self._jobs.shutdown(wait=True)
        self._connection.close()

    def _run(self, job: Callable[[Connection], T]) -> T:
        self._check()
        with self._connection.begin():
            return job(self._connection)
