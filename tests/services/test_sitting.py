"""Whole exam days through the services: pool, clocks, crashes, leaving, what comes of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qbank.block import commands as c
from qbank.block.model import GapPolicy, Mode, PausePolicy, Phase
from qbank.block.sitting_model import DayEnd, DayPhase
from qbank.content.exam import Preset, presets
from qbank.errors import ConcurrentRun, IllegalCommand, NotFound, UsageError
from qbank.services.build import BuildService
from qbank.services.sitting_plan import block_sizes
from qbank.services.sitting_runner import SittingRunner
from qbank.services.views import BlockRequest, QuestionText, SittingRequest
from tests.support.day import MINUTE, SHORT, Day
from tests.support.desk import WAIT_S, desk_in


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    with desk_in(tmp_path, 60) as desk:
        yield Day(desk)


@pytest.fixture(scope="module")
def seasoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A person who takes one day after the other, or is only told what one would be."""
    with desk_in(tmp_path_factory.mktemp("days"), 60) as desk:
        yield Day(desk)


# --- what a day is --------------------------------------------------------------------------

DAYS = [preset for preset in presets().values() if not preset.drill]


@pytest.mark.parametrize("preset", DAYS, ids=lambda preset: preset.id)
def test_every_exam_has_a_day_that_adds_up(preset: Preset, seasoned: Day) -> None:
    sizes = block_sizes(preset)
    assert sum(sizes) == preset.total
    assert len(sizes) == preset.blocks * preset.sections
    assert max(sizes) * preset.sections == preset.questions
    preview = seasoned.service.preview(SittingRequest(preset.id, compress=1, break_minutes=10))
    assert preview.spec is not None
    assert preview.spec.break_ms == 10 * MINUTE
    run = seasoned.begin(SittingRequest(preset.id, compress=1, break_minutes=10))
    for number, size in enumerate(run.spec.sizes, start=1):
        runner = run.begin_block()
        assert (runner.spec.size, runner.name) == (size, f"Exam day · block {number}")
        runner.do(c.Submit())
        run.end_block()
    run.close()
    assert seasoned.service.report(run.id).reason is DayEnd.FINISHED


def test_the_day_of_step_2_ck_is_as_the_exam_gives_it(tmp_path: Path) -> None:
    with desk_in(tmp_path, 320) as desk:
        spec = Day(desk).service.preview(SittingRequest()).spec
    assert spec is not None
    assert spec.sizes == (20,) * 14 + (18,) * 2
    assert [session.limit_ms for session in spec.sessions] == [30 * MINUTE] * 16
    assert (spec.break_ms, spec.tutorial_ms) == (55 * MINUTE, 5 * MINUTE)
    assert spec.authorised_ms == 9 * 60 * MINUTE


def test_extra_time_lengthens_the_blocks_alone(seasoned: Day) -> None:
    plain = seasoned.service.preview(SHORT).spec
    longer = seasoned.service.preview(replace(SHORT, time_factor=150)).spec
    assert plain
    assert longer
    assert longer.sessions[0].limit_ms == 270_000 == plain.sessions[0].limit_ms * 3 // 2
    assert (longer.break_ms, longer.sizes) == (plain.break_ms, plain.sizes)


def test_half_of_the_blocks_have_half_of_the_breaks(seasoned: Day) -> None:
    half = seasoned.service.preview(replace(SHORT, blocks=8)).spec
    assert half is not None
    assert (half.blocks, half.break_ms) == (8, 168_000)


def test_where_questions_do_not_suffice_there_are_fewer_blocks_and_it_is_said(
    day: Day,
) -> None:
    preview = day.service.preview(SittingRequest())
    assert preview.spec is not None
    assert (preview.spec.sizes, preview.of_blocks, preview.seen) == ((20,) * 3, 16, 0)
    assert preview.sentences[0] == (
        "There are questions for 3 of 16 blocks: all would need 316, and none comes twice in a day."
    )
    assert preview.sentences[-1] == "A tenth of a day would have all 16 blocks, with 32 questions."


def test_where_fresh_ones_do_not_suffice_seen_ones_fill_and_it_is_said(day: Day) -> None:
    day.desk.take("b" * 35)
    preview = day.service.preview(SHORT)
    assert (preview.questions, preview.seen) == (32, 7)
    assert "25 of the 32 questions are fresh; 7 you have seen." in preview.sentences
    run = day.begin()
    ids = [text.stem for _ in range(16) for text in _texts(run)]
    assert len(set(ids)) == 32


def _texts(run: SittingRunner) -> tuple[QuestionText, ...]:
    """What is asked in the next block, all of it looked at."""
    runner = run.begin_block()
    for position in runner.spec.positions:
        runner.do(c.Show(position))
    runner.do(c.Submit())
    run.end_block()
    return runner.texts


def test_a_store_with_less_than_a_block_gives_one_short_block(tmp_path: Path) -> None:
    with desk_in(tmp_path, 7) as desk:
        preview = Day(desk).service.preview(SittingRequest())
        assert preview.spec is not None
        assert preview.spec.sizes == (7,)
        assert Day(desk).service.preview(SittingRequest(packs=("pack-a",))).questions == 7


def test_a_store_without_questions_has_no_day(tmp_path: Path) -> None:
    with desk_in(tmp_path, 0) as desk:
        service = Day(desk).service
        assert service.preview(SittingRequest()).spec is None
        with pytest.raises(UsageError, match="no question"):
            service.begin(SittingRequest())


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        (SittingRequest("step2kc"), NotFound, "step2kc"),
        (SittingRequest("step2ck-half"), UsageError, "is a drill"),
        (SittingRequest(blocks=0), UsageError, "at least one block"),
        (SittingRequest(compress=0), UsageError, "1 to 100 percent"),
        (SittingRequest(time_factor=110), UsageError, "100, 125, 150, 200"),
        (SittingRequest(break_minutes=-1), UsageError, "0 to 600 minutes"),
        (SittingRequest(packs=("none",)), NotFound, "none"),
    ],
)
def test_what_is_no_exam_day_is_refused(
    seasoned: Day, wrong: SittingRequest, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        seasoned.service.preview(wrong)


# --- a day --------------------------------------------------------------------------------


def test_a_whole_day(day: Day) -> None:
    day.run = run = day.service.begin(SHORT)
    assert run.clock().day_left_ms == 54 * MINUTE
    run.start()
    day.wait(0.25)
    assert (run.clock().phase, run.clock().tutorial_left_ms) == (DayPhase.TUTORIAL, 15_000)
    run.end_tutorial()
    assert run.clock().pool_ms == 345_000
    for _ in range(15):
        day.block(2.5)
        day.wait(0.25)
    left = run.clock()
    assert (left.number, left.questions, left.limit_ms) == (16, 2, 3 * MINUTE)
    assert left.pool_ms == 345_000 + 15 * 15_000
    assert left.day_left_ms == 54 * MINUTE - 15_000 - 15 * 165_000
    day.block(3)
    assert run.state.phase is DayPhase.OVER
    report = day.service.report(run.id)
    assert (report.reason, len(report.taken)) == (DayEnd.FINISHED, 16)
    assert [block.correct for block in report.blocks] == [2] * 16
    assert report.testing_ms == 15 * 150_000 + 3 * MINUTE
    assert (report.tutorial_ms, report.break_ms, report.overrun_ms) == (15_000, 225_000, 0)
    blocks = day.desk.history.list()
    assert [block.name for block in blocks][:2] == ["Exam day · block 16", "Exam day · block 15"]
    assert {block.mode for block in blocks} == {Mode.EXAM_DAY}
    assert not any(block.interrupted for block in blocks)
    with pytest.raises(IllegalCommand):
        run.begin_block()


def test_a_block_of_the_day_has_no_pause_and_pays_for_sleep(day: Day) -> None:
    spec = day.begin().begin_block().spec
    assert (spec.pause, spec.gaps) == (PausePolicy.FORBIDDEN, GapPolicy.CHARGE_SLEEP)
    assert (spec.sitting, spec.preset) == (day.run.id, "step2ck")


def test_no_question_of_the_day_comes_twice_or_elsewhere(day: Day) -> None:
    run = day.begin()
    stems = [text.stem for _ in range(3) for text in _texts(run)]
    assert len(set(stems)) == 6
    assert day.desk.build.preview(BlockRequest(count=60)).taken == 60 - 32


def test_a_break_beyond_the_pool_shortens_the_next_block(day: Day) -> None:
    run = day.begin()
    day.block(3)
    day.wait(7)
    there = run.clock()
    assert (there.pool_ms, there.on_pool, there.over_ms) == (0, False, MINUTE)
    assert there.limit_ms == 2 * MINUTE
    runner = run.begin_block()
    assert runner.spec.limit_ms == 2 * MINUTE
    day.answer(runner, 2.5)
    assert runner.state.phase is Phase.CLOSED
    run.end_block()
    assert run.clock().over_ms == 30_000
    day.wait(1)
    assert run.clock().limit_ms == 90_000


def test_a_break_that_swallows_a_block_loses_it_and_leaves_its_questions_fresh(day: Day) -> None:
    run = day.begin(blocks=2)
    day.wait(1 + 3 + 0.5)
    assert (run.clock().number, run.clock().behind) == (2, (True,))
    day.block(1)
    report = day.service.report(run.id)
    assert [block.taken for block in report.blocks] == [False, True]
    assert report.reason is DayEnd.FINISHED
    assert day.desk.build.preview(BlockRequest()).fresh == 58


def test_who_never_comes_back_finds_the_day_over(day: Day) -> None:
    run = day.begin()
    day.wait(600)
    assert run.clock().phase is DayPhase.OVER
    with pytest.raises(IllegalCommand):
        run.begin_block()
    assert day.service.report(run.id).reason is DayEnd.TIME


def test_a_block_that_ran_out_in_sleep_ends_then_and_the_rest_is_break(day: Day) -> None:
    run = day.begin()
    runner = run.begin_block()
    day.clock.sleep_machine(5 * MINUTE)
    runner.poll()
    assert runner.state.phase is Phase.CLOSED
    run.end_block()
    assert run.clock().pool_ms == 360_000 - 2 * MINUTE


def test_a_break_with_the_lid_closed_is_a_break(day: Day) -> None:
    run = day.begin()
    day.clock.sleep_machine(5 * MINUTE)
    assert run.clock().pool_ms == MINUTE
    assert not run.state.interrupted


def test_sections_share_the_clock_of_their_session(day: Day) -> None:
    run = day.begin(SittingRequest("comlex2", compress=5))
    assert run.spec.sizes == (2,) * 8
    first = run.begin_block()
    assert first.spec.limit_ms == 12 * MINUTE
    day.answer(first, 4)
    first.do(c.Submit())
    run.end_block()
    day.wait(1)
    assert not run.clock().on_pool
    assert run.clock().pool_ms == 3 * MINUTE
    second = run.begin_block()
    assert second.spec.limit_ms == 7 * MINUTE
    day.answer(second, 8)
    run.end_block()
    assert (run.clock().number, run.clock().lost) == (5, 2)


def test_the_day_can_be_ended_between_blocks(day: Day) -> None:
    run = day.begin()
    day.block()
    run.end_day()
    run.end_day()
    report = day.service.report(run.id)
    assert (report.reason, len(report.taken)) == (DayEnd.ENDED, 1)
    assert day.desk.build.preview(BlockRequest()).fresh == 58
    assert [each.id for each in day.service.over()] == [run.id]
    assert day.service.waiting() == ()


def test_a_block_that_still_runs_is_not_ended(day: Day) -> None:
    run = day.begin()
    with pytest.raises(IllegalCommand, match="just ended"):
        run.end_block()
    run.begin_block()
    with pytest.raises(IllegalCommand, match="just ended"):
        run.end_block()
    with pytest.raises(IllegalCommand, match="open already"):
        run.begin_block()
    with pytest.raises(IllegalCommand):
        run.end_day()


# --- coming back -----------------------------------------------------------------------------


def test_a_kill_in_a_break_takes_nothing_from_the_pool(day: Day) -> None:
    run = day.begin()
    day.block(3)
    day.wait(2)
    run.poll()
    assert day.desk.store.write(lambda _: None) is None
    day.kill(minutes=60)
    clock = day.run.clock()
    assert (clock.number, clock.pool_ms) == (2, 360_000 - 2 * MINUTE)
    assert day.run.state.interrupted


@pytest.mark.parametrize("boot", ["", "boot-2"])
def test_a_kill_in_a_block_brings_it_back_where_it_was(day: Day, boot: str) -> None:
    run = day.begin()
    day.answer(run.begin_block(), 1, answers=1)
    assert day.desk.store.write(lambda _: None) is None
    day.start_again()
    (waiting,) = day.service.waiting()
    assert (waiting.in_block, waiting.number, waiting.begun) == (True, 1, True)
    assert waiting.day_left_ms == run.clock().day_left_ms
    day.kill(minutes=30, boot=boot)
    clock = day.run.clock()
    assert (clock.limit_ms, clock.day_left_ms) == (2 * MINUTE, waiting.day_left_ms)
    runner = day.run.begin_block()
    assert runner.state.answered == 1
    assert runner.clock().remaining_ms == 2 * MINUTE
    assert runner.state.interrupted
    runner.do(c.Submit())
    day.run.end_block()
    assert day.run.clock().pool_ms == 360_000 + 2 * MINUTE


def test_a_kill_in_the_tutorial_goes_on_with_the_tutorial(day: Day) -> None:
    day.run = day.service.begin(SHORT)
    day.run.start()
    day.kill(minutes=3)
    assert day.run.clock().phase is DayPhase.TUTORIAL
    assert day.run.clock().tutorial_left_ms == 30_000


def test_a_kill_between_the_end_of_a_block_and_the_break_loses_neither(day: Day) -> None:
    run = day.begin()
    runner = run.begin_block()
    day.answer(runner, 1)
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    day.kill(minutes=30)
    clock = day.run.clock()
    assert (clock.phase, clock.number) == (DayPhase.BREAK, 2)
    assert clock.pool_ms == 360_000 + 2 * MINUTE


def test_a_kill_before_a_begun_block_was_started_starts_it(day: Day) -> None:
    run = day.begin()
    day.desk.blocks.open = None  # type: ignore[method-assign,assignment]  # killed right there
    with pytest.raises(TypeError):
        run.begin_block()
    day.kill(minutes=5)
    runner = day.run.begin_block()
    assert (runner.state.phase, runner.clock().remaining_ms) == (Phase.RUNNING, 3 * MINUTE)


def test_leaving_a_break_does_not_stop_it(day: Day) -> None:
    day.begin()
    day.run.leave()
    day.kill(minutes=4)
    assert day.run.clock().pool_ms == 2 * MINUTE
    assert not day.run.state.interrupted
    assert not day.run.state.away


def test_leaving_a_block_does_not_stop_its_clock(day: Day) -> None:
    runner = day.begin().begin_block()
    day.answer(runner, 1, answers=1)
    day.run.leave()
    day.kill(minutes=1)
    runner = day.run.begin_block()
    assert runner.clock().remaining_ms == MINUTE
    assert not runner.state.interrupted
    assert not day.run.state.away


def test_a_block_that_ran_out_while_its_person_was_away_ends_then(day: Day) -> None:
    runner = day.begin().begin_block()
    day.answer(runner, 1, answers=1)
    day.run.leave()
    day.kill(minutes=5)
    runner = day.run.begin_block()
    assert (runner.state.phase, runner.state.answered) == (Phase.CLOSED, 1)
    day.run.end_block()
    assert day.run.clock().pool_ms == 360_000 - 3 * MINUTE


def test_leaving_and_a_reboot_charges_nothing(day: Day) -> None:
    day.begin()
    day.run.leave()
    day.kill(boot="boot-2")
    assert day.run.clock().pool_ms == 360_000


def test_who_left_and_comes_back_the_next_day_finds_it_over(day: Day) -> None:
    day.begin()
    day.run.leave()
    day.kill(minutes=24 * 60)
    assert day.run.state.phase is DayPhase.OVER
    assert day.service.report(day.run.id).reason is DayEnd.TIME


def test_the_end_of_the_program_charges_nobody(day: Day) -> None:
    day.begin()
    day.service.close_all()
    day.kill(minutes=4)
    assert day.run.clock().pool_ms == 360_000


def test_a_sign_of_life_is_given_now_and_then(day: Day) -> None:
    day.begin()
    for _ in range(30):
        day.clock.advance(1_000)
        day.run.poll()
    assert day.desk.store.write(lambda _: None) is None
    day.kill(minutes=10)
    assert 360_000 - 30_000 <= day.run.clock().pool_ms <= 360_000 - 25_000


# --- one at a time ------------------------------------------------------------------------------


def test_a_day_that_was_made_and_not_begun_makes_room(day: Day) -> None:
    first = day.service.begin(SHORT)
    first.close()
    second = day.service.begin(SHORT)
    second.close()
    with pytest.raises(NotFound):
        day.service.open(first.id)
    day.service.discard()
    with pytest.raises(NotFound):
        day.service.open(second.id)
    assert day.desk.build.preview(BlockRequest()).fresh == 60


def test_a_day_that_is_not_over_is_gone_on_with_first(day: Day) -> None:
    day.begin()
    with pytest.raises(ConcurrentRun, match="open already"):
        day.service.open(day.run.id)
    day.run.close()
    with pytest.raises(UsageError, match="not over yet"):
        day.service.begin(SHORT)
    with pytest.raises(UsageError, match="not over yet"):
        day.service.report(day.run.id)
    day.run = day.service.open(day.run.id)
    day.run.end_day()
    day.run.close()
    with pytest.raises(UsageError, match="is over"):
        day.service.open(day.run.id)


def test_a_block_of_a_day_is_opened_by_its_day_alone(day: Day) -> None:
    runner = day.begin().begin_block()
    block = runner.spec.block_id
    day.run.close()
    with pytest.raises(UsageError, match="belongs to an exam day"):
        day.desk.blocks.open(block)
    assert day.desk.blocks.resumable() == ()
    (waiting,) = day.service.waiting()
    assert (waiting.id, waiting.in_block) == (day.run.id, True)


def test_the_same_seed_draws_the_same_day(day: Day, tmp_path: Path) -> None:
    mine = [text.stem for text in _texts(day.begin())]
    with desk_in(tmp_path / "other", 60) as desk:
        other = Day(desk)
        assert [text.stem for text in _texts(other.begin())] == mine


def test_a_builder_is_asked_what_the_form_offers(seasoned: Day) -> None:
    offered = [preset.id for preset in seasoned.service.presets]
    assert offered[0] == "step2ck"
    assert "step2ck-half" not in offered
    assert isinstance(seasoned.desk.build, BuildService)
