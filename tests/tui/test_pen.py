"""Highlighting: words and places, the pen by keys, the mouse, and what is kept of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Click, MouseDown, MouseMove, MouseUp

from qbank.tui import pen
from qbank.tui.face import source
from qbank.tui.ink import Ink
from qbank.tui.prose import Line, lay, painted, place_at
from qbank.tui.screens.overview import Overview
from qbank.tui.widgets.pages import Scroll
from tests.tui.support import Seat, sitting

MARKDOWN = (
    "A **bold** move of H~2~O and\n10^9^ *E. coli*.\n\n- one item\n- two\n\n"
    "| Study | Value |\n|---|---|\n| Na^+^ | 126 mEq/L |"
)


def _lines(text: str, width: int, *, markdown: bool = False) -> tuple[Line, ...]:
    return lay(text, width, markdown=markdown)


# --- places ------------------------------------------------------------------------------


@given(st.text(alphabet="ab 日é\n*_~^|-1.", max_size=200), st.integers(5, 60), st.booleans())
def test_every_character_on_the_screen_knows_its_place(
    text: str, width: int, markdown: bool
) -> None:
    shifted = {"₁", "¹", "₋", "⁻", "ₐ", "_", "^"}
    for line in lay(text, width, markdown=markdown, base=7):
        for bit in line:
            if bit.at:
                assert len(bit.at) == len(bit.text)
                for character, place in zip(bit.text, bit.at, strict=True):
                    original = text[place - 7]
                    same = original == character or (original == "\n" and character == " ")
                    assert same or character in shifted


@given(st.text(alphabet="ab cd\n", max_size=120), st.integers(4, 30))
def test_every_word_of_plain_text_is_found_once_and_in_order(text: str, width: int) -> None:
    found = pen.words(text, _lines(text, width))
    assert [text[word.begin : word.end] for word in found] == text.split()


def test_words_of_markdown_are_those_that_show() -> None:
    found = pen.words(MARKDOWN, _lines(MARKDOWN, 40, markdown=True))
    said = [MARKDOWN[word.begin : word.end] for word in found]
    assert said[:5] == ["A", "**bold**", "move", "of", "H~2~O"]
    assert said[-5:] == ["Study", "Value", "Na^+^", "126", "mEq/L"]


def test_a_cell_leads_to_its_place_and_beyond_the_end_to_the_last() -> None:
    (line,) = _lines("some words", 40)
    assert [place_at(line, x) for x in (0, 5, 9, 30)] == [0, 5, 9, 9]
    assert place_at((), 3) is None


def test_marks_lie_over_what_they_cover_and_nothing_else() -> None:
    (line,) = _lines("one two three", 40)
    row = painted(line, [(4, 7, Ink.MARKED)])
    assert [(run.text, run.ink) for run in row.runs] == [
        ("one ", Ink.PLAIN),
        ("two", Ink.MARKED),
        (" three", Ink.PLAIN),
    ]


def test_up_and_down_go_to_the_nearest_word_of_the_next_line_with_words() -> None:
    text = "alpha beta gamma\n\ndelta epsilon"
    found = pen.words(text, _lines(text, 40))
    below = pen.over(found, text.index("gamma"), 1)
    assert text[below.begin : below.end] == "epsilon"
    assert pen.over(found, below.begin, -1).begin == text.index("beta")
    assert pen.over(found, 0, -1).begin == 0
    assert pen.over(found, below.begin, 1).begin == below.begin


# --- on the screen --------------------------------------------------------------------------


def _marked(seat: Seat) -> list[str]:
    """The marked words of the question on screen."""
    text = source(seat.block.running.text())
    return [text[begin:end] for begin, end in seat.state.cell(seat.state.shown or 1).highlights]


def _inked(seat: Seat, ink: Ink) -> str:
    """What stands on the screen in an ink."""
    rows = seat.block.question.rows
    return " ".join(run.text for one in rows for run in one.runs if run.ink is ink)


async def test_the_words_of_the_pen_stand_whole_beside_every_mark(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("b", "2", "m")
        await seat.until("saved")
        await seat.press("w")
        assert seat.lines[1].split("  ")[0] == " Highlight: Space marks from it."
        assert "unsure   ⚑ flagged   saved" in seat.lines[1]


async def test_the_pen_marks_from_a_word_to_another(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("w")
        assert "Space marks from it" in seat.text
        assert _inked(seat, Ink.WORD) == "A"
        await seat.press("right", "space", "right", "right")
        assert "Space marks to it" in seat.text
        await seat.press("space")
        assert _marked(seat) == ["patient number 1"]
        await seat.press("right", "right", "space", "left", "space")
        assert _marked(seat) == ["patient number 1", "comes to"]
        assert _inked(seat, Ink.MARKED) == "patient number 1  to"  # the cursor is on `comes`
        await seat.press("left", "space", "right", "space")
        assert _marked(seat) == ["patient number 1 comes to"]
        await seat.press("delete")
        assert _marked(seat) == []


async def test_letters_answer_while_the_pen_is_open_and_it_stays(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("w", "c")
        assert seat.state.response(1) == ("third",)
        await seat.press("right", "space", "b", "right", "space")
        assert seat.state.response(1) == ("second",)
        assert _marked(seat) == ["patient number"]


async def test_escape_hands_the_keys_back(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("w", "space", "escape")
        assert _marked(seat) == []
        assert _inked(seat, Ink.WORD) == ""
        await seat.press("down", "space")
        assert seat.state.response(1) == ("first",)


async def test_the_pen_reaches_the_lead_in_and_closes_with_the_question(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("w", "down", "space", "space")
        assert _marked(seat) == ["Which"]
        await seat.press("enter")
        assert seat.state.shown == 2
        assert _inked(seat, Ink.WORD) == ""
        await seat.press("left")
        assert seat.state.shown == 1
        assert _inked(seat, Ink.MARKED) == "Which"


async def test_marks_outlive_a_new_size_an_overlay_and_leaving(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("w", "right", "space", "right", "space")
        await seat.resize(200, 60)
        assert _inked(seat, Ink.WORD) == "number"
        assert _inked(seat, Ink.MARKED).strip() == "patient"
        await seat.press("o")
        assert seat.on(Overview)
        await seat.press("escape", "space", "right", "space", "escape")
        assert _marked(seat) == ["patient number 1"]
        await seat.press("ctrl+q", "down", "enter")
    async with sitting(data) as seat:
        await seat.press("enter", "enter")
        assert _marked(seat) == ["patient number 1"]
        assert _inked(seat, Ink.MARKED) == "patient number 1"


async def test_a_long_stem_follows_the_pen(importing: Callable[[str], Path], data: Path) -> None:
    stem = " ".join(f"word{n}" for n in range(400))
    importing(
        "format: qbank-pack/1\npack: {id: long, title: Long}\nquestions:\n"
        f"  - {{id: q, stem: {stem}, lead_in: Which?, key: a, options: "
        "[{id: a, text: One}, {id: b, text: Two}]}\n"
    )
    async with sitting(data) as seat:
        await seat.begin(packs=("long",))
        await seat.press("w", *["down"] * 30)
        here = _inked(seat, Ink.WORD)
        assert here in seat.text
        assert "word0 " not in seat.text
        await seat.press("space", "up", "space")
        (span,) = _marked(seat)
        assert span.endswith(here)


async def _drag(seat: Seat, one: str, other: str) -> None:
    """Press at some words, move to others, let go."""

    def offset(words: str) -> tuple[int, int]:
        y = next(at for at, line in enumerate(seat.lines) if words in line)
        return seat.lines[y].index(words), y

    kinds: list[tuple[list[type[Any]], str]] = [
        ([MouseDown], one),
        ([MouseMove], other),
        ([MouseUp, Click], other),
    ]
    for events, words in kinds:
        await seat.pilot._post_mouse_events(events, offset=offset(words), button=1)
    await seat.settle()


async def test_the_mouse_marks_by_dragging_and_a_press_takes_a_mark_away(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await _drag(seat, "number 1 comes", "clinic")
        assert _marked(seat) == ["number 1 comes to the clinic"]
        await _drag(seat, "cough", "because")
        assert _marked(seat) == ["number 1 comes to the clinic", "because of a cough."]
        await seat.click("comes")
        assert _marked(seat) == ["because of a cough."]


async def test_a_drag_that_ends_on_an_option_answers_nothing(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await _drag(seat, "number 1", "The third of 1")
        assert seat.state.response(1) == ()
        assert _marked(seat) == ["number"]


@pytest.mark.parametrize("theme", ["dark", "none"])
async def test_a_mark_shows_without_colour(data: Path, theme: str) -> None:
    async with sitting(data, theme=theme) as seat:
        await seat.begin()
        await seat.press("w", "space", "right", "space", "escape")
        strips = seat.app.screen._compositor.render_strips()
        styles = {
            segment.text: segment.style for strip in strips for segment in strip if segment.style
        }
        assert styles["A patient"].underline


async def test_what_was_marked_shows_in_the_review(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=1)
        await seat.press("w", "right", "space", "right", "space", "escape", "b", "r", "s", "enter")
        await seat.until("Time in hand")
        await seat.press("enter")
        await seat.until("The question")
        rows = seat.app.screen.query_one(Scroll).rows
        inked = [run.text for one in rows for run in one.runs if run.ink is Ink.MARKED]
        assert inked == ["patient number"]
