"""Exam days at the terminal: by keys, by mouse, over the break time, left, killed, ended."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from qbank.block.model import Phase
from qbank.block.sitting_model import DayEnd, DayPhase
from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.errors import NotSaved
from qbank.services.views import SittingRequest
from qbank.store.engine import Store
from qbank.tui.memory import Memory
from qbank.tui.screens.block import Block
from qbank.tui.screens.build import NewBlock
from qbank.tui.screens.exam_day import ExamDay
from qbank.tui.screens.exam_day_block import ExamDayBlock
from qbank.tui.screens.exam_day_break import ExamDayBreak
from qbank.tui.screens.exam_day_page import DayPage
from qbank.tui.screens.exam_day_result import ExamDayResult
from qbank.tui.screens.exam_day_start import ExamDayStart
from qbank.tui.screens.exam_day_tutorial import ExamDayTutorial
from qbank.tui.screens.history import History
from qbank.tui.screens.home import Home
from qbank.tui.screens.result import Result
from tests.tui.support import PACK, Seat, settings_for, sitting

SHORT = SittingRequest(compress=10, packs=(PACK,), blocks=3, seed=3)
"""Three blocks of 2 questions in 3:00, breaks 1:00, tutorial 0:30."""


async def _begin(seat: Seat, request: SittingRequest = SHORT) -> None:
    """Begin a day; its tutorial is on screen, or its first block."""
    await seat.app.push_screen(ExamDayStart(request=request))
    await seat.settle()
    await seat.press("enter")


async def _to_block(seat: Seat, request: SittingRequest = SHORT) -> None:
    await _begin(seat, request)
    await seat.press("enter", "enter")
    assert seat.on(ExamDayBlock), seat.text


async def _submit(seat: Seat) -> None:
    await seat.press("r", "s")
    if "blank" in seat.text:
        await seat.press("down")
    await seat.press("enter")
    await seat.settle()


async def _wait(seat: Seat, ms: int) -> None:
    """Let time pass, and the page see it."""
    seat.clock.advance(ms)
    page = seat.app.screen
    assert isinstance(page, DayPage | Block)
    page.tick()
    await seat.settle()


async def test_from_new_block_to_a_day(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.app.push_screen(NewBlock())
        await seat.settle()
        await seat.press("right", "right", "right")
        assert "A whole exam day: blocks, breaks" in seat.text
        await seat.press("enter")
        assert seat.on(ExamDay)
        await seat.until("Step 2 CK block (2026)")
        await seat.press("down", "2", "down", "right", "right", "right")
        await seat.until("2 blocks of 2 questions, 3 min each.")
        assert "Breaks 0:42, tutorial 0:30. The whole day: 7:12." in seat.text
        await seat.press("enter")
        await seat.until("Begin")
        assert "the clock of the tutorial starts" in seat.text
        await seat.press("enter")
        assert seat.on(ExamDayTutorial)


async def test_a_day_by_keys(data: Path) -> None:
    async with sitting(data) as seat:
        await _begin(seat, replace(SHORT, blocks=2))
        assert "0:30  left of the tutorial" in seat.text
        await _wait(seat, 10_000)
        assert "0:20  left of the tutorial" in seat.text
        assert "0:07:02 left in the day" in seat.lines[0]
        await seat.press("enter")
        assert seat.on(ExamDayBreak)
        assert "1:02  break time left" in seat.text
        assert "before block 1 of 2" in seat.lines[0]
        await seat.press("enter")
        assert seat.on(ExamDayBlock)
        assert "3:00 left" in seat.lines[0]
        assert "day 0:07:02" in seat.lines[0]
        assert "this one" not in seat.lines[0]
        await seat.press("o")
        assert "Block 1 of 2 · 7 min left in the day" in seat.text
        await seat.press("escape", "b", "enter", "b")
        seat.clock.advance(60_000)
        await _submit(seat)
        assert seat.on(ExamDayBreak)
        assert "Block 1 is locked." in seat.text
        assert "3:02  break time left" in seat.text
        assert "●     ◆" in seat.text
        await seat.press("enter", "c")
        await _wait(seat, 200_000)
        await seat.settle()
        assert seat.on(ExamDayResult), seat.text
        assert "2 of 2 blocks taken." in seat.text
        assert "of 4 right, 3 of 4 answered." in seat.text
        assert "Testing 0:04:00 · breaks 0:00:00 · tutorial 0:10." in seat.text
        assert "1:00 of 3:00" in seat.text
        assert "no exam's scale" in seat.text
        await seat.press("enter")
        assert seat.on(Result)
        await seat.press("escape", "escape")
        assert not seat.on(ExamDayResult)


async def test_a_day_by_mouse(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.app.push_screen(ExamDay(SittingRequest(packs=(PACK,))))
        await seat.settle()
        await seat.click("a tenth")
        await seat.until("10 blocks of 2 questions")
        await seat.click("on to the day")
        await seat.until("the clock of the tutorial starts")
        await seat.click("the clock of the tutorial starts")
        await seat.click("End the tutorial")
        await seat.click("Begin block 1")
        assert seat.on(ExamDayBlock)
        await seat.click("second")
        assert seat.state.answered == 1
        seat.clock.advance(200_000)
        seat.block.tick()
        await seat.settle()
        assert "Time. 1 answer is saved. 1 question was not reached." in seat.text
        assert "Block 1 is locked." in seat.text
        seat.clock.advance(500)
        await seat.click("End the day")
        await seat.click("End the day")
        await seat.settle()
        assert seat.on(ExamDayResult)
        assert "Ended by you: 1 of 10 blocks taken." in seat.text
        await seat.click("home")
        await seat.app.push_screen(ExamDay())
        await seat.until("Ended by you: 1 of 10 blocks taken.")
        await seat.click("Ended by you")
        await seat.until("breaks 0:00:20")


async def test_the_only_warning_is_at_two_minutes_and_there_is_no_pause(data: Path) -> None:
    whole = SittingRequest(packs=(PACK,), blocks=1)
    async with sitting(data) as seat:
        await _to_block(seat, whole)
        await seat.press("p", "p")
        assert "no pause" in seat.text
        assert seat.state.phase is Phase.RUNNING
        for position in range(5):
            await seat.press("b", "enter")
            seat.clock.advance(20_000 + position)
        assert "even pace" not in seat.text
        await _wait(seat, 25 * 60_000 - 100_000)
        assert "5:00 left ·" not in seat.text
        await _wait(seat, 3 * 60_000)
        assert "2:00 left · 15 open: a letter on each" in seat.text
        assert "◔" in seat.lines[0]


async def test_a_break_beyond_the_pool_says_what_it_costs_then_loses_the_block(data: Path) -> None:
    async with sitting(data) as seat:
        await _begin(seat)
        await seat.press("enter")
        await _wait(seat, 90_000 + 15_000)
        assert "0:15  over: block 1 has 2:45 left" in seat.text
        assert "2 questions, 2:45" in seat.text
        assert "Every second is taken from the next block." in seat.text
        await _wait(seat, 170_000)
        assert "1 block was lost: no testing time was left." in seat.text
        assert "before block 2 of 3" in seat.lines[0]
        assert "–     ◆" in seat.text, seat.text
        await seat.press("enter")
        assert seat.state.spec.limit_ms == 175_000


async def test_time_alone_ends_a_day(data: Path) -> None:
    async with sitting(data) as seat:
        await _begin(seat)
        await _wait(seat, 3_600_000)
        await seat.settle()
        assert seat.on(ExamDayResult), seat.text
        assert "The day's time is up. 0 of 3 blocks taken." in seat.text


async def test_the_tutorial_ends_by_itself(data: Path) -> None:
    async with sitting(data) as seat:
        await _begin(seat)
        await _wait(seat, 31_000)
        await seat.settle()
        assert seat.on(ExamDayBreak)
        assert "0:59  break time left" in seat.text


async def test_sections_of_a_session_have_no_break_between_them(data: Path) -> None:
    async with sitting(data) as seat:
        comlex = SittingRequest("comlex2", compress=5, packs=(PACK,), blocks=4)
        await seat.app.push_screen(ExamDayStart(request=comlex))
        await seat.settle()
        assert "the day's clock starts" in seat.text
        await seat.press("enter")
        assert seat.on(ExamDayBlock)
        await _submit(seat)
        assert "12:00  left on the clock of this session, and it runs" in seat.text
        await _wait(seat, 60_000)
        assert "11:00  left on the clock" in seat.text
        assert "share one clock" in seat.text


# --- leaving and coming back ------------------------------------------------------------------


async def test_a_break_that_is_left_runs_on_and_waits_on_home(data: Path) -> None:
    async with sitting(data) as seat:
        await _begin(seat)
        await seat.press("enter", "escape")
        assert "The clock of the break runs on while you are away." in seat.text
        await seat.press("escape")
        assert seat.on(ExamDayBreak)
        await seat.press("escape", "down", "enter")
        assert seat.on(Home)
        await seat.until("before block 1 of 3")
        seat.clock.advance(20_000)
        await seat.press("enter")
        assert seat.on(ExamDayBreak)
        assert "Your exam day goes on here." in seat.text
        assert "1:10  break time left" in seat.text


async def test_a_block_that_is_left_runs_on(data: Path) -> None:
    async with sitting(data) as seat:
        await _to_block(seat)
        await seat.press("b", "ctrl+q")
        assert "The clock runs on while you are away." in seat.text
        await seat.press("down", "enter")
        assert seat.on(Home)
        await seat.until("in block 1 of 3")
        seat.clock.advance(60_000)
        await seat.press("enter")
        assert "Go on with block 1" in seat.text
        assert "You left this block. Its clock has run on." in seat.text
        await seat.press("enter")
        assert seat.on(ExamDayBlock)
        assert "2:00 left" in seat.lines[0]
        assert seat.state.answered == 1


async def test_a_block_that_ran_out_while_its_person_was_away_is_locked(data: Path) -> None:
    async with sitting(data) as seat:
        await _to_block(seat)
        await seat.press("b", "ctrl+q", "down", "enter")
        seat.clock.advance(190_000)
        await seat.press("enter", "enter")
        assert seat.on(ExamDayBreak)
        assert "Time. 1 answer is saved. 1 question was not reached." in seat.text
        assert "1:20  break time left" in seat.text


async def test_a_second_leaving_key_leaves_at_once_and_the_day_is_kept(data: Path) -> None:
    clock = ManualClock()
    async with sitting(data, clock=clock) as seat:
        await _begin(seat)
        await seat.press("ctrl+q", "ctrl+q")
        await seat.settle()
    clock.advance(10_000)
    async with sitting(data, clock=clock) as seat:
        await seat.press("enter")
        assert seat.on(ExamDayTutorial)
        assert "0:20  left of the tutorial" in seat.text


async def test_a_killed_day_goes_on_where_it_was(data: Path) -> None:
    clock = ManualClock()
    opener = partial(open_app, settings_for(data), clock=clock)
    application = opener()
    day = application.sittings.begin(SHORT)
    day.start()
    day.end_tutorial()
    runner = day.begin_block()
    clock.advance(50_000)
    runner.poll()
    assert runner.wait_saved(10)
    application.close()
    clock.advance(3_600_000)
    async with sitting(data, clock=clock) as seat:
        assert "in block 1 of 3" in seat.line("▸ Exam day")
        await seat.press("enter")
        assert "This block was cut off. Its clock goes on with you." in seat.text
        assert "2:10 left" in seat.line("Go on with block 1")
        await seat.press("enter")
        assert seat.on(ExamDayBlock)
        assert "2:10 left" in seat.lines[0]


async def test_a_day_that_is_not_begun_is_not_kept(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.app.push_screen(ExamDay(SHORT))
        await seat.settle()
        await seat.press("ctrl+s")
        await seat.until("nothing is kept of it")
        await seat.press("escape")
        assert seat.on(ExamDay)
        await seat.press("escape")
        assert seat.on(Home)
        assert seat.application.sittings.waiting() == ()


async def test_one_day_at_a_time(data: Path) -> None:
    async with sitting(data) as seat:
        await _begin(seat)
        await seat.press("escape", "down", "enter")
        await seat.app.push_screen(ExamDayStart(request=SHORT))
        await seat.settle()
        assert "An exam day is not over yet." in seat.text


# --- the form --------------------------------------------------------------------------------


async def test_the_form_says_what_is_wrong_and_what_there_is(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.app.push_screen(ExamDay(SittingRequest(packs=(PACK,))))
        await seat.until("There are questions for 1 of 16 blocks: all would need 316")
        await seat.press("enter")
        await seat.until("Presets")
        await seat.press("escape", "down", "0")
        await seat.until("An exam day has at least one block.")
        await seat.press("ctrl+s")
        assert seat.on(ExamDay)
        await seat.press("backspace", "up", "right")
        await seat.until("to May 2026")
        assert "45 min" in seat.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_page_of_a_day_fits(data: Path, size: tuple[int, int]) -> None:
    async with sitting(data, size=size) as seat:
        for request in (SittingRequest(compress=2), SittingRequest("comlex2", compress=1)):
            await seat.app.push_screen(ExamDay(request))
            await seat.settle()
            assert "more line" not in seat.text
            await _begin(seat, request)
            for key in ("", "enter", "enter"):
                await seat.press(*key.split())
                if not seat.on(ExamDayBlock):
                    assert "more line" not in seat.text
                assert all(len(line) <= size[0] for line in seat.lines)
            if not seat.on(ExamDayBlock):
                await seat.press("enter")
            await _submit(seat)
            assert seat.on(ExamDayBreak)
            assert "more line" not in seat.text
            await seat.press("down", "enter", "down", "enter")
            await seat.settle()
            assert seat.on(ExamDayResult), seat.text


# --- when the disk fails ------------------------------------------------------------------------


async def test_a_block_whose_end_is_not_saved_is_locked_on_the_second_try(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Store.write

    def broken(self: Store, job: Callable[[Connection], Any]) -> Any:
        raise OSError("the disk is full")

    async with sitting(data) as seat:
        await _to_block(seat)
        monkeypatch.setattr(Store, "write", broken)
        await _submit(seat)
        await seat.until("Something went wrong")
        await seat.press("enter")
        await seat.until("Try again")
        monkeypatch.setattr(Store, "write", write)
        await seat.press("enter")
        await seat.until("Begin block 2")
        await seat.press("enter")
        assert seat.on(ExamDayBlock)


async def test_a_day_that_could_not_be_begun_can_be_begun_later(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Store.write

    def broken(self: Store, job: Callable[[Connection], Any]) -> Any:
        raise NotSaved("the disk is full")

    async with sitting(data) as seat:
        await seat.app.push_screen(ExamDayStart(request=SHORT))
        await seat.settle()
        monkeypatch.setattr(Store, "write", broken)
        await seat.press("enter")
        await seat.until("The disk is full.")
        monkeypatch.setattr(Store, "write", write)
        (waiting,) = seat.application.sittings.waiting()
        assert not waiting.begun
        day = seat.application.sittings.open(waiting.id)
        day.start()
        assert day.state.phase is DayPhase.TUTORIAL


async def test_a_copy_of_a_block_lets_the_day_go_too(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    submit = Store.submit

    def broken(self: Store, work: Callable[[Connection], Any]) -> Future[Any]:
        def fail(connection: Connection) -> Any:
            raise OSError("the disk is full")

        return submit(self, fail)

    async with sitting(data) as seat:
        await _to_block(seat)
        assert seat.block.runner.wait_saved(10)
        monkeypatch.setattr(Store, "submit", broken)
        await seat.press("b")
        await seat.until("Save a copy")
        await seat.press("down", "enter")
        await seat.press("ctrl+u", *str(tmp_path / "copy.json"), "enter")
        monkeypatch.setattr(Store, "submit", submit)
        await seat.settle()
        assert seat.on(Home)
        await seat.until("in block 1 of 3")


async def test_what_a_day_came_to_is_told_by_its_report(data: Path) -> None:
    async with sitting(data) as seat:
        await _to_block(seat)
        await _submit(seat)
        await seat.press("down", "enter", "down", "enter")
        await seat.settle()
        (report,) = seat.application.sittings.over()
        assert (report.reason, len(report.taken)) == (DayEnd.ENDED, 1)


async def test_a_key_as_time_runs_out_does_not_begin_the_next_block(data: Path) -> None:
    async with sitting(data) as seat:
        await _to_block(seat)
        await _wait(seat, 200_000)
        assert seat.on(ExamDayBreak)
        await seat.press("enter")
        assert seat.on(ExamDayBreak)
        await _wait(seat, 500)
        await seat.press("enter")
        assert seat.on(ExamDayBlock)


async def test_a_clock_put_away_stays_away_after_a_crash(data: Path) -> None:
    async with sitting(data) as seat:
        await _to_block(seat)
        await seat.press("t")
        assert "left" not in seat.lines[0]
        assert Memory(data / "screen").text("clock", "") == "quiet"


async def test_a_locked_block_opens_when_the_day_is_over(data: Path) -> None:
    async with sitting(data) as seat:
        await _to_block(seat)
        await seat.press("b")
        await _submit(seat)
        await seat.press("escape", "down", "enter")
        await seat.until("before block 2 of 3")
        assert "New block" not in seat.text
        assert "Look again" not in seat.text
        await seat.app.push_screen(History())
        await seat.until("opens when the day is over")
        assert "1 of 2" not in seat.text
        await seat.press("enter")
        assert seat.on(History)
        assert "It opens when the day is over." in seat.text
