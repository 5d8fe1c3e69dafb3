"""What an open store holds to: its settings, its transactions, its refusals."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from qbank.clock import ManualClock
from qbank.errors import (
    ConcurrentRun,
    NotSaved,
    SchemaBehind,
    StoreCorrupt,
    StoreError,
    StoreForeign,
)
from qbank.store import engine, files, schema
from qbank.store.engine import Store, open_store
from tests.support.shared import ROOT
from tests.support.stores import delayed, events, fill, insert, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path / "data")
    yield opened
    opened.close()


def _pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def _keep(key: str = "k", value: str = "v") -> Callable[[Connection], None]:
    return lambda connection: insert(connection, "meta", {"key": key, "value": value})


def _run(sql: str) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(text(sql)).rowcount


def _kept(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(text("SELECT key FROM meta ORDER BY key")).scalars())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 5_000),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("mmap_size", 0),
        ("query_only", 0),
        ("application_id", 0x51424E4B),
    ],
)
def test_the_writers_settings(store: Store, name: str, value: object) -> None:
    assert store.write(lambda connection: _pragma(connection, name)) == value


def test_a_reader_cannot_write(store: Store) -> None:
    with store.read() as connection:
        assert _pragma(connection, "query_only") == 1
        with pytest.raises(NotSaved):
            _keep()(connection)


def test_a_setting_that_does_not_hold_is_refused() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(StoreError, match="does not keep the setting page_count = 7"):
        engine._set(connection, {"page_count": 7})
    connection.close()


def test_the_writer_begins_immediately_and_the_reader_does_not(store: Store) -> None:
    other = sqlite3.connect(store.path, timeout=0, isolation_level=None, check_same_thread=False)

    def job(connection: Connection) -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    store.write(job)
    with store.read() as connection:
        connection.execute(text("SELECT 1 FROM meta"))
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    other.close()


def test_a_read_sees_one_state_throughout(store: Store) -> None:
    with store.read() as connection:
        before = connection.execute(text("SELECT count(*) FROM meta")).scalar()
        store.write(_keep())
        assert connection.execute(text("SELECT count(*) FROM meta")).scalar() == before
    assert _kept(store) == ["k"]


def test_a_job_that_fails_leaves_nothing_and_the_next_one_runs(store: Store) -> None:
    def job(connection: Connection) -> None:
        _keep()(connection)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.write(job)
    assert _kept(store) == []
    store.write(_keep())
    assert _kept(store) == ["k"]


def test_a_broken_rule_is_the_callers_to_see(store: Store) -> None:
    store.write(_keep())
    with pytest.raises(IntegrityError):
        store.write(_keep())


def test_wrong_sql_is_not_taken_for_a_fault_of_the_disk(store: Store) -> None:
    with pytest.raises(OperationalError), store.read() as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))


def test_the_file_and_its_folder_are_the_owners_alone(store: Store) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    store.write(_keep())
    assert stat.S_IMODE(files.beside(store.path, "-wal").stat().st_mode) == 0o600


def test_a_clean_end_leaves_one_file(store: Store) -> None:
    store.write(_keep())
    store.close()
    store.close()
    assert [each.name for each in store.path.parent.iterdir()] == ["qbank.db"]


def test_an_end_that_was_not_clean_is_seen(tmp_path: Path) -> None:
    first = fill(new_store(tmp_path))
    copied = tmp_path / "copied"
    copied.mkdir()
    for tail in ("", "-wal"):
        source = files.beside(first.path, tail)
        (copied / source.name).write_bytes(source.read_bytes())
    first.close()
    again = new_store(tmp_path)
    assert not again.unclean
    again.close()
    left = new_store(copied)
    assert left.unclean
    assert _kept(left) == ["store_id"]
    left.close()


def test_settings_of_a_network_disk(tmp_path: Path) -> None:
    def nfs(path: Path) -> str:
        return "a network disk (nfs)"

    store = open_store(tmp_path / "qbank.db", ManualClock(), shared_disk=nfs)
    assert store.write(lambda connection: _pragma(connection, "journal_mode")) == "delete"
    assert store.write(lambda connection: _pragma(connection, "synchronous")) == 3
    (warning,) = store.warnings
    assert "a network disk (nfs)" in warning
    store.write(_keep())
    assert _kept(store) == ["k"]
    store.close()


def test_a_store_moved_to_a_network_disk_gives_up_its_log(tmp_path: Path) -> None:
    fill(new_store(tmp_path)).close()
    store = open_store(tmp_path / "qbank.db", ManualClock(), shared_disk=lambda _: "a share")
    assert store.write(lambda connection: _pragma(connection, "journal_mode")) == "delete"
    assert _kept(store) == ["store_id"]
    store.close()


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /home/me/far rw,relatime - nfs4 server:/far rw
41 22 0:36 / /home/me/far/near rw,relatime - tmpfs tmpfs rw
42 22 0:37 / /mnt/two\\040words rw,relatime - cifs //server/two rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/qbank.db", None),
        ("/home/me/far/qbank.db", "a network disk (nfs4)"),
        ("/home/me/farther/qbank.db", None),
        ("/home/me/far/near/qbank.db", None),
        ("/mnt/two words/qbank.db", "a network disk (cifs)"),
        ("/home/me/Dropbox/qbank.db", "the synchronised folder Dropbox"),
        ("/home/me/OneDrive - School/qbank.db", "the synchronised folder OneDrive - School"),
        ("/home/me/dropboxes/qbank.db", None),
    ],
)
def test_which_disks_are_shared(tmp_path: Path, path: str, kind: str | None) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert files.shared_disk(Path(path), mounts) == kind


def test_where_nothing_says_what_is_mounted(tmp_path: Path) -> None:
    assert files.shared_disk(tmp_path / "qbank.db", tmp_path / "absent") is None


def test_reading_only(store: Store) -> None:
    fill(store)
    second = open_store(store.path, ManualClock(), read_only=True)
    assert second.read_only
    assert not store.read_only
    assert _kept(second) == ["store_id"]
    store.write(_keep("later"))
    assert _kept(second) == ["later", "store_id"]
    with pytest.raises(ConcurrentRun, match="reading only"):
        second.write(_keep())
    with pytest.raises(ConcurrentRun):
        second.submit(_keep())
    second.close()


def test_reading_only_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreForeign, match="there is no store"):
        open_store(tmp_path / "data" / "qbank.db", ManualClock(), read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_reading_only_upgrades_nothing(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    raw = sqlite3.connect(store.path)
    raw.execute("PRAGMA user_version = 0")
    raw.close()
    before = store.path.read_bytes()
    with pytest.raises(SchemaBehind, match=f"schema 0, this qbank reads {schema.USER_VERSION}"):
        open_store(store.path, ManualClock(), read_only=True)
    assert store.path.read_bytes() == before


NOBODY = 65_534


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize("clean", [True, False])
def test_a_folder_that_may_not_be_written_to_can_be_read(clean: bool) -> None:
    # Not in pytest's own folder, which no other user may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = fill(new_store(folder))
        if clean:
            store.close()
        folder.chmod(0o755)
        for each in folder.iterdir():
            each.chmod(0o644)
        done = _as_nobody(store.path)
        store.close()
    assert done.stdout.split() == ["current", "12"], done.stderr


def _as_nobody(path: Path) -> subprocess.CompletedProcess[str]:
    program = f"""
        import os
        from pathlib import Path
        from sqlalchemy import text
        from qbank.clock import ManualClock
        from qbank.store import schema
        from qbank.store.engine import open_store
        import sqlalchemy.dialects.sqlite
        os.setuid({NOBODY})
        path = Path({str(path)!r})
        print(schema.inspect(path))
        store = open_store(path, ManualClock(), read_only=True)
        with store.read() as connection:
            print(connection.execute(text("SELECT count(*) FROM block_event")).scalar())
    """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "qbank.db"
    path.write_bytes(b"no database at all, but long enough to be looked at " * 40)
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="damaged or is no database"):
        open_store(path, ManualClock())
    assert path.read_bytes() == before


def test_a_damaged_page_is_told_as_damage(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    store.close()
    image = bytearray(store.path.read_bytes())
    for page in range(4_096, len(image), 4_096):
        image[page : page + 64] = b"\xff" * 64
    store.path.write_bytes(image)
    with pytest.raises(StoreCorrupt):
        open_store(store.path, ManualClock())


def test_an_event_is_never_changed(store: Store) -> None:
    fill(store)
    for sql in (
        "UPDATE block_event SET payload = 'x' WHERE seq = 1",
        "DELETE FROM block_event WHERE seq = 1",
        "DELETE FROM block_event",
        "REPLACE INTO block_event SELECT block_id, seq, at_ms, kind, 'x', wall_at, chain "
        "FROM block_event WHERE seq = 1",
    ):
        with pytest.raises(IntegrityError, match="an event is never"):
            store.write(_run(sql))
    with store.read() as connection:
        rows = connection.execute(text("SELECT payload FROM block_event")).scalars().all()
    assert rows == [row["payload"] for block in (1, 2) for row in events(block)]


def test_history_is_not_taken_away_with_its_question(store: Store) -> None:
    fill(store)
    for table in ("question", "question_version", "pack", "learner", "block"):
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            store.write(_run(f"DELETE FROM {table}"))


def test_a_store_that_is_moved_away_acknowledges_nothing_more(store: Store) -> None:
    store.write(_keep())
    store.path.rename(store.path.with_name("elsewhere.db"))
    with pytest.raises(NotSaved, match="moved, deleted or replaced"):
        store.write(_keep("lost"))


def test_a_store_that_is_replaced_acknowledges_nothing_more(store: Store) -> None:
    other = store.path.with_name("other.db")
    other.write_bytes(b"")
    other.replace(store.path)
    with pytest.raises(NotSaved, match="replaced"):
        store.write(_keep())


def test_a_full_disk_is_told_and_loses_nothing_acknowledged(store: Store) -> None:
    pages = store.write(lambda connection: _pragma(connection, "page_count"))
    assert isinstance(pages, int)
    store.write(lambda connection: _pragma(connection, f"max_page_count = {pages + 20}"))
    acknowledged: list[str] = []

    def fill_up() -> None:
        for n in range(1_000):
            store.write(_keep(f"{n:04}", "x" * 2_000))
            acknowledged.append(f"{n:04}")

    with pytest.raises(NotSaved, match="the disk is full"):
        fill_up()
    assert acknowledged
    assert _kept(store) == acknowledged
    store.write(lambda connection: _pragma(connection, "max_page_count = 1000000"))
    store.write(_keep("after"))
    assert _kept(store) == [*acknowledged, "after"]


def test_the_delay_for_tests_holds_commits_and_reads_back(store: Store) -> None:
    with delayed(store, 30) as over:
        saving = store.submit(_keep())
        assert not saving.done()
        other = sqlite3.connect(store.path)
        assert other.execute("SELECT count(*) FROM meta").fetchone() == (0,)
        other.close()
        over.set()
        saving.result(timeout=10)
    assert _kept(store) == ["k"]
