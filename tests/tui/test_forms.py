"""New block: forms to begin with, the race and the drill, by keys and by mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.block.model import RaceKind
from qbank.services.views import BlockRequest
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.build import NewBlock
from tests.tui.support import PACK, Seat, pack_text, sitting


@pytest.fixture
def many(importing: Callable[[str], Path]) -> Path:
    """A store with enough fresh questions for several blocks."""
    return importing(pack_text(40))


async def form(seat: Seat, **request: object) -> None:
    """Open the form."""
    asked = BlockRequest(**{"count": 5, "packs": (PACK,), **request})  # type: ignore[arg-type]  # named by the test
    await seat.app.push_screen(NewBlock(asked))
    await seat.settle()


async def test_the_drill_sets_the_form_and_its_kinds_narrow_it(data: Path) -> None:
    async with sitting(data, size=(100, 40)) as seat:
        await form(seat)
        await seat.press("up", "right")
        assert "◂ Next-step drill ▸   10 q · timed" in seat.text
        assert "[x] next step" in seat.text
        assert "This block: 10 of them, 15:00." in seat.text
        await seat.click("[ ] procedure")
        assert "[x] procedure" in seat.text
        assert "15:00 as the preset" in seat.text
        await seat.press("ctrl+s")
        assert seat.on(Begin)
        assert "Next-step drill" in seat.text


async def test_a_form_is_saved_taken_and_forgotten(data: Path) -> None:
    async with sitting(data, size=(100, 40)) as seat:
        await form(seat)
        await seat.click("( ) × 1.5")
        await seat.press("f2", *"mine", "enter")
        assert "◂ mine ▸   5 q · timed × 1.5" in seat.text
        assert "11:15 (7:30 × 1.5)" in seat.text
        await seat.press("escape")
        await form(seat, count=20, packs=())
        await seat.press("up", "enter")
        assert "Next-step drill" in seat.text
        await seat.press("end", "enter")
        assert "◂ mine ▸" in seat.text
        assert "[x] Bench" in seat.text
        assert "This block: 5 of them, 11:15 (7:30 × 1.5)." in seat.text
        await seat.press("delete")
        assert 'Forget the form "mine"?' in seat.text
        await seat.press("escape", "delete", "up", "enter")
        assert "◂ the usual ▸" in seat.text
        assert [each.name for each in seat.application.saved.templates()] == ["Next-step drill"]


async def test_a_name_that_is_taken_is_refused(data: Path) -> None:
    async with sitting(data) as seat:
        await form(seat)
        await seat.press("f2", *"next-step drill", "enter")
        assert "Next-step drill is there already" in seat.text


async def test_the_run_to_race_is_turned_to_or_chosen_from_the_list(many: Path) -> None:
    async with sitting(many, size=(100, 40)) as seat:
        seat.take(85_000)
        seat.take(86_000)
        seat.take(84_000, name="Tuesday evening")
        seat.take(80_000)
        await form(seat)
        assert "◂ what fits now ▸   your best, 6:40" in seat.text
        assert "racing your best (6:40)." in seat.text
        await seat.press(*("down",) * 5, "right")
        assert "◂ even pace alone ▸" in seat.text
        assert "This block: 5 of them, 7:30." in seat.text
        await seat.press("enter")
        assert "your middle run" in seat.text
        await seat.click('"Tuesday evening"')
        assert 'racing "Tuesday evening" (7:00).' in seat.text
        await seat.press("ctrl+s")
        assert seat.on(Begin)
        assert 'It races "Tuesday evening": 7:00.' in seat.text
        await seat.press("enter")
        race = seat.block.runner.spec.race
        assert race is not None
        assert race.kind is RaceKind.RUN


async def test_only_a_timed_block_has_a_race(data: Path) -> None:
    async with sitting(data) as seat:
        await form(seat)
        assert "Race" in seat.text
        await seat.click("( ) No clock")
        assert "Race" not in seat.text


async def test_what_lies_below_has_a_sign(data: Path) -> None:
    async with sitting(data) as seat:
        await form(seat)
        await seat.until("more lines · ↓")
        for _ in range(12):
            await seat.press("down")
        await seat.until("▲")
        assert "Order" in seat.text
