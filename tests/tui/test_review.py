"""The review of a question: what stands on it, and every key of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from qbank.block.model import Mode
from qbank.clock import ManualClock
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.block import Block
from qbank.tui.screens.more import More
from qbank.tui.screens.result import Result
from qbank.tui.screens.review import Review
from tests.tui.support import Seat, sitting
from tests.tui.test_result import taken


@pytest.fixture
async def seat(data: Path) -> AsyncIterator[Seat]:
    """The review of a next step that was not right, first of all."""
    clock = ManualClock()
    taken(data, clock)
    async with sitting(data, clock=clock) as seat:
        await seat.press("2", "enter")
        await seat.until("to look at")
        await seat.press("enter", "enter")
        await seat.until("asked here")
        yield seat


async def test_a_next_step_shows_its_ladder_first_and_what_would_have_changed_it(
    seat: Seat,
) -> None:
    said = [
        "you    C  The third of 3",
        "right  B  The second of 3",
        "It turns on  The finding that decides",
        "done in the stem",
        "◂ asked here",
        "◂ yours: 1 rung early",
        "It would have been",
        "C  The third of 3, had it said:",
        "Another finding",
        "The question",
    ]
    places = [seat.text.index(each) for each in said]
    assert places == sorted(places)
    await seat.press("end")
    assert "0:40 on it" in seat.line("first look")


async def test_the_arrows_go_to_the_next_and_the_one_before(seat: Seat) -> None:
    assert "2 of 4" in seat.lines[0]
    await seat.press("left")
    assert "Question 6   ✗ not right   sure" in seat.lines[0]
    await seat.press("left")
    assert "1 of 4" in seat.lines[0]
    await seat.press("right", "right")
    assert "Question 2 " in seat.lines[0]
    await seat.press("escape")
    assert seat.on(Result)


async def test_e_unfolds_every_why_in_its_place_and_folds_them(seat: Seat) -> None:
    await seat.press("pagedown")
    assert "Why second." in seat.text
    assert "Why third." in seat.text
    assert "Why fourth." not in seat.text
    above = seat.lines[1]
    await seat.press("e")
    assert "Why fourth." in seat.text
    assert seat.lines[1] == above
    assert "E two options" in seat.lines[-1]
    await seat.press("E")
    assert "Why fourth." not in seat.text
    await seat.click("E shows why of the other 3")
    assert "Why fourth." in seat.text
    await seat.press("enter", "pagedown")
    assert "Why fourth." in seat.text


async def test_r_confirms_what_the_log_says_by_one_more_key(seat: Seat) -> None:
    assert "· knowledge, by the log" in seat.text
    await seat.press("r", "enter")
    await seat.until("The third of 3  · knowledge ")
    await seat.press("r", "up", "enter")
    await seat.until("· right for another case")
    await seat.press("left", "left", "escape", "end", "up", "up", "up", "enter")
    assert "Question 5 " in seat.lines[0]
    assert "R reason" not in seat.lines[-1]
    await seat.press("r")
    assert seat.on(Review)


async def test_a_note_is_written_changed_and_taken_back(seat: Seat) -> None:
    await seat.press("n", *"think first", "enter", "end")
    await seat.until("Your note")
    assert seat.line("think first")
    await seat.press("n", *(["backspace"] * 11), "enter", "end")
    assert "Your note" not in seat.text


async def test_what_is_said_last_is_kept_when_one_leaves_at_once(seat: Seat) -> None:
    await seat.press("r", "down")
    for key in ("enter", "escape"):
        await seat.pilot.press(key)
    await seat.settle()
    await seat.until("misread")
    assert seat.on(Result)


async def test_f_reports_a_fault_that_stays_in_the_store(seat: Seat) -> None:
    await seat.press("f")
    assert "nothing is sent" in seat.text
    await seat.press(*"no dose", "enter", "end")
    await seat.until("You reported")
    (fault,) = seat.application.review.faults()
    assert (fault.question, fault.fault) == ("q3", "no dose")


async def test_m_begins_a_short_block_of_the_same_kind_of_step(seat: Seat) -> None:
    await seat.press("m")
    assert seat.on(More)
    step, fresh = seat.line("▸ next step").split()[-2:]
    assert step == "treatment"
    assert int(fresh) >= 5
    assert "This block: 5 of them, no clock." in " ".join(seat.text.split())
    await seat.press("t")
    assert "This block: 5 of them, 7:30" in " ".join(seat.text.split())
    await seat.press("T", "enter")
    assert seat.on(Begin)
    assert "More like it: treatment" in seat.text
    await seat.press("enter")
    assert seat.on(Block)
    assert seat.block.runner.spec.mode is Mode.TUTOR
    assert seat.block.runner.spec.size == 5


async def test_m_and_escape_lead_back_to_the_question(seat: Seat) -> None:
    await seat.click("M more like this")
    await seat.press("escape")
    assert seat.on(Review)
    assert "Question 3 " in seat.lines[0]


async def test_d_writes_a_sheet_of_the_walk_and_no_file_over(seat: Seat, tmp_path: Path) -> None:
    file = tmp_path / "sheet.md"
    await seat.press("d")
    assert "A sheet of these 4 to talk over goes to:" in seat.text
    await seat.press(*str(file), "enter")
    assert seat.on(Review)
    await seat.press("d", *str(file), "enter")
    await seat.until("is there already")
    asked, _, known = file.read_text(encoding="utf-8").partition("# Keys and reasons")
    assert asked.startswith("# To talk over: Mixed")
    assert "A patient number 6 comes" in asked
    assert "Why third." in known
