"""What the checks see: damage, a lost log, the wrong SQLite, a full disk."""

import random
import re
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from qbank.clock import ManualClock
from qbank.store import backup, check, files, lock, schema
from qbank.store.check import Part, Severity
from qbank.store.purge import purge, purgeable
from tests.support.stores import fill, new_store


@pytest.fixture
def made(tmp_path: Path) -> Path:
    store = fill(new_store(tmp_path))
    store.close()
    return store.path


def _sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _found(path: Path, *, thorough: bool = True) -> dict[Part, tuple[Severity, str]]:
    found = check.contents(path, thorough=thorough)
    return {each.part: (each.severity, each.text) for each in found}


def _answers(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        columns = "block_id, seq, at_ms, kind, payload, chain"
        return connection.execute(f"SELECT {columns} FROM block_event").fetchall()


def test_a_whole_store(made: Path) -> None:
    found = _found(made)
    assert {severity for severity, _ in found.values()} == {Severity.GOOD}
    assert set(found) == {
        Part.SCHEMA, Part.PAGES, Part.REFERENCES, Part.ANSWERS, Part.SEARCH
    }  # fmt: skip
    assert found[Part.ANSWERS][1] == "the log of answers is whole: 14 events"


def test_the_quick_check_still_reads_every_answer(made: Path) -> None:
    assert set(_found(made, thorough=False)) == {Part.SCHEMA, Part.PAGES, Part.ANSWERS}


UNGUARDED = ("DROP TRIGGER block_event_no_update", "DROP TRIGGER block_event_no_delete")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE block_event SET payload = '{}' WHERE block_id = 2 AND seq = 4", "from event 4"),
        ("UPDATE block_event SET at_ms = 1 WHERE block_id = 2 AND seq = 3", "from event 3"),
        ("DELETE FROM block_event WHERE block_id = 2 AND seq = 1", "from event 2"),
        ("DELETE FROM block_event WHERE block_id = 2 AND seq = 5", "from event 6"),
        ("UPDATE block SET uuid = 'another' WHERE id = 2", "block another from event 1"),
    ],
)
def test_an_answer_that_was_changed_or_lost(made: Path, damage: str, says: str) -> None:
    _sql(made, *UNGUARDED, damage)
    severity, text = _found(made, thorough=False)[Part.ANSWERS]
    assert severity is Severity.DAMAGE
    assert says in text


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE sitting_event SET at_ms = 1 WHERE seq = 2", "exam day sitting- from event 2"),
        ("DELETE FROM sitting_event WHERE seq = 1", "exam day sitting- from event 2"),
    ],
)
def test_an_event_of_an_exam_day_that_was_changed_or_lost(
    made: Path, damage: str, says: str
) -> None:
    guards = [each.replace("block_event", "sitting_event") for each in UNGUARDED]
    _sql(made, *guards, damage)
    assert says in _found(made, thorough=False)[Part.ANSWERS][1]


@pytest.mark.parametrize(
    "change", ["UPDATE sitting_event SET at_ms = 1", "DELETE FROM sitting_event"]
)
def test_the_log_of_an_exam_day_is_appended_to_only(made: Path, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="an event is never"):
        _sql(made, change)


def test_a_reference_that_leads_nowhere(made: Path) -> None:
    _sql(made, "DELETE FROM learner WHERE id = 1")
    severity, text = _found(made)[Part.REFERENCES]
    assert severity is Severity.DAMAGE
    assert "refers to a missing learner" in text


def test_a_search_index_that_does_not_match(made: Path) -> None:
    _sql(made, "UPDATE question_text SET stem = 'kidneys' WHERE question_id = 1")
    assert _found(made)[Part.SEARCH][0] is Severity.WARNING


def test_a_search_index_in_use_is_not_waited_for_long(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_TIMEOUT_MS", 50)
    with closing(sqlite3.connect(made, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _found(made)[Part.SEARCH] == (
            Severity.NOTE,
            "the search index was not looked at: it is in use",
        )


def test_the_checks_change_nothing(made: Path) -> None:
    before = made.read_bytes()
    _found(made)
    assert made.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "part", "severity"),
    [
        ("PRAGMA user_version = 0", Part.SCHEMA, Severity.WARNING),
        ("PRAGMA user_version = 9", Part.SCHEMA, Severity.REFUSED),
        ("PRAGMA application_id = 5", Part.SCHEMA, Severity.REFUSED),
    ],
)
def test_a_store_of_another_schema(made: Path, change: str, part: Part, severity: Severity) -> None:
    _sql(made, change)
    assert {name: each[0] for name, each in _found(made).items()} == {part: severity}


def test_no_store_yet(tmp_path: Path) -> None:
    assert _found(tmp_path / "qbank.db")[Part.FILE][0] is Severity.NOTE


def test_no_database(made: Path) -> None:
    made.write_bytes(b"\x00" * 10_000)
    assert _found(made)[Part.FILE][0] is Severity.DAMAGE


def test_flipped_bits_are_seen_or_harm_no_answer(made: Path, tmp_path: Path) -> None:
    _flip(made, tmp_path, 60)


def test_a_flipped_bit_in_an_answer_is_always_seen(made: Path, tmp_path: Path) -> None:
    image = made.read_bytes()
    places = [match.start() for match in re.finditer(rb'"position": ', image)]
    assert len(places) >= 12
    for place in places[:12]:
        path = tmp_path / "flip.db"
        path.write_bytes(image[:place] + bytes([image[place] ^ 2]) + image[place + 1 :])
        assert _found(path, thorough=False)[Part.ANSWERS][0] is Severity.DAMAGE


@pytest.mark.proof
def test_four_hundred_flipped_bits_are_seen_or_harm_no_answer(made: Path, tmp_path: Path) -> None:
    _flip(made, tmp_path, 400)


def _flip(made: Path, tmp_path: Path, flips: int) -> None:
    rng = random.Random(5)
    image, answers = made.read_bytes(), _answers(made)
    seen = 0
    for n in range(flips):
        flipped = bytearray(image)
        flipped[rng.randrange(len(image))] ^= 1 << rng.randrange(8)
        path = tmp_path / f"flip-{n}.db"
        path.write_bytes(flipped)
        bad = {Severity.DAMAGE, Severity.WARNING}
        found = any(severity in bad for severity, _ in _found(path).values())
        seen += found
        assert found or _answers(path) == answers
        path.unlink()
    assert seen


# --- purging ----------------------------------------------------------------------------


def test_a_purge_takes_deleted_blocks_alone(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    with store.read() as connection:
        assert purgeable(connection).blocks == 0
    store.write(
        lambda c: c.exec_driver_sql("UPDATE block SET deleted_at = 5 WHERE id = 1").rowcount
    )
    with store.read() as connection:
        assert (purgeable(connection).blocks, purgeable(connection).events) == (1, 6)
    erased = store.write(purge)
    assert (erased.blocks, erased.events) == (1, 6)
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, repeat_of FROM block").all()
        assert [tuple(row) for row in rows] == [(2, None)]
        for table in ("attempt", "attempt_mark", "block_event", "block_question"):
            left = connection.exec_driver_sql(f"SELECT DISTINCT block_id FROM {table}").scalars()
            assert set(left.all()) <= {2}
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 1
        marks = connection.exec_driver_sql("SELECT key, value FROM meta ORDER BY key").all()
        assert [tuple(row) for row in marks] == [("purged_events", "6"), ("store_id", "5f0c")]
    store.close()
    assert {each[0] for each in _found(store.path).values()} == {Severity.GOOD}


def test_an_exam_day_is_erased_with_the_last_of_its_blocks(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    another = "INSERT INTO sitting SELECT 2, 'open', learner_id, name, preset, 'break', spec, "
    another += "created_at, started_at, NULL, 0, 0, '', 0, 0 FROM sitting"

    def days() -> list[int]:
        with store.read() as connection:
            return list(connection.exec_driver_sql("SELECT id FROM sitting").scalars())

    store.write(lambda c: c.exec_driver_sql(another).rowcount)
    store.write(purge)
    assert days() == [1, 2]
    store.write(
        lambda c: c.exec_driver_sql("UPDATE block SET deleted_at = 5 WHERE id = 2").rowcount
    )
    assert store.write(purge).events == 6 + 2
    assert days() == [2]
    store.close()
    assert {each[0] for each in _found(store.path).values()} == {Severity.GOOD}


def test_what_was_purged_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    store.write(
        lambda c: (
            c.exec_driver_sql(
                "UPDATE block SET deleted_at = 5, name = 'a name like no other' WHERE id = 1"
            ).rowcount
        )
    )
    store.write(purge)
    store.close()
    assert b"a name like no other" not in store.path.read_bytes()


def test_after_a_purge_the_log_is_guarded_again(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    store.write(
        lambda c: c.exec_driver_sql("UPDATE block SET deleted_at = 5 WHERE id = 1").rowcount
    )
    store.write(purge)
    store.close()
    refused = pytest.raises(sqlite3.IntegrityError, match="never deleted")
    with closing(sqlite3.connect(store.path)) as connection, refused:
        connection.execute("DELETE FROM block_event")


# --- what is around it --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 1), True),
        ((3, 50, 4), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 1), False),
        ((4, 0, 0), False),
    ],
)
def test_which_sqlite_has_the_wal_reset_fault(version: tuple[int, ...], faulty: bool) -> None:
    assert check.has_wal_reset_fault(version) is faulty


def _around(path: Path, copy: Path | None = None) -> dict[Part, list[tuple[Severity, str]]]:
    found: dict[Part, list[tuple[Severity, str]]] = {}
    for each in check.surroundings(path, path.with_name("qbank.lock"), copy):
        found.setdefault(each.part, []).append((each.severity, each.text))
    return found


def test_around_a_store_in_order(made: Path, tmp_path: Path) -> None:
    copy = backup.save_into(tmp_path / "backups", made, ManualClock().read(), backup.DAY)
    found = _around(made, copy)
    bad = {Severity.WARNING, Severity.DAMAGE}
    assert [each for several in found.values() for each in several if each[0] in bad] == []
    assert found[Part.BACKUP] == [(Severity.GOOD, f"the newest backup is whole: {copy.name}")]
    assert found[Part.LOCK] == [(Severity.GOOD, "no qbank is open")]


def test_around_no_store(tmp_path: Path) -> None:
    found = _around(tmp_path / "not" / "yet" / "qbank.db")
    assert set(found) == {Part.SQLITE, Part.LOCK, Part.SPACE, Part.BACKUP}
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_others_may_read(made: Path) -> None:
    made.chmod(0o644)
    assert _around(made)[Part.PERMISSIONS] == [
        (Severity.WARNING, "others on this machine may read the store")
    ]


def test_who_holds_the_lock(made: Path) -> None:
    held = lock.take(made.with_name("qbank.lock"), ManualClock())
    ((severity, text),) = _around(made)[Part.LOCK]
    assert severity is Severity.NOTE
    assert text.startswith("qbank is open in process")
    held.release()


def test_a_log_that_has_grown(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.beside(made, "-wal").write_bytes(b"x" * 2_000_000)
    monkeypatch.setattr(check, "WAL_WARNING", 1_000_000)
    assert (Severity.WARNING, "the write-ahead log has grown to 2 MB") in _around(made)[Part.DISK]


def test_a_network_disk(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "shared_disk", lambda _: "a network disk (nfs)")
    assert (Severity.WARNING, "the store is on a network disk (nfs)") in _around(made)[Part.DISK]


def test_a_disk_nearly_full(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 80, 20_000_000))
    assert _around(made)[Part.SPACE] == [(Severity.WARNING, "only 20 MB are free")]


def test_a_store_moved_without_its_log(tmp_path: Path) -> None:
    """The main file alone opens without complaint, and lacks what stood in the log."""
    store = new_store(tmp_path)
    store.close()
    store = new_store(tmp_path)
    moved = tmp_path / "moved" / "qbank.db"
    moved.parent.mkdir()
    fill(store)
    moved.write_bytes(store.path.read_bytes())
    copy = backup.save_into(tmp_path / "backups", store.path, ManualClock().read(), backup.DAY)
    store.close()
    assert schema.inspect(moved) is schema.SchemaState.CURRENT
    assert {each[0] for each in _found(moved).values()} == {Severity.GOOD}
    ((severity, text),) = _around(moved, copy)[Part.BACKUP]
    assert severity is Severity.DAMAGE
    assert text.startswith("the newest backup holds 14 events that the store lacks")


def test_what_was_purged_is_not_missing(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))
    copy = backup.save_into(tmp_path / "backups", store.path, ManualClock().read(), backup.DAY)
    store.write(
        lambda c: c.exec_driver_sql("UPDATE block SET deleted_at = 5 WHERE id = 1").rowcount
    )
    store.write(purge)
    assert _around(store.path, copy)[Part.BACKUP][0][0] is Severity.GOOD
    store.close()
