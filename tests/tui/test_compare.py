"""Two blocks side by side, from History."""

from dataclasses import replace
from pathlib import Path

import pytest

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockReport
from qbank.tui.compare_rows import pairs
from qbank.tui.screens.compare import Compare
from qbank.tui.screens.review import Review
from tests.tui.support import settings_for, sitting
from tests.tui.test_history import take_block


@pytest.fixture
def two(data: Path) -> Path:
    """The same four questions taken twice."""
    clock = ManualClock()
    application = open_app(settings_for(data), clock=clock)
    take_block(application, clock, "Alpha", 1, 40_000)
    clock.advance(3_600_000)
    take_block(application, clock, "Beta", 3, 20_000)
    clock.advance(3_600_000)
    application.close()
    return data


async def test_two_marked_blocks_stand_side_by_side_by_keys(two: Path) -> None:
    async with sitting(two) as seat:
        await seat.press("2", "m", "down", "m")
        assert "●  1" in seat.line("Alpha")
        assert "●  2" in seat.line("Beta")
        await seat.press("c")
        assert seat.on(Compare)
        assert seat.lines[0].split() == ["Compare", "1", "Alpha", "and", "2", "Beta"]
        right = next(line for line in seat.lines if line.split()[:1] == ["right"])
        assert right.split() == ["right", "1", "of", "4", "3", "of", "4"]
        assert "1:20" in seat.line("   time ")
        assert "2:40" in seat.line("   time ")
        await seat.press("end")
        assert seat.line("▸").split()[:5] == ["▸", "4", "✗", "0:40", "A"]
        await seat.press("enter")
        assert seat.on(Review)
        await seat.press("escape", "escape")
        assert "●  1" in seat.line("Alpha")


async def test_one_marked_and_the_one_under_the_cursor_by_mouse(two: Path) -> None:
    async with sitting(two, size=(140, 40)) as seat:
        await seat.press("2")
        await seat.click("C compare")
        assert "Mark one (M)" in seat.text
        await seat.click("M mark")
        await seat.click("Alpha")
        await seat.click("C compare")
        assert seat.on(Compare)
        await seat.click("Esc back")
        assert not seat.on(Compare)


async def test_a_mark_is_taken_back_and_a_third_takes_the_place_of_the_first(two: Path) -> None:
    async with sitting(two) as seat:
        await seat.press("2", "m")
        assert "●" in seat.line("Beta")
        await seat.press("m")
        assert "●" not in seat.line("Beta")


def test_questions_are_aligned_by_question_or_else_by_place(data: Path) -> None:
    clock = ManualClock()
    application = open_app(settings_for(data), clock=clock)
    take_block(application, clock, "first", 1, 40_000)
    take_block(application, clock, "again", 2, 40_000)
    blocks = [each.id for each in application.history.list()]
    again, first = map(application.review.report, blocks)
    same, by_question = pairs(first, again)
    assert by_question
    assert [(one.question, other.question) for one, other in same if one and other] == [
        (each.question, each.question) for each in first.attempts
    ]
    by_place, aligned = pairs(first, _other_questions(again))
    assert not aligned
    assert [one.position for one, other in by_place if one and other] == [1, 2, 3, 4]
    application.close()


def _other_questions(report: BlockReport) -> BlockReport:
    attempts = tuple(replace(each, question=f"{each.question}-other") for each in report.attempts)
    return replace(report, attempts=attempts)
