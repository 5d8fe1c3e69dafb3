"""What may be said beside the clock: only an answer changes it, and some blocks say nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block.model import Confidence, Phase
from qbank.errors import IllegalCommand
from qbank.services.pacing import Nudge
from qbank.services.sitting import SittingService
from qbank.services.views import SittingRequest
from tests.support.desk import Desk, desk_in

COMMANDS = st.one_of(
    st.builds(c.Show, st.integers(1, 5)),
    st.builds(c.Answer, st.integers(1, 5), st.sampled_from((("a",), ("b",)))),
    st.builds(c.Clear, st.integers(1, 5)),
    st.builds(c.Flag, st.integers(1, 5)),
    st.builds(c.Strike, st.integers(1, 5), st.just("c")),
    st.builds(c.SetConfidence, st.integers(1, 5), st.sampled_from(Confidence)),
    st.builds(c.Pause),
    st.builds(c.Resume),
    st.builds(c.Blur),
    st.builds(c.Focus),
)


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Four blocks of five were taken: the last is the best."""
    with desk_in(tmp_path_factory.mktemp("practised"), 60) as desk:
        for ms in (85_000, 85_000, 85_000, 82_000):
            desk.take("bbbbb", ms)
        yield desk


@given(steps=st.lists(st.tuples(st.integers(0, 60_000), COMMANDS), max_size=20))
@settings(max_examples=25)
def test_the_words_never_change_without_an_answer(
    practised: Desk, steps: list[tuple[int, c.Command]]
) -> None:
    desk = practised
    runner = desk.begin(5, race="best", seen=())
    said = runner.clock().pace, runner.clock().ghost
    for ms, command in steps:
        desk.clock.advance(ms)
        events: tuple[e.Event, ...] = runner.poll()
        assert (runner.clock().pace, runner.clock().ghost) == said
        try:
            events = runner.do(command)
        except IllegalCommand:
            continue
        now = runner.clock().pace, runner.clock().ghost
        assert now == said or any(isinstance(event, e.Answered) for event in events)
        said = now
    if runner.state.phase is Phase.PAUSED:
        runner.do(c.Resume())
    runner.do(c.Submit())
    assert runner.wait_saved(10)
    runner.close()


def test_the_first_blocks_say_nothing_but_the_time(tmp_path: Path) -> None:
    with desk_in(tmp_path, 20) as desk:
        for number in range(4):
            runner = desk.begin(8, seen=())
            desk.answer(runner, 1, "b", 80_000)
            assert (runner.clock().pace is None) is (number < 3)
            assert (runner.checkpoints() == ()) is (number < 3)
            runner.do(c.Submit())
            assert runner.wait_saved(10)
            runner.close()


def test_an_exam_day_says_nothing_but_the_time(tmp_path: Path) -> None:
    with desk_in(tmp_path, 60) as desk:
        for _ in range(3):
            desk.take("b", 60_000)
        services = (desk.build, desk.blocks)
        days = SittingService(desk.store, desk.clock, desk.small.learner.id, services)
        day = days.begin(SittingRequest(compress=25, seed=1))
        day.start()
        day.end_tutorial()
        runner = day.begin_block()
        desk.answer(runner, 1, "b", 20_000)
        live = runner.clock()
        assert (live.pace, live.ghost, runner.checkpoints()) == (None, None, ())
        runner.do(c.Show(2))
        desk.clock.advance(200_000)
        runner.poll()
        assert runner.state.phase is Phase.RUNNING
        assert Nudge(runner).due() == ""


def test_a_nudge_is_due_once_a_question_and_only_while_it_is_open(practised: Desk) -> None:
    desk = practised
    runner = desk.begin(5, seen=())
    nudge = Nudge(runner)
    desk.clock.advance(179_999)
    assert nudge.due() == ""
    desk.clock.advance(1)
    assert nudge.due() == "3:00 on this one. Choose, flag, go on?"
    assert nudge.due() == ""
    runner.do(c.Answer(1, ("a",)))
    runner.do(c.Show(2))
    desk.clock.advance(60_000)
    runner.do(c.Answer(2, ("a",)))
    desk.clock.advance(200_000)
    assert nudge.due() == ""
    runner.do(c.Submit())
    assert runner.wait_saved(10)
    runner.close()


def test_a_few_questions_have_no_checkpoints(practised: Desk) -> None:
    said = []
    for count in (7, 8):
        runner = practised.begin(count, seen=())
        said.append(len(runner.checkpoints()))
        runner.leave()
    assert said == [0, 3]
