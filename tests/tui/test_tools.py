"""What lies over a question while its clock runs: lab values, the calculator, the note."""

import asyncio
import threading
from pathlib import Path

import pytest

from qbank.content.lab_values import lab_sheet
from qbank.errors import NotSaved
from qbank.services.notes import NoteService
from qbank.tui.screens.block import Block
from qbank.tui.screens.calculator import CalculatorBox
from qbank.tui.screens.ended import Ended
from qbank.tui.screens.labs import Labs, lab_rows
from qbank.tui.screens.note import Note
from tests.tui.support import Seat, sitting


def _note(seat: Seat, position: int = 1) -> str:
    return seat.application.notes.note(seat.block.runner.spec.block_id, position)


def _answers(seat: Seat) -> list[tuple[str, ...]]:
    return [cell.response for cell in seat.state.cells if cell.response]


async def _past_the_first_hints(seat: Seat) -> None:
    """The whole line of keys stands at the foot after ten of them."""
    await seat.press(*["m"] * 10)


# --- lab values --------------------------------------------------------------------------


async def test_lab_values_are_found_as_one_types_and_no_letter_answers(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("enter", "l")
        assert seat.on(Labs)
        assert seat.line("Sodium").split() == ["Sodium", "Na", "136–146", "mEq/L"]
        assert "PgDn" in seat.text
        await seat.press("a", "l", "b")
        assert "Albumin" in seat.text
        assert "3.5–5.5 g/dL" in seat.text
        assert "Sodium" not in seat.text
        await seat.press("x", "x")
        assert "No test has that name." in seat.text
        seat.clock.advance(61_000)
        seat.block.tick()
        assert "28:59 left" in seat.lines[0]
        await seat.press("escape")
        assert seat.on(Block)
        assert seat.state.shown == 2
        assert _answers(seat) == []


async def test_units_turn_and_are_remembered(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("l", *"glucose", "tab")
        assert "3.9–5.6 mmol/L" in seat.text
        assert "▸ SI" in seat.text
        await seat.press("escape", "l", "c", "a")
        assert "2.1–2.6 mmol/L" in seat.text
    async with sitting(data) as seat:
        await seat.app.go(None)
        await seat.press("enter", "enter")
        await seat.press("l", *"calcium")
        assert "2.1–2.6 mmol/L" in seat.text
        await seat.press("tab")
        assert "8.4–10.2 mg/dL" in seat.text


async def test_the_lab_sheet_by_the_mouse(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await _past_the_first_hints(seat)
        await seat.click("L labs")
        await seat.click("SI")
        assert "136–146 mmol/L" in seat.text
        await seat.click("more lines")
        assert "Sodium" not in seat.text
        await seat.click("conventional")
        assert "mg/dL" in seat.text
        await seat.click("back to the question")
        assert seat.on(Block)


@pytest.mark.parametrize("width", [80, 112, 150])
@pytest.mark.parametrize("si", [True, False])
def test_the_lab_sheet_fits_and_cuts_nothing(width: int, si: bool) -> None:
    sections = lab_sheet().sections
    rows = lab_rows(sections, "As of today.", width, si=si)
    assert max(row.width for row in rows) < width
    text = " ".join(" ".join(row.text for row in rows).split())
    for section in sections:
        assert section.source in text
        for test in section.tests:
            assert test.name.split()[0] in text
            assert all(each.said(si=si) in text for each in test.ranges)


# --- the calculator ------------------------------------------------------------------------


async def test_the_calculator_by_keys(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("k", *"140-(102+24)")
        assert seat.on(CalculatorBox)
        assert "A patient number 1" in seat.text
        assert "= 14" in seat.text
        await seat.press("enter", *"*2=")
        assert seat.line("140 − (102 + 24) =").split("=")[1].split()[0] == "14"
        assert seat.line("Ans × 2 =").split("=")[1].split()[0] == "28"
        await seat.press(*"1/0", "enter")
        assert "Nothing can be divided by zero." in seat.text
        seat.clock.advance(61_000)
        seat.block.tick()
        await seat.until("28:59 left")
        await seat.press("escape")
        assert seat.on(Block)
        await seat.press("enter", "k", *"ans", "enter")
        assert seat.line("Ans =").split("=")[1].split()[0] == "28"
        await seat.press("escape")
        assert _answers(seat) == []


async def test_the_calculator_by_the_mouse(data: Path) -> None:
    async with sitting(data, size=(120, 30)) as seat:
        await seat.begin()
        await seat.press("k")
        for key in (" 7 ", " × ", " 8 ", " 8 ", "⌫", " ² ", "=  "):
            await seat.click(key)
        assert seat.line("7 × 8² =").split("=")[1].split()[0] == "448"
        await seat.click("C     ⌫")
        assert "448" not in seat.text
        await seat.click(" √ ")
        await seat.click(" 9 ")
        await seat.click("calculate")
        assert seat.line("√9 =").split("=")[1].split()[0] == "3"
        await seat.click("Esc close")
        assert seat.on(Block)
        assert _answers(seat) == []


@pytest.mark.parametrize("theme", ["dark", "none"])
@pytest.mark.parametrize("key", ["k", "n"])
async def test_question_and_clock_stay_in_sight_in_any_colours(
    data: Path, theme: str, key: str
) -> None:
    async with sitting(data, theme=theme) as seat:
        await seat.begin()
        await seat.press(key)
        seat.clock.advance(61_000)
        seat.block.tick()
        await seat.until("28:59 left")
        assert "A patient number 1" in seat.text


# --- the note ------------------------------------------------------------------------------


@pytest.mark.parametrize("close", ["enter", "escape"])
async def test_a_note_is_kept_however_it_is_closed_and_shown_again(data: Path, close: str) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=1)
        await seat.press("n", *"abc", close)
        assert seat.on(Block)
        assert _answers(seat) == []
        assert _note(seat) == "abc"
        await seat.press("n", *" d", close)
        assert _note(seat) == "abc d"
        await seat.press("b", "r", "s", "enter")
        await seat.until("Time in hand")
        await seat.press("enter")
        await seat.until("It turns on")
        await seat.press("end")
        await seat.until("abc d")


async def test_a_note_belongs_to_its_question_and_goes_away_when_emptied(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("n", *"mine!", "escape", "enter", "n")
        assert "mine!" not in seat.text
        await seat.press(*"two", "escape", "backspace")
        assert [_note(seat, 1), _note(seat, 2)] == ["mine!", "two"]
        await seat.press("n", *["backspace"] * 5, "escape")
        assert [_note(seat, 1), _note(seat, 2)] == ["", "two"]


async def test_time_that_is_up_keeps_the_note_being_written(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        block = seat.block.runner.spec.block_id
        await seat.press("n", *"half a")
        seat.clock.advance(31 * 60_000)
        seat.block.tick()
        await seat.until("Time")
        await seat.settle()
        assert seat.on(Ended)
        assert seat.application.notes.note(block, 1) == "half a"


async def test_what_is_typed_before_the_note_was_read_is_added_to_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    read = NoteService.note

    def slow(self: NoteService, block_id: str, position: int) -> str:
        assert gate.wait(10)
        return read(self, block_id, position)

    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("n", *"old", "escape")
        monkeypatch.setattr(NoteService, "note", slow)
        await seat.pilot.press("n", *"new")
        assert seat.on(Note)
        gate.set()
        await seat.until("old new")
        await seat.press("escape")
        assert _note(seat) == "old new"
        gate.clear()
        asyncio.get_running_loop().call_later(0.1, gate.set)
        await seat.press("n", " ", "x", "escape")
        assert _note(seat) == "old new x"


async def test_a_note_that_cannot_be_kept_is_told_of(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: NoteService, block_id: str, position: int, text: str) -> None:
        raise NotSaved("the disk is full", hint="Make room.")

    monkeypatch.setattr(NoteService, "set_note", refuse)
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("n", "x", "escape")
        await seat.until("The disk is full.")
