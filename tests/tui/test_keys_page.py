"""The pages of keys: every key that acts, and all of them within reach."""

from pathlib import Path

from qbank.tui.screens.history import History
from tests.tui.support import Seat, sitting


async def _keys(seat: Seat) -> dict[str, str]:
    """Every line of the page of keys, scrolled through: the key and what it does."""
    await seat.press("question_mark")
    lines = seat.lines[3:-2]
    await seat.press("space", "space")
    lines += seat.lines[3:-2]
    said = [line.replace("▸", " ") for line in lines]
    return {line[3:17].strip(): line[17:].strip() for line in said if line.strip()}


async def test_home_lists_the_places_the_arrows_and_enter(data: Path) -> None:
    async with sitting(data) as seat:
        keys = await _keys(seat)
        assert keys["2"] == "History"
        assert keys["4"] == "Questions"
        assert keys["⏎"] == "Open what the cursor is on"
        assert {"↑", "↓", "PgUp", "PgDn Space", "?", "^t", "^q"} <= set(keys)
        assert keys["E"] == "The day of the exam"
        await seat.press("home", "down", "enter")
        assert seat.on(History)


async def test_a_block_lists_all_keys_in_80_columns_and_24_lines(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        keys = await _keys(seat)
        assert keys["A … J"] == "Answer"
        assert keys["⏎ →"] == "Next question"
        assert {"X", "M", "O", "T", "P", "R", "?", "^t", "^q"} <= set(keys)
        assert "Open what the cursor is on" not in keys.values()
