"""Killed at any point, a block comes back as it was: question, order, options, marks, time."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qbank.block import commands as c
from qbank.block.model import Confidence, Phase
from qbank.clock import ManualClock, SystemClock
from qbank.services.runner import BlockRunner
from qbank.services.views import BlockRequest
from qbank.store.engine import open_store
from tests.support.desk import WAIT_S, Desk, desk_in
from tests.support.small_store import Small, small_store

KILLS = 40
ROOT = Path(__file__).resolve().parents[2]


def a_deed(runner: BlockRunner, rng: random.Random) -> c.Command:
    """Something a person might do now."""
    position = runner.state.shown or 1
    option = rng.choice(runner.spec.slot(position).options)
    deeds: list[c.Command] = [
        c.Show(rng.choice(runner.spec.positions)),
        c.Answer(position, (option,)),
        c.Clear(position),
        c.Strike(position, option),
        c.Unstrike(position, option),
        c.Flag(position),
        c.Unflag(position),
        c.SetConfidence(position, rng.choice([*Confidence, None])),
        c.Highlight(position, ((0, rng.randrange(1, 9)),)),
    ]
    return rng.choice(deeds)


def let_pass(desk: Desk, runner: BlockRunner, ms: int) -> None:
    """Time passes, looked at every second as a screen does."""
    for _ in range(ms // 1_000):
        desk.clock.advance(1_000)
        runner.poll()
    desk.clock.advance(ms % 1_000)


def facts(runner: BlockRunner) -> object:
    """Everything a person sees of a block."""
    return (
        [(slot.question, slot.options) for slot in runner.spec.slots],
        runner.texts,
        runner.state.shown,
        [
            (cell.response, cell.struck, cell.flagged, cell.confidence, cell.highlights)
            for cell in runner.state.cells
        ],
    )


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_points(desk: Desk, seed: int) -> None:
    rng = random.Random(seed)
    runner = desk.begin(10, minutes=60, order="shuffled", seed=seed)
    block_id, kills, boots = runner.spec.block_id, 0, 0
    while kills < KILLS // 3 + 1:
        let_pass(desk, runner, rng.randrange(4_000))
        runner.do(a_deed(runner, rng))
        if rng.random() > 0.2:
            continue
        assert runner.wait_saved(WAIT_S)
        before, clock = facts(runner), runner.clock()
        let_pass(desk, runner, rng.randrange(15_000))
        assert runner.wait_saved(WAIT_S)
        told = runner.clock().used_ms
        desk.start_again()
        kills += 1
        if rng.random() < 0.5:
            desk.clock.advance(rng.randrange(10**7))
        else:
            boots += 1
            desk.clock.reboot(f"boot-{boots + 1}", rng.randrange(10**9))
        runner = desk.blocks.open(block_id)
        assert facts(runner) == before
        given_back = told - runner.clock().used_ms
        assert 0 <= given_back <= 5_000
        assert runner.clock().used_ms >= clock.used_ms
        assert runner.resumed is not None
        assert runner.resumed.crashed
        assert runner.resumed.remaining_ms == runner.clock().remaining_ms
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert desk.history.find("1").interrupted


def test_a_kill_between_deadline_and_look_closes_at_the_deadline(desk: Desk) -> None:
    runner = desk.begin(1)
    desk.clock.advance(89_000)
    runner.poll()
    assert runner.wait_saved(WAIT_S)
    desk.clock.advance(1_500)
    desk.start_again()
    again = desk.blocks.open(runner.spec.block_id)
    assert again.clock().remaining_ms == 1_000
    desk.clock.advance(1_000)
    again.poll()
    assert again.state.phase is Phase.CLOSED
    assert again.wait_saved(WAIT_S)
    assert desk.history.find("1").used_ms == 90_000


def test_a_paused_block_survives_a_kill_without_a_mark(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.clock.advance(3_000)
    runner.do(c.Pause())
    desk.clock.advance(20_000)
    runner.poll()
    assert runner.wait_saved(WAIT_S)
    desk.start_again()
    desk.clock.advance(999_000)
    again = desk.blocks.open(runner.spec.block_id)
    again.do(c.Resume())
    assert again.clock().used_ms == 3_000
    assert again.state.paused_ms == 20_000
    assert not again.state.interrupted


def test_the_time_away_counts_from_the_last_event(desk: Desk) -> None:
    runner = desk.begin(2)
    assert runner.wait_saved(WAIT_S)
    desk.answer(runner, 1, "a", 3_000)
    assert runner.wait_saved(WAIT_S)
    desk.start_again()
    desk.clock.advance(60_000)
    (waiting,) = desk.blocks.resumable()
    assert waiting.away_ms == 60_000
    again = desk.blocks.open(waiting.id)
    assert again.state.uncharged_gap_ms == 60_000
    assert again.clock().used_ms == 3_000


CHILD = """
import sys
from pathlib import Path
from qbank.block import commands as c
from qbank.clock import SystemClock
from qbank.services.run import RunService
from qbank.store.engine import open_store

clock = SystemClock()
store = open_store(Path(sys.argv[1]), clock)
runner = RunService(store, clock, 1).open(sys.argv[2])
if not runner.state.at_ms and runner.state.shown is None:
    runner.do(c.Start())
turn = 0
while True:
    turn += 1
    position = turn % runner.spec.size + 1
    runner.do(c.Show(position))
    events = runner.do(c.Answer(position, ("abcde"[turn % 5],)))
    assert runner.wait_saved(30)
    answer = runner.state.response(position)[0]
    print(f"{position} {answer} {runner.unsaved}", flush=True)
"""


def _killed_child(store: Path, block_id: str, answers: int) -> dict[int, str]:
    """Run a child that answers, kill it after so many acknowledged answers; what it said."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(store), block_id],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    said: dict[int, str] = {}
    assert child.stdout is not None
    for _ in range(answers):
        position, answer, unsaved = child.stdout.readline().split()
        assert unsaved == "0"
        said[int(position)] = answer
    child.send_signal(signal.SIGKILL)
    for line in child.stdout:
        position, answer, _ = line.split()
        said[int(position)] = answer
    child.stdout.close()
    child.wait()
    return said


def _survives(folder: Path, kills: int, rng: random.Random) -> None:
    small = small_store(folder, 5, ManualClock())
    desk = Desk(small)
    block_id = desk.build.create(BlockRequest(count=5, minutes=1_000))
    path = small.store.path
    small.store.close()
    said: dict[int, str] = {}
    for _ in range(kills):
        said |= _killed_child(path, block_id, rng.randrange(1, 60))
        clock = SystemClock()
        store = open_store(path, clock)
        try:
            after = Desk(Small(store, clock, small.learner))  # type: ignore[arg-type]  # its own clock
            (waiting,) = after.blocks.resumable()
            runner = after.blocks.open(waiting.id)
            here = {p: runner.state.response(p) for p in said}
            # At most one answer more was committed and not yet told.
            others = [p for p, answer in said.items() if here[p] != (answer,)]
            assert len(others) <= 1
            assert runner.wait_saved(WAIT_S)
        finally:
            store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_no_acknowledged_answer_is_lost_to_kill_9(tmp_path: Path) -> None:
    _survives(tmp_path, 3, random.Random(9))


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("seed", range(6))
def test_many_kills(tmp_path: Path, seed: int) -> None:
    _survives(tmp_path, 20, random.Random(seed))


def test_the_order_of_options_survives(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        runner = desk.begin(5)
        assert runner.wait_saved(WAIT_S)
        shown = [[option.id for option in text.options] for text in runner.texts]
        desk.start_again()
        again = desk.blocks.open(runner.spec.block_id)
        assert [[option.id for option in text.options] for text in again.texts] == shown
