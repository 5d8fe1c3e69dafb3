"""The lines of the pace: what T shows, the ghost, the checkpoints, the nudge, a quiet block."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.block.commands import Answer, Submit
from qbank.block.model import Mode
from qbank.clock import ManualClock
from qbank.services.views import BlockRequest, SittingRequest
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.block import Block
from tests.tui.support import PACK, Seat, pack_text, sitting


async def _answer(seat: Seat, letter: str, ms: int) -> None:
    """Answer the question on screen after some time, and go on."""
    seat.clock.advance(ms)
    await seat.press(letter, "enter")


def _with_a_best(seat: Seat) -> None:
    """Four blocks of five: three set the mark, the fourth at 82 s a question beats it."""
    for ms in (85_000, 85_000, 85_000, 82_000):
        seat.take(ms)


@pytest.fixture
def many(importing: Callable[[str], Path]) -> Path:
    """A store with enough fresh questions for several blocks."""
    return importing(pack_text(40))


async def test_t_goes_from_both_to_quiet_and_is_remembered(many: Path) -> None:
    clock = ManualClock()
    async with sitting(many, clock=clock, size=(100, 30)) as seat:
        _with_a_best(seat)
        await seat.begin(count=5)
        for _ in range(4):
            await _answer(seat, "b", 80_000)
        both = "0:40 ahead of even pace · 0:08 ahead of your best · on track"
        assert seat.lines[1].strip() == both
        for said, shown, clocked in (
            ("even pace", "0:40 ahead of even pace · on track", True),
            ("the clock alone", "", True),
            ("no clock until 5:00", "", True),
            ("even pace and your best", both, True),
        ):
            await seat.press("t")
            assert f"Now: {said}" in seat.text
            await seat.press("m", "m")
            assert seat.lines[1].strip() == shown
            assert ("left" in seat.lines[0]) is clocked
        await seat.press("t", "t")
    async with sitting(many, clock=clock, size=(100, 30)) as seat:
        await seat.press("enter", "enter")
        assert "ahead" not in seat.lines[1]
        await seat.press("t", "t", "m", "m")
        assert seat.lines[1].strip().startswith(both)


async def test_a_narrow_line_says_less_and_never_cuts_a_word(many: Path) -> None:
    async with sitting(many, size=(80, 24)) as seat:
        _with_a_best(seat)
        await seat.begin(count=5)
        for _ in range(4):
            await _answer(seat, "b", 80_000)
        assert "0:08 ahead of your best" in seat.lines[1]
        await seat.press("backspace", "m", "1")
        assert "0:40 ahead of even · 0:08 ahead of best · on track" in seat.lines[1]
        assert "sure" in seat.lines[1]
        assert "⚑ flagged" in seat.lines[1]


async def test_the_words_change_with_an_answer_and_with_nothing_else(many: Path) -> None:
    async with sitting(many, size=(100, 30)) as seat:
        _with_a_best(seat)
        await seat.begin(count=5)
        for _ in range(4):
            await _answer(seat, "b", 80_000)
        before = seat.block.runner.clock()
        for keys in (("m",), ("1",), ("backspace",), ("o", "escape"), ("x", "a"), ("delete",)):
            seat.clock.advance(7_000)
            seat.block.tick()
            await seat.press(*keys)
            after = seat.block.runner.clock()
            assert (after.pace, after.ghost) == (before.pace, before.ghost)


async def test_a_rerun_races_the_run_it_repeats(many: Path) -> None:
    async with sitting(many, size=(100, 30)) as seat:
        for _ in range(3):
            seat.take(60_000)
        await seat.press("2", "a")
        assert seat.on(Begin)
        assert "It races your earlier run: 5:00." in seat.text
        await seat.press("enter")
        for _ in range(4):
            await _answer(seat, "b", 50_000)
        assert "0:40 ahead of your earlier run" in seat.lines[1]
        await _answer(seat, "b", 90_000)
        await seat.press("r", "s", "enter")
        await seat.until("5 of 5 right")
        assert "your earlier run" in seat.text


async def test_the_overview_has_the_checkpoints_from_the_fourth_block_on(many: Path) -> None:
    async with sitting(many, size=(100, 30)) as seat:
        for _ in range(3):
            seat.take(80_000, 4)
        await seat.begin(count=8)
        assert "Goal:" not in seat.text
        await _answer(seat, "b", 80_000)
        seat.clock.advance(110_000)
        await seat.press("o")
        assert "2 by 3:00 (1)   4 by 6:00   6 by 9:00" in seat.text
        assert "80 s a question · limit 90" in seat.text
        await seat.press("escape", "t", "t", "o")
        assert "by 6:00" not in seat.text


async def test_the_first_blocks_have_no_checkpoints(data: Path) -> None:
    async with sitting(data, size=(100, 30)) as seat:
        await seat.begin(count=4)
        await seat.press("b", "o")
        assert "answered 1" in seat.text
        assert "by 1:30" not in seat.text


async def test_a_block_says_its_goal_before_the_clock(many: Path) -> None:
    async with sitting(many) as seat:
        for _ in range(3):
            seat.take(85_000)
        await seat.app.push_screen(Begin(request=BlockRequest(count=20, packs=(PACK,))))
        await seat.settle()
        assert "Goal: 5 by 7:30, 10 by 15:00, 15 by 22:30, none blank." in seat.text
        assert "It races" not in seat.text


async def test_a_nudge_comes_once_a_question_where_it_is_wanted(data: Path) -> None:
    async with sitting(data, nudge=True) as seat:
        await seat.begin(count=4)
        for ms, said in ((179_000, False), (1_000, True)):
            seat.clock.advance(ms)
            seat.block.tick()
            await seat.settle()
            assert ("3:00 on this one. Choose, flag, go on?" in seat.text) is said
        await seat.press("m")
        seat.clock.advance(1_000)
        seat.block.tick()
        await seat.settle()
        assert "on this one." not in seat.text
        await seat.press("enter", "b")
        seat.clock.advance(100_000)
        seat.block.tick()
        await seat.settle()
        assert "on this one." not in seat.text


@pytest.mark.parametrize(
    ("first_ms", "stands"), [(300_000, "5:00 left · 4 open"), (480_000, "2:00 left · 4 open")]
)
async def test_a_nudge_never_takes_the_place_of_a_sign(
    data: Path, first_ms: int, stands: str
) -> None:
    async with sitting(data, nudge=True) as seat:
        await seat.begin(count=4, minutes=10)
        seat.clock.advance(first_ms - 299_000)
        await seat.press("enter")
        seat.clock.advance(299_000)
        seat.block.tick()
        await seat.settle()
        assert stands in seat.lines[1]
        for _ in range(3):
            seat.clock.advance(1_000)
            seat.block.tick()
            await seat.settle()
            assert stands in seat.lines[1]
        await seat.press("m")
        seat.clock.advance(1_000)
        seat.block.tick()
        await seat.settle()
        assert ("on this one." in seat.text) is (first_ms < 480_000)


async def test_no_nudge_unasked(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=10)
        seat.clock.advance(200_000)
        seat.block.tick()
        await seat.settle()
        assert "on this one." not in seat.text


async def test_a_block_without_a_clock_has_a_quiet_stopwatch(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=3, mode=Mode.UNTIMED)
        seat.clock.advance(61_000)
        seat.block.tick()
        await seat.settle()
        assert "1:01 used" in seat.lines[0]
        await seat.press("t")
        assert "Now: no clock" in seat.text
        assert "used" not in seat.lines[0]
        await seat.press("t")
        assert "Now: the clock alone" in seat.text


async def test_a_quiet_block_is_quiet_until_its_last_minutes(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(count=20)
        await seat.press("t", "m")
        assert "left" not in seat.lines[0]
        seat.clock.advance(25 * 60_000)
        seat.block.tick()
        await seat.settle()
        assert "◔ 5:00 left" in seat.lines[0]
        assert "5:00 left · 20 open" in seat.lines[1]
        assert seat.on(Block)


async def test_a_block_of_an_exam_day_is_taken_again_as_a_timed_one(many: Path) -> None:
    async with sitting(many) as seat:
        day = seat.application.sittings.begin(SittingRequest(compress=10, seed=1))
        day.start()
        day.end_tutorial()
        runner = day.begin_block()
        seat.clock.advance(60_000)
        runner.do(Answer(1, runner.spec.slot(1).options[:1]))
        runner.do(Submit())
        day.end_block()
        day.end_day()
        await seat.press("2", "a")
        assert seat.on(Begin)
        assert "It races" not in seat.text
        await seat.press("enter")
        spec = seat.block.runner.spec
        assert spec.mode is Mode.TIMED
        assert spec.race is not None
        assert spec.race.times_ms == (60_000, 0)
