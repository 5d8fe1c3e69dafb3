"""When the disk is slow, full or gone: what is said, what stands still, that nothing is lost."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from qbank.block import commands as c
from qbank.errors import (
    ConcurrentRun,
    IllegalCommand,
    NotFound,
    NotSaved,
    QbankError,
    UsageError,
)
from qbank.services.log_copy import read_copy
from qbank.services.runner import BlockRunner
from qbank.services.views import SaveState
from tests.support.desk import WAIT_S, Desk, desk_in


@contextmanager
def full_disk(desk: Desk) -> Iterator[Callable[[], None]]:
    """The store may not grow; the function given makes room again."""

    def limit(pages: str) -> None:
        desk.store.write(lambda connection: connection.exec_driver_sql(pages).fetchall())

    limit("PRAGMA max_page_count = 1")  # SQLite takes the present size for a smaller number
    try:
        yield lambda: limit("PRAGMA max_page_count = 1000000")
    finally:
        limit("PRAGMA max_page_count = 1000000")


@contextmanager
def broken_disk(desk: Desk, error: Exception) -> Iterator[Callable[[], None]]:
    """Every commit fails until the function given is called."""
    real, mended = desk.store.submit, threading.Event()

    def submit(job: Callable[[Connection], Any]) -> Any:
        def failing(connection: Connection) -> Any:
            done = job(connection)
            if not mended.is_set():
                raise error
            return done

        return real(failing)

    desk.store.submit = submit  # type: ignore[method-assign]  # the fault
    try:
        yield mended.set
    finally:
        del desk.store.submit


@contextmanager
def slow_disk(desk: Desk) -> Iterator[threading.Event]:
    """No commit returns before the event is set."""
    real, gate = desk.store.submit, threading.Event()

    def submit(job: Callable[[Connection], Any]) -> Any:
        def waiting(connection: Connection) -> Any:
            done = job(connection)
            assert gate.wait(WAIT_S)
            return done

        return real(waiting)

    desk.store.submit = submit  # type: ignore[method-assign]  # the fault
    try:
        yield gate
    finally:
        gate.set()
        del desk.store.submit


def fill(desk: Desk, runner: BlockRunner) -> int:
    """Highlight until the disk is full; how many highlights there were."""
    for turn in range(1, 2_000):
        spans = tuple((place * 10, place * 10 + turn % 9 + 1) for place in range(100))
        try:
            runner.do(c.Highlight(1, spans))
        except NotSaved:
            return turn
        runner.wait_saved(WAIT_S)
    raise AssertionError("the disk was never full")


def saving(runner: BlockRunner) -> str:
    """The state of saving, asked anew."""
    return runner.save_state.value


def test_a_full_disk_stops_answering_and_time_and_loses_nothing(desk: Desk) -> None:
    runner = desk.begin(3)
    desk.clock.advance(1_000)
    with full_disk(desk) as make_room:
        fill(desk, runner)
        assert runner.save_state is SaveState.FAILED
        waiting = runner.unsaved
        assert waiting >= 1
        stands_at = runner.clock()
        desk.clock.advance(60_000)
        desk.clock.sleep_machine(60_000)
        assert runner.poll() == ()
        assert runner.clock() == stands_at
        with pytest.raises(NotSaved, match="disk is full"):
            runner.do(c.Flag(1))
        assert runner.unsaved == waiting
        runner.retry()
        assert not runner.wait_saved(WAIT_S)
        assert runner.unsaved == waiting
        make_room()
        runner.retry()
        assert runner.wait_saved(WAIT_S)
    assert (runner.unsaved, runner.save_state) == (0, SaveState.SAVED)
    assert runner.poll() == ()
    assert runner.clock() == stands_at
    desk.clock.advance(2_000)
    assert runner.clock().used_ms == stands_at.used_ms + 2_000
    runner.do(c.Flag(1))
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert desk.review.rebuild().changed == 0
    assert desk.history.find("1").used_ms == stands_at.used_ms + 2_000


def test_nothing_is_written_past_a_failure(desk: Desk) -> None:
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    with broken_disk(desk, NotSaved("the disk reported an error")) as mend:
        runner.do(c.Answer(1, ("a",)))
        assert not runner.wait_saved(WAIT_S)
        assert not runner.saved(1)
        mend()
        with pytest.raises(NotSaved, match="reported an error"):
            runner.do(c.Answer(1, ("b",)))
        assert runner.state.response(1) == ("a",)
        runner.retry()
        assert runner.wait_saved(WAIT_S)
        assert runner.saved(1)
    desk.start_again()
    again = desk.blocks.open(runner.spec.block_id)
    assert again.state.response(1) == ("a",)


def test_what_waits_behind_a_failure_is_not_even_tried(desk: Desk) -> None:
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    real, tried, gate = runner._saver._write, [], threading.Event()

    def failing_once(connection: Connection, batches: Any) -> None:
        tried.append(len(batches))
        if len(tried) == 1:
            assert gate.wait(WAIT_S)
            raise NotSaved("the disk is full")
        real(connection, batches)

    runner._saver._write = failing_once
    for option in "abc":
        runner.do(c.Answer(1, (option,)))
    gate.set()
    assert not runner.wait_saved(WAIT_S)
    desk.store.write(lambda _: None)  # every job that was queued has come to its end
    assert len(tried) == 1
    runner.retry()
    assert runner.wait_saved(WAIT_S)
    assert runner.state.response(1) == ("c",)
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert desk.review.report(runner.spec.block_id).attempts[0].changes == 2


def test_a_retry_while_old_jobs_still_wait(desk: Desk) -> None:
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    real, fail, go_on = runner._saver._write, threading.Event(), threading.Event()

    def failing(_: Connection, __: Any) -> None:
        assert fail.wait(WAIT_S)
        raise NotSaved("the disk is full")

    runner._saver._write = failing
    runner.do(c.Answer(1, ("a",)))
    desk.store.submit(lambda _: go_on.wait(WAIT_S))
    runner.do(c.Answer(1, ("b",)))
    fail.set()
    assert not runner.wait_saved(WAIT_S)
    runner._saver._write = real
    runner.retry()
    go_on.set()
    assert runner.wait_saved(WAIT_S)
    assert runner.unsaved == 0


def test_a_commit_that_was_made_and_not_told_is_a_retry(desk: Desk) -> None:
    """The worst moment: the row is on disk, the answer to it got lost."""
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    real = desk.store.submit

    def lost_reply(job: Callable[[Connection], Any]) -> Any:
        future = real(job)
        future.result(WAIT_S)
        return real(lambda _: (_ for _ in ()).throw(NotSaved("no reply")))

    desk.store.submit = lost_reply  # type: ignore[method-assign]  # the fault
    runner.do(c.Answer(1, ("c",)))
    assert not runner.wait_saved(WAIT_S)
    del desk.store.submit
    runner.retry()
    assert runner.wait_saved(WAIT_S)
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert desk.review.report(runner.spec.block_id).attempts[0].final == ("c",)


def test_a_heartbeat_that_fails_is_said_too(desk: Desk) -> None:
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    with broken_disk(desk, NotSaved("the disk is full")) as mend:
        desk.clock.advance(10_000)
        runner.poll()
        runner.wait_saved(WAIT_S)
        assert runner.save_state is SaveState.FAILED
        mend()
        runner.retry()
    runner.do(c.Flag(1))
    assert runner.wait_saved(WAIT_S)
    assert runner.clock().used_ms == 10_000


def test_a_fault_of_ours_stops_the_block_too(desk: Desk) -> None:
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    with broken_disk(desk, ZeroDivisionError("a fault")):
        runner.do(c.Flag(1))
        runner.wait_saved(WAIT_S)
        with pytest.raises(NotSaved) as caught:
            runner.do(c.Flag(1))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_over_a_quarter_of_a_second_saving_is_slow(desk: Desk) -> None:
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    with slow_disk(desk) as gate:
        runner.do(c.Answer(1, ("a",)))
        assert saving(runner) == "waiting"
        desk.clock.advance(251)
        assert saving(runner) == "slow"
        runner.do(c.Answer(1, ("b",)))
        desk.clock.advance(5_000)
        runner.poll()
        assert (runner.unsaved, runner.saved(1)) == (2, False)
        assert not runner.wait_saved(0)
        gate.set()
        assert runner.wait_saved(WAIT_S)
    assert runner.saved(1)
    assert runner.save_state is SaveState.SAVED


def test_what_piled_up_goes_in_one_transaction(desk: Desk) -> None:
    runner = desk.begin(3)
    assert runner.wait_saved(WAIT_S)
    written: list[int] = []
    real = runner._saver._write

    def counting(connection: Connection, batches: Any) -> None:
        written.append(len(batches))
        real(connection, batches)

    runner._saver._write = counting
    with slow_disk(desk) as gate:
        runner.do(c.Flag(1))
        for option in "abcde" * 4:
            runner.do(c.Answer(1, (option,)))
        gate.set()
        assert runner.wait_saved(WAIT_S)
    assert sum(written) == 21
    assert len(written) <= 3


def test_a_copy_holds_the_whole_log_and_lets_the_block_go(desk: Desk, tmp_path: Path) -> None:
    runner = desk.begin(3)
    desk.answer(runner, 1, "a")
    assert runner.wait_saved(WAIT_S)
    with broken_disk(desk, NotSaved("the disk is full")):
        runner.do(c.Answer(1, ("b",)))
        runner.wait_saved(WAIT_S)
        copy = tmp_path / "block.json"
        runner.export_log(copy)
        with pytest.raises(UsageError, match="exists already"):
            runner.export_log(copy)
    block_id, entries = read_copy(copy)
    assert block_id == runner.spec.block_id
    assert [entry.seq for entry in entries] == [1, 2, 3, 4]
    assert json.loads(entries[-1].payload)["options"] == ["b"]
    with pytest.raises(IllegalCommand):
        runner.do(c.Flag(1))


def test_a_copy_brings_back_what_the_store_lacks(desk: Desk, tmp_path: Path) -> None:
    runner = desk.begin(3)
    desk.answer(runner, 1, "a")
    assert runner.wait_saved(WAIT_S)
    copy = tmp_path / "block.json"
    with broken_disk(desk, NotSaved("the disk is full")):
        desk.answer(runner, 1, "b")
        runner.wait_saved(WAIT_S)
        runner.export_log(copy)
    assert desk.blocks.recognises(copy)
    assert desk.blocks.take_back(copy, dry_run=True).new == 1
    assert desk.blocks.take_back(copy).new == 1
    assert desk.blocks.take_back(copy).new == 0
    again = desk.blocks.open(runner.spec.block_id)
    assert again.state.response(1) == ("b",)
    assert again.clock().used_ms == 20_000


def test_a_copy_that_went_another_way_is_refused(desk: Desk, tmp_path: Path) -> None:
    runner = desk.begin(2)
    assert runner.wait_saved(WAIT_S)
    copy = tmp_path / "block.json"
    with broken_disk(desk, NotSaved("the disk is full")):
        runner.do(c.Answer(1, ("b",)))
        runner.wait_saved(WAIT_S)
        runner.export_log(copy)
    with desk_in(tmp_path / "elsewhere") as other, pytest.raises(NotFound):
        other.blocks.take_back(copy)
    again = desk.blocks.open(runner.spec.block_id)
    with pytest.raises(ConcurrentRun, match="this block is open"):
        desk.blocks.take_back(copy)
    again.do(c.Flag(1))
    assert again.wait_saved(WAIT_S)
    again.close()
    with pytest.raises(ConcurrentRun, match="differently here from event 3 on"):
        desk.blocks.take_back(copy)


def test_a_copy_of_a_newer_qbank_is_refused_as_that(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "copy.json"
    file.write_text('{"format": "qbank-log/9", "block": "x", "events": []}')
    assert desk.blocks.recognises(file)
    with pytest.raises(UsageError, match="newer qbank"):
        desk.blocks.take_back(file)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "qbank-log/1"}', "\xff"])
def test_a_file_that_is_no_copy_is_refused(desk: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "copy.json"
    file.write_text(text, encoding="latin-1")
    assert desk.blocks.recognises(file) is ("qbank-log" in text)
    with pytest.raises(QbankError):
        desk.blocks.take_back(file)
