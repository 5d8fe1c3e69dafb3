"""The start: a frame with Textual alone, keys that wait, and stores that cannot be opened."""

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual import events

from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.errors import QbankError, SchemaAhead, StoreCorrupt, StoreReadOnly
from qbank.store.lock import LockHeld
from qbank.tui.app import QbankApp
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.history import History
from qbank.tui.screens.home import Home
from tests.support.shared import ROOT
from tests.tui.support import settings_for, sitting
from tests.tui.terminal import Terminal, said

_FIRST_PAINT = """
import asyncio, json, sys
from pathlib import Path
from qbank.settings import Settings
from qbank.tui.app import QbankApp

seen = []

def opener(*, write=True):
    raise SystemExit("the store is opened before the first paint")

async def main():
    folder = Path(sys.argv[1])
    app = QbankApp(opener, Settings(data_dir=folder, config=folder / "none"))
    app.open_store = lambda **_: seen.append(sorted(sys.modules)) or app.exit()
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            if seen:
                break
            await asyncio.sleep(0.01)

asyncio.run(main())
print(json.dumps(seen[0]))
"""


def test_the_first_paint_needs_textual_alone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAINT, str(tmp_path)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    tops = {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}
    assert "textual" in tops
    assert not tops & {"sqlalchemy", "alembic", "pydantic", "yaml", "click", "sqlite3"}


def test_importing_the_front_loads_no_user_interface(tmp_path: Path) -> None:
    code = "import qbank.tui, sys; print('textual' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "False"


class _Gate:
    """An opener that waits to be let through."""

    def __init__(self, data: Path) -> None:
        self.open = threading.Event()
        self._open_app = partial(open_app, settings_for(data), clock=ManualClock())

    def __call__(self, *, write: bool = True) -> Application:
        assert self.open.wait(20)
        return self._open_app(write=write)


async def _keys_before(data: Path, keys: list[str]) -> list[str]:
    """Press keys while the store opens; gives the page in front before and after."""
    gate = _Gate(data)
    async with sitting(data, opener=gate, settle=False) as seat:
        assert "Opening your questions …" in seat.text
        assert "1 Home" in seat.text
        await seat.pilot.press(*keys)
        before = type(seat.app.screen).__name__
        gate.open.set()
        await seat.opened()
        await seat.settle()
        await seat.until(seat.lines[0])
        return [before, type(seat.app.screen).__name__, seat.text]


async def test_keys_typed_before_home_is_filled_are_kept(data: Path) -> None:
    before, after, _ = await _keys_before(data, ["2"])
    assert (before, after) == (Home.__name__, History.__name__)


async def test_enter_typed_early_starts_what_the_cursor_then_stands_on(data: Path) -> None:
    _, after, text = await _keys_before(data, ["down", "enter"])
    assert after == Begin.__name__
    assert "Half a block" in text


def test_enter_typed_before_the_app_has_the_terminal_is_enter(data: Path) -> None:
    with Terminal(data) as terminal:
        terminal.press("\x1b[B\r")
        terminal.until("the clock starts")
        assert "Half a block" in said(terminal.written)


async def test_enter_pressed_again_at_once_does_not_start_the_clock(data: Path) -> None:
    async with sitting(data) as seat:
        for _ in range(3):
            seat.app.post_message(events.Key("enter", "\r"))
        await seat.settle()
        assert seat.on(Begin)
        await seat.until("the clock starts")


def _refusing(error: QbankError) -> Callable[..., Application]:
    def opener(*, write: bool = True) -> Application:
        raise error

    return opener


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SchemaAhead("the store was made by a newer qbank", hint="Upgrade qbank."), "newer qbank"),
        (StoreCorrupt("the store is damaged", hint="Run `qbank restore`."), "qbank restore"),
    ],
)
async def test_a_store_that_cannot_be_opened_is_one_screen(
    tmp_path: Path, error: QbankError, said: str
) -> None:
    async with sitting(tmp_path, opener=_refusing(error)) as seat:
        await seat.until(said)
        assert "Look only" not in seat.text
        await seat.press("enter")
    assert seat.app.return_code == 3


@pytest.mark.parametrize("key", ["\r", "\x1b", "\x11"], ids=["enter", "escape", "ctrl-q"])
def test_every_way_out_of_a_refusal_has_the_exit_code_of_a_store(tmp_path: Path, key: str) -> None:
    (tmp_path / "qbank.db").write_bytes(b"no database" * 1_000)
    with Terminal(tmp_path) as terminal:
        terminal.until("nothing is changed")
        terminal.rest()
        terminal.press(key)
        assert terminal.ended() == 3


async def test_a_locked_store_is_left_with_its_exit_code_by_the_key_that_leaves(
    data: Path,
) -> None:
    async with sitting(data, opener=_refusing(LockHeld(42, 0, 0))) as seat:
        await seat.until("qbank is open in process 42")
        await seat.press("ctrl+q")
    assert seat.app.return_code == 4


async def test_a_folder_that_may_not_be_written_to_may_be_looked_at(data: Path) -> None:
    def opener(*, write: bool = True) -> Application:
        if write:
            raise StoreReadOnly("the folder may not be written to", hint="Choose another.")
        return open_app(settings_for(data), clock=ManualClock(), write=False)

    async with sitting(data, opener=opener) as seat:
        await seat.until("Look only")
        assert "Ask it to end" not in seat.text
        await seat.press("enter")
        await seat.until("Looking only: the folder may not be written to.")
        await seat.press("4")
        assert "Bench" in seat.text
        await seat.press("ctrl+q")
    assert seat.app.return_code == 0


async def test_a_second_instance_says_where_the_first_is_and_may_look(data: Path) -> None:
    clock = ManualClock()
    first = open_app(settings_for(data), clock=clock)
    try:
        async with sitting(data, clock=clock) as seat:
            await seat.until("qbank is open in process")
            await seat.press("enter")
            await seat.until("Looking only: qbank is open in process")
            assert "First block" not in seat.text
            assert seat.application.read_only
            await seat.press("2")
            assert seat.on(History)
            await seat.press("1", "4")
            assert "Bench" in seat.text
    finally:
        first.close()


async def test_a_second_instance_may_leave_with_its_exit_code(data: Path) -> None:
    async with sitting(data, opener=_refusing(LockHeld(42, 0, 0))) as seat:
        await seat.until("qbank is open in process 42")
        await seat.press("down", "down", "enter")
    assert seat.app.return_code == 4


async def test_an_unexpected_failure_leaves_a_trace_without_values(
    data: Path, tmp_path: Path
) -> None:
    def opener(*, write: bool = True) -> Application:
        secret = "the key is B"
        raise RuntimeError(f"no {len(secret)}")

    async with sitting(data, opener=opener) as seat:
        await seat.until("RuntimeError")
        assert "qbank.log" in seat.text
    trace = (data / "qbank.log").read_text()
    assert trace.startswith("RuntimeError\n")
    assert " in opener" in trace
    assert "the key is B" not in trace


async def test_a_crash_of_the_front_shows_no_local_variables(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for(data)
    app = QbankApp(partial(open_app, settings, clock=ManualClock()), settings)

    def broken() -> None:
        stem = "A secret stem"
        raise KeyError(len(stem))

    async def crash() -> None:
        async with app.run_test() as pilot:
            app.call_later(broken)
            await pilot.pause()
            await asyncio.sleep(0.2)

    with pytest.raises(KeyError):
        await crash()
    app.close_application()
    shown = capsys.readouterr()
    assert "A secret stem" not in shown.out + shown.err
    assert "KeyError" in (data / "qbank.log").read_text()


async def test_the_first_instance_can_be_asked_to_end(data: Path) -> None:
    with Terminal(data) as first:
        first.until("First block")
        async with sitting(data) as seat:
            await seat.until("qbank is open in process")
            await seat.press("down", "enter")
            assert await asyncio.to_thread(first.ended) == 0
            await seat.until("First block")
            assert not seat.application.read_only


def test_a_settings_file_that_is_no_toml_keeps_nobody_out(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("title = true\n[keys\n", encoding="utf-8")
    monkeypatch.setenv("QBANK_CONFIG", str(file))
    for arguments in ((), ("--data-dir", str(data))):
        with Terminal(data, *arguments) as terminal:
            terminal.until("Mend")
            terminal.rest()
            assert "settings file" in said(terminal.written)
            terminal.press("\x11")
            assert terminal.ended() == 0
    with Terminal(data, "history") as terminal:
        assert terminal.ended() == 2
        assert "line 2" in said(terminal.written)


@pytest.mark.parametrize("named", [True, False])
def test_a_terminal_that_cannot_draw_is_led_to_lines(
    data: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with Terminal(data, *(("--data-dir", str(data)) if named else ())) as terminal:
        assert terminal.ended() == 2
        assert "cannot place a cursor" in said(terminal.written)
        assert "qbank run --plain" in said(terminal.written)
