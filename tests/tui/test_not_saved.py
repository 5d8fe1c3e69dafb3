"""Saving fails: the person knows at once, the clock stands, and nothing is lost."""

import json
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from qbank.block.model import Phase
from qbank.services.views import SaveState
from qbank.store.engine import Store
from qbank.tui.screens.block import Block
from qbank.tui.screens.home import Home
from tests.tui.support import Seat, sitting

Repair = Callable[[], None]


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Repair]:
    """Breaks every write from the call on; what it gives mends them."""

    def begin() -> Repair:
        submit = Store.submit

        def broken(self: Store, work: Callable[[Connection], Any]) -> Future[Any]:
            def fail(connection: Connection) -> Any:
                raise OSError("the disk is full")

            return submit(self, fail)

        monkeypatch.setattr(Store, "submit", broken)
        return lambda: monkeypatch.setattr(Store, "submit", submit)

    return begin


async def _fail(seat: Seat) -> None:
    await seat.press("b")
    await seat.until("not saved yet: keep this window open")
    await seat.until("Save a copy")
    assert seat.block.runner.unsaved


async def test_a_retry_saves_what_was_kept_and_the_clock_goes_on(
    data: Path, breaking: Callable[[], Repair]
) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("a", "enter")
        await seat.until("Question 2 of 20")
        assert seat.block.runner.wait_saved(10)
        repair = breaking()
        await _fail(seat)
        left = seat.block.runner.clock().remaining_ms
        seat.clock.advance(60_000)
        seat.block.tick()
        assert seat.block.runner.clock().remaining_ms == left
        repair()
        await seat.press("enter")
        await seat.until("B ●")
        assert seat.on(Block)
        assert seat.block.runner.save_state is SaveState.SAVED
        assert seat.block.runner.clock().remaining_ms == left


async def test_it_asks_again_while_the_disk_stays_full(
    data: Path, breaking: Callable[[], Repair]
) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        assert seat.block.runner.wait_saved(10)
        repair = breaking()
        await _fail(seat)
        await seat.press("enter")
        await seat.until("Try again")
        repair()
        await seat.press("enter")
        await seat.until("B ●")


async def test_a_copy_holds_the_whole_block(
    data: Path, tmp_path: Path, breaking: Callable[[], Repair]
) -> None:
    copy = tmp_path / "copy.json"
    async with sitting(data) as seat:
        await seat.begin()
        assert seat.block.runner.wait_saved(10)
        repair = breaking()
        await _fail(seat)
        await seat.press("down", "enter")
        field = seat.app.screen.query_one("#text")
        assert "qbank-block.json" in str(getattr(field, "value", ""))
        await seat.press("home", "shift+end", "delete", *str(copy), "enter")
        for _ in range(50):
            await seat.settle()
            if seat.on(Home):
                break
        assert seat.on(Home)
        repair()
    kept = json.loads(copy.read_text())
    assert "answered" in json.dumps(kept).lower()


async def test_nothing_is_answered_while_nothing_can_be_saved(
    data: Path, breaking: Callable[[], Repair]
) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        assert seat.block.runner.wait_saved(10)
        repair = breaking()
        await _fail(seat)
        before = seat.state
        await seat.press("escape")
        seat.block.tick()
        await seat.settle()
        assert seat.on(Block)
        assert "! 1 step not saved yet: keep this window open" in seat.lines[1]
        repair()
        await seat.press("c")
        assert seat.state == before
        assert seat.state.phase is Phase.RUNNING
        await seat.until("Try again")
        await seat.press("enter")
        await seat.until("B ●")
