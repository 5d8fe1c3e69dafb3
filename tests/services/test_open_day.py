"""While an exam day is open nothing is told of its blocks, and nothing is begun beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qbank.block.sitting_model import DayPhase
from qbank.errors import UsageError
from qbank.services.home import HomeService
from qbank.services.stats import StatsService
from qbank.services.views import BlockRequest, DoorKind
from qbank.services.views.stats import Figures
from tests.support.day import Day
from tests.support.desk import desk_in


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    with desk_in(tmp_path, 60) as desk:
        yield Day(desk)


def figures(day: Day) -> Figures:
    return StatsService(day.desk.store, day.desk.small.learner.id, {}, day.desk.blocks).figures()


def doors(day: Day) -> list[DoorKind]:
    services = (day.desk.build, day.desk.blocks, day.desk.history)
    learner = day.desk.small.learner.id
    home = HomeService(day.desk.store, day.clock, learner, services, days=day.service.waiting)
    view = home.view()
    assert all(block.waits is False for block in view.recent)
    return [door.kind for door in view.doors]


def test_its_blocks_open_when_the_day_is_over(day: Day) -> None:
    before = day.desk.take("b" * 5)
    day.begin(blocks=2)
    day.block()
    mine, other = day.desk.history.list()
    assert (mine.waits, other.waits, other.id) == (True, False, before)
    for look in (
        lambda: day.desk.review.report(mine.id),
        lambda: day.desk.review.question(mine.id, 1),
        lambda: day.desk.review.set_fault(mine.id, 1, "two keys"),
    ):
        with pytest.raises(UsageError, match="Exam day · block 1 opens when the day is over"):
            look()
    assert day.desk.review.report(before).summary.questions == 5
    assert figures(day).blocks == 1
    day.run.end_day()
    assert day.run.state.phase is DayPhase.OVER
    assert day.desk.review.report(mine.id).summary.waits is False
    assert day.desk.review.question(mine.id, 1).attempt.position == 1
    assert figures(day).blocks == 2


def test_home_offers_the_day_and_nothing_beside_it(day: Day) -> None:
    day.desk.take("a" * 5)
    assert DoorKind.EXAM_DAY not in doors(day)
    day.begin(blocks=2)
    day.block(answers=1)
    day.run.close()
    assert doors(day) == [DoorKind.EXAM_DAY]
    with pytest.raises(UsageError, match="an exam day is not over yet"):
        day.desk.build.create(BlockRequest(count=5))
    day.run = day.service.open(day.run.id)
    day.run.end_day()
    day.run.close()
    assert DoorKind.BLOCK in doors(day)
    assert day.desk.begin(5).spec.size == 5


def test_blocks_of_a_shortened_day_stay_out_of_what_is_counted_a_block(day: Day) -> None:
    assert "Systems" not in {one.name for one in figures(day).can_say}
    day.begin(blocks=2)
    day.block(answers=1)
    day.block(answers=0)
    assert day.run.state.phase is DayPhase.OVER
    found = figures(day)
    assert (found.blocks, found.time.blanks.n, found.time.classes) == (2, 0, ())
    assert "Blanks" not in {one.name for one in found.can_say}
    day.desk.take("b" * 5)
    assert figures(day).time.blanks.n == 1
    day.begin(compress=100, blocks=1)
    day.block(answers=2)
    assert figures(day).time.blanks.n == 2
