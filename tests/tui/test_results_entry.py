"""Own mocks and score reports in the app: entered, corrected and deleted, by keys and by mouse."""

from pathlib import Path

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.tui.screens.history import History
from qbank.tui.screens.home import Home
from qbank.tui.screens.own_results import OwnResults
from qbank.tui.screens.results_entry import ResultForm
from tests.tui.support import Seat, settings_for, sitting
from tests.tui.test_history import take_block

_NAMES = {" ": "space", ";": "semicolon", ":": "colon"}


async def _type(seat: Seat, text: str) -> None:
    await seat.press(*(_NAMES.get(letter, letter) for letter in text))


async def _fill(seat: Seat, *texts: str) -> None:
    """Date, name, score, pass mark: from the date on, the kind passed over."""
    for at, text in enumerate(texts):
        await _type(seat, text)
        await seat.press(*(["tab"] * (2 if at == 0 else 1)))


async def test_a_mock_is_entered_by_keys_and_told_with_its_error(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.click("Score report")
        assert seat.on(OwnResults)
        assert "No result yet." in seat.text
        await seat.press("n")
        assert seat.on(ResultForm)
        await _fill(seat, "1 Dec 2026", "form 12", "221", "218")
        await seat.press("enter")
        assert seat.on(OwnResults)
        await seat.until("▸ 1 Dec 2026")
        assert "form 12" in seat.line("▸ 1 Dec 2026")
        assert "Too close to call, either way." in " ".join(seat.text.split())
        assert "├" in seat.line("1 Dec · NBME form")
        (kept,) = seat.application.results.list()
        assert (kept.score, kept.error, kept.kind) == (221, 9, "NBME form")


async def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.click("Score report")
        await seat.press("n")
        await _fill(seat, "12/1/2026", "form 12", "221")
        await seat.press("enter")
        assert seat.on(ResultForm)
        assert "'12/1/2026' is no date. Write it as 2026-12-01 or 1 Dec 2026." in seat.text
        assert "form 12" in seat.text
        await seat.press("escape")
        assert seat.on(OwnResults)
        assert seat.application.results.list() == ()


async def test_another_kind_brings_its_own_error_and_leaves_one_that_was_typed(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.click("Score report")
        await seat.press("n")
        assert seat.line("Its error").split()[-1] == "9"
        await seat.click("Free 120")
        assert seat.line("Its error").split()[-1] == "±"
        await seat.press("tab", "tab", "tab", "tab", "5")
        assert seat.line("Its error").split()[-1] == "5"
        await seat.click("NBME form")
        assert seat.line("Its error").split()[-1] == "5"


async def test_a_result_is_corrected_and_deleted(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.click("Score report")
        await seat.press("n")
        await _fill(seat, "2026-12-01", "form 12", "122", "218")
        await _type(seat, "9")
        await seat.press("enter")
        await seat.until("▸ 1 Dec 2026")
        await seat.press("enter")
        assert seat.on(ResultForm)
        await seat.press("tab", "tab", "tab", "end", "backspace", "backspace", "backspace")
        await _type(seat, "221")
        await seat.press("ctrl+s")
        await seat.until("221; the pass mark")
        assert [one.score for one in seat.application.results.list()] == [221]
        await seat.press("d", "enter")
        assert seat.line("form 12"), "what is ready keeps it"
        await seat.press("delete", "up", "enter")
        await seat.until("No result yet.")
        assert seat.application.results.list() == ()


async def test_where_one_may_only_look_nothing_is_offered_that_writes(data: Path) -> None:
    clock = ManualClock()
    first = open_app(settings_for(data), clock=clock)
    try:
        async with sitting(data) as seat:
            await seat.until("Look only")
            await seat.press("enter")
            await seat.until("can be looked at")
            await seat.app.push_screen(OwnResults())
            await seat.settle()
            await seat.press("n", "d", "enter")
            assert seat.on(OwnResults)
            assert "enter one" not in seat.text
    finally:
        first.close()


async def test_home_tells_the_latest_mock_below_the_doors(data: Path) -> None:
    clock = ManualClock()
    application = open_app(settings_for(data), clock=clock)
    take_block(application, clock, "Alpha", 3, 20_000)
    application.close()
    async with sitting(data, size=(80, 40)) as seat:
        await seat.click("own mocks and score reports")
        await seat.press("n")
        await _fill(seat, "1 Dec 2026", "form 12", "221", "218")
        await seat.press("enter")
        await seat.until("▸ 1 Dec 2026")
        await seat.press("escape")
        assert seat.on(Home)
        await seat.until("MOCKS")
        assert "1 Dec · NBME form · form 12" in seat.line("MOCKS")
        assert "Too close to call, either way." in " ".join(seat.text.split())


async def test_history_leads_to_them_and_does_not_list_them(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("2", "r")
        assert seat.on(OwnResults)
        await seat.press("n")
        await _fill(seat, "1 Dec 2026", "form 12", "221")
        await seat.press("enter")
        await seat.until("▸ 1 Dec 2026")
        await seat.press("escape")
        assert seat.on(History)
        assert "form 12" not in seat.text
