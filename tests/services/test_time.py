"""Whatever the clocks, the lid and the program do: the time charged is the time worked."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbank.block import commands as c
from qbank.block.model import Phase
from qbank.clock import ManualClock
from qbank.services.runner import BlockRunner
from tests.support.desk import WAIT_S, Desk, desk_in

LIMIT_MS = 120_000
GIVEN_BACK_MS = 5_000

SPANS = st.integers(0, 25_000)
DEEDS = st.one_of(
    st.tuples(st.just("work"), SPANS),
    st.tuples(st.just("sleep"), st.integers(0, 100_000_000)),
    st.tuples(st.just("stop"), SPANS),
    st.tuples(st.just("set the clock"), st.integers(-(10**12), 10**12)),
    st.tuples(st.just("pause"), SPANS),
    st.tuples(st.just("look"), st.integers(1, 4)),
    st.tuples(st.just("answer"), st.integers(0, 4)),
    st.tuples(st.just("look away"), SPANS),
    st.tuples(st.just("kill"), st.integers(0, 100_000_000)),
    st.tuples(st.just("reboot"), st.integers(0, 100_000_000)),
    st.tuples(st.just("leave"), st.integers(0, 100_000_000)),
)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One store for every example."""
    with desk_in(tmp_path_factory.mktemp("time"), 8, ManualClock(runs=True)) as desk:
        yield desk


@dataclass
class Day:
    """A person at one block, and what a stopwatch beside them says."""

    desk: Desk
    runner: BlockRunner
    worked_ms: int = 0
    paused_ms: int = 0
    interrupted: bool = False
    asleep_ms: int = 0
    boots: int = 0

    @property
    def over(self) -> bool:
        return self.runner.state.phase is Phase.CLOSED

    def pass_time(self, ms: int) -> None:
        """Time passes awake, looked at every second."""
        for step in (*(1_000 for _ in range(ms // 1_000)), ms % 1_000):
            self.desk.clock.advance(step)
            self.runner.poll()

    def do(self, deed: str, amount: int) -> None:
        match deed:
            case "work":
                self.work(amount)
            case "sleep" | "stop":
                self.stand_still(deed, amount)
            case "set the clock":
                self.desk.clock.step_wall(amount)
            case "pause":
                self.runner.do(c.Pause())
                self.pass_time(amount)
                self.runner.do(c.Resume())
                self.paused_ms += amount
            case "look":
                self.runner.do(c.Show(amount))
            case "answer":
                shown = self.runner.state.shown or 1
                self.runner.do(c.Answer(shown, ("abcde"[amount],)))
            case "look away":
                self.runner.do(c.Blur())
                self.work(amount)
                if not self.over:
                    self.runner.do(c.Focus())
            case _:
                self.go_and_come_back(deed, amount)

    def work(self, ms: int) -> None:
        self.pass_time(ms)
        self.worked_ms = min(LIMIT_MS, self.worked_ms + ms)

    def stand_still(self, deed: str, ms: int) -> None:
        """The lid is closed, or the program stands still, as Ctrl+Z makes it."""
        if deed == "sleep":
            self.desk.clock.sleep_machine(ms)
            self.asleep_ms += ms
        else:
            self.desk.clock.advance(ms)
        self.runner.poll()
        if self.asleep_ms > 10_000 or (deed == "stop" and ms > 10_000):
            self.interrupted, self.asleep_ms = True, 0
        elif deed == "stop":
            self.worked_ms = min(LIMIT_MS, self.worked_ms + ms)

    def go_and_come_back(self, deed: str, away_ms: int) -> None:
        told_ms = self.runner.clock().used_ms
        if deed == "leave":
            self.runner.leave()
        assert self.runner.wait_saved(WAIT_S)
        if deed != "leave":
            self.desk.start_again()
            self.interrupted = True
        self.desk.clock.advance(away_ms)
        if deed == "reboot":
            self.boots += 1
            self.desk.clock.reboot(f"boot-{id(self)}-{self.boots}", 30_000)
        self.runner = self.desk.blocks.open(self.runner.spec.block_id)
        if self.runner.state.phase is Phase.PAUSED:
            self.runner.do(c.Resume())
        here_ms = self.runner.clock().used_ms
        allowed_ms = 0 if deed == "leave" else GIVEN_BACK_MS
        assert 0 <= told_ms - here_ms <= allowed_ms
        self.worked_ms, self.asleep_ms = here_ms, 0


@given(deeds=st.lists(DEEDS, max_size=12))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_time_charged_is_the_time_worked(
    shared_desk: Desk, deeds: list[tuple[str, int]]
) -> None:
    runner = shared_desk.begin(4, minutes=2, seen=())
    day = Day(shared_desk, runner)
    last_ms = 0
    for deed, amount in deeds:
        if day.over:
            break
        day.do(deed, amount)
        used_ms = day.runner.clock().used_ms
        assert used_ms == day.worked_ms
        assert used_ms >= last_ms - (GIVEN_BACK_MS if deed in ("kill", "reboot") else 0)
        assert day.runner.clock().remaining_ms == LIMIT_MS - used_ms
        last_ms = used_ms
    if not day.over:
        assert day.worked_ms < LIMIT_MS
        day.runner.do(c.Submit())
    assert day.runner.wait_saved(WAIT_S)
    day.runner.close()
    report = shared_desk.review.report(runner.spec.block_id)
    assert report.summary.used_ms == day.worked_ms
    assert sum(each.clock_ms for each in report.attempts) == day.worked_ms
    assert report.summary.interrupted is day.interrupted
    assert report.summary.paused_ms >= day.paused_ms
