"""Home: whole sentences, one cursor, blocks to open, and a store that is looked after."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.errors import StoreError
from qbank.services.backup import BackupService, Health
from qbank.store.check import Found, Part, Severity
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.home import Home
from qbank.tui.screens.result import Result
from tests.tui.support import Seat, settings_for, sitting
from tests.tui.test_history import take_block

BROKEN = Found(Part.PAGES, Severity.DAMAGE, "the file is damaged: row 3 is missing")


@pytest.fixture
def taken(data: Path) -> Path:
    """A store with a block in its history."""
    clock = ManualClock()
    application = open_app(settings_for(data), clock=clock)
    take_block(application, clock, "Alpha", 3, 20_000)
    application.close()
    return data


def _marked(seat: Seat) -> list[str]:
    return [line for line in seat.lines if "▸" in line]


async def test_every_door_of_a_first_evening_is_said_whole_in_80_columns(data: Path) -> None:
    async with sitting(data) as seat:
        assert "a file, a folder or a zip" in seat.line("Import a pack")
        assert "…" not in seat.text


async def test_the_cursor_stands_in_the_list_that_has_the_keys_and_nowhere_else(
    taken: Path,
) -> None:
    async with sitting(taken, size=(80, 40)) as seat:
        await seat.until("Blanks")
        assert seat.line("Alpha")
        assert ["New exam block" in line for line in _marked(seat)] == [True]
        await seat.press("tab")
        assert ["Blanks" in line for line in _marked(seat)] == [True]
        await seat.press("tab")
        assert ["Alpha" in line for line in _marked(seat)] == [True]
        await seat.press("tab")
        assert ["New exam block" in line for line in _marked(seat)] == [True]


@pytest.mark.parametrize("keys", [(), ("tab", "tab"), ("2", "1")])
async def test_a_block_opens_where_one_may_only_look(taken: Path, keys: tuple[str, ...]) -> None:
    first = open_app(settings_for(taken), clock=ManualClock())
    try:
        async with sitting(taken) as seat:
            await seat.until("Look only")
            await seat.press("enter")
            await seat.until("Alpha")
            await seat.press(*keys, "enter")
            assert seat.on(Result)
    finally:
        first.close()


# --- looking after the store -----------------------------------------------------------------


def _health(monkeypatch: pytest.MonkeyPatch, health: Callable[[], Health]) -> None:
    monkeypatch.setattr(BackupService, "at_start", lambda _: health())


async def test_a_start_copies_the_store_once_a_day_and_says_nothing(data: Path) -> None:
    async with sitting(data) as seat:
        copies = sorted((data / "backups").iterdir())
        assert len(copies) == 1
        assert "!" not in seat.text
    async with sitting(data):
        assert sorted((data / "backups").iterdir()) == copies


async def test_a_damaged_store_says_what_is_damaged_and_what_to_do(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path("backups", "qbank-whole.db")
    _health(monkeypatch, lambda: Health((BROKEN,), copy))
    async with sitting(data) as seat:
        await seat.until("! The file is damaged: row 3 is missing.")
        assert "put the newest whole backup in its place" in seat.text
        assert f"qbank restore {copy}" in seat.text
        assert seat.on(Home)
        await seat.press("enter")
        assert seat.on(Begin)
        await seat.press("escape")
        assert "! The file is damaged" in seat.text


async def test_damage_without_a_backup_says_so(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _health(monkeypatch, lambda: Health((BROKEN,), None))
    async with sitting(data) as seat:
        await seat.until("There is no whole backup.")
        assert "qbank restore" not in seat.text


async def test_a_copy_that_cannot_be_made_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> Health:
        raise StoreError("the disk is nearly full", hint="Make room on it.")

    _health(monkeypatch, full)
    async with sitting(data) as seat:
        await seat.until("! No copy of your answers was made today: The disk is nearly full.")
        assert "Make room on it." in seat.text
        assert seat.on(Home)
