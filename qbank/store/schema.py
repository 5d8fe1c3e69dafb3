"""Whether a file is our store and of which age; imports neither sqlalchemy nor alembic.

A current store costs one look. Anything else is either upgraded (the migrations
are imported only then) or refused with what to do.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.errors import SchemaAhead, SchemaBehind, StoreCorrupt, StoreError, StoreForeign
from qbank.store import files
from qbank.store.faults import UNREADABLE, store_fault

if TYPE_CHECKING:
    from qbank.clock import Clock

APPLICATION_ID = 0x51424E4B
"""Marks a SQLite file as ours: "QBNK"."""

HEAD = "0004"
"""The newest migration; a test holds it equal to what the migrations say."""

USER_VERSION = 4
"""The `user_version` that the newest migration leaves."""


_MAGIC = b"SQLite format 3\0"
_ELSEWHERE = "Choose another folder with --data-dir; nothing was changed."


class SchemaState(StrEnum):
    """What a file is to this program."""

    EMPTY = "empty"
    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file says of itself. `revision` is empty where no migration ran."""

    application_id: int
    user_version: int
    revision: str
    objects: int

    @property
    def state(self) -> SchemaState:
        """What that means to this program."""
        if self.objects == 0 and self.application_id in (0, APPLICATION_ID):
            return SchemaState.EMPTY
        if self.application_id != APPLICATION_ID:
            return SchemaState.FOREIGN
        if self.user_version < USER_VERSION:
            return SchemaState.BEHIND
        if (self.user_version, self.revision) == (USER_VERSION, HEAD):
            return SchemaState.CURRENT
        return SchemaState.AHEAD


def inspect(path: Path) -> SchemaState:
    """What a file is; a missing one is empty. Raises `StoreCorrupt` where it cannot be read."""
    return stamp(path).state


def stamp(path: Path) -> Stamp:
    """Read the marks of a file without changing it. Raises as `inspect`."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return Stamp(0, 0, "", 0)
    try:
        _look_at_header(path)
        connection = files.connect(path, files.read_mode(path))
        try:
            return _read(connection)
        finally:
            connection.close()
    except UNREADABLE as error:
        raise store_fault(error) or error from error


def _look_at_header(path: Path) -> None:
    """SQLite takes a file of a few bytes for an empty database, and would write over it."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) == _MAGIC:
                return
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{path} cannot be read: {reason}", hint=_ELSEWHERE) from error
    raise StoreCorrupt(
        f"{path} is damaged or is no database",
        hint="Restore a backup with `qbank restore`, or choose another folder with --data-dir.",
    )


def _read(connection: sqlite3.Connection) -> Stamp:
    def one(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    objects = one("SELECT count(*) FROM sqlite_master")
    stamped = one("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
    revision = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if stamped
        else None
    )
    return Stamp(
        one("PRAGMA application_id"),
        one("PRAGMA user_version"),
        str(revision[0]) if revision else "",
        objects,
    )


def ensure(path: Path, clock: Clock, *, backups: Path | None = None) -> SchemaState:
    """Bring the store to this program's schema; returns the state that was found.

    An empty one is made. One that is behind is saved into `backups` (by default
    the folder `backups` beside it) and upgraded. Raises `SchemaAhead`,
    `StoreForeign`, `StoreCorrupt` or `StoreBusy`, and then nothing was changed.
    """
    found = stamp(path)
    if found.state in (SchemaState.EMPTY, SchemaState.BEHIND):
        from qbank.store.migrate import upgrade

        upgrade(path, clock, backups=backups)
    else:
        refuse(path, found)
    return found.state


def require_current(path: Path) -> None:
    """Raise what stands against reading the store as it is; for those who may not upgrade it."""
    found = stamp(path)
    if found.state is SchemaState.BEHIND:
        raise SchemaBehind(
            f"the store has schema {found.user_version}, this qbank reads {USER_VERSION}",
            hint="Run `qbank db upgrade` where the store can be written to.",
        )
    if found.state is SchemaState.EMPTY:
        raise StoreForeign(f"there is no store at {path}", hint="Start `qbank` once to make one.")
    refuse(path, found)


def refuse(path: Path, found: Stamp) -> None:
    """Raise for a store that is ahead or not ours; nothing else."""
    if found.state is SchemaState.AHEAD:
        raise SchemaAhead(
            f"the store was made by a newer qbank: its schema is {found.user_version} "
            f"(revision {found.revision or 'unknown'}), this one knows {USER_VERSION} ({HEAD})",
            hint="Upgrade the program; nothing was changed.",
        )
    if found.state is SchemaState.FOREIGN:
        raise StoreForeign(
            f"{path} is a database, but not one of qbank",
            hint=_ELSEWHERE,
        )
