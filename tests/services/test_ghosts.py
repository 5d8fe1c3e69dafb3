"""Which earlier run a block races: by the learner's stage, or as asked; frozen with the block."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from qbank.block import commands as c
from qbank.block.model import Mode, Race, RaceKind
from qbank.errors import NotFound, UsageError
from qbank.services.comparable import of_class
from qbank.services.ghosts import Course
from qbank.services.views import BlockRequest, BuildPreview
from qbank.store.runs import runs
from qbank.store.tables import BlockEventRow
from tests.support.desk import Desk, desk_in

ALL_RIGHT = "bbbbb"
"""A block of five has 7:30: at 85 s a question 0:25 are left, less than a tenth."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Questions for twelve blocks of five."""
    with desk_in(tmp_path, 60) as one:
        yield one


def race_of(desk: Desk, block_id: str) -> Race | None:
    """What a block that is ready to begin races."""
    runner = desk.blocks.open(block_id)
    runner.close()
    return runner.spec.race


def next_race(desk: Desk, **request: object) -> Race | None:
    """What the next block of five races."""
    wanted = BlockRequest(**{"count": 5, "order": "pack", **request})  # type: ignore[arg-type]  # named by the test
    return race_of(desk, desk.build.create(wanted))


def preview(desk: Desk, **request: object) -> BuildPreview:
    """What the form says of the next block of five."""
    return desk.build.preview(BlockRequest(**{"count": 5, **request}))  # type: ignore[arg-type]  # named by the test


def with_a_best(desk: Desk) -> str:
    """Three blocks that set the mark, and a fourth that beats it; its UUID."""
    for _ in range(3):
        desk.take(ALL_RIGHT, 85_000)
    return desk.take(ALL_RIGHT, 82_000)


def test_the_first_three_race_nobody(desk: Desk) -> None:
    for _ in range(3):
        assert next_race(desk) is None
        assert preview(desk).rivals[0].meaning == "nobody: the first three set a mark"
        desk.take(ALL_RIGHT, 85_000)
    assert next_race(desk) is None
    assert preview(desk).rivals[0].meaning == "nobody: there is no best yet"
    assert preview(desk, race="best").sentence.endswith("This block: 5 of them, 7:30.")


def test_once_the_goal_is_to_be_faster_the_best_is_raced(desk: Desk) -> None:
    best = with_a_best(desk)
    race = next_race(desk)
    assert race is not None
    assert (race.kind, race.run, race.used_ms, race.times_ms) == (
        RaceKind.BEST,
        best,
        410_000,
        (),
    )
    assert race.marks_ms == (82_000, 164_000, 246_000, 328_000, 410_000)
    assert preview(desk).rivals[0].meaning == "your best, 6:50"
    assert preview(desk).sentence.endswith("This block: 5 of them, 7:30, racing your best (6:50).")


def test_while_blanks_occur_the_goal_is_to_finish(desk: Desk) -> None:
    with_a_best(desk)
    desk.take("bbbb ", 85_000)
    for _ in range(3):
        assert next_race(desk) is None
        said = preview(desk).rivals[0].meaning
        assert said == "nobody: first three with none blank"
        desk.take(ALL_RIGHT, 85_000)
    assert next_race(desk) is not None


def test_with_time_in_hand_nobody_is_raced(desk: Desk) -> None:
    for _ in range(3):
        desk.take(ALL_RIGHT, 85_000)
    for _ in range(3):
        desk.take(ALL_RIGHT, 70_000)
    assert next_race(desk) is None
    assert preview(desk).rivals[0].meaning == ("nobody: 1:40 in hand is enough")
    assert next_race(desk, race="best") is not None


def test_any_other_run_may_be_asked_for(desk: Desk) -> None:
    best = with_a_best(desk)
    slow = desk.take(ALL_RIGHT, 88_000, name="Tuesday evening")
    last, median = next_race(desk, race="last"), next_race(desk, race="median")
    assert last is not None
    assert (last.kind, last.run) == (RaceKind.LAST, slow)
    assert median is not None
    assert (median.kind, median.used_ms) == (RaceKind.MEDIAN, 425_000)
    for ref in (slow, "5", slow[:8]):
        named = next_race(desk, race=ref)
        assert named is not None
        assert (named.kind, named.run, named.name) == (RaceKind.RUN, slow, "Tuesday evening")
    assert next_race(desk, race="even") is None
    offered = {each.value: each.name for each in preview(desk).rivals}
    assert list(offered)[:5] == ["", "even", "best", "last", "median"]
    assert offered[slow] == '"Tuesday evening"'
    assert best in offered
    assert preview(desk, race=slow).sentence.endswith('racing "Tuesday evening" (7:20).')


def test_another_run_than_the_best_sets_no_best(desk: Desk) -> None:
    with_a_best(desk)
    for request in ({"race": "last"}, {"race": "best"}, {}):
        desk.take(ALL_RIGHT, 81_000, **request)
    with desk.store.read() as connection:
        found = runs(connection, desk.small.learner.id, 5)
        key = Course(5, 450_000, 100).key(found)
        freely = [block.races_freely for block in of_class(connection, found, key)]
    assert freely == [False] * 4 + [True, False, False]


def test_what_cannot_be_raced_is_said(desk: Desk) -> None:
    desk.take("bbb", 60_000)
    tutor = desk.take(ALL_RIGHT, 60_000, mode=Mode.TUTOR)
    with pytest.raises(NotFound):
        preview(desk, race="9")
    for ref in ("1", tutor):
        with pytest.raises(UsageError, match="cannot be raced here"):
            preview(desk, race=ref)
        with pytest.raises(UsageError, match="cannot be raced here"):
            next_race(desk, race=ref)
    assert preview(desk, mode=Mode.TUTOR, race=tutor).rivals == ()


def test_blocks_without_a_clock_race_nobody(desk: Desk) -> None:
    with_a_best(desk)
    for mode in (Mode.TUTOR, Mode.UNTIMED):
        assert next_race(desk, mode=mode) is None


def test_a_block_left_out_or_deleted_is_no_best(desk: Desk) -> None:
    best = with_a_best(desk)
    desk.history.set_excluded(best, True)
    assert preview(desk).rivals[0].meaning == "nobody: there is no best yet"
    desk.history.set_excluded(best, False)
    assert preview(desk).rivals[0].meaning == "your best, 6:50"
    desk.history.delete(best)
    assert next_race(desk) is None


def test_a_rerun_races_the_run_it_repeats_question_by_question(desk: Desk) -> None:
    runner = desk.begin(3)
    for position, ms in ((2, 30_000), (1, 10_000), (3, 20_000)):
        desk.answer(runner, position, "b", ms)
    runner.do(c.Submit())
    runner.wait_saved(10)
    runner.close()
    first = runner.spec.block_id
    race = next_race(desk, count=3, retake=first)
    assert race is not None
    assert (race.kind, race.run, race.times_ms) == (RaceKind.RUN, first, (10_000, 30_000, 20_000))
    again = desk.take("bbb", 15_000, retake=first)
    third = next_race(desk, count=3, retake=again)
    assert third is not None
    assert (third.run, third.times_ms) == (again, (15_000,) * 3)
    assert next_race(desk, count=3, retake=again, race="even") is None
    last = next_race(desk, count=3, retake=first, race="last")
    assert last is not None
    assert (last.run, last.times_ms) == (again, (15_000,) * 3)
    fresh = next_race(desk, count=3, race=first)
    assert fresh is not None
    assert fresh.times_ms == ()


def test_a_rerun_runs_against_its_ghost_at_every_answer(desk: Desk) -> None:
    for _ in range(2):
        desk.take("b", 1_000)
    first = desk.take(ALL_RIGHT, 60_000)
    runner = desk.begin(5, retake=first)
    gaps = []
    for position in runner.spec.positions:
        desk.answer(runner, position, "b", 50_000)
        ghost = runner.clock().ghost
        assert ghost is not None
        gaps.append((ghost.delta_ms, ghost.label))
        desk.clock.advance(5_000)
        assert runner.clock().ghost == ghost
    assert gaps == [(-10_000 * n + 5_000 * (n - 1), "your earlier run") for n in range(1, 6)]


def test_a_ghost_whose_log_is_damaged_keeps_no_block_from_beginning(desk: Desk) -> None:
    with_a_best(desk)

    def damage(connection: Connection) -> None:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.exec_driver_sql(triggers).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(update(BlockEventRow).where(BlockEventRow.seq == 3).values(at_ms=1))

    assert race_of(desk, desk.build.create(BlockRequest(count=5))) is not None
    desk.store.write(damage)
    assert next_race(desk) is None


def test_the_pace_of_earlier_blocks_tempers_the_projection(desk: Desk) -> None:
    for _ in range(3):
        desk.take(ALL_RIGHT, 85_000)
    runner = desk.begin(5)
    desk.answer(runner, 1, "b", 40_000)
    pace = runner.clock().pace
    assert pace is not None
    assert pace.projection.pace_ms == pytest.approx((5 * 85_000 + 40_000) / 6)


def test_a_block_gone_on_with_says_what_it_said_at_its_latest_answer(desk: Desk) -> None:
    with_a_best(desk)
    runner = desk.begin(5)
    desk.answer(runner, 1, "b", 40_000)
    before = runner.clock()
    desk.clock.advance(60_000)
    runner.do(c.Flag(1))
    runner.wait_saved(10)
    runner.leave()
    after = desk.blocks.open(runner.spec.block_id).clock()
    assert (after.pace, after.ghost) == (before.pace, before.ghost)
    assert after.ghost is not None
    assert after.ghost.delta_ms == -42_000
