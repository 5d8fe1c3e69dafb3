"""History: sort, filter, open, take again, rename, leave out, delete and undo."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from qbank.block.commands import Answer, Show, Start, Submit
from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockRequest
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.result import Result
from tests.tui.support import PACK, Seat, settings_for, sitting


def take_block(
    application: Application, clock: ManualClock, name: str, right: int, ms: int
) -> None:
    """Take a block of four questions, so many of them right."""
    request = BlockRequest(count=4, order="pack", packs=(PACK,), seen=(), name=name)
    runner = application.blocks.open(application.build.create(request))
    runner.do(Start())
    for position in range(1, 5):
        runner.do(Show(position))
        clock.advance(ms)
        runner.do(Answer(position, ("second" if position <= right else "first",)))
    runner.do(Submit())
    assert runner.wait_saved(10)
    runner.close()


@asynccontextmanager
async def _history(data: Path) -> AsyncIterator[Seat]:
    clock = ManualClock()
    application = open_app(settings_for(data), clock=clock)
    for name, right, ms in (("Alpha", 3, 20_000), ("Beta", 1, 40_000), ("Gamma", 4, 30_000)):
        take_block(application, clock, name, right, ms)
        clock.advance(3_600_000)
    application.close()
    async with sitting(data, clock=clock) as seat:
        await seat.press("2")
        yield seat


def _names(seat: Seat) -> list[str]:
    return [n for line in seat.lines for n in ("Alpha", "Beta", "Gamma") if n in line]


@pytest.fixture
async def history(data: Path) -> AsyncIterator[Seat]:
    async with _history(data) as seat:
        yield seat


async def test_blocks_stand_newest_first_and_sort_by_keys_and_titles(history: Seat) -> None:
    assert _names(history) == ["Gamma", "Beta", "Alpha"]
    assert "4 of 4" in history.line("Gamma")
    assert "2:00" in history.line("Gamma")
    await history.click("right")
    assert _names(history) == ["Gamma", "Alpha", "Beta"]
    await history.click("right▾")
    assert _names(history) == ["Beta", "Alpha", "Gamma"]
    await history.click("name")
    assert _names(history) == ["Gamma", "Beta", "Alpha"]
    await history.press("s", "s", "s", "s", "s")
    assert "time▾" in history.text
    assert _names(history) == ["Beta", "Gamma", "Alpha"]


async def test_a_filter_takes_words(history: Seat) -> None:
    await history.press("slash", *"alp")
    assert _names(history) == ["Alpha"]
    assert "1 block" in history.lines[0]
    await history.press("enter")
    await history.press("escape")
    assert len(_names(history)) == 3


async def test_opening_a_block_shows_its_result(history: Seat) -> None:
    await history.press("down", "enter")
    assert history.on(Result)
    assert "Beta" in history.lines[0]
    assert "1 of 4 right" in history.text
    await history.press("escape")
    assert len(_names(history)) == 3


async def test_the_same_questions_are_taken_again(history: Seat) -> None:
    await history.press("a")
    assert history.on(Begin)
    assert "4 questions in 6:00" in history.text
    await history.press("enter")
    assert "number 1" in history.text


async def test_a_block_is_renamed(history: Seat) -> None:
    await history.press("n", "end", *(["backspace"] * 5), *"Omega", "enter")
    assert history.line("Omega")
    assert "Gamma" not in history.text


async def test_a_name_stands_whole_where_it_can_and_ends_with_a_word_where_not(
    history: Seat,
) -> None:
    await history.press("n", *(["backspace"] * 5), *"Wednesday afternoon", "enter")
    assert "Wednesday afternoon  " in history.line("4 of 4")
    await history.press("n", "end", *" and evening with long cases", "enter", "down", "up")
    assert "Wednesday afternoon and…  " in history.line("4 of 4")
    assert history.line("with long cases · timed")


async def test_a_block_is_left_out_and_taken_back_in(history: Seat) -> None:
    await history.press("l")
    assert "∅" in history.line("Gamma")
    await history.press("down", "up")
    assert "∅ left out of the statistics" in history.text
    await history.press("L")
    assert "∅" not in history.text


async def test_a_deletion_can_be_undone(history: Seat) -> None:
    await history.press("delete", "enter")
    assert _names(history) == ["Beta", "Alpha"]
    assert "U brings it back" in history.text
    await history.press("u")
    assert _names(history) == ["Gamma", "Beta", "Alpha"]
    await history.click("Beta")
    await history.click("Del delete")
    await history.click("Delete it")
    assert _names(history) == ["Gamma", "Alpha"]
    await history.click("U undo")
    assert len(_names(history)) == 3


async def test_a_deletion_is_asked_for_first(history: Seat) -> None:
    await history.press("delete")
    assert 'Delete block 3, "Gamma"?' in history.text
    await history.press("escape")
    assert len(_names(history)) == 3
    await history.press("d", "down", "enter")
    assert len(_names(history)) == 3
    assert len(history.application.history.list()) == 3


async def test_keys_that_cannot_act_are_not_shown(history: Seat) -> None:
    assert "Del delete" in history.lines[-1]
    assert "U undo" not in history.lines[-1]
    await history.press("slash", *"zzz", "enter")
    for gone in ("open", "again", "rename", "delete"):
        assert gone not in history.lines[-1]
    assert "/ filter" in history.lines[-1]


async def test_a_look_offers_nothing_that_writes(data: Path) -> None:
    clock = ManualClock()
    first = open_app(settings_for(data), clock=clock)
    try:
        take_block(first, clock, "Alpha", 3, 20_000)
        async with sitting(data, clock=clock) as seat:
            await seat.until("Look only")
            await seat.press("enter", "2")
            assert "⏎ open" in seat.lines[-1]
            for gone in ("again", "rename", "leave out", "delete"):
                assert gone not in seat.lines[-1]
            await seat.press("a", "n", "l", "delete", "question_mark")
            assert "Rename" not in seat.text
            assert "Filter by words" in seat.text
    finally:
        first.close()


async def test_an_empty_history_says_so(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("2")
        assert "No block yet. Home has your first one." in seat.text
        assert not seat.lines[-1].split("1 Home")[0].strip()
        await seat.press("enter", "a", "n", "l", "delete", "u")
        await seat.press("1")
        assert seat.line("First block")
