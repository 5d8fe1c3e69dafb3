"""Every schema there ever was, with rows in every table, upgraded to today's."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from qbank.clock import ManualClock
from qbank.resources import migrations_dir
from qbank.store import check, migrate, schema
from qbank.store.check import Severity

ROWS = Path(__file__).with_name("rows")
REVISIONS = sorted(each.revision for each in migrate.script().walk_revisions())

Rows = dict[str, list[dict[str, Any]]]


def _rows(revision: str) -> Rows:
    """The rows of a filled store of that schema; bytes are written in hex."""
    rows: Rows = json.loads((ROWS / f"{revision}.json").read_text(encoding="utf-8"))
    for event in [*rows["block_event"], *rows.get("sitting_event", ())]:
        event["chain"] = bytes.fromhex(event["chain"])
    for picture in rows.get("exhibit", ()):
        picture["data"] = bytes.fromhex(picture["data"])
    return rows


def _store_of(revision: str, folder: Path) -> Path:
    """A store as a program of that schema left it."""
    older = folder / "migrations"
    shutil.copytree(migrations_dir(), older, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (older / "versions").glob("*.py"):
        if file.name[: len(revision)] > revision:
            file.unlink()
    path = folder / "data" / "qbank.db"
    migrate.upgrade(path, ManualClock(), migrations=older)
    with closing(sqlite3.connect(path)) as connection:
        for table, rows in _rows(revision).items():
            for row in rows:
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" * len(row))
                sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
                connection.execute(sql, list(row.values()))
        connection.execute("INSERT INTO question_fts (question_fts) VALUES ('rebuild')")
        connection.commit()
    return path


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_table_of_a_schema_has_rows_to_upgrade(revision: str, tmp_path: Path) -> None:
    path = _store_of(revision, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in tables if not name.startswith(("question_fts", "sqlite_"))}
    assert names - {"alembic_version"} == {name for name, rows in _rows(revision).items() if rows}


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_each_schema_keeps_everything(revision: str, tmp_path: Path) -> None:
    path = _store_of(revision, tmp_path)
    schema.ensure(path, ManualClock())
    assert schema.inspect(path) is schema.SchemaState.CURRENT
    found = list(check.contents(path, thorough=True))
    assert {each.severity for each in found} == {Severity.GOOD}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        log = connection.execute("SELECT * FROM block_event ORDER BY block_id, seq").fetchall()
    kept = _rows(revision)["block_event"]
    assert [{name: row[name] for name in kept[0]} for row in log] == kept
