"""What a file is to the program, and that there is one way to a schema."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from qbank.clock import ManualClock
from qbank.errors import SchemaAhead, StoreCorrupt, StoreForeign
from qbank.store import backup, migrate, schema
from qbank.store.schema import SchemaState
from qbank.store.tables import Base
from tests.support.shared import ROOT
from tests.support.stores import clauses, fill, new_store

LOGS = ("block", "sitting")


def _sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A store with rows, closed."""
    store = fill(new_store(tmp_path))
    store.close()
    return store.path


def test_nothing_there_is_empty_and_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "qbank.db"
    assert schema.inspect(path) is SchemaState.EMPTY
    assert schema.ensure(path, ManualClock()) is SchemaState.EMPTY
    assert schema.inspect(path) is SchemaState.CURRENT
    assert schema.ensure(path, ManualClock()) is SchemaState.CURRENT
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".db"] == ["qbank.db"]
    assert not (path.parent / "backups").exists()


@pytest.mark.parametrize("how", ["no bytes", "no tables", "marked, no tables"])
def test_an_empty_file_is_made_a_store(tmp_path: Path, how: str) -> None:
    path = tmp_path / "qbank.db"
    path.touch()
    if how != "no bytes":
        _sql(path, "PRAGMA journal_mode = WAL")
    if how == "marked, no tables":
        _sql(path, f"PRAGMA application_id = {schema.APPLICATION_ID}")
    assert schema.inspect(path) is SchemaState.EMPTY
    schema.ensure(path, ManualClock())
    assert schema.inspect(path) is SchemaState.CURRENT


def test_a_current_store_is_opened_without_the_database_libraries(made: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom qbank.clock import SystemClock\n"
        "from qbank.store import schema\n"
        f"assert schema.ensure(Path({str(made)!r}), SystemClock()) == 'current'\n"
        "print(sorted({'alembic', 'sqlalchemy', 'mako'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"


def test_a_current_store_is_opened_for_use_without_alembic(made: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom qbank.clock import SystemClock\n"
        "from qbank.store.engine import open_store\n"
        f"open_store(Path({str(made)!r}), SystemClock()).close()\n"
        "print(sorted({'alembic', 'sqlalchemy', 'mako'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "['sqlalchemy']\n"


def test_the_constants_are_those_of_the_newest_migration() -> None:
    scripts = migrate.script()
    head = scripts.get_current_head()
    assert head == schema.HEAD
    assert scripts.get_revision(head).module.USER_VERSION == schema.USER_VERSION


def test_every_migration_is_in_the_notes() -> None:
    notes = (ROOT / "migrations" / "NOTES.md").read_text()
    for each in migrate.script().walk_revisions():
        assert f"| {each.revision} | {each.module.USER_VERSION} |" in notes


@pytest.mark.parametrize(
    "newer",
    [
        f"PRAGMA user_version = {schema.USER_VERSION + 1}",
        "UPDATE alembic_version SET version_num = '9999'",
        "DELETE FROM alembic_version",
    ],
    ids=["version", "revision", "no revision"],
)
def test_a_newer_store_is_named_and_not_touched(made: Path, newer: str) -> None:
    _sql(made, newer)
    before = made.read_bytes()
    assert schema.inspect(made) is SchemaState.AHEAD
    with pytest.raises(SchemaAhead) as caught:
        schema.ensure(made, ManualClock())
    assert "made by a newer qbank" in caught.value.message
    assert f"({schema.HEAD})" in caught.value.message
    assert "Upgrade the program" in caught.value.hint
    assert made.read_bytes() == before
    assert not (made.parent / "backups").exists()


def test_both_versions_are_named(made: Path) -> None:
    _sql(made, "PRAGMA user_version = 97", "UPDATE alembic_version SET version_num = '0097'")
    ours = rf"this one knows {schema.USER_VERSION} \({schema.HEAD}"
    with pytest.raises(SchemaAhead, match=rf"schema is 97 \(revision 0097\), {ours}"):
        schema.ensure(made, ManualClock())


def test_an_older_version_with_an_unknown_revision_is_not_migrated(made: Path) -> None:
    _sql(made, "PRAGMA user_version = 0", "UPDATE alembic_version SET version_num = 'x9'")
    before = made.read_bytes()
    with pytest.raises(
        SchemaAhead, match="does not know its revision x9, the newest it knows is 0"
    ):
        schema.ensure(made, ManualClock())
    assert made.read_bytes() == before


@pytest.mark.parametrize("mark", [0, 0x0000_1234])
def test_the_database_of_another_program_is_not_touched(tmp_path: Path, mark: int) -> None:
    path = tmp_path / "qbank.db"
    _sql(path, "CREATE TABLE cards (id INTEGER)", f"PRAGMA application_id = {mark}")
    before = path.read_bytes()
    assert schema.inspect(path) is SchemaState.FOREIGN
    with pytest.raises(StoreForeign, match="not one of qbank"):
        schema.ensure(path, ManualClock())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"x", b"SQLite format 3\0" + b"\xff" * 300, b"not a database" * 400]
)
def test_what_is_no_database_is_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "qbank.db"
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt):
        schema.inspect(path)
    with pytest.raises(StoreCorrupt):
        schema.ensure(path, ManualClock())
    assert path.read_bytes() == content


def test_a_store_cut_short_is_damaged(made: Path) -> None:
    content = made.read_bytes()
    made.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreCorrupt):
        backup.verify(made)


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or (name or "") in Base.metadata.tables


def test_the_models_and_the_migrated_schema_are_equal(made: Path) -> None:
    engine = create_engine(f"sqlite:///{made}")
    with engine.connect() as connection:
        options = {"include_name": _is_ours, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def _texts(connection: Connection) -> dict[str, frozenset[str]]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: clauses(sql) for name, sql in rows}


def test_every_constraint_and_index_is_the_models(made: Path) -> None:
    migrated = create_engine(f"sqlite:///{made}")
    modelled = create_engine("sqlite://")
    with migrated.connect() as ours, modelled.connect() as theirs:
        Base.metadata.create_all(theirs)
        wanted, found = _texts(theirs), _texts(ours)
        assert {name: found.get(name) for name in wanted} == wanted
        more = {
            name for name in found.keys() - wanted.keys() if not name.startswith("question_fts")
        }
        guards = {f"{log}_event_no_{what}" for log in LOGS for what in ("update", "delete")}
        assert more == {"alembic_version", *guards}
    migrated.dispose()
    modelled.dispose()


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        assert [each for each in table.constraints if each.name is None] == []
        assert [each for each in table.indexes if each.name is None] == []


def test_history_is_referenced_with_restrict() -> None:
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert keys
    assert {key.ondelete for key in keys} == {"RESTRICT"}


def test_no_reference_points_at_an_attempt() -> None:
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert "attempt" not in {key.column.table.name for key in keys}
