"""Killed at any point, an exam day comes back: its break time, its blocks and its clock."""

import random
from pathlib import Path

import pytest

from qbank.block import commands as c
from qbank.block.model import Phase
from qbank.block.sitting_model import DayPhase
from qbank.clock import ManualClock
from qbank.store import check
from qbank.store.check import Severity
from qbank.store.engine import open_store
from qbank.store.learners import learners
from tests.support.day import Day
from tests.support.desk import WAIT_S, Desk, desk_in
from tests.support.doomed import doomed
from tests.support.doomed_work import sit
from tests.support.small_store import Small


def _let_pass(day: Day, ms: int) -> None:
    """Time passes, looked at every second as a screen does."""
    for _ in range(ms // 1_000):
        day.clock.advance(1_000)
        day.run.poll()
        if day.run.block is not None:
            day.run.block.poll()
    day.clock.advance(ms % 1_000)


def _step(day: Day, rng: random.Random) -> None:
    """Something a person might do now."""
    block, phase = day.run.block, day.run.clock().phase
    if phase is DayPhase.TUTORIAL:
        day.run.end_tutorial()
    elif phase is DayPhase.BREAK or (phase is DayPhase.BLOCK and block is None):
        day.run.begin_block()
    elif block is not None and block.state.phase is Phase.CLOSED:
        day.run.end_block()
    elif block is not None:
        flag = c.Flag(block.state.shown or 1)
        commands: list[c.Command] = [c.Submit(), c.Show(1), c.Show(2), flag]
        block.do(rng.choice(commands))


def _saved(day: Day) -> None:
    if day.run.block is not None:
        assert day.run.block.wait_saved(WAIT_S)
    assert day.desk.store.write(lambda _: None) is None


@pytest.mark.parametrize("seed", range(4))
def test_a_day_killed_at_random_points(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    with desk_in(tmp_path, 60) as desk:
        day = Day(desk)
        day.begin()
        kills = 0
        while day.run.clock().phase is not DayPhase.OVER:
            _let_pass(day, rng.randrange(20_000))
            _step(day, rng)
            if rng.random() > 0.3:
                continue
            _let_pass(day, rng.randrange(3_000))
            _saved(day)
            before, behind = day.run.clock(), day.run.state.behind
            if before.phase is DayPhase.OVER:
                break
            kills += 1
            boot = "" if rng.random() < 0.5 else f"boot-{kills + 1}"
            day.kill(minutes=rng.randrange(600), boot=boot)
            if day.run.state.phase is DayPhase.BLOCK:
                day.run.begin_block()
            after = day.run.clock()
            assert day.run.state.behind[: len(behind)] == behind
            assert len(day.run.state.behind) - len(behind) in (0, 1)
            assert 0 <= after.day_left_ms - before.day_left_ms <= 5_000
        day.run.settle()
        assert kills > 5
        report = day.service.report(day.run.id)
        spec, state = day.run.spec, day.run.state
        used = report.tutorial_ms + report.testing_ms + report.break_ms + report.overrun_ms
        assert used + state.day_left_ms() + state.forgone_ms == spec.authorised_ms
        day.run.close()
    assert {each.severity for each in check.contents(desk.store.path, thorough=True)} == {
        Severity.GOOD
    }


@pytest.mark.parametrize("patience_s", [0.0, 0.04, 0.09])
def test_a_day_whose_process_is_killed(tmp_path: Path, patience_s: float) -> None:
    with doomed(sit, tmp_path) as process:
        sitting_id = process.next()
        seen = [process.next()]
        process.ended(patience_s)
        seen += process.kill()
    behind, phase = seen[-1]
    clock = ManualClock()
    store = open_store(tmp_path / "qbank.db", clock)
    with store.read() as connection:
        (person,) = learners(connection)
    day = Day(Desk(Small(store, clock, person)))
    if phase != "over":
        run = day.service.open(sitting_id)
        assert len(run.state.behind) in (behind, behind + 1)
        if run.state.phase is DayPhase.BLOCK:
            assert run.begin_block().state.phase in (Phase.RUNNING, Phase.CLOSED)
        run.close()
    store.close()
    assert {each.severity for each in check.contents(store.path, thorough=True)} == {Severity.GOOD}
