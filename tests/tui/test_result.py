"""The result of a block: what it says, its lists, and every key of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from qbank.block.commands import Answer, Flag, SetConfidence, Show, Start, Submit
from qbank.block.model import Confidence
from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockRequest
from qbank.tui.screens.result import Result
from qbank.tui.screens.review import Review
from qbank.tui.screens.why import Why
from tests.tui.support import PACK, Seat, settings_for, sitting


def taken(data: Path, clock: ManualClock) -> None:
    """A block of eight: 1 and 2 changed, 3 and 6 not right, 4 long, 5 flagged, 8 not reached."""
    application = open_app(settings_for(data), clock=clock)
    request = BlockRequest(count=8, order="pack", packs=(PACK,), name="Mixed")
    runner = application.blocks.open(application.build.create(request))
    runner.do(Start())
    first = {1: "third", 2: "second"}
    last = {2: "first", 3: "third", 6: "fourth"}
    for position in range(1, 8):
        runner.do(Show(position))
        clock.advance(40_000)
        if position in first:
            runner.do(Answer(position, (first[position],)))
            clock.advance(10_000)
        if position == 4:
            clock.advance(120_000)
        runner.do(Answer(position, (last.get(position, "second"),)))
        if position == 5:
            runner.do(Flag(5))
        if position == 6:
            runner.do(SetConfidence(6, Confidence.SURE))
    runner.do(Submit())
    assert runner.wait_saved(10)
    application.close()


@pytest.fixture
async def seat(data: Path) -> AsyncIterator[Seat]:
    """The result of that block, on a small screen."""
    clock = ManualClock()
    taken(data, clock)
    async with sitting(data, clock=clock) as seat:
        await seat.press("2", "enter")
        await seat.until("to look at")
        yield seat


async def test_one_small_screen_says_what_came_out_and_where_it_went(seat: Seat) -> None:
    assert "4 of 8 right   ➜ next step 3 of 4   7 of 8 answered   7:00 of 12:00" in seat.text
    assert "Time in hand" in seat.line("Where 4 questions went")
    rows = [seat.line(said).split()[-2:] for said in ("changed away from right", "knowledge")]
    assert rows == [["1", "–"], ["2", "1"]]
    assert seat.line("not answered").split()[-2:] == ["1", "–"]
    assert seat.line("a bookkeeping rule, not a diagnosis")


async def test_the_lists_stand_in_the_order_in_which_they_are_worth_looking_at(seat: Seat) -> None:
    assert "1 sure, then 1 next step, 1 changed, 1 more" in seat.line("▸ 4 to look at")
    assert seat.line("1 sure and not right")
    assert seat.line("1 flagged and right")
    await seat.press("down", "down", "down", "down")
    assert "1 to right, 1 away from right" in seat.line("2 changed")
    assert "1 of them right" in seat.line("▸ 1 took over 2:15")


async def test_enter_starts_a_list_and_walks_it_to_its_end(seat: Seat) -> None:
    assert "⏎ start" in seat.lines[-1]
    await seat.press("enter")
    for position, place in ((6, "1 of 4"), (3, "2 of 4"), (2, "3 of 4"), (8, "4 of 4")):
        assert seat.on(Review)
        assert f"Question {position} " in seat.lines[0]
        assert place in seat.lines[0]
        await seat.press("enter")
    assert seat.on(Result)
    await seat.press("v")
    assert "Question 6 " in seat.lines[0]
    await seat.press("escape")
    await seat.click("1 flagged and right")
    assert "Question 5 " in seat.lines[0]
    assert "1 of 1" in seat.lines[0]


async def test_enter_on_a_question_opens_it_among_all(seat: Seat) -> None:
    await seat.press("end")
    assert "⏎ open" in seat.lines[-1]
    assert "not reached" in seat.line("▸   8  –")
    await seat.press("up", "enter")
    assert "Question 7 " in seat.lines[0]
    assert "7 of 8" in seat.lines[0]


async def test_w_corrects_where_a_question_went(seat: Seat) -> None:
    await seat.press("w")
    assert "Which question?" in seat.text
    assert "changed away from right" in seat.line(" 2 ")
    await seat.press("down", "enter")
    assert "Why was it not right?" in seat.text
    assert "as the log says" in seat.line("▸ knowledge")
    await seat.press("down", "enter")
    await seat.until("misread")
    assert seat.line("misread").split()[-2:] == ["1", "1"]
    await seat.press("end", "up", "up", "w")
    assert " 6 " in seat.text
    assert "Why was it not right?" in seat.text
    await seat.press("escape")
    assert seat.on(Result)


async def test_i_says_what_the_figures_mean(seat: Seat) -> None:
    await seat.press("i")
    assert seat.on(Why)
    said = " ".join(seat.text.split())
    assert "50 %. Over very many questions like these it would be between 22 and 78 %" in said
    assert "is not an exam score" in said
    await seat.press("end")
    assert seat.line("changed away from right").strip().endswith("the last one is not")
    await seat.press("enter")
    assert seat.on(Result)


async def test_a_reason_given_in_the_review_stands_in_the_result(seat: Seat) -> None:
    await seat.press("enter", "r", "down", "enter", "escape")
    await seat.until("misread")
    assert seat.line("knowledge").split()[-2:] == ["1", "1"]


async def test_a_block_without_a_miss_offers_no_list_of_them(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=1)
        seat.clock.advance(20_000)
        await seat.press("b", "r", "s", "enter")
        await seat.until("1 of 1 right")
        assert "to look at" not in seat.text
        assert "V those" not in seat.lines[-1]
        assert "W correct" not in seat.lines[-1]
        await seat.press("v", "w")
        assert seat.on(Result)
        await seat.press("enter")
        assert "Question 1 " in seat.lines[0]


async def test_a_look_offers_nothing_that_writes(data: Path) -> None:
    clock = ManualClock()
    taken(data, clock)
    first = open_app(settings_for(data), clock=clock)
    try:
        async with sitting(data, clock=clock) as seat:
            await seat.press("enter", "2", "enter")
            await seat.until("4 to look at")
            assert "W correct" not in seat.lines[-1]
            await seat.press("w", "enter")
            assert seat.on(Review)
            for gone in ("R reason", "N note", "M more", "F report"):
                assert gone not in seat.lines[-1]
            await seat.press("r", "n", "m", "f")
            assert seat.on(Review)
            assert "E every option" in seat.lines[-1]
    finally:
        first.close()
