"""Statistics by keys and by mouse: tabs, numbers, details, filters, files."""

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from textual.widgets import Input

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.services.simulate import simulate
from qbank.services.views.said import Tab
from qbank.tui.screens.dialogs import AskText, Failure
from qbank.tui.screens.statistics import Statistics
from qbank.tui.screens.why import Sections
from tests.tui.support import Seat, copy_of, settings_for, sitting

NOW = 1_736_000_000_000
QUESTIONS = (
    "Do I finish?",
    "How do next steps go?",
    "Where do questions go?",
    "Am I getting faster without getting worse?",
    "Systems and tasks: where is most to gain?",
    "Do my changes and my sureness pay?",
    "Which bests stand?",
)


@pytest.fixture(scope="module")
def history(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which a simulated learner took twelve blocks."""
    data = copy_of(template, tmp_path_factory.mktemp("statistics"))
    with open_app(settings_for(data), clock=ManualClock(NOW)) as application:
        simulate(application, blocks=12, seed=3, profile="second-guesser")
    return data


@pytest.fixture
def filled(history: Path, tmp_path: Path) -> Path:
    return copy_of(history, tmp_path)


@asynccontextmanager
async def _statistics(data: Path, **values: Any) -> AsyncIterator[Seat]:
    clock = ManualClock(NOW)
    async with sitting(data, clock=clock, learner="simulated", **values) as seat:
        await seat.press("3")
        yield seat


def _front(seat: Seat) -> str:
    return seat.lines[0].removeprefix(" Statistics").strip()


async def test_keys_turn_the_tabs_in_their_order_and_round(filled: Path) -> None:
    async with _statistics(filled) as seat:
        shown = []
        for _ in QUESTIONS:
            shown.append(_front(seat))
            await seat.press("right")
        assert tuple(shown) == QUESTIONS
        assert _front(seat) == QUESTIONS[0]
        await seat.press("left")
        assert _front(seat) == QUESTIONS[-1]


async def test_the_mouse_turns_the_tabs_and_the_one_in_front_is_underlined(filled: Path) -> None:
    async with _statistics(filled, theme="none") as seat:
        for at, word in enumerate(("Time", "Next step", "Where", "Faster?", "Systems")):
            await seat.click(word)
            assert _front(seat) == QUESTIONS[at]
            begin = seat.lines[2].index(word)
            assert seat.lines[3][begin : begin + len(word)] == "━" * len(word)
            assert seat.lines[3].count("━") == len(word) + 2


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_each_tab_has_a_sentence_before_its_picture_at_every_size(
    filled: Path, size: tuple[int, int]
) -> None:
    async with _statistics(filled, size=size) as seat:
        for _ in Tab:
            assert seat.lines[4].strip()[-1].isalnum() or seat.lines[4].strip()[-1] in ".:,);"
            assert not any(line.rstrip().endswith("…") for line in seat.lines[4:-2])
            await seat.press("right")


async def test_pictures_become_numbers_and_pictures_again(filled: Path) -> None:
    async with _statistics(filled) as seat:
        await seat.click("Faster?")
        assert "┤" in seat.text
        await seat.press("x")
        assert "┤" not in seat.text
        assert "smoothed" in seat.text
        assert "limit 90 s: in time below this" in seat.text
        await seat.click("X pictures")
        assert "┤" in seat.text


async def test_blocks_are_drawn_where_they_are_asked_for(filled: Path) -> None:
    async with _statistics(filled, charts="blocks") as seat:
        await seat.click("Faster?")
        assert not any("\u2800" <= sign <= "\u28ff" for sign in seat.text)
    async with _statistics(filled, charts="braille") as seat:
        assert _front(seat) == QUESTIONS[3]
        assert any("\u2800" <= sign <= "\u28ff" for sign in seat.text)


async def test_details_stand_behind_a_key(filled: Path) -> None:
    async with _statistics(filled) as seat:
        await seat.click("Changes")
        assert "p under" not in seat.text
        await seat.press("i")
        assert seat.on(Sections)
        assert "to right against away from it" in seat.text
        await seat.press("escape")
        assert seat.on(Statistics)


async def test_a_time_a_pack_and_a_mode_are_asked_for_and_remembered(filled: Path) -> None:
    async with _statistics(filled) as seat:
        await seat.press("r", "down", "enter")
        assert "R last 7 days" in seat.text
        await seat.click("every mode")
        await seat.click("tutor")
        assert "M tutor" in seat.text
        assert "No block here." in seat.text
        await seat.click("all packs")
        await seat.click("Bench")
        assert "P Bench" in seat.text
    async with _statistics(filled) as seat:
        assert "R last 7 days  P Bench  M tutor" in seat.text
        assert "No block here." in seat.text
        await seat.press("m", "home", "enter", "p", "home", "enter", "r", "home", "enter")
        assert "R all time  P all packs  M every mode" in seat.text
        assert "No block here." not in seat.text


async def test_a_picture_is_saved_once_and_never_over_a_file(filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "changed.svg"
    async with _statistics(filled) as seat:
        await seat.click("Changes")
        for _ in range(2):
            await seat.press("s", "enter")
            assert seat.on(AskText)
            await _type(seat, str(file))
        assert seat.on(Failure)
        assert "is there already" in seat.text
    words = [node.text for node in ElementTree.parse(file).iter()]
    assert "Changed answers" in words
    assert "away from right" in words


async def test_a_table_is_saved_as_csv(filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "bests.csv"
    async with _statistics(filled) as seat:
        await seat.press("left", "c", "enter")
        await _type(seat, str(file))
        assert seat.on(Statistics)
    with file.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.reader(opened))
    assert lines[0][:3] == ["kind of block", "n", "best"]
    assert lines[1][0] == "20 q in 30:00"


async def _type(seat: Seat, path: str) -> None:
    seat.app.screen.query_one(Input).value = path
    await seat.press("enter")


async def test_a_store_without_a_block_shows_no_empty_table(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("3")
        for _ in Tab:
            assert "No block yet. Home has your first one." in seat.text
            assert not any(hint in seat.lines[-1] for hint in ("save", "CSV", "details"))
            await seat.press("right")
        await seat.press("s", "c", "x", "i")
        assert seat.on(Statistics)


async def test_other_places_lead_here_and_on(filled: Path) -> None:
    async with _statistics(filled) as seat:
        await seat.click("2 History")
        await seat.click("3 Statistics")
        assert seat.on(Statistics)
        await seat.press("escape")
        assert not seat.on(Statistics)
