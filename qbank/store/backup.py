"""Copies of the store, each whole and checked: made by SQLite itself, never by copying files.

A plain copy of a live file misses what still stands in its write-ahead log.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.errors import QbankError, StoreCorrupt, StoreError
from qbank.store import files, schema
from qbank.store.faults import UNREADABLE, store_fault

if TYPE_CHECKING:
    from qbank.clock import Reading

DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many days, weeks and months the rotation keeps one daily copy of."""

OTHERS = 5
"""How many copies are kept of each other reason; those a person asked for are never deleted."""

DAY = "daily"
ASKED = "asked"
BEFORE_UPGRADE = "before-upgrade"
BEFORE_PURGE = "before-purge"
BEFORE_IMPORT = "before-import"

_NAME = re.compile(r"qbank-(\d{8}-\d{6})(?:-\d+)?-([a-z][a-z-]*)\.db")
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy in the folder of copies: when it was made (local time of then), why, where."""

    made: datetime
    path: Path
    reason: str


def local_time(now: Reading) -> datetime:
    """The wall's time where the learner is, without a zone: for names and for days."""
    utc = datetime.fromtimestamp(now.wall_utc_ms / 1_000, UTC)
    return (utc + timedelta(minutes=now.offset_min)).replace(tzinfo=None)


def copy(source: Path, target: Path) -> None:
    """Write a whole, checked, single-file copy of a store; `target` appears only when it is.

    Others may read and write the source meanwhile. Raises `StoreCorrupt` where
    the source is damaged, `StoreError` or `NotSaved` where the copy cannot be written.
    """
    temporary = files.beside(target, ".part")
    try:
        files.make(temporary)
        _copy_pages(source, temporary)
        verify(temporary, source.name)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(target)
        files.sync_folder(target.parent)
    except UNREADABLE as error:
        raise store_fault(error) or StoreError(f"the copy was not made: {error}") from error
    except OSError as error:
        raise StoreError(f"the copy was not made: {error.strerror or error}") from error
    finally:
        for tail in ("", "-wal", "-shm", "-journal"):
            left = files.beside(temporary, tail)
            if left.exists():
                left.unlink()


def _copy_pages(source: Path, target: Path) -> None:
    reading = files.connect(source, files.read_mode(source))
    try:
        writing = files.connect(target, "rw")
        try:
            reading.backup(writing)
            # The copy is one file: it needs no log beside it to be read.
            writing.execute("PRAGMA journal_mode = DELETE")
        finally:
            writing.close()
    finally:
        reading.close()


def verify(path: Path, name: str = "") -> None:
    """Raise `StoreCorrupt` unless the file is a whole store of ours, of whatever age.

    `name` is what to call it, by default its own.
    """
    name = name or path.name
    try:
        found = schema.stamp(path)
    except StoreCorrupt as error:
        raise StoreCorrupt(f"{name} is damaged or is no database") from error
    if found.application_id != schema.APPLICATION_ID:
        raise StoreCorrupt(f"{name} is not a store of qbank")
    connection = files.connect(path, files.read_mode(path))
    try:
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    except UNREADABLE as error:
        raise StoreCorrupt(f"{name} is damaged: {error}") from error
    finally:
        connection.close()
    if faults != ["ok"]:
        raise StoreCorrupt(f"{name} is damaged: {faults[0]}")


def save_into(folder: Path, source: Path, now: Reading, reason: str) -> Path:
    """Copy the store into the folder of copies under its date and reason."""
    try:
        folder.mkdir(mode=files.DIRECTORY_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot hold copies: {error.strerror}") from error
    stamp = local_time(now).strftime(_STAMP)
    target = _free(lambda n: folder / f"qbank-{stamp}{f'-{n}' if n else ''}-{reason}.db")
    copy(source, target)
    return target


def _free(name: Callable[[int], Path]) -> Path:
    n = 0
    while name(n).exists():
        n += 1
    return name(n)


def backups(folder: Path) -> list[Backup]:
    """Every copy in the folder, the oldest first; other files are not looked at."""
    found = []
    for path in folder.glob("qbank-*.db"):
        named = _NAME.fullmatch(path.name)
        if named:
            found.append(Backup(_when(named[1]), path, named[2]))
    return sorted(found)


def _when(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP)  # noqa: DTZ007 - local time, by intent


def saved_today(folder: Path, now: Reading) -> bool:
    """Whether a daily copy of this day stands already."""
    today = local_time(now).date()
    return any(each.reason == DAY and each.made.date() == today for each in backups(folder))


def rotate(folder: Path) -> None:
    """Delete the copies that the rotation does not keep."""
    every = backups(folder)
    kept = keep(every)
    for each in every:
        if each not in kept:
            each.path.unlink(missing_ok=True)


def keep(every: Iterable[Backup]) -> set[Backup]:
    """Which copies stay: the newest of each of the last days, weeks and months, and of others."""
    newest_first = sorted(every, reverse=True)
    daily = [each for each in newest_first if each.reason == DAY]
    kept = {
        *_newest_of_each(daily, lambda made: made.date().isoformat(), DAILY),
        *_newest_of_each(daily, lambda made: made.strftime("%G-%V"), WEEKLY),
        *_newest_of_each(daily, lambda made: made.strftime("%Y-%m"), MONTHLY),
    }
    kept.update(each for each in newest_first if each.reason == ASKED)
    for reason in {each.reason for each in newest_first} - {DAY, ASKED}:
        kept.update([each for each in newest_first if each.reason == reason][:OTHERS])
    return kept


def _newest_of_each(
    newest_first: Iterable[Backup], period: Callable[[datetime], str], periods: int
) -> list[Backup]:
    newest: dict[str, Backup] = {}
    for each in newest_first:
        newest.setdefault(period(each.made), each)
    return list(newest.values())[:periods]


def restore(path: Path, backup: Path, now: Reading) -> Path | None:
    """Put a copy in the store's place; returns where the replaced file is kept.

    The copy is checked first, and nothing is replaced unless it is whole. The
    caller holds the lock, and no connection is open. None: there was no store.
    """
    verify(backup)
    fresh = files.beside(path, ".restored")
    copy(backup, fresh)
    kept = None
    if path.exists():
        _settle(path)
        stamp = local_time(now).strftime(_STAMP)
        kept = _free(lambda n: files.beside(path, f".replaced-{stamp}{f'-{n}' if n else ''}"))
        # The log belongs to the old file: beside the new one it would be replayed into it.
        for tail in ("-wal", "-shm", "-journal"):
            if files.beside(path, tail).exists():
                files.beside(path, tail).replace(files.beside(kept, tail))
        _keep_name(path, kept)
    fresh.replace(path)
    files.sync_folder(path.parent)
    return kept


def _settle(path: Path) -> None:
    """Bring the write-ahead log into the file, where the file is still a database."""
    try:
        connection = files.connect(path, "rw")
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    except UNREADABLE:
        # Damaged: it is kept with its log as it is.
        return


def _keep_name(path: Path, kept: Path) -> None:
    """Give the old file a second name, so that the store's own name is never without a file."""
    try:
        kept.hardlink_to(path)
    except OSError:
        # The disk has no links.
        path.replace(kept)


def newest_whole(folder: Path) -> Backup | None:
    """The newest copy that passes its check; None where there is none."""
    for each in reversed(backups(folder)):
        try:
            verify(each.path)
        except QbankError:
            continue
        return each
    return None
