"""What is said of a closed block before the learner's earlier ones of its class."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from qbank.analytics.rows import AnalysedBlock
from qbank.block import commands as c
from qbank.services.verdicts import last_of
from qbank.store.tables import QuestionVersionRow
from tests.analytics.support import block_of
from tests.support.desk import Desk, desk_in

ALL_RIGHT = "bbbbb"
"""A block of five has 7:30: at 85 s a question 0:25 are left, less than a tenth."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Questions for twelve blocks of five."""
    with desk_in(tmp_path, 60) as one:
        yield one


def said(desk: Desk, answers: str, ms: int, **request: object) -> tuple[str, ...]:
    """Take a block; what is said of it."""
    return desk.review.report(desk.take(answers, ms, **request)).says


def set_marks(desk: Desk, answers: str = "bbbba") -> None:
    """The first three blocks of the class."""
    for _ in range(3):
        desk.take(answers, 85_000)


def test_three_blocks_set_a_mark_and_the_fourth_may_beat_it(desk: Desk) -> None:
    for number in (1, 2, 3):
        first = said(desk, "bbbba", 85_000)[0]
        assert first == (
            f"4 of 5, all answered, 0:25 left. Starting mark {number} of 3: nothing to beat yet."
        )
    assert said(desk, "bbbba", 82_000) == (
        "★ 6:50: 0:15 under your usual, 4 right (4 needed), none blank.",
        "One best can be luck, about 1 in 4 at the same skill; the trend speaks from 8 blocks.",
    )
    assert said(desk, ALL_RIGHT, 80_000)[0] == (
        "★ 6:40: 0:10 under your best, 5 right (4 needed), none blank."
    )


def test_faster_with_fewer_right_leaves_the_best_as_it_is(desk: Desk) -> None:
    set_marks(desk)
    desk.take("bbbba", 82_000)
    assert said(desk, "bbbaa", 80_000) == (
        "6:40 is 0:10 under your best, with 3 right where 4 were needed. Your best stays 6:50.",
    )


def test_time_that_was_left_is_held_against_the_flags(desk: Desk) -> None:
    set_marks(desk)
    runner = desk.begin(5)
    for position in runner.spec.positions:
        desk.answer(runner, position, "b" if position < 4 else "a", 72_000)
        if position > 3:
            runner.do(c.Flag(position))
    runner.do(c.Submit())
    assert runner.wait_saved(10)
    runner.close()
    assert desk.review.report(runner.spec.block_id).says[:2] == (
        "6:00 is 1:05 under your usual, with 3 right where 4 were needed.",
        "1:30 was left; the 2 flagged ones are where it could have gone.",
    )


def test_more_right_and_not_faster_is_a_gain(desk: Desk) -> None:
    set_marks(desk)
    assert said(desk, ALL_RIGHT, 88_000) == (
        "5 right, 1 above your usual, in 7:20. "
        "That is inside the limit: the extra 0:15 cost nothing.",
    )


def test_a_low_block_is_held_against_chance(desk: Desk) -> None:
    set_marks(desk, ALL_RIGHT)
    low, calm = said(desk, "bbaab", 86_000)
    assert low.startswith("3 right; your usual is 5. By chance alone about 1 block in ")
    assert calm == "Nothing has to be mended tonight."
    assert said(desk, "aaaab", 86_000) == (
        "1 right; your usual is 4 to 5. That is lower than chance mostly explains. "
        "One block, no verdict.",
    )


def _row(numbers: list[int], hours: list[float]) -> list[AnalysedBlock]:
    """Blocks of twenty with so many right, begun at these hours of the same UTC day."""
    midnight = 1_780_012_800_000
    return [
        block_of(right, 85_000, at, closed_at=midnight + int(hour * 3_600_000) + 20 * 85_000)
        for at, (right, hour) in enumerate(zip(numbers, hours, strict=True))
    ]


def test_a_very_low_block_says_what_was_different_this_time() -> None:
    days = [24.0 * day + 9 for day in range(5)]
    _, (told, *_) = last_of(_row([14] * 6 + [5], [*days, 4 * 24 + 21, 4 * 24 + 23.5]))
    assert told == (
        "5 right; your usual is 14. That is lower than chance mostly explains. Different this "
        "time: block 3 of this kind on one day, begun at 23:30. One block, no verdict."
    )
    _, (told, *_) = last_of(_row([14] * 5 + [5], [*days, 5 * 24 + 9]))
    assert "Different" not in told
    nights = [24.0 * day + 23 for day in range(6)]
    _, (told, *_) = last_of(_row([14] * 5 + [5], nights))
    assert "Different" not in told


def test_time_in_hand_ends_the_goal_of_speed_and_is_said_once(desk: Desk) -> None:
    for _ in range(2):
        desk.take("bbbba", 70_000)
    told = (
        "You finish with 1:40 in hand. More speed would earn nothing, so the time goal is off. "
        "Spend it on the flagged ones."
    )
    assert said(desk, "bbbba", 70_000)[-1] == told
    assert told not in said(desk, "bbbba", 70_000)


def test_the_length_of_the_questions_decides_and_is_said(desk: Desk) -> None:
    set_marks(desk)
    desk.take("bbbba", 82_000)
    desk.store.write(
        lambda there: there.execute(
            update(QuestionVersionRow)
            .where(QuestionVersionRow.question_id > 20, QuestionVersionRow.question_id <= 25)
            .values(words=QuestionVersionRow.words * 3 // 2)
        )
    )
    first, *_ = said(desk, "bbbba", 84_000)
    assert first.startswith("★ 7:00, 0:10 over your best by the clock; the questions were ")
    assert first.endswith("% longer, so it counts: 4 right (4 needed), none blank.")
    shorter = said(desk, "bbbba", 80_000)
    assert shorter[0].startswith("6:40, 0:20 under your best by the clock; the questions were ")
    assert shorter[0].endswith("% shorter, so your best stays 7:00.")


def test_a_block_that_is_not_compared_says_why(desk: Desk) -> None:
    set_marks(desk)
    runner = desk.begin(5)
    desk.answer(runner, 1, "b", 80_000)
    runner.do(c.Pause())
    desk.clock.advance(1_000)
    runner.do(c.Resume())
    runner.do(c.Submit())
    assert runner.wait_saved(10)
    runner.close()
    report = desk.review.report(runner.spec.block_id)
    assert report.says[0].startswith("Not compared with your other blocks: its clock was stopped")
    quick = said(desk, ALL_RIGHT, 1_000)
    assert quick[0].endswith("more than a tenth of the answers came very quick.")
