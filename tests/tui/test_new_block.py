"""The form of a new block: live counts, a sentence, and a start."""

from pathlib import Path

from qbank.block.model import Mode
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.build import NewBlock
from qbank.tui.screens.exam_day import ExamDay
from qbank.tui.screens.home import Home
from qbank.tui.screens.presets import Presets
from qbank.tui.widgets.turn import Turn
from tests.tui.support import Seat, sitting


async def _open(seat: Seat) -> None:
    await seat.press("down", "down", "down", "enter")
    assert seat.on(NewBlock), seat.text


async def test_counts_and_the_sentence_follow_the_boxes(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        there = seat.application.home.view().questions_total
        assert f"{there} questions match. This block: 20 of them, 30:00." in seat.text
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
        await seat.press(
            "right", "down", "down", "end", "backspace", "backspace", "5", "down", "down"
        )
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
        await seat.press("down", "down", "down", "1", "2")
        assert "This block: 20 of them, 12:00." in seat.text


async def test_words_narrow_the_choice_and_nothing_found_starts_nothing(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        await seat.click("[ ] Bench")
        seat.app.screen.query_one("#search").focus()
        await seat.settle()
        await seat.press(*"fourth of")
        assert "20 questions match" in seat.text
        await seat.press(*" xyzzy")
        assert "No question matches." in seat.text
        assert "[x] Bench 0" in seat.text
        await seat.press("enter")
        assert seat.on(NewBlock)


async def test_what_cannot_be_asked_for_is_said_in_the_form(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        await seat.press("down", "down", "end", "backspace", "backspace", *"999")
        assert "A block has 1 to 500 questions, not 999" in seat.text
        await seat.press("enter")
        assert seat.on(NewBlock)
        await seat.press("escape")
        assert seat.on(Home)


async def test_a_preset_sets_the_length_and_the_minutes(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        assert "◂ Step 2 CK block (2026) ▸   20 q · 30 min" in seat.text
        assert "30:00 as the preset" in seat.text
        await seat.press("down", "right")
        assert "◂ Half a Step 2 CK block ▸   10 q · 15 min" in seat.text
        assert "This block: 10 of them, 15:00." in seat.text
        await seat.press("right")
        assert "This block: 40 of them, 60:00." in seat.text
        await seat.press("down", "down", "7", "up", "up", "left")
        assert "This block: 10 of them, 15:00." in seat.text
        await seat.press("down", "enter")
        assert seat.on(Begin)
        await seat.press("enter")
        assert seat.block.runner.spec.preset == "step2ck-half"


async def test_the_list_of_presets_marks_what_is_not_sure(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        await seat.press("down", "enter")
        assert seat.on(Presets)
        assert "? check with the exam's own site" in seat.lines[0]
        assert seat.line("▸ Step 2 CK block (2026)").split()[-3:] == ["20", "30", "16"]
        assert seat.line("Clinical subject exam (shelf)").split()[-4:] == ["110", "165", "1", "?"]
        await seat.press("down", "down", "down", "enter")
        assert seat.on(NewBlock)
        assert "◂ Free 120 (2026) ▸   20 q · 30 min" in seat.text
        assert "check with the exam's own site" in seat.text
        await seat.click("Free 120 (2026)")
        assert seat.on(Presets)
        await seat.press("home", "escape")
        assert "◂ Free 120 (2026) ▸" in seat.text
        await seat.click("◂ Free")
        assert "◂ Step 2 CK block (to May 2026) ▸" in seat.text
        assert "check with" not in seat.text


async def test_a_preset_larger_than_what_is_there_says_so(data: Path) -> None:
    async with sitting(data) as seat:
        await _open(seat)
        await seat.click("[ ] Bench")
        await seat.press("shift+tab")
        seat.app.screen.query_one("#preset", Turn).turn_to("ccssa")
        await seat.settle()
        said = " ".join(seat.text.split())
        assert (
            "NBME self-assessment (CCSSA) has 50 questions; 20 match here, at the same pace."
            in said
        )
        assert "This block: 20 of them, 30:00." in said


async def test_an_exam_day_has_only_what_it_takes(data: Path) -> None:
    names = ("Questions", "From", "Systems", "Tasks", "Next steps", "Search", "Order")
    async with sitting(data, size=(100, 40)) as seat:
        await _open(seat)
        await seat.click("[ ] Bench")
        assert all(seat.line(f" {name} ") for name in names)
        await seat.click("( ) Exam day")
        assert not [name for name in (*names, "Extra time") if seat.line(f" {name} ")]
        assert "[x] Bench" in seat.text
        await seat.click("start")
        page = seat.app.screen
        assert isinstance(page, ExamDay)
        assert page._request().packs == ("bench",)
        await seat.press("escape", "enter")
        await seat.click("( ) Exam day")
        await seat.click("( ) Tutor")
        assert all(seat.line(f" {name} ") for name in names)
