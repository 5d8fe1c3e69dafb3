"""Runs the migrations so that each is wholly done or not at all, and loses nothing.

Two traps are built into the usual way on SQLite. Rebuilding a table while
foreign keys are on deletes the rows that refer to it, so they are off around
each migration, which only works before its transaction begins. And the driver's
own transactions leave half a migration behind a failure, so ours begin with
BEGIN IMMEDIATE. Inside the transaction, before COMMIT, what must still be there
is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.exc import DatabaseError

from qbank.errors import SchemaAhead, StoreError
from qbank.resources import migrations_dir
from qbank.store import files, schema
from qbank.store.backup import BEFORE_UPGRADE, save_into
from qbank.store.faults import store_fault

if TYPE_CHECKING:
    from qbank.clock import Clock

NONE: frozenset[str] = frozenset()

_LOGS = {"block_event": "block_id", "sitting_event": "sitting_id"}


class MigrationFailed(StoreError):
    """A migration was taken back: it would have lost something, or could not run."""


def script(migrations: Path | None = None) -> ScriptDirectory:
    """The migrations, found in the wheel or the checkout; another folder for tests."""
    return ScriptDirectory(migrations or migrations_dir())


def upgrade(
    path: Path,
    clock: Clock,
    *,
    backups: Path | None = None,
    migrations: Path | None = None,
) -> list[str]:
    """Run what is missing, each migration in a transaction of its own; returns their revisions.

    A store with content is saved into `backups` first. Raises `MigrationFailed`,
    `SchemaAhead` or what the disk reports; then the store stands as the last
    whole migration left it.
    """
    scripts = script(migrations)
    before = schema.stamp(path)
    missing = _missing(scripts, before)
    if not missing:
        return []
    if before.objects:
        save_into(backups or path.parent / "backups", path, clock.read(), BEFORE_UPGRADE)
    else:
        files.make(path)
    engine = create_engine("sqlite://", creator=lambda: _open(path), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect() as connection:
            for step in missing:
                _run(connection, scripts, step)
    except DatabaseError as error:
        raise store_fault(error.orig) or MigrationFailed(
            f"the store could not be upgraded: {error.orig}",
            hint="It stands as it was, and so does the backup made before.",
        ) from error
    finally:
        engine.dispose()
    return [each.revision for each in missing]


def _missing(scripts: ScriptDirectory, found: schema.Stamp) -> list[Script]:
    known = list(scripts.walk_revisions())[::-1]
    if not found.revision:
        return known
    names = [each.revision for each in known]
    if found.revision not in names:
        raise SchemaAhead(
            f"the store was made by a newer qbank: this one does not know its revision "
            f"{found.revision}, the newest it knows is {names[-1]}",
            hint="Upgrade the program; nothing was changed.",
        )
    return known[names.index(found.revision) + 1 :]


def _open(path: Path) -> Any:
    connection = files.connect(path, "rw")
    for pragma in ("foreign_keys = OFF", "synchronous = FULL", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run(connection: Connection, scripts: ScriptDirectory, step: Script) -> None:
    """One migration, in one transaction; nothing where another process was quicker."""
    with connection.begin():
        if _revision(connection) != (step.down_revision or ""):
            return
        with _nothing_lost(connection, step.module):
            _apply(connection, scripts, step)


def _apply(connection: Connection, scripts: ScriptDirectory, step: Script) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", scripts.dir.replace("%", "%%"))

    def steps(revision: Any, _: Any) -> Any:
        return scripts._upgrade_revs(step.revision, revision)

    with EnvironmentContext(config, scripts, fn=steps, destination_rev=step.revision):
        scripts.run_env()


def _revision(connection: Connection) -> str:
    stamped = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).scalar()
    if not stamped:
        return ""
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(row or "")


@contextmanager
def _nothing_lost(connection: Connection, module: ModuleType) -> Iterator[None]:
    """Compare before and after; raises inside the transaction, so that nothing is committed.

    A migration says in `DROPS` which tables, indexes, triggers or views it takes
    away or rewrites on purpose, and in `RECOUNTS` which tables gain or lose rows.
    """
    drops: frozenset[str] = getattr(module, "DROPS", NONE)
    recounts: frozenset[str] = getattr(module, "RECOUNTS", NONE)
    objects, counts, answers = _objects(connection), _counts(connection), _answers(connection)
    orphans = _orphans(connection)
    yield
    later, recounted = _objects(connection), _counts(connection)
    wrong = [f"{name} is gone" for name in sorted(objects.keys() - later.keys() - drops)]
    wrong += [
        f"{name} was rewritten"
        for name, (kind, sql) in sorted(objects.items())
        if kind != "table" and name in later and later[name][1] != sql and name not in drops
    ]
    wrong += [
        f"{name} had {counts[name]} rows and now has {recounted[name]}"
        for name in sorted(counts.keys() & recounted.keys() - recounts)
        if counts[name] != recounted[name]
    ]
    wrong += [
        f"row {row} of {table} refers to a missing {parent}"
        for table, row, parent in sorted(_orphans(connection) - orphans)
    ]
    if answers and answers != _answers(connection):
        wrong.append("the log of answers is not what it was")
    if wrong:
        raise MigrationFailed(
            f"the upgrade would lose something: {'; '.join(wrong[:5])}",
            hint="Nothing was changed. Please report this.",
        )


def _objects(connection: Connection) -> dict[str, tuple[str, str]]:
    """Kind and text of everything in the schema by name; without SQLite's own and FTS5's tables."""
    rows = connection.exec_driver_sql(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL"
    ).all()
    virtual = [name for name, _, sql in rows if str(sql).startswith("CREATE VIRTUAL")]
    return {
        name: (kind, sql)
        for name, kind, sql in rows
        if not name.startswith(("sqlite_", *(f"{table}_" for table in virtual)))
    }


def _counts(connection: Connection) -> dict[str, int]:
    tables = [
        name
        for name, (kind, sql) in _objects(connection).items()
        if kind == "table" and not sql.startswith("CREATE VIRTUAL") and name != "alembic_version"
    ]
    return {name: _rows(connection, name) for name in tables}


def _orphans(connection: Connection) -> set[tuple[str, int, str]]:
    """Table, row and missing parent of every reference that leads nowhere."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return {(table, row or 0, parent) for table, row, parent, _ in found}


def _rows(connection: Connection, table: str) -> int:
    quoted = connection.dialect.identifier_preparer.quote(table)
    counted = connection.exec_driver_sql(f"SELECT count(*) FROM {quoted}")  # noqa: S608 - quoted
    return int(counted.scalar_one())


def _answers(connection: Connection) -> bytes:
    """A hash over every event; empty before there is a log."""
    there = _objects(connection)
    digest = blake2b()
    for log, owner in _LOGS.items():
        if log in there:
            for row in connection.exec_driver_sql(
                f"SELECT {owner}, seq, at_ms, kind, payload, chain FROM {log} "  # noqa: S608 - ours
                f"ORDER BY {owner}, seq"
            ):
                digest.update(repr(tuple(row)).encode())
    return digest.digest() if there.keys() & _LOGS.keys() else b""
