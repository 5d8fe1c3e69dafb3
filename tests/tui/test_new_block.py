"""The form of a new block: live counts, a sentence, and a start."""

from pathlib import Path

from qbank.block.model import Mode
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.build import NewBlock
from qbank.tui.screens.home import Home
from tests.tui.support import Seat, sitting


async def _open(seat: Seat) -> None:
    await seat.press("down", "down", "down", "enter")
    assert seat.on(NewBlock), seat.text


async def test_counts_and_the_sentence_follow_the_boxes(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        assert "40 questions match. This block: 20 of them, 30:00." in seat.text
        await seat.click("[ ] Bench")
        assert "20 questions match. This block: 20 of them, 30:00." in seat.text
        assert "[x] Bench 20" in seat.text
        await seat.click("( ) × 1.5")
        assert "45:00 (30:00 × 1.5)" in seat.text
        await seat.click("( ) No clock")
        assert "no clock" in seat.text
        assert "Extra time" not in seat.text
        assert "minutes" not in seat.text


async def test_the_form_is_filled_with_keys_alone(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        await seat.press("right", "down", "end", "backspace", "backspace", "5", "down", "down")
        assert "(•) Tutor" in seat.text
        assert "This block: 5 of them, no clock." in seat.text
        await seat.press("enter")
        assert seat.on(Begin)
        assert "5 questions; each explanation stands under its answer." in seat.text
        await seat.press("enter")
        assert seat.block.runner.spec.mode is Mode.TUTOR
        assert seat.block.runner.spec.size == 5


async def test_minutes_are_taken_as_asked(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        await seat.press("down", "down", "1", "2")
        assert "This block: 20 of them, 12:00." in seat.text


async def test_words_narrow_the_choice_and_nothing_found_starts_nothing(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        seat.app.screen.query_one("#search").focus()
        await seat.settle()
        await seat.press(*"fourth of")
        assert "20 questions match" in seat.text
        await seat.press(*" xyzzy")
        assert "No question matches." in seat.text
        await seat.press("enter")
        assert seat.on(NewBlock)


async def test_what_cannot_be_asked_for_is_said_in_the_form(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        await seat.press("down", "end", "backspace", "backspace", *"999")
        assert "A block has 1 to 500 questions, not 999" in seat.text
        await seat.press("enter")
        assert seat.on(NewBlock)
        await seat.press("escape")
        assert seat.on(Home)
