"""The writer's thread: order, durability of what is acknowledged, failures, and its end."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from qbank.clock import ManualClock
from qbank.errors import NotSaved, StoreBusy
from qbank.store import files
from qbank.store.engine import Store, open_store
from qbank.store.writer import THREAD
from tests.support.doomed import doomed
from tests.support.doomed_work import hold
from tests.support.stores import insert, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path)
    yield opened
    opened.close()


def _keep(key: str) -> Callable[[Connection], str]:
    """A job that writes a row and returns its key."""

    def job(connection: Connection) -> str:
        insert(connection, "meta", {"key": key, "value": ""})
        return key

    return job


def _kept(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT key FROM meta ORDER BY rowid").fetchall()
    connection.close()
    return [row[0] for row in rows]


def test_jobs_run_in_order_on_one_thread(store: Store) -> None:
    names = []

    def named(key: str) -> Callable[[Connection], str]:
        def job(connection: Connection) -> str:
            names.append(threading.current_thread().name)
            return _keep(key)(connection)

        return job

    waiting = [store.submit(named(f"{n:03}")) for n in range(50)]
    for each in waiting:
        each.result(timeout=10)
    assert _kept(store.path) == [f"{n:03}" for n in range(50)]
    (name,) = set(names)
    assert name.startswith(THREAD)
    assert name != threading.current_thread().name


def test_what_is_done_is_seen_by_another_connection(store: Store) -> None:
    for n in range(5):
        assert store.submit(_keep(str(n))).result(timeout=10) == str(n)
        assert _kept(store.path)[-1] == str(n)


def test_one_job_is_one_transaction(store: Store) -> None:
    def job(connection: Connection) -> None:
        _keep("first")(connection)
        assert _kept(store.path) == []
        _keep("second")(connection)

    store.write(job)
    assert _kept(store.path) == ["first", "second"]


def test_a_failure_goes_to_its_own_future_alone(store: Store) -> None:
    def bad(connection: Connection) -> str:
        _keep("bad")(connection)
        raise LookupError("this one")

    jobs = [store.submit(_keep("a")), store.submit(bad)]
    jobs += [store.submit(_keep("b"))]
    with pytest.raises(LookupError, match="this one"):
        jobs[1].result(timeout=10)
    assert (jobs[0].result(timeout=10), jobs[2].result(timeout=10)) == ("a", "b")
    assert _kept(store.path) == ["a", "b"]


def test_closing_drains_the_queue(store: Store) -> None:
    hold = threading.Event()
    first = store.submit(lambda _: hold.wait(10))
    rest = [store.submit(_keep(f"{n:02}")) for n in range(30)]
    closing = threading.Thread(target=store.close)
    closing.start()
    assert not first.done()
    assert not any(each.done() for each in rest)
    hold.set()
    closing.join(timeout=10)
    assert not closing.is_alive()
    assert [each.result(timeout=0) for each in rest] == [f"{n:02}" for n in range(30)]
    assert _kept(store.path) == [f"{n:02}" for n in range(30)]


def test_a_job_after_the_end_is_refused(store: Store) -> None:
    store.close()
    with pytest.raises(NotSaved, match="the store is closed"):
        store.write(_keep("late"))
    assert _kept(store.path) == []


def test_a_job_that_waits_for_another_job_is_a_bug_that_speaks(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside the writer already"):
        store.write(lambda _: store.write(_keep("inner")))
    store.write(_keep("fine"))


def test_a_lock_held_for_a_moment_is_waited_for(store: Store) -> None:
    with doomed(hold, store.path, 1.0) as other:
        assert other.next() == "held"
        waiting = store.submit(_keep("patient"))
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        assert waiting.result(timeout=4.9) == "patient"
    assert _kept(store.path) == ["patient"]


def test_a_lock_held_for_long_is_told_and_the_next_try_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_TIMEOUT_MS", 200)
    monkeypatch.setattr(
        "qbank.store.engine.SETTINGS",
        {"busy_timeout": 200, "foreign_keys": 1},
    )
    store = open_store(tmp_path / "busy" / "qbank.db", ManualClock())
    with doomed(hold, store.path, 60.0) as other:
        assert other.next() == "held"
        with pytest.raises(StoreBusy, match="another program holds the store"):
            store.write(_keep("refused"))
    store.write(_keep("now"))
    with store.read() as connection:
        assert connection.execute(text("SELECT key FROM meta")).scalars().all() == ["now"]
    store.close()
