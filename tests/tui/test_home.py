"""Home: whole sentences, one cursor, blocks to open, and a store that is looked after."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.errors import StoreError
from qbank.services.backup import BackupService, Health
from qbank.services.stats import StatsService
from qbank.services.views.stats import Figures
from qbank.store.check import Found, Part, Severity
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.home import Home
from qbank.tui.screens.result import Result
from qbank.tui.screens.statistics import Statistics
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


# --- the day of the exam ----------------------------------------------------------------------


async def test_the_day_of_the_exam_is_asked_for_and_passed_over(data: Path) -> None:
    async with sitting(data) as seat:
        assert ["First block" in line for line in _marked(seat)] == [True]
        await seat.press("up", "enter", *"18", "space", *"Dec", "space", *"2026", "enter")
        assert "30 days to the exam" in seat.text
        assert "18 Dec 2026" in seat.line("When is the exam?")
        assert 'exam_date = "2026-12-18"' in (data / "settings.toml").read_text()
        assert ["First block" in line for line in _marked(seat)] == [True], "Enter goes on"
        await seat.press("2")
        assert "to the exam" not in seat.text


async def test_a_day_that_is_none_is_refused_and_an_empty_one_is_not_booked(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("e", *"soon", "enter")
        assert "it takes a day as" in seat.text
        await seat.press("enter")
        assert not (data / "settings.toml").exists()
        await seat.press("e", *"2026-12-18", "enter")
        assert "30 days to the exam" in seat.text
        await seat.press("e", *(["backspace"] * 10), "enter")
        assert "not booked yet" in seat.text
        assert "exam_date" not in (data / "settings.toml").read_text()


async def test_close_until_after_leaves(taken: Path) -> None:
    async with sitting(taken, exam_date="2026-11-19") as seat:
        assert "exam tomorrow" in seat.text
        assert "Nothing is due today." in seat.text
        await seat.until("Since")
        assert "SO FAR" in seat.text
        assert "Alpha" not in seat.text
        await seat.click("Close until after")
        assert seat.app._exit


# --- what the figures say ----------------------------------------------------------------------


async def test_the_doors_stand_where_they_stood_once_the_figures_are_there(
    taken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Event()
    figures = StatsService.figures

    def slowly(service: StatsService) -> Figures:
        assert counted.wait(10)
        return figures(service)

    monkeypatch.setattr(StatsService, "figures", slowly)
    for size in ((80, 24), (120, 40)):
        counted.clear()
        async with sitting(taken, size=size, settle=False) as seat:
            try:
                await seat.until("Adding up")
                before = seat.lines
            finally:
                counted.set()
            await seat.until("Blanks")
            at = next(n for n, line in enumerate(before) if "FIGURES" in line)
            assert seat.lines[:at] == before[:at]
            assert seat.lines[-2:] == before[-2:]
            alpha = [n for n, line in enumerate(before) if "Alpha" in line]
            assert alpha == [n for n, line in enumerate(seat.lines) if "Alpha" in line]
            assert bool(alpha) == (size == (120, 40))


async def test_a_figure_opens_its_tab_of_statistics(taken: Path) -> None:
    async with sitting(taken) as seat:
        await seat.until("Pace trend")
        await seat.click("Pace trend")
        await seat.press("enter")
        assert seat.on(Statistics)
        assert "Am I getting faster without getting worse?" in seat.text


async def test_a_first_evening_has_no_figures(data: Path) -> None:
    async with sitting(data, size=(120, 40)) as seat:
        assert "FIGURES" not in seat.text
        assert "Latest blocks" not in seat.text
