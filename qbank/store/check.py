"""Looks whether a store is whole, and whether what is around it is as it should be.

Plain sqlite3 alone, so that a store too damaged for the program can still be
examined. Nothing here changes anything.
"""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from qbank.errors import QbankError, StoreCorrupt
from qbank.store import chain, files, lock, schema
from qbank.store.faults import UNREADABLE

SPACE_WANTED = 50 * 1_000_000
WAL_WARNING = 64 * 1_000_000
PURGED = "purged_events"
"""Key in `meta`: how many events were erased on purpose since the store was made."""

_ORPHANS = "PRAGMA foreign_key_check"
_INDEX = "INSERT INTO question_fts (question_fts, rank) VALUES ('integrity-check', 1)"
_LOG = (
    "SELECT {0}.uuid, seq, at_ms, kind, payload, chain FROM {0}_event "
    "JOIN {0} ON {0}.id = {0}_id ORDER BY {0}_id, seq"
)
_LOGS = {"block": "block", "exam day": "sitting"}
_EVENTS = "SELECT (SELECT count(*) FROM block_event) + (SELECT count(*) FROM sitting_event)"


class Severity(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    REFUSED = "refused"  # whole perhaps, but not for this program
    DAMAGE = "damage"


class Part(StrEnum):
    """What was looked at."""

    FILE = "file"
    SCHEMA = "schema"
    PAGES = "pages"
    REFERENCES = "references"
    SEARCH = "search"
    ANSWERS = "answers"
    BACKUP = "backup"
    SPACE = "space"
    DISK = "disk"
    PERMISSIONS = "permissions"
    LOCK = "lock"
    SQLITE = "sqlite"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at, what was seen, and what to do about it."""

    part: Part
    severity: Severity
    text: str
    fix: str = ""


def _good(part: Part, text: str) -> Found:
    return Found(part, Severity.GOOD, text)


def _warning(part: Part, text: str, fix: str = "") -> Found:
    return Found(part, Severity.WARNING, text, fix)


def _damage(part: Part, text: str, fix: str = "Restore a backup: `qbank restore`.") -> Found:
    return Found(part, Severity.DAMAGE, text, fix)


# --- what stands in the file -----------------------------------------------------


def contents(path: Path, *, thorough: bool) -> Iterator[Found]:
    """Look at the store itself. Quick: the pages' order, and every answer against its chain.

    Thorough: each page and index, every reference, and the search index as well.
    """
    try:
        state = schema.inspect(path)
    except StoreCorrupt as error:
        yield _damage(Part.FILE, error.message)
        return
    except QbankError as error:
        yield Found(Part.FILE, Severity.REFUSED, error.message, error.hint)
        return
    if state is not schema.SchemaState.CURRENT:
        yield _not_current(path, state)
        return
    yield _good(Part.SCHEMA, f"the schema is {schema.USER_VERSION}, as this qbank wants it")
    try:
        with closing(files.connect(path, files.read_mode(path))) as connection:
            yield from _inside(connection, thorough)
        if thorough and files.writable(path):
            yield _search_index(path)
    except UNREADABLE as error:
        yield _damage(Part.FILE, f"the store cannot be read: {error}")


def _not_current(path: Path, state: schema.SchemaState) -> Found:
    if state is schema.SchemaState.EMPTY:
        return Found(Part.FILE, Severity.NOTE, f"there is no store at {path} yet")
    if state is schema.SchemaState.BEHIND:
        return _warning(
            Part.SCHEMA, "the store is older than this qbank", "Run `qbank db upgrade`."
        )
    try:
        schema.refuse(path, schema.stamp(path))
    except QbankError as error:
        return Found(Part.SCHEMA, Severity.REFUSED, error.message, error.hint)
    return _good(Part.SCHEMA, "the store was upgraded meanwhile")


def _inside(connection: sqlite3.Connection, thorough: bool) -> Iterator[Found]:
    pages = "integrity_check" if thorough else "quick_check"
    faults = [row[0] for row in connection.execute(f"PRAGMA {pages}(5)")]
    if faults == ["ok"]:
        yield _good(Part.PAGES, "every page of the file is in order")
    else:
        yield _damage(Part.PAGES, f"the file is damaged: {faults[0]}")
    if thorough:
        orphans = connection.execute(_ORPHANS).fetchall()
        yield (
            _damage(
                Part.REFERENCES, f"a row of {orphans[0][0]} refers to a missing {orphans[0][2]}"
            )
            if orphans
            else _good(Part.REFERENCES, "every reference leads somewhere")
        )
    yield _answers(connection)


def _answers(connection: sqlite3.Connection) -> Found:
    events, broken = 0, []
    for what, table in _LOGS.items():
        rows = connection.execute(_LOG.format(table))
        for uuid, group in groupby(rows, key=lambda row: str(row[0])):
            log = [(row[1], row[2], row[3], row[4], row[5]) for row in group]
            events += len(log)
            seq = chain.first_break(uuid, log)
            if seq is not None:
                broken.append(f"{what} {uuid[:8]} from event {seq}")
    if broken:
        return _damage(Part.ANSWERS, f"the log of answers is damaged: {', '.join(broken[:3])}")
    return _good(Part.ANSWERS, f"the log of answers is whole: {events} events")


def _search_index(path: Path) -> Found:
    with closing(files.connect(path, "rw")) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_INDEX)
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return Found(
                Part.SEARCH, Severity.NOTE, "the search index was not looked at: it is in use"
            )
        except UNREADABLE:
            return _warning(
                Part.SEARCH,
                "the search index does not match the questions",
                "It is made anew at the next start.",
            )
    return _good(Part.SEARCH, "the search index matches the questions")


# --- what is around it -------------------------------------------------------------


def surroundings(path: Path, lock_path: Path, backup: Path | None) -> Iterator[Found]:
    """Look at the disk, the lock, the newest backup and the SQLite in use."""
    yield _sqlite(sqlite3.sqlite_version_info)
    yield _lock(lock_path)
    if path.exists():
        yield from _permissions(path)
        yield _journal(path)
        yield _disk(path)
    yield _space(path.parent)
    yield _backup(path, backup)


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can damage a file that two connections write or checkpoint at once."""
    fixed = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51)
        or (3, 44, 6) <= version < (3, 45)
        or version < (3, 7)
    )
    return not fixed


def _sqlite(version: tuple[int, ...]) -> Found:
    name = ".".join(str(part) for part in version)
    if has_wal_reset_fault(version):
        return Found(
            Part.SQLITE,
            Severity.NOTE,
            f"SQLite {name} has a known fault when two programs write at once; qbank never does",
            "Open the file with no other program that writes, or take a newer Python.",
        )
    return _good(Part.SQLITE, f"SQLite {name}")


def _lock(path: Path) -> Found:
    held = lock.holder(path)
    if held:
        return Found(Part.LOCK, Severity.NOTE, held.message)
    return _good(Part.LOCK, "no qbank is open")


def _permissions(path: Path) -> Iterator[Found]:
    if not files.writable(path):
        yield _warning(
            Part.PERMISSIONS,
            "the store or its folder may not be written to",
            "Change who may write, or choose another folder with --data-dir.",
        )
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield _warning(
            Part.PERMISSIONS,
            "others on this machine may read the store",
            f"Run `chmod 600 {path}`.",
        )
    else:
        yield _good(Part.PERMISSIONS, "only you may read the store")


def _journal(path: Path) -> Found:
    log = files.beside(path, "-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > WAL_WARNING:
        return _warning(
            Part.DISK,
            f"the write-ahead log has grown to {size // 1_000_000} MB",
            "Close every program that has the store open.",
        )
    return _good(Part.DISK, f"the write-ahead log has {size // 1_000} kB")


def _disk(path: Path) -> Found:
    kind = files.shared_disk(path)
    if kind:
        return _warning(
            Part.DISK,
            f"the store is on {kind}",
            "Move it to this machine's own disk with --data-dir; copies may go where they like.",
        )
    return _good(Part.DISK, "the store is on a disk of this machine")


def _space(folder: Path) -> Found:
    free = files.free_bytes(folder)
    if free < SPACE_WANTED:
        return _warning(Part.SPACE, f"only {free // 1_000_000} MB are free", "Free some space.")
    return _good(Part.SPACE, f"{free // 1_000_000} MB are free")


def _backup(path: Path, backup: Path | None) -> Found:
    if backup is None:
        return Found(Part.BACKUP, Severity.NOTE, "there is no backup yet", "Run `qbank backup`.")
    missing = _events_missing(path, backup)
    if missing:
        return _damage(
            Part.BACKUP,
            f"the newest backup holds {missing} events that the store lacks; "
            "perhaps the file was moved without the -wal file beside it",
            f"Put the -wal file back, or restore {backup.name}.",
        )
    return _good(Part.BACKUP, f"the newest backup is whole: {backup.name}")


def _events_missing(path: Path, backup: Path) -> int:
    """How many events the backup has beyond those the store has or erased on purpose."""
    try:
        return max(0, _events_ever(backup) - _events_ever(path))
    except (QbankError, *UNREADABLE):
        # Other checks tell that the store cannot be read.
        return 0


def _events_ever(path: Path) -> int:
    if schema.stamp(path).state is not schema.SchemaState.CURRENT:
        return 0
    with closing(files.connect(path, files.read_mode(path))) as connection:
        (there,) = connection.execute(_EVENTS).fetchone()
        purged = connection.execute("SELECT value FROM meta WHERE key = ?", (PURGED,)).fetchone()
    return int(there) + (int(purged[0]) if purged else 0)
