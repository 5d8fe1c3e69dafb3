"""Opens the store: the writer's connection, the readers' engine, and the rules of both.

Every setting is read back after it was made. An answer that is acknowledged
survives a power cut because of WAL with synchronous FULL; where the log cannot
be shared (a network disk), a rollback journal with EXTRA does the same, slower.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from qbank.errors import ConcurrentRun, NotSaved, StoreError
from qbank.store import files, schema
from qbank.store.faults import store_fault
from qbank.store.writer import Writer

if TYPE_CHECKING:
    from sqlalchemy.engine import ExceptionContext

    from qbank.clock import Clock

T = TypeVar("T")

FULL, EXTRA = 2, 3
SETTINGS: Mapping[str, int] = {
    "busy_timeout": files.BUSY_TIMEOUT_MS,
    "foreign_keys": 1,
    # Without it, REPLACE would take an event away unseen by the log's triggers.
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "mmap_size": 0,
}


class Store:
    """An open store. Made by `open_store`; closed once, by whoever opened it.

    `writing` and `reading` are the two engines. `warnings` are sentences a
    person should see once; `unclean` says that the last program did not come to
    its end, so that a thorough check is due.
    """

    def __init__(
        self, path: Path, reading: Engine, writing: Engine | None, warnings: tuple[str, ...]
    ) -> None:
        self.path = path
        self.reading = reading
        self.writing = writing
        self.warnings = warnings
        self.unclean = False
        self._file = _identity(path)
        self._writer = Writer(writing.connect(), self._check) if writing else None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written through this store."""
        return self._writer is None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store throughout; closed afterwards."""
        with self.reading.begin() as connection:
            yield connection

    def write(self, job: Callable[[Connection], T]) -> T:
        """Run a job in one transaction and wait until it is on disk.

        Raises what the job raises; `StoreBusy`, `StoreCorrupt` or `NotSaved` for
        the disk's and the lock's reasons; `ConcurrentRun` where this store only reads.
        """
        return self._may_write().write(job)

    def submit(self, job: Callable[[Connection], T]) -> Future[T]:
        """Queue a job for the writer's thread; the future is done when it is on disk."""
        return self._may_write().submit(job)

    def close(self) -> None:
        """Write what is queued, then let go of the file. May be called again."""
        if self._writer and self.writing:
            self._writer.close()
            self.writing.dispose()
        self.reading.dispose()

    def _may_write(self) -> Writer:
        if self._writer is None:
            raise ConcurrentRun(
                "the store is open for reading only",
                hint="Another qbank has it, or the folder may not be written to.",
            )
        return self._writer

    def _check(self) -> None:
        """Refuse to acknowledge what would be written into a file that is no longer the store."""
        if _identity(self.path) != self._file:
            raise NotSaved(
                "the store's file was moved, deleted or replaced while it was open",
                hint="Save a copy of the block, then start qbank again.",
            )


def open_store(
    path: Path,
    clock: Clock,
    *,
    read_only: bool = False,
    backups: Path | None = None,
    shared_disk: Callable[[Path], str | None] = files.shared_disk,
) -> Store:
    """Open the store; one that is written to is first made, or upgraded.

    With `read_only`, nothing is made or upgraded, and `write` raises. `backups`
    is where a copy goes before an upgrade; `shared_disk` names the network disk
    a path is on, or None. Raises the store's errors (`qbank.errors`).
    """
    if read_only:
        schema.require_current(path)
        mode = "rw" if files.writable(path) else files.read_mode(path)
        return Store(path, _readers(path, mode), None, _immutable_warning(path, mode))
    schema.ensure(path, clock, backups=backups)
    unclean = files.left_unclean(path)
    disk = shared_disk(path)
    warnings = [_slow(disk)] if disk else []
    writing = _engine(lambda: _writers_connection(path, bool(disk), warnings), "BEGIN IMMEDIATE")
    store = Store(path, _readers(path, "rw"), writing, ())
    store.warnings, store.unclean = tuple(warnings), unclean
    return store


def _readers(path: Path, mode: str) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = files.connect(path, mode)
        _set(connection, {**SETTINGS, "query_only": 1})
        return connection

    return _engine(connect, "BEGIN")


def _writers_connection(path: Path, shared: bool, warnings: list[str]) -> sqlite3.Connection:
    connection = files.connect(path, "rw")
    _set(connection, SETTINGS)
    wanted = "delete" if shared else "wal"
    mode = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
    if mode != wanted:
        warnings.append(_slow("a disk that cannot share memory between programs"))
    _set(connection, {"synchronous": FULL if mode == "wal" else EXTRA})
    return connection


def _set(connection: sqlite3.Connection, settings: Mapping[str, int]) -> None:
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        # A SQLite built without memory mapping has no such setting, which is as good as 0.
        if row is not None and row[0] != value:
            raise StoreError(
                f"this SQLite does not keep the setting {name} = {value}",
                hint="Run `qbank doctor` to see its version.",
            )


def _engine(connect: Callable[[], sqlite3.Connection], begin: str) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", on_begin)
    event.listen(engine, "handle_error", _our_errors)
    return engine


def _our_errors(context: ExceptionContext) -> BaseException | None:
    return store_fault(context.original_exception)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


def _slow(disk: str) -> str:
    return (
        f"The store is on {disk}: saving is slower there, and two programs at once may damage it. "
        "A folder on this machine's own disk is safer."
    )


def _immutable_warning(path: Path, mode: str) -> tuple[str, ...]:
    if mode == "immutable" and files.left_unclean(path):
        return ("The newest answers stand in a log that cannot be read from this folder.",)
    return ()
