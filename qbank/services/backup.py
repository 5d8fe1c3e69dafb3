"""Copies, restoring, checking, erasing: what keeps a learner's store whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.errors import NotFound, StoreError, UsageError
from qbank.store import backup as copies
from qbank.store import check, files, schema
from qbank.store.check import Found, Part, Severity

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.store.engine import Store
    from qbank.store.purge import Purged

BACKUPS_NAMED = 3
"""So many of the newest copies are named to who asks for an unknown one."""

WEEK_MS = 7 * 24 * 3_600_000
_CHECKED = "checked_at"


@dataclass(frozen=True, slots=True)
class Health:
    """What the checks saw. `backup` is the newest copy that passes its own check."""

    found: tuple[Found, ...]
    backup: Path | None

    @property
    def damaged(self) -> bool:
        """Whether anything was lost or cannot be read."""
        return bool(self.wrong)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What was lost or cannot be read, each in words."""
        return tuple(each.text for each in self.found if each.severity is Severity.DAMAGE)

    @property
    def refused(self) -> Found | None:
        """Why this program cannot use the store although nothing says that it is damaged."""
        return next((each for each in self.found if each.severity is Severity.REFUSED), None)

    @property
    def good(self) -> bool:
        """Whether there is nothing to do."""
        return all(each.severity in (Severity.GOOD, Severity.NOTE) for each in self.found)


@dataclass(frozen=True, slots=True)
class Erased:
    """What a purge erased, and the copy that was made before it."""

    blocks: int
    events: int
    results: int
    backup: Path


class BackupService:
    """Works on the file, so that it helps where the store cannot be opened.

    `store` is the open store where there is one; purging needs it, and restoring
    closes it. Whoever restores or purges holds the lock.
    """

    def __init__(
        self,
        database: Path,
        backups: Path,
        lock: Path,
        clock: Clock,
        store: Store | None = None,
    ) -> None:
        self._database = database
        self._backups = backups
        self._lock = lock
        self._clock = clock
        self._store = store

    def list(self) -> tuple[copies.Backup, ...]:
        """Every copy in the folder of copies, the newest first."""
        return tuple(reversed(copies.backups(self._backups)))

    def backup(self, target: Path | None = None) -> Path:
        """Make a checked copy and return its path.

        `target` is a file that does not exist yet, or a folder; None is the
        folder of copies. Raises `StoreError` where the copy cannot be made.
        """
        self._needs_store()
        self._needs_room((target or self._backups).parent)
        if target is None or target.is_dir():
            return self._save(copies.ASKED, target)
        if target.exists():
            raise UsageError(f"{target} exists already", hint="Choose a name that is free.")
        if not target.parent.is_dir():
            raise UsageError(f"there is no folder {target.parent}")
        copies.copy(self._database, target)
        return target

    def before_import(self) -> Path:
        """Make the copy that comes before an import which changes keys."""
        self._needs_room(self._backups.parent)
        return self._save(copies.BEFORE_IMPORT)

    def daily(self) -> Path | None:
        """Make the copy of this day unless it stands already; None where nothing was to do."""
        if not self._database.exists():
            return None
        if copies.saved_today(self._backups, self._clock.read()):
            return None
        self._needs_room(self._backups.parent)
        made = self._save(copies.DAY)
        copies.rotate(self._backups)
        return made

    def restore(self, source: Path) -> Path | None:
        """Put a copy in the store's place; the replaced file is kept, its path is returned.

        The copy is checked first. Raises `NotFound`, `StoreCorrupt` or
        `StoreError`, and then nothing was replaced. The store must be opened anew.
        """
        if not source.is_file():
            raise self._no_backup(source)
        if source.resolve() == self._database.resolve():
            raise UsageError("that is the store itself", hint="Choose a backup.")
        copies.verify(source)
        schema.refuse(source, schema.stamp(source))
        if self._store:
            self._store.close()
        return copies.restore(self._database, source, self._clock.read())

    def contents(self) -> Health:
        """Look at what is in the store, thoroughly. Changes nothing."""
        return Health(tuple(check.contents(self._database, thorough=True)), None)

    def doctor(self) -> Health:
        """Look at everything, thoroughly. Changes nothing."""
        newest = copies.newest_whole(self._backups)
        found = (
            *check.contents(self._database, thorough=True),
            *check.surroundings(self._database, self._lock, newest.path if newest else None),
        )
        return Health(found, newest.path if newest else None)

    def at_start(self) -> Health:
        """What a start does in the background: check, mend the search index, copy once a day.

        Quick, but thorough after an unclean end and once a week. No copy is made
        of a damaged store: it would push a good one out.
        """
        if self._store is None:
            raise StoreError("the store is not open")
        thorough = self._store.unclean or self._week_has_passed()
        found = tuple(check.contents(self._database, thorough=thorough))
        health = Health(found, None)
        if health.damaged:
            newest = copies.newest_whole(self._backups)
            return Health(found, newest.path if newest else None)
        if not self._store.read_only:
            self._mend(found)
            if thorough:
                self._remember_check()
            self.daily()
        return health

    def purgeable(self) -> Purged:
        """How many deleted blocks, events and results a purge would erase."""
        from qbank.store.purge import purgeable

        with self._open().read() as connection:
            return purgeable(connection)

    def purge(self) -> Erased:
        """Erase what was deleted for good, after a copy that still holds them."""
        from qbank.store.purge import purge

        store = self._open()
        kept = self._save(copies.BEFORE_PURGE)
        erased = store.write(purge)
        return Erased(erased.blocks, erased.events, erased.results, kept)

    def _open(self) -> Store:
        if self._store is None:
            raise StoreError("the store is not open")
        return self._store

    def _save(self, reason: str, folder: Path | None = None) -> Path:
        now = self._clock.read()
        return copies.save_into(folder or self._backups, self._database, now, reason)

    def _no_backup(self, source: Path) -> NotFound:
        """An error that names the nearest copy, or where the newest are."""
        names = [each.path.name for each in self.list()]
        error = NotFound("backup", str(source), names)
        if not error.hint:
            newest = f"The newest in {self._backups}: {', '.join(names[:BACKUPS_NAMED])}."
            error.hint = newest if names else f"There is none in {self._backups} yet."
        return error

    def _needs_store(self) -> None:
        if schema.inspect(self._database) is schema.SchemaState.EMPTY:
            raise StoreError(
                f"there is no store at {self._database}", hint="Start `qbank` once to make one."
            )

    def _needs_room(self, folder: Path) -> None:
        size = self._database.stat().st_size
        free = files.free_bytes(folder)
        if free < size + check.SPACE_WANTED:
            raise StoreError(
                f"a copy needs {(size + check.SPACE_WANTED) // 1_000_000} MB, "
                f"{free // 1_000_000} MB are free",
                hint="Free some space, or copy elsewhere.",
            )

    def _mend(self, found: tuple[Found, ...]) -> None:
        if any(each.part is Part.SEARCH and each.severity is Severity.WARNING for each in found):
            from qbank.store.search import rebuild

            self._open().write(rebuild)

    def _week_has_passed(self) -> bool:
        from qbank.store.meta import get

        with self._open().read() as connection:
            checked = get(connection, _CHECKED)
        return self._clock.read().wall_utc_ms - int(checked or 0) >= WEEK_MS

    def _remember_check(self) -> None:
        from qbank.store.meta import put

        now = self._clock.read().wall_utc_ms
        self._open().write(lambda connection: put(connection, _CHECKED, str(now)))
