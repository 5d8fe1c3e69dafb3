"""A store that takes two seconds for everything: keys are on the screen at once all the same."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import Connection

from qbank.bootstrap import open_app
from qbank.clock import SystemClock
from qbank.services.views import SaveState
from qbank.store.engine import Store
from tests.tui.support import Seat, settings_for, sitting

DELAY_S = 2.0
ECHO_S = 0.1


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], threading.Event]:
    """From the call on, every read and commit takes two seconds more, until the event is set."""

    def begin() -> threading.Event:
        over = threading.Event()
        read, submit = Store.read, Store.submit

        @contextmanager
        def slow_read(self: Store) -> Iterator[Connection]:
            over.wait(DELAY_S)
            with read(self) as connection:
                yield connection

        def slow_submit(self: Store, work: Callable[[Connection], Any]) -> Future[Any]:
            def slow_work(connection: Connection) -> Any:
                done = work(connection)
                over.wait(DELAY_S)
                return done

            return submit(self, slow_work)

        monkeypatch.setattr(Store, "read", slow_read)
        monkeypatch.setattr(Store, "submit", slow_submit)
        return over

    return begin


async def _echo(seat: Seat, key: str, shown: Callable[[], bool]) -> float:
    """Seconds from a key to its effect on the screen."""
    before = time.perf_counter()
    await seat.pilot.press(key)
    while not shown():
        await asyncio.sleep(0.002)
        assert time.perf_counter() - before < DELAY_S, seat.text
    return time.perf_counter() - before


def _check(took: list[float]) -> None:
    """As a rule within a tenth of a second, and none anywhere near the store's delay."""
    assert median(took) < ECHO_S, took
    assert max(took) < DELAY_S / 2, took


async def test_keys_echo_within_a_tenth_of_a_second(
    data: Path, slow: Callable[[], threading.Event]
) -> None:
    async with sitting(data, opener=_system_clock(data)) as seat:
        await seat.begin()
        over = slow()
        took = [
            await _echo(seat, "b", lambda: "B ○" in seat.text),
            await _echo(seat, "m", lambda: "flagged" in seat.text),
            await _echo(seat, "enter", lambda: "number 2" in seat.text),
            await _echo(seat, "d", lambda: "D ○" in seat.text),
            await _echo(seat, "o", lambda: "answered 2" in seat.text),
            await _echo(seat, "escape", lambda: "number 2" in seat.text),
        ]
        _check(took)
        assert seat.block.runner.save_state is not SaveState.SAVED
        await seat.until("saving …")
        assert "saved" not in seat.text
        assert "D ○" in seat.text
        over.set()


async def test_pages_open_at_once_and_fill_later(
    data: Path, slow: Callable[[], threading.Event]
) -> None:
    async with sitting(data) as seat:
        over = slow()
        took = [
            await _echo(seat, "2", lambda: "History" in seat.lines[0]),
            await _echo(seat, "1", lambda: "First block" in seat.text),
            await _echo(seat, "4", lambda: "search in all questions" in seat.text),
            await _echo(seat, "i", lambda: "pick a file" in seat.text),
            await _echo(seat, "escape", lambda: "search in all questions" in seat.text),
        ]
        _check(took)
        over.set()


def _system_clock(data: Path) -> Any:
    return partial(open_app, settings_for(data), clock=SystemClock())
