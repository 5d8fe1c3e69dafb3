"""Whole evenings: a block from Home to its review, time up, tutor mode, and after a kill."""

from collections.abc import Callable
from pathlib import Path

from qbank.block.model import CloseReason, Mode, Phase
from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockRequest
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.block import Block
from qbank.tui.screens.ended import Ended
from qbank.tui.screens.home import Home
from qbank.tui.screens.result import Result
from qbank.tui.screens.review import Review
from tests.tui.support import Seat, settings_for, sitting


async def _answer(seat: Seat, letter: str, ms: int = 60_000) -> None:
    seat.clock.advance(ms)
    await seat.press(letter, "enter")


async def test_a_whole_block_from_home_to_its_review(data: Path) -> None:
    async with sitting(data) as seat:
        assert seat.line("▸ First block")
        await seat.press("escape")
        await seat.begin()
        for position in range(1, 19):
            await _answer(seat, "b" if position % 3 else "c")
        await seat.press("m", "x", "a", "d", "b", "enter")
        await seat.press("2", "o", "4", "enter", "a", "r", "i")
        assert "number 20" in seat.text
        await seat.press("s", "down", "enter")
        await seat.until("Time in hand")
        assert seat.on(Result)
        assert "12 of 20 right" in seat.text
        assert "19 of 20 answered" in seat.text
        assert "Starting mark 1 of 3" in seat.text
        report = seat.application.review.report(seat.application.history.list()[0].id)
        assert report.summary.used_ms == 18 * 60_000
        assert "18:00 of 30:00" in seat.text
        await seat.press("enter")
        assert seat.on(Review)
        assert "you    C  The third of 3" in seat.text
        assert "right  B  The second of 3" in seat.text
        assert "It turns on" in seat.text
        assert "◂ asked here" in seat.text
        assert "◂ yours: 1 rung early" in seat.text
        await seat.press("pagedown")
        await seat.until("Why third.")
        await seat.press("escape", "escape")
        assert seat.on(Home)
        await seat.press("2")
        await seat.until("12 of 20")


async def test_a_change_of_mind_and_the_time_of_a_question_stand_in_the_review(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=2)
        seat.clock.advance(10_000)
        await seat.press("a")
        seat.clock.advance(20_000)
        await seat.press("b", "r", "s", "down", "enter")
        await seat.until("Time in hand")
        await seat.click("1 changed")
        await seat.press("end")
        await seat.until("What you did")
        assert "0:00  first look  0:30 on it" in seat.text
        assert "0:10  answered A" in seat.text
        assert "0:30  changed to B" in seat.text


async def test_time_up_locks_the_block_keeps_every_answer_and_says_so(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=4)
        await seat.press("b", "enter", "b", "o")
        seat.clock.advance(6 * 60_000)
        seat.block.tick()
        await seat.settle()
        assert seat.on(Ended)
        assert "Time. 2 answers are saved. 2 questions were not reached." in seat.text
        seat.clock.advance(499)
        await seat.press("enter")
        assert seat.on(Ended)
        seat.clock.advance(1)
        await seat.press("enter")
        await seat.until("2 of 4 right")
        assert "not reached" in seat.text


async def test_a_key_after_the_deadline_changes_nothing(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=4)
        runner = seat.block.runner
        seat.clock.advance(6 * 60_000)
        await seat.press("b")
        assert runner.state.close_reason is CloseReason.EXPIRED
        assert runner.state.answered == 0
        assert runner.state.used_ms(10**9) == 6 * 60_000


async def test_stopping_after_time_is_up_leads_home_with_everything_kept(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=2)
        await seat.press("b")
        seat.clock.advance(3 * 60_000)
        seat.block.tick()
        await seat.settle()
        seat.clock.advance(500)
        await seat.press("down", "enter")
        assert seat.on(Home)
        await seat.press("2")
        await seat.until("1 of 2")


async def test_tutor_mode_locks_the_answer_and_explains_it(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=2, mode=Mode.TUTOR)
        assert "used" in seat.lines[0]
        for _ in range(10):
            await seat.press("1")
        await seat.press("c")
        assert "⏎ lock and explain" in seat.lines[-1]
        await seat.press("enter")
        await seat.until("It turns on")
        assert "B ✓" in seat.line("The second of 1")
        assert "C ✗" in seat.line("The third of 1")
        await seat.press("a")
        assert seat.state.response(1) == ("third",)
        await seat.press("pagedown")
        assert "Why third." in seat.text
        used_ms = seat.block.runner.clock().used_ms
        seat.clock.advance(60_000)
        assert seat.block.runner.clock().used_ms == used_ms
        await seat.press("enter")
        assert seat.state.shown == 2
        assert "It turns on" not in seat.text
        await seat.press("backspace")
        await seat.until("It turns on")


async def test_a_killed_block_is_offered_again_exactly_where_it_was(data: Path) -> None:
    clock = ManualClock()
    async with sitting(data, clock=clock) as seat:
        await seat.begin()
        await _answer(seat, "b")
        await seat.press("x", "d", "m", "c")
        seat.clock.advance(20_000)
        seat.block.tick()
        await seat.until("saved")
        runner = seat.block.runner
        assert runner.wait_saved(10)
        left_ms = runner.clock().remaining_ms
        cells = runner.state.cells
        # The program dies here: nothing more is said to the store.
        seat.application.blocks._live.clear()
        seat.app.exit()
    clock.advance(360_000)
    async with sitting(data, clock=clock) as seat:
        assert "Resume" in seat.lines[2]
        assert "question 2 of 20" in seat.lines[2]
        await seat.press("enter")
        assert seat.on(Begin)
        said = " ".join(seat.text.split())
        assert "Your block is here: question 2," in said
        assert "2 answers saved. The 6 minutes away are not counted" in said
        seat.clock.advance(60_000)
        await seat.press("enter")
        assert seat.on(Block)
        assert seat.state.shown == 2
        assert seat.state.interrupted
        for now, before in zip(seat.state.cells, cells, strict=True):
            assert (now.response, now.struck, now.flagged) == (
                before.response,
                before.struck,
                before.flagged,
            )
        assert seat.block.runner.clock().remaining_ms == left_ms


async def test_a_left_block_goes_on_and_one_without_an_answer_can_be_discarded(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("ctrl+q", "down", "enter")
        assert "Resume" in seat.lines[2]
        await seat.press("enter")
        assert "Your block is here: question 1, 30:00 left, 0 answers saved." in seat.text
        await seat.press("down", "down", "enter")
        assert seat.on(Home)
        assert "Resume" not in seat.text


async def test_not_now_keeps_nothing_of_a_block_that_was_never_begun(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("enter")
        assert seat.on(Begin)
        seat.clock.advance(600_000)
        assert "30:00" in seat.text
        await seat.press("escape")
        assert seat.on(Home)
        assert "Resume" not in seat.text
    application = open_app(settings_for(data), clock=ManualClock())
    assert application.blocks.resumable() == ()
    application.close()


async def test_the_clock_starts_on_begin(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("enter")
        seat.clock.advance(300_000)
        await seat.press("enter")
        assert seat.state.phase is Phase.RUNNING
        assert "30:00 left" in seat.lines[0]


async def test_the_pace_is_said_from_the_fourth_block_on_and_after_four_answers(data: Path) -> None:
    async with sitting(data) as seat:
        for _ in range(3):
            await seat.begin(count=1, seen=())
            await seat.press("b", "r", "s", "enter")
            await seat.until("1 of 1 right")
            await seat.press("escape")
        await seat.begin(seen=())
        for _ in range(3):
            await _answer(seat, "b", 40_000)
        assert "pace" not in seat.lines[1]
        seat.clock.advance(40_000)
        await seat.press("b")
        assert "3:20 ahead of even pace · on track" in seat.lines[1]
        seat.clock.advance(60_000)
        seat.block.tick()
        await seat.settle()
        assert "3:20 ahead of even pace · on track" in seat.lines[1]


async def test_the_last_minutes_are_said_once(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("b")
        seat.clock.advance(25 * 60_000)
        seat.block.tick()
        await seat.settle()
        assert "◔ 5:00 left · 19 open" in seat.lines[1]
        assert "◔ 5:00 left" in seat.lines[0]
        await seat.press("m")
        assert "19 open" not in seat.lines[1]
        seat.clock.advance(3 * 60_000)
        seat.block.tick()
        await seat.settle()
        assert "◔ 2:00 left · 19 open: a letter on each" in seat.lines[1]


async def test_a_note_and_a_reason_are_kept_with_the_question(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=1)
        await seat.press("a", "r", "s", "enter")
        await seat.until("0 of 1 right")
        await seat.press("enter")
        await seat.until("you    A  The first of 1")
        await seat.press("r")
        await seat.until("Why was it not right?")
        await seat.press("end", "enter")
        await seat.until("you    A  The first of 1  · misread")
        await seat.press("n", *"look twice", "enter")
        await seat.press("end")
        await seat.until("look twice")
    async with sitting(data) as seat:
        await seat.press("2", "enter", "enter")
        await seat.until("· misread")


async def test_a_block_that_cannot_be_made_leads_back_and_says_why(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.app.push_screen(Begin(request=BlockRequest(packs=("nowhere",))))
        await seat.until("There is no pack 'nowhere'")
        await seat.press("enter")
        assert seat.on(Home)


async def test_a_change_is_told_by_its_signs_in_the_result(data: Path) -> None:
    async with sitting(data, size=(120, 40)) as seat:
        await seat.begin(count=2)
        await seat.press("b", "c", "enter", "b", "r", "s", "enter")
        await seat.until("answer")
        assert "✓ → ✗" in seat.line("  1  ✗")
        assert "→" not in seat.line("  2  ✓")


async def test_the_result_of_an_interrupted_block_with_extra_time_is_cut_nowhere(
    data: Path,
) -> None:
    clock = ManualClock()
    async with sitting(data, clock=clock) as seat:
        await seat.begin(time_factor=150)
        await _answer(seat, "b")
        assert seat.block.runner.wait_saved(10)
        seat.application.blocks._live.clear()
        seat.app.exit()
    async with sitting(data, clock=clock) as seat:
        await seat.press("enter", "enter", "r", "s", "down", "enter")
        await seat.until("Time in hand")
        assert "↯ interrupted   " in seat.lines[0]
        assert "timed" in seat.lines[0]
        assert "of 45:00 (30:00 × 1.5)" in seat.text


async def test_the_result_and_the_library_use_the_words_of_new_block(
    importing: Callable[[str], Path], data: Path
) -> None:
    options = "[{id: a, text: One}, {id: b, text: Two}]"
    importing(
        "format: qbank-pack/1\npack: {id: said, title: Said}\nquestions:\n"
        "  - {id: q, stem: A patient., lead_in: Which?, key: a, task: mixed_management, "
        f"system: blood_immune, options: {options}}}\n"
    )
    async with sitting(data, size=(120, 40)) as seat:
        await seat.begin(packs=("said",))
        await seat.press("r", "s", "down", "enter")
        await seat.until("blank (A)  ")
        assert "management" in seat.line("  1  –")
        assert "Blood, immune" in seat.line("  1  –")
        assert "mixed" not in seat.text
        await seat.press("escape", "4")
        await seat.click("Said")
        assert "Blood, immune" in seat.line("A patient.")


async def test_a_long_rung_of_the_ladder_is_wrapped_and_not_cut(
    importing: Callable[[str], Path], data: Path
) -> None:
    long = "Do " + " ".join(f"word{n}" for n in range(30)) + " end"
    options = "[{id: a, text: One, step: r1}, {id: b, text: Two, step: r2}]"
    importing(
        "format: qbank-pack/1\npack: {id: rungs, title: Rungs}\nquestions:\n"
        "  - {id: q, stem: A patient., lead_in: What is the next step?, key: b, "
        f"next_step: therapeutic, options: {options}, sequence: ["
        f"{{id: r1, stage: assess, do: {long}}}, "
        "{id: r2, stage: treat, do: It, state: asked}]}\n"
    )
    async with sitting(data) as seat:
        await seat.begin(packs=("rungs",))
        await seat.press("a", "r", "s", "enter")
        await seat.until("not right")
        await seat.press("enter")
        await seat.until("asked here")
        assert f"{long} " in " ".join(seat.text.split())
        assert "…" not in seat.text
