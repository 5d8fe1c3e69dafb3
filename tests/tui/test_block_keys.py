"""Every key and press of a running block, on a real store."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.binding import Binding

from qbank.block.model import Confidence, Mode, Phase
from qbank.tui.screens import block
from qbank.tui.screens.block import Block
from qbank.tui.screens.overview import Overview
from qbank.tui.screens.paused import Paused
from qbank.tui.screens.submit import ReviewAndSubmit
from qbank.tui.widgets.question import Question
from tests.tui.support import sitting


@pytest.mark.parametrize("key", ["b", "B"])
async def test_a_letter_answers_in_either_case_and_again_does_nothing(data: Path, key: str) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press(key)
        assert seat.state.response(1) == ("second",)
        before = seat.block.runner.state
        await seat.press(key)
        assert seat.block.runner.state == before
        await seat.until("B ● The second of 1")


async def test_another_letter_changes_the_answer_and_delete_clears_it(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("b", "d")
        assert seat.state.response(1) == ("fourth",)
        assert seat.state.cell(1).changes == 1
        await seat.press("delete")
        assert seat.state.response(1) == ()
        assert "●" not in seat.line("The fourth of 1")


async def test_a_letter_without_an_option_does_nothing(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        before = seat.state
        await seat.press("j")
        assert seat.state == before


async def test_x_and_a_letter_strikes_and_a_struck_option_can_be_chosen(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("x")
        assert "Strike which?" in seat.text
        await seat.press("c")
        assert seat.state.is_struck(1, "third")
        assert "C\u0336" in seat.line("The third of 1")
        await seat.press("c")
        assert seat.state.response(1) == ("third",)
        await seat.press("X", "C")
        assert not seat.state.is_struck(1, "third")


async def test_escape_lets_a_strike_be(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("x", "escape", "c")
        assert seat.state.response(1) == ("third",)
        assert seat.state.cell(1).struck == frozenset()


async def test_the_cursor_chooses_and_strikes_under_it(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("down", "down", "space")
        assert seat.state.response(1) == ("second",)
        assert seat.line("The second of 1").lstrip().startswith("▸")
        await seat.press("up", "x", "space")
        assert seat.state.is_struck(1, "first")
        await seat.press("up", "up")
        assert seat.line("The first of 1").lstrip().startswith("▸")


async def test_flag_and_sureness_are_said_and_taken_back(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("m", "2")
        assert seat.state.cell(1).flagged
        assert seat.state.cell(1).confidence is Confidence.UNSURE
        assert "unsure" in seat.lines[1]
        assert "⚑ flagged" in seat.lines[1]
        await seat.press("M", "2")
        assert not seat.state.cell(1).flagged
        assert seat.state.cell(1).confidence is None
        await seat.press("1")
        assert seat.state.cell(1).confidence is Confidence.SURE
        await seat.press("3")
        assert seat.state.cell(1).confidence is Confidence.GUESS


async def test_sureness_can_be_switched_off(data: Path) -> None:
    async with sitting(data, confidence=False) as seat:
        await seat.begin()
        await seat.press("1")
        assert seat.state.cell(1).confidence is None


async def test_onward_and_back(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=3)
        await seat.press("enter", "right")
        assert seat.state.shown == 3
        assert "Question 3 of 3" in seat.lines[0]
        await seat.press("backspace", "left", "left")
        assert seat.state.shown == 1
        await seat.press("enter", "enter", "enter")
        assert seat.on(Overview)


async def test_the_overview_shows_every_question_and_leads_to_each(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("b", "m", "enter", "enter", "o")
        assert seat.on(Overview)
        assert "answered 1" in seat.text
        assert "seen, open 2" in seat.text
        assert "not seen 17" in seat.text
        assert "1 ● 0:00 ⚑" in seat.text
        await seat.press("1", "7", "enter")
        assert seat.state.shown == 17
        await seat.press("o", "left", "left", "up", "enter")
        assert seat.state.shown == 10
        await seat.press("O", "escape")
        assert seat.state.shown == 10
        assert seat.on(Block)


@pytest.mark.parametrize(
    ("keys", "position"), [("5", 5), ("1", 1), ("17", 17), ("02", 2), ("39", 9)]
)
async def test_digits_only_move_the_cursor_and_enter_goes_there(
    data: Path, keys: str, position: int
) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("enter", "o", *keys)
        assert seat.on(Overview)
        assert f"▸{position:>3}" in seat.text
        await seat.press("enter")
        assert seat.on(Block)
        assert seat.state.shown == position


async def test_the_overview_keeps_the_clock_in_sight(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("o")
        seat.clock.advance(61_000)
        seat.block.tick()
        await seat.settle()
        assert "28:59 left" in seat.lines[0]


async def test_review_lists_all_incomplete_and_flagged(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=5)
        await seat.press("b", "enter", "c", "m", "r")
        assert seat.on(ReviewAndSubmit)
        assert "all 5" in seat.text
        assert "incomplete 3" in seat.text
        assert "flagged 1" in seat.text
        await seat.press("i")
        assert "number 2" not in seat.text
        assert "number 3" in seat.text
        await seat.press("f")
        assert "number 2" in seat.text
        assert "number 3" not in seat.text
        await seat.press("enter")
        assert seat.state.shown == 2


async def test_submitting_asks_once_and_says_what_is_blank(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=3)
        await seat.press("b", "r", "s")
        assert "2 questions blank." in seat.text
        assert "A blank scores as wrong" in seat.text
        await seat.press("enter")
        assert seat.on(ReviewAndSubmit)
        await seat.press("s", "down", "enter")
        assert "1 of 3" in seat.text


async def test_the_clock_line_cycles_and_is_remembered(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        assert "30:00 left" in seat.lines[0]
        await seat.press("t")
        assert "Now: no clock until 5:00" in seat.text
        assert "left" not in seat.lines[0]
        assert "this one" not in seat.lines[0]
        await seat.press("a")
        seat.clock.advance(25 * 60_000)
        seat.block.tick()
        await seat.settle()
        assert "5:00 left" in seat.lines[0]
    async with sitting(data) as seat:
        await seat.press("enter", "enter")
        assert "5:00 left" in seat.lines[0]
        await seat.press("t")
        assert "Now: the clock alone" in seat.text


async def test_the_clock_may_show_time_used(data: Path) -> None:
    async with sitting(data, clock_shows="used") as seat:
        await seat.begin()
        seat.clock.advance(41_000)
        seat.block.tick()
        await seat.settle()
        assert "0:41 used" in seat.lines[0]
        assert "this one 0:41" in seat.lines[0]


async def test_p_twice_pauses_and_covers_the_question(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("p")
        assert "A paused block stays out of your bests. P again to pause." in seat.text
        assert seat.state.phase is Phase.RUNNING
        await seat.press("p")
        assert seat.on(Paused)
        assert "number 1" not in seat.text
        seat.clock.advance(600_000)
        await seat.press("p")
        assert seat.state.phase is Phase.RUNNING
        assert "30:00 left" in seat.lines[0]


async def test_another_key_takes_a_pause_back(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("p", "m", "p")
        assert seat.state.phase is Phase.RUNNING


async def test_leaving_says_what_the_clock_will_do(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("b", "ctrl+q")
        assert "1 answer kept. The clock stops when you leave" in " ".join(seat.text.split())
        # No time stands in the sentence: the clock beside it runs on.
        assert re.findall(r"\d+:\d\d left", seat.text) == ["30:00 left"]
        await seat.press("enter")
        assert seat.on(Block)
        await seat.press("ctrl+q", "down", "enter")
        assert seat.line("Resume")


async def test_a_long_question_scrolls_and_says_so(
    importing: Callable[[str], Path], data: Path
) -> None:
    stem = " ".join(f"word{n}" for n in range(400))
    options = ", ".join(f"{{id: o{n}, text: Option {n}}}" for n in range(6))
    importing(
        "format: qbank-pack/1\npack: {id: long, title: Long}\nquestions:\n"
        f"  - {{id: q, stem: {stem}, lead_in: Which?, key: o1, options: [{options}]}}\n"
    )
    async with sitting(data) as seat:
        await seat.begin(packs=("long",))
        assert "▼" in seat.text
        assert all(f"Option {place}" in seat.text for place in range(6))
        await seat.press("space")
        assert "word0 " not in seat.text
        assert "▲" in seat.lines[2]
        assert "Option 0" in seat.text
        await seat.press("end")
        assert "word399" in seat.text
        assert "▼" not in seat.text
        await seat.press("home")
        assert "word0 " in seat.text
        await seat.click("more lines")
        assert "word0 " not in seat.text
        await seat.press("f")
        await seat.until("F ● Option 5")
        await seat.press("pageup", "pagedown", "pageup", "up")
        assert seat.line("Option 5").lstrip().startswith("▸")
        assert "word0 " in seat.text


async def test_options_that_do_not_fit_beside_the_stem_scroll_apart(
    importing: Callable[[str], Path], data: Path
) -> None:
    stem = " ".join(f"word{n}" for n in range(400))
    options = ", ".join(f"{{id: o{n}, text: Option {n} {'long ' * 40}}}" for n in range(8))
    importing(
        "format: qbank-pack/1\npack: {id: long, title: Long}\nquestions:\n"
        f"  - {{id: q, stem: {stem}, lead_in: Which?, key: o1, options: [{options}]}}\n"
    )
    async with sitting(data, size=(130, 30)) as seat:
        await seat.begin(packs=("long",))
        assert "word0 " in seat.text
        assert "word" in seat.line("Option 0")  # side by side
        assert "Option 7" not in seat.text
        assert seat.text.count("▼") == 2
        await seat.press("h")
        assert seat.state.response(1) == ("o7",)
        assert "Option 7" in seat.text
        assert "word0 " in seat.text
        await seat.click("▲")
        assert "Option 0" in seat.text
        await seat.press("down")
        assert seat.line("Option 0")


async def test_everything_is_done_with_the_mouse(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=3)
        for _ in range(10):
            await seat.press("m")
        await seat.click("The second of 1")
        assert seat.state.response(1) == ("second",)
        await seat.click("The third of 1", button=3)
        assert seat.state.is_struck(1, "third")
        await seat.click("M flag")
        assert seat.state.cell(1).flagged
        await seat.click("X strike")
        await seat.click("The first of 1")
        assert seat.state.is_struck(1, "first")
        await seat.click("⏎ next")
        assert seat.state.shown == 2
        await seat.click("O all")
        await seat.click(" 3 ·")
        assert seat.state.shown == 3
        await seat.click("⌫ back")
        assert seat.state.shown == 2
        await seat.click("P pause")
        await seat.click("P pause")
        await seat.click("Go on")
        assert seat.state.phase is Phase.RUNNING
        await seat.click("O all")
        await seat.click("R review and submit")
        await seat.click("S submit")
        await seat.click("Submit  ")
        assert "1 of 3" in seat.text


async def test_keys_typed_in_one_go_act_in_their_order(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("enter")
        await seat.until("the clock starts")
        for key in ("enter", "b", "enter", "x", "c", "m", "d", "o", "4", "enter", "a"):
            seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until("Question 4 of 20")
        await seat.press("backspace", "e")
        answers = [
            seat.state.spec.slot(p).options.index(seat.state.response(p)[0]) for p in (1, 2, 3, 4)
        ]
        assert answers == [1, 3, 4, 0]
        assert seat.state.cell(2).flagged
        assert seat.state.cell(2).struck == {seat.state.spec.slot(2).options[2]}


async def test_the_hint_of_the_first_ten_keys(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        assert seat.lines[-1].split("  ")[0].strip() == "A–E answer"
        assert "strike" not in seat.lines[-1]
        await seat.press(*"ababababab")
        assert "X strike" in seat.lines[-1]
    async with sitting(data) as seat:
        await seat.press("enter", "enter")
        assert "X strike" in seat.lines[-1]


async def test_the_hint_of_the_first_ten_keys_says_what_enter_does(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=2, mode=Mode.TUTOR)
        assert "⏎ next question" in seat.lines[-1]
        await seat.press("c")
        assert "A–E answer  ⏎ lock and explain" in seat.lines[-1]
        await seat.press("enter")
        assert "answer" not in seat.lines[-1]
        assert "⏎ next question" in seat.lines[-1]


async def test_the_words_of_the_pace_change_at_an_answer_and_not_before(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        seat.block.runner.pacing.first_blocks = False
        for letter in "abcd":
            seat.clock.advance(60_000)
            await seat.press(letter)
            await seat.press("enter")
        said = seat.lines[1].strip()
        assert said == "2:00 ahead of even pace · on track"
        for keys in ((), ("enter",), ("backspace",), ("m", "m"), ("b", "delete")):
            seat.clock.advance(100_000)
            seat.block.tick()
            await seat.press(*keys)
            if "b" not in keys:
                assert seat.lines[1].strip().startswith(said)
        assert not seat.lines[1].strip().startswith(said)


async def test_the_first_blocks_say_nothing_of_the_pace(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        for letter in "abcd":
            await seat.press(letter, "enter")
        assert "pace" not in seat.lines[1]
        assert seat.block.runner.clock().pace is None


def test_no_letter_from_a_to_j_is_a_command_while_an_option_can_be_chosen() -> None:
    actions = [
        (key, binding.action)
        for owner in (*Block.__mro__, *Question.__mro__)
        for binding in vars(owner).get("BINDINGS", ())
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    ]
    for place, letter in enumerate("ABCDEFGHIJ"):
        meant = [action for key, action in actions if key in (letter, letter.lower())]
        assert meant == [f"answer({place})"] * 2


async def test_the_mouse_alone_comes_to_the_full_foot(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        for _ in range(5):
            assert "M flag" not in seat.lines[-1]
            await seat.click("The first of")
            await seat.click("⏎ next")
        await seat.click("M flag")
        assert len(seat.state.flagged) == 1


async def test_a_pause_asked_for_long_ago_is_not_taken(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(block, "PAUSE_ASK_S", 0.05)
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("p")
        for _ in range(200):
            if "P again to pause" not in seat.text:
                break
            await seat.pilot.pause(0.01)
        await seat.press("p")
        assert seat.state.phase is Phase.RUNNING


async def test_a_sleep_of_the_machine_is_said_once_and_costs_nothing(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        seat.clock.sleep_machine(120_000)
        seat.block.tick()
        await seat.until("The 2 minutes away are not counted; the block stays out of your bests.")
        assert "30:00 left" in seat.text
        await seat.press("b")
        assert "away" not in seat.text
