"""The service around copies: what a person asks for, and what a start does by itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from qbank.clock import ManualClock
from qbank.errors import NotFound, SchemaAhead, StoreCorrupt, StoreError, UsageError
from qbank.services.backup import BackupService
from qbank.store import backup, check
from qbank.store.check import Part, Severity
from qbank.store.engine import Store, open_store
from tests.support.stores import fill, new_store, one_event

DAY_MS = 24 * 3_600_000


@dataclass
class House:
    """A data folder with an open store and the service on it."""

    folder: Path
    clock: ManualClock
    store: Store
    service: BackupService

    @property
    def copies(self) -> list[str]:
        """Why each copy in the folder was made, the oldest first."""
        return [each.reason for each in backup.backups(self.folder / "backups")]

    def sql(self, statement: str) -> None:
        """Change the store behind its back."""
        with closing(sqlite3.connect(self.store.path)) as connection:
            connection.execute(statement)
            connection.commit()

    def again(self) -> "House":
        """Close the store and start anew."""
        self.store.close()
        return _open(self.folder, self.clock)


def _open(folder: Path, clock: ManualClock) -> House:
    store = open_store(folder / "qbank.db", clock)
    places = (folder / "qbank.db", folder / "backups", folder / "qbank.lock")
    return House(folder, clock, store, BackupService(*places, clock, store))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = ManualClock()
    fill(new_store(tmp_path, clock)).close()
    opened = _open(tmp_path, clock)
    yield opened
    opened.store.close()


def test_a_copy_that_was_asked_for(house: House) -> None:
    path = house.service.backup()
    assert path.parent == house.folder / "backups"
    backup.verify(path)
    assert [each.path for each in house.service.list()] == [path]


def test_a_copy_into_a_folder_or_under_a_name(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    assert house.service.backup(folder).parent == folder
    named = house.service.backup(folder / "mine.db")
    assert named == folder / "mine.db"
    backup.verify(named)
    assert house.copies == []


def test_a_copy_never_writes_over_a_file(house: House, tmp_path: Path) -> None:
    target = tmp_path / "precious.db"
    target.write_text("precious")
    with pytest.raises(UsageError, match="exists already"):
        house.service.backup(target)
    assert target.read_text() == "precious"
    with pytest.raises(UsageError, match="no folder"):
        house.service.backup(tmp_path / "nowhere" / "copy.db")


def test_no_store_no_copy(tmp_path: Path) -> None:
    service = BackupService(
        tmp_path / "qbank.db", tmp_path / "backups", tmp_path / "qbank.lock", ManualClock()
    )
    with pytest.raises(StoreError, match="there is no store"):
        service.backup()
    assert service.daily() is None
    assert list(tmp_path.iterdir()) == []


def test_no_room_no_copy(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "SPACE_WANTED", 10**18)
    with pytest.raises(StoreError, match="MB are free"):
        house.service.backup()


def test_one_copy_a_day(house: House) -> None:
    assert house.service.daily() is not None
    assert house.service.daily() is None
    house.clock.advance(DAY_MS)
    assert house.service.daily() is not None
    assert house.copies == ["daily", "daily"]


def test_daily_copies_rotate(house: House) -> None:
    for _ in range(30):
        house.clock.advance(DAY_MS)
        house.service.daily()
    assert backup.DAILY <= len(house.copies) < 25


def test_damage_is_undone(house: House) -> None:
    path = house.service.backup()
    house.store.write(lambda connection: one_event(connection, 1, 7))
    kept = house.service.restore(path)
    assert kept is not None
    opened = house.again()
    with opened.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM block_event").scalar() == 12
    opened.store.close()
    with closing(sqlite3.connect(kept)) as replaced:
        assert replaced.execute("SELECT count(*) FROM block_event").fetchone() == (13,)


def test_what_cannot_be_restored(house: House, tmp_path: Path) -> None:
    before = house.store.path.read_bytes()
    house.service.backup(tmp_path / "good.db")
    newer = house.service.backup(tmp_path / "newer.db")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    (tmp_path / "text.db").write_text("not a store " * 99)
    with pytest.raises(StoreCorrupt) as caught:
        house.service.restore(tmp_path / "text.db")
    assert "qbank restore" not in caught.value.hint
    for source, error in [
        (tmp_path / "absent.db", NotFound),
        (tmp_path / "text.db", StoreCorrupt),
        (newer, SchemaAhead),
        (house.store.path, UsageError),
    ]:
        with pytest.raises(error):
            house.service.restore(source)
    assert house.store.path.read_bytes() == before
    assert not house.store.read_only
    house.store.write(lambda connection: one_event(connection, 1, 7))


def test_an_unknown_backup_names_the_nearest(house: House) -> None:
    path = house.service.backup()
    with pytest.raises(NotFound) as caught:
        house.service.restore(Path(path.name.replace("asked", "aksed")))
    assert path.name in caught.value.hint


def test_an_unknown_backup_like_no_other_names_the_newest(house: House) -> None:
    with pytest.raises(NotFound) as caught:
        house.service.restore(Path("x"))
    assert "There is none in" in caught.value.hint
    path = house.service.backup()
    with pytest.raises(NotFound) as caught:
        house.service.restore(Path("x"))
    assert path.name in caught.value.hint
    assert str(path.parent) in caught.value.hint


# --- checking ---------------------------------------------------------------------------------


def test_a_store_in_health(house: House) -> None:
    path = house.service.backup()
    health = house.service.doctor()
    assert health.good
    assert not health.damaged
    assert health.backup == path
    assert {each.part for each in health.found} == set(Part) - {Part.FILE}


def test_a_damaged_store_names_the_newest_whole_backup(house: House) -> None:
    path = house.service.backup()
    house.store.close()
    house.store.path.write_bytes(b"\xff" * 9_000)
    health = house.service.doctor()
    assert health.damaged
    assert not health.good
    assert health.backup == path


def test_a_start_checks_and_copies(house: House) -> None:
    health = house.service.at_start()
    assert health.good
    assert house.copies == ["daily"]
    assert Part.REFERENCES in {each.part for each in health.found}


def test_the_second_start_of_a_day_is_quick_and_a_week_later_thorough(house: House) -> None:
    house.service.at_start()
    assert Part.REFERENCES not in {each.part for each in house.service.at_start().found}
    house.clock.advance(7 * DAY_MS)
    assert Part.REFERENCES in {each.part for each in house.service.at_start().found}


def test_a_start_after_an_end_that_was_not_clean_is_thorough(house: House) -> None:
    house.service.at_start()
    house.store.unclean = True
    assert Part.REFERENCES in {each.part for each in house.service.at_start().found}


def test_a_start_on_a_damaged_store_makes_no_copy_of_it(house: House) -> None:
    path = house.service.daily()
    house.clock.advance(DAY_MS)
    house.sql("DROP TRIGGER block_event_no_update")
    house.sql("UPDATE block_event SET payload = '{}' WHERE seq = 3")
    health = house.service.at_start()
    assert health.damaged
    assert health.backup == path
    assert house.copies == ["daily"]


def test_a_start_mends_the_search_index(house: House) -> None:
    house.sql("UPDATE question_text SET stem = 'kidneys' WHERE question_id = 1")
    found = {each.part: each.severity for each in house.service.at_start().found}
    assert found[Part.SEARCH] is Severity.WARNING
    found = {each.part: each.severity for each in house.service.doctor().found}
    assert found[Part.SEARCH] is Severity.GOOD


def test_a_start_that_only_reads_changes_nothing(house: House) -> None:
    reading = open_store(house.store.path, house.clock, read_only=True)
    folder = house.folder
    places = (folder / "qbank.db", folder / "backups", folder / "qbank.lock")
    assert BackupService(*places, house.clock, reading).at_start().good
    assert house.copies == []
    reading.close()


# --- erasing ----------------------------------------------------------------------------------


def test_a_purge_keeps_a_copy_of_what_it_erases(house: House) -> None:
    house.store.write(
        lambda c: c.exec_driver_sql("UPDATE block SET deleted_at = 5 WHERE id = 2").rowcount
    )
    wanted = house.service.purgeable()
    erased = house.service.purge()
    assert (erased.blocks, erased.events) == (wanted.blocks, wanted.events) == (1, 6 + 2)
    with closing(sqlite3.connect(erased.backup)) as connection:
        assert connection.execute("SELECT count(*) FROM block_event").fetchone() == (12,)
    assert house.service.purgeable().blocks == 0
    assert house.service.doctor().good


def test_erasing_and_checking_need_an_open_store(tmp_path: Path) -> None:
    service = BackupService(
        tmp_path / "qbank.db", tmp_path / "backups", tmp_path / "qbank.lock", ManualClock()
    )
    for work in (service.purge, service.purgeable, service.at_start):
        with pytest.raises(StoreError, match="not open"):
            work()
