"""The traps of migrating SQLite, shown on plain Alembic, and that our recipe survives them."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, event

from qbank.clock import ManualClock
from qbank.errors import StoreError
from qbank.resources import migrations_dir
from qbank.store import backup, migrate, schema
from qbank.store.migrate import MigrationFailed, upgrade
from tests.support.doomed import doomed
from tests.support.doomed_work import migrate as migrate_until_killed
from tests.support.stores import EVENTS_A_BLOCK, ROWS, clauses, fill, new_store

FILE = '''"""A later change."""

import time

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None
DROPS = frozenset({drops!r})
RECOUNTS = frozenset({recounts!r})


def upgrade() -> None:
{body}
    op.execute("PRAGMA user_version = {version}")
'''


class Later:
    """A folder of migrations that begins with the real ones; more can be added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(migrations_dir(), folder, ignore=shutil.ignore_patterns("__pycache__"))
        self._version = schema.USER_VERSION

    def add(self, body: str, *, drops: tuple[str, ...] = (), recounts: tuple[str, ...] = ()) -> str:
        """Write the next migration; returns its revision."""
        before, self._version = f"{self._version:04}", self._version + 1
        revision = f"{self._version:04}"
        text = FILE.format(
            revision=revision,
            before=before,
            version=self._version,
            body="\n".join(f"    {line}" for line in body.strip().splitlines()),
            drops=drops,
            recounts=recounts,
        )
        (self.folder / "versions" / f"{revision}_later.py").write_text(text)
        return revision


@pytest.fixture
def later(tmp_path: Path) -> Later:
    return Later(tmp_path / "migrations")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    store = fill(new_store(tmp_path / "data"))
    store.close()
    return store.path


def _all(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def _counts(path: Path) -> dict[str, int]:
    tables = [*ROWS, "block_event"]
    return {name: _all(path, f"SELECT count(*) FROM {name}")[0][0] for name in tables}


def _image(path: Path) -> dict[str, Any]:
    """The schema and every row of ours."""
    parts = {name: _all(path, f"SELECT * FROM {name}") for name in [*ROWS, "block_event"]}
    texts = _all(path, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {**parts, "schema": {name: clauses(sql) for name, sql in texts}}


# --- the traps, on plain Alembic ------------------------------------------------------


def _plain(tmp_path: Path, *, foreign_keys: bool) -> tuple[sa.Engine, Path]:
    path = tmp_path / "plain.db"
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TABLE child (id INTEGER PRIMARY KEY,"
            " parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE);"
            "CREATE TRIGGER guard BEFORE DELETE ON parent BEGIN SELECT 1; END;"
            "INSERT INTO parent VALUES (1, 'a'); INSERT INTO child VALUES (1, 1), (2, 1);"
        )
    return engine, path


def _with_plain_alembic(engine: sa.Engine, work: Callable[[Operations], None]) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
        with context.begin_transaction():
            work(Operations(context))


def _rebuild_parent(op: Operations) -> None:
    with op.batch_alter_table("parent", recreate="always") as batch:
        batch.add_column(sa.Column("more", sa.Text()))


def _half_of_two(op: Operations) -> None:
    op.add_column("parent", sa.Column("one", sa.Text()))
    raise RuntimeError("the power went")


def test_the_trap_a_rebuild_with_foreign_keys_on_deletes_the_children(tmp_path: Path) -> None:
    engine, path = _plain(tmp_path, foreign_keys=True)
    _with_plain_alembic(engine, _rebuild_parent)
    engine.dispose()
    assert _all(path, "SELECT count(*) FROM child") == [(0,)]


def test_the_trap_switching_them_off_inside_the_transaction_does_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_the_trap_a_failed_migration_leaves_half_of_it(tmp_path: Path) -> None:
    engine, path = _plain(tmp_path, foreign_keys=False)
    with pytest.raises(RuntimeError):
        _with_plain_alembic(engine, _half_of_two)
    engine.dispose()
    assert "one" in [row[1] for row in _all(path, "PRAGMA table_info(parent)")]


def test_the_trap_a_rebuild_drops_triggers(tmp_path: Path) -> None:
    engine, path = _plain(tmp_path, foreign_keys=False)
    _with_plain_alembic(engine, _rebuild_parent)
    engine.dispose()
    assert _all(path, "SELECT name FROM sqlite_master WHERE type = 'trigger'") == []


# --- our recipe -----------------------------------------------------------------------

CASCADING = """
op.create_table("parent", sa.Column("id", sa.Integer(), primary_key=True))
parent = sa.ForeignKey("parent.id", ondelete="CASCADE")
op.create_table("child", sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("parent_id", sa.Integer(), parent))
op.execute("INSERT INTO parent VALUES (1)")
op.execute("INSERT INTO child VALUES (1, 1), (2, 1), (3, 1)")
"""
REBUILD_PARENT = """
with op.batch_alter_table("parent", recreate="always") as batch:
    batch.add_column(sa.Column("more", sa.Text()))
"""
REBUILD_BLOCK = """
with op.batch_alter_table("block", recreate="always") as batch:
    batch.add_column(sa.Column("more", sa.Text()))
"""
REBUILD_LOG = """
with op.batch_alter_table("block_event", recreate="always") as batch:
    batch.add_column(sa.Column("more", sa.Text()))
"""
GUARDS_AGAIN = """
op.execute("CREATE TRIGGER block_event_no_update BEFORE UPDATE ON block_event "
           "BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END")
op.execute("CREATE TRIGGER block_event_no_delete BEFORE DELETE ON block_event "
           "WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'purging') "
           "BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END")
"""


def test_children_survive_a_rebuild_of_their_parent(made: Path, later: Later) -> None:
    revisions = [later.add(CASCADING), later.add(REBUILD_PARENT)]
    assert upgrade(made, ManualClock(), migrations=later.folder) == revisions
    assert _all(made, "SELECT count(*) FROM child") == [(3,)]
    assert _all(made, "PRAGMA foreign_key_check") == []


def test_history_survives_a_rebuild_of_the_blocks(made: Path, later: Later) -> None:
    before = _counts(made)
    assert before["block_event"] == 2 * EVENTS_A_BLOCK
    assert all(before.values())
    later.add(REBUILD_BLOCK)
    upgrade(made, ManualClock(), migrations=later.folder)
    assert _counts(made) == before
    assert "more" in [row[1] for row in _all(made, "PRAGMA table_info(block)")]
    named = _all(made, "SELECT sql FROM sqlite_master WHERE name = 'block'")[0][0]
    for name in ("fk_block_learner_id_learner", "uq_block_uuid", "ck_block_status", "pk_block"):
        assert f"CONSTRAINT {name}" in named


def test_foreign_keys_are_on_again_for_whoever_opens_the_store(made: Path, later: Later) -> None:
    later.add(REBUILD_BLOCK)
    upgrade(made, ManualClock(), migrations=later.folder)
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("DELETE FROM learner")


def _fails(made: Path, later: Later, says: str) -> None:
    """The upgrade fails with these words and the store is exactly what it was."""
    before = _image(made)
    with pytest.raises(MigrationFailed, match=says):
        upgrade(made, ManualClock(), migrations=later.folder)
    assert _image(made) == before
    assert schema.inspect(made) is schema.SchemaState.CURRENT


def test_dropped_triggers_are_noticed(made: Path, later: Later) -> None:
    later.add(REBUILD_LOG)
    _fails(made, later, "block_event_no_delete is gone; block_event_no_update is gone")


def test_a_rebuild_that_makes_the_triggers_again_passes(made: Path, later: Later) -> None:
    later.add(REBUILD_LOG + GUARDS_AGAIN)
    before = _counts(made)
    upgrade(made, ManualClock(), migrations=later.folder)
    assert _counts(made) == before
    with closing(sqlite3.connect(made)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE block_event SET seq = 99")


def test_a_trigger_made_weaker_is_noticed(made: Path, later: Later) -> None:
    later.add(
        'op.execute("DROP TRIGGER block_event_no_update")\n'
        'op.execute("CREATE TRIGGER block_event_no_update BEFORE UPDATE ON block_event '
        'BEGIN SELECT 1; END")'
    )
    _fails(made, later, "block_event_no_update was rewritten")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('op.execute("DELETE FROM note")', "note had 1 rows and now has 0"),
        ('op.drop_table("note")', "note is gone"),
        ('op.drop_index("ix_block_question_question_id")', "ix_block_question_question_id is gone"),
        (
            'op.execute("UPDATE question_version SET question_id = 77 WHERE id = 3")',
            "row 3 of question_version refers to a missing question",
        ),
        (
            'op.execute("DROP TRIGGER block_event_no_update")\n'
            "op.execute(\"UPDATE block_event SET payload = '{}' WHERE seq = 2\")\n"
            + GUARDS_AGAIN.strip().partition("\nop.execute")[0],
            "the log of answers is not what it was",
        ),
    ],
    ids=["rows", "table", "index", "reference", "answers"],
)
def test_what_would_be_lost_is_noticed(made: Path, later: Later, body: str, says: str) -> None:
    later.add(body)
    _fails(made, later, says)


def test_what_is_meant_to_go_may_go(made: Path, later: Later) -> None:
    later.add('op.execute("DELETE FROM note")', recounts=("note",))
    later.add('op.drop_table("note")', drops=("note",))
    upgrade(made, ManualClock(), migrations=later.folder)
    assert _all(made, "SELECT 1 FROM sqlite_master WHERE name = 'note'") == []


@pytest.mark.parametrize(
    "failure", ['raise MemoryError("no")', 'op.execute("INSERT INTO nowhere VALUES (1)")']
)
def test_a_failure_half_way_leaves_nothing(made: Path, later: Later, failure: str) -> None:
    later.add(f'op.add_column("note", sa.Column("one", sa.Text()))\n{failure}')
    before = _image(made)
    with pytest.raises((MemoryError, MigrationFailed)):
        upgrade(made, ManualClock(), migrations=later.folder)
    assert _image(made) == before


def test_whole_migrations_before_a_failure_stay(made: Path, later: Later) -> None:
    first = later.add('op.add_column("note", sa.Column("one", sa.Text()))')
    later.add('op.execute("DELETE FROM note")')
    with pytest.raises(MigrationFailed):
        upgrade(made, ManualClock(), migrations=later.folder)
    assert schema.stamp(made).revision == first
    assert schema.stamp(made).user_version == schema.USER_VERSION + 1


def test_a_copy_is_made_first_and_told_by_name(made: Path, later: Later) -> None:
    before = _image(made)
    later.add(REBUILD_BLOCK)
    upgrade(made, ManualClock(), migrations=later.folder)
    (copy,) = backup.backups(made.parent / "backups")
    assert copy.reason == backup.BEFORE_UPGRADE
    assert _image(copy.path) == before
    assert schema.inspect(copy.path) is schema.SchemaState.CURRENT


def test_without_a_copy_there_is_no_upgrade(made: Path, later: Later, tmp_path: Path) -> None:
    later.add(REBUILD_BLOCK)
    blocked = tmp_path / "backups"
    blocked.write_text("a file where the folder should be")
    before = _image(made)
    with pytest.raises(StoreError, match="cannot hold copies"):
        upgrade(made, ManualClock(), migrations=later.folder, backups=blocked)
    assert _image(made) == before


def test_the_steps_from_nothing_end_where_an_upgrade_ends(
    made: Path, later: Later, tmp_path: Path
) -> None:
    later.add(REBUILD_BLOCK)
    later.add(CASCADING)
    upgrade(made, ManualClock(), migrations=later.folder)
    fresh = tmp_path / "fresh" / "qbank.db"
    assert len(upgrade(fresh, ManualClock(), migrations=later.folder)) == schema.USER_VERSION + 2
    assert _image(fresh)["schema"] == _image(made)["schema"]


def test_nothing_to_do_makes_no_copy(made: Path) -> None:
    assert upgrade(made, ManualClock()) == []
    assert not (made.parent / "backups").exists()


def test_a_store_that_is_behind_upgrades_itself(
    made: Path, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = later.add(REBUILD_BLOCK)
    monkeypatch.setattr(schema, "USER_VERSION", schema.USER_VERSION + 1)
    monkeypatch.setattr(schema, "HEAD", revision)
    monkeypatch.setattr(migrate, "migrations_dir", lambda: later.folder)
    assert schema.inspect(made) is schema.SchemaState.BEHIND
    elsewhere = made.parent / "kept"
    assert schema.ensure(made, ManualClock(), backups=elsewhere) is schema.SchemaState.BEHIND
    assert schema.inspect(made) is schema.SchemaState.CURRENT
    assert len(backup.backups(elsewhere)) == 1


def test_the_template_gives_a_migration_that_runs(made: Path, later: Later) -> None:
    scripts = migrate.script(later.folder)
    version = schema.USER_VERSION + 1
    written = scripts.generate_revision(f"{version:04}", "a quiet change", head="head")
    assert written is not None
    assert "PRAGMA user_version = {USER_VERSION}" in Path(written.path).read_text()
    assert upgrade(made, ManualClock(), migrations=later.folder) == [f"{version:04}"]
    assert schema.stamp(made).user_version == version


# --- killed on the way ------------------------------------------------------------------

SLOW = """
for n in range(6):
    op.add_column("note", sa.Column(f"more_{n}", sa.Text()))
    time.sleep(0.004)
with op.batch_alter_table("block", recreate="always") as batch:
    batch.add_column(sa.Column("more", sa.Text()))
time.sleep(0.004)
op.execute("UPDATE note SET text = text || ' (seen)'")
time.sleep(0.004)
"""


def _killed_while_migrating(made: Path, later: Later, tmp_path: Path, kills: int) -> set[str]:
    """Kill an upgrade so many times, each at another moment; returns what was found then."""
    rng = random.Random(20)
    later.add(SLOW)
    old = _image(made)
    done = tmp_path / "done.db"
    backup.copy(made, done)
    upgrade(done, ManualClock(), migrations=later.folder)
    new = _image(done)
    seen = set()
    for n in range(kills):
        path = tmp_path / f"kill-{n}" / "qbank.db"
        path.parent.mkdir()
        backup.copy(made, path)
        with doomed(migrate_until_killed, path, later.folder, path.parent / "backups") as process:
            assert process.next() == "begin"
            process.ended(rng.uniform(0.0, 0.16))
            process.kill()
        found = _image(path)
        assert found in (old, new)
        seen.add("old" if found == old else "new")
        upgrade(path, ManualClock(), migrations=later.folder)
        assert _image(path) == new
    return seen


def test_a_kill_leaves_the_old_schema_or_the_new(made: Path, later: Later, tmp_path: Path) -> None:
    assert _killed_while_migrating(made, later, tmp_path, kills=6)


@pytest.mark.proof
def test_thirty_kills_leave_the_old_schema_or_the_new(
    made: Path, later: Later, tmp_path: Path
) -> None:
    assert _killed_while_migrating(made, later, tmp_path, kills=30) == {"old", "new"}
