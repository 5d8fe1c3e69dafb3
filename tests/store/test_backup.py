"""Copies: whole, checked, rotated, and put back."""

import random
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.clock import ManualClock
from qbank.errors import StoreCorrupt, StoreError
from qbank.store import backup, files
from qbank.store.backup import ASKED, DAY, Backup
from qbank.store.engine import Store
from tests.support.stores import fill, insert, new_store, one_event

NOON = int(datetime(2026, 11, 19, 12, tzinfo=UTC).timestamp() * 1_000)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    store = fill(new_store(tmp_path))
    store.close()
    return store.path


def _events(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM block_event").fetchone()[0])


def _answers(store: Store, stop: threading.Event) -> None:
    seq = 7
    while not stop.is_set():
        store.write(partial(one_event, block=1, seq=seq))
        seq += 1


def test_a_copy_of_a_store_in_use_is_whole(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    stop = threading.Event()
    writing = threading.Thread(target=_answers, args=(store, stop))
    writing.start()
    try:
        for n in range(5):
            before = _events(store.path)
            target = tmp_path / f"copy-{n}.db"
            backup.copy(store.path, target)
            assert _events(target) >= before
            backup.verify(target)
    finally:
        stop.set()
        writing.join()
        store.close()


def test_a_copy_is_one_file_of_its_owner(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    backup.copy(made, folder / "copy.db")
    _events(folder / "copy.db")
    assert [each.name for each in folder.iterdir()] == ["copy.db"]
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600


def test_what_stands_only_in_the_log_is_copied(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    assert files.beside(store.path, "-wal").stat().st_size > 0
    backup.copy(store.path, tmp_path / "copy.db")
    store.close()
    assert _events(tmp_path / "copy.db") == 12


def test_a_damaged_store_gives_no_copy(made: Path, tmp_path: Path) -> None:
    image = bytearray(made.read_bytes())
    for page in range(8_192, len(image), 4_096):
        image[page : page + 100] = b"\xee" * 100
    made.write_bytes(image)
    with pytest.raises(StoreCorrupt):
        backup.copy(made, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


def test_a_copy_that_cannot_be_written_says_so(made: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the copy was not made"):
        backup.copy(made, made / "not a folder" / "copy.db")


@pytest.mark.parametrize("content", [b"", b"some text " * 100])
def test_what_is_no_store_is_no_backup(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt):
        backup.verify(path)


def test_another_programs_database_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "cards.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cards (id)")
    with pytest.raises(StoreCorrupt, match=r"cards\.db is not a store of qbank"):
        backup.verify(path)
    with pytest.raises(StoreCorrupt, match=r"^cards\.db is not a store of qbank"):
        backup.copy(path, tmp_path / "copy.db")


# --- the folder of copies -------------------------------------------------------------


def test_names_tell_the_local_time_and_the_reason(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    clock = ManualClock(wall_utc_ms=NOON, offset_min=90)
    paths = [backup.save_into(folder, made, clock.read(), ASKED) for _ in range(2)]
    assert [each.name for each in paths] == [
        "qbank-20261119-133000-asked.db",
        "qbank-20261119-133000-1-asked.db",
    ]
    assert {each.path for each in backup.backups(folder)} == set(paths)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_other_files_in_the_folder_are_left_alone(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "qbank-holiday.db").write_text("mine")
    (folder / "notes.txt").write_text("mine")
    backup.save_into(folder, made, ManualClock().read(), DAY)
    backup.rotate(folder)
    assert len(backup.backups(folder)) == 1
    assert (folder / "qbank-holiday.db").exists()
    assert (folder / "notes.txt").exists()


def test_today_is_the_learners_day(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    clock = ManualClock(wall_utc_ms=NOON, offset_min=60)
    assert not backup.saved_today(folder, clock.read())
    backup.save_into(folder, made, clock.read(), ASKED)
    assert not backup.saved_today(folder, clock.read())
    backup.save_into(folder, made, clock.read(), DAY)
    clock.advance(10 * 3_600_000)
    assert backup.saved_today(folder, clock.read())
    clock.advance(3_600_000)
    assert not backup.saved_today(folder, clock.read())


FIRST_DAY = datetime(2026, 1, 1, 8, 0)


def _daily(day: int) -> Backup:
    made = FIRST_DAY + timedelta(days=day)
    return Backup(made, Path(f"qbank-{made:%Y%m%d-%H%M%S}-daily.db"), DAY)


def _kept_after(days: int) -> list[int]:
    kept: set[Backup] = set()
    for day in range(days):
        kept = backup.keep({*kept, _daily(day)})
    return sorted((each.made - FIRST_DAY).days for each in kept)


def test_what_the_rotation_keeps_after_three_years() -> None:
    kept = _kept_after(3 * 365)
    newest = 3 * 365 - 1
    assert kept[-12:] == list(range(newest - 11, newest + 1))
    assert len(kept) <= backup.DAILY + backup.WEEKLY + backup.MONTHLY
    assert newest - kept[0] > 8 * 28
    weeks = [day for day in kept if newest - 70 <= day]
    assert all(later - earlier <= 7 for earlier, later in pairwise(weeks))


@given(st.sets(st.integers(0, 800), min_size=1, max_size=60))
def test_the_rotation_keeps_the_newest_days_and_is_settled(days: set[int]) -> None:
    every = {_daily(day) for day in days}
    kept = backup.keep(every)
    assert {_daily(day) for day in sorted(days)[-backup.DAILY :]} <= kept <= every
    assert backup.keep(kept) == kept


def test_copies_a_person_asked_for_are_never_deleted() -> None:
    asked = [Backup(FIRST_DAY + timedelta(days=n), Path(f"{n}"), ASKED) for n in range(50)]
    other = [Backup(FIRST_DAY + timedelta(days=n), Path(f"{n}"), "before-purge") for n in range(50)]
    assert backup.keep([*asked, *other]) == {*asked, *other[-backup.OTHERS :]}


# --- putting one back -------------------------------------------------------------------


def test_damage_then_restore_gives_every_answer_back(made: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(made)) as connection:
        before = connection.execute("SELECT * FROM block_event").fetchall()
    copy = backup.save_into(tmp_path / "backups", made, ManualClock().read(), DAY)
    made.write_bytes(random.Random(3).randbytes(20_000))
    damaged = made.read_bytes()
    kept = backup.restore(made, copy, ManualClock().read())
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("SELECT * FROM block_event").fetchall() == before
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert ".replaced-" in kept.name
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_answers_that_stand_only_in_the_log_are_kept_with_the_replaced_file(tmp_path: Path) -> None:
    """A killed program leaves a log; beside the restored file it would be replayed into it."""
    store = fill(new_store(tmp_path / "old"))
    copy = tmp_path / "copy.db"
    backup.copy(store.path, copy)
    store.write(lambda connection: one_event(connection, 1, 7))
    killed = tmp_path / "killed" / "qbank.db"
    killed.parent.mkdir()
    for tail in ("", "-wal"):
        source, target = files.beside(store.path, tail), files.beside(killed, tail)
        target.write_bytes(source.read_bytes())
    store.close()
    kept = backup.restore(killed, copy, ManualClock().read())
    assert kept is not None
    assert (_events(killed), _events(kept)) == (12, 13)


def test_a_damaged_copy_replaces_nothing(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"SQLite format 3\0" + b"\x01" * 5_000)
    before = made.read_bytes()
    with pytest.raises(StoreCorrupt):
        backup.restore(made, copy, ManualClock().read())
    assert made.read_bytes() == before
    assert not list(tmp_path.glob("*.replaced-*"))


def test_restoring_where_there_is_no_store(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "qbank.db"
    assert backup.restore(target, made, ManualClock().read()) is None
    assert _events(target) == 12


def test_two_restores_in_one_second_keep_both(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.copy(made, copy)
    now = ManualClock().read()
    kept = {backup.restore(made, copy, now) for _ in range(2)}
    assert len(kept) == 2
    assert all(each is not None and each.exists() for each in kept)


def test_on_a_disk_without_links(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError("no links here")

    copy = tmp_path / "copy.db"
    backup.copy(made, copy)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    kept = backup.restore(made, copy, ManualClock().read())
    assert kept is not None
    assert (_events(made), _events(kept)) == (12, 12)


def test_the_newest_whole_copy(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    clock = ManualClock()
    assert backup.newest_whole(folder) is None
    paths = []
    for _ in range(3):
        paths.append(backup.save_into(folder, made, clock.read(), DAY))
        clock.advance(60_000)
    paths[2].write_bytes(b"broken")
    newest = backup.newest_whole(folder)
    assert newest is not None
    assert newest.path == paths[1]


def test_every_row_is_in_a_copy(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    for n in range(300):
        row = {"key": f"{n:03}", "value": "x" * 500}
        store.write(partial(insert, table="meta", row=row))
    backup.copy(store.path, tmp_path / "copy.db")
    store.close()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        rows = connection.execute("SELECT key FROM meta ORDER BY key").fetchall()
    assert [row[0] for row in rows] == [f"{n:03}" for n in range(300)]
