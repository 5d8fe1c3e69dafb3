"""A person at an exam day, on a desk with a clock by hand."""

from dataclasses import dataclass, field, replace
from typing import Any

from qbank.block import commands as c
from qbank.block.model import Phase
from qbank.clock import ManualClock
from qbank.services.runner import BlockRunner
from qbank.services.sitting import SittingService
from qbank.services.sitting_runner import SittingRunner
from qbank.services.views import SittingRequest
from tests.support.desk import Desk

MINUTE = 60_000
SHORT = SittingRequest(compress=10, seed=1)
"""A tenth of a day of Step 2 CK: 16 blocks of 2 questions in 3:00, breaks 5:30, tutorial 0:30."""


@dataclass
class Day:
    """A person at an exam day."""

    desk: Desk
    run: SittingRunner = field(init=False)
    service: SittingService = field(init=False)

    def __post_init__(self) -> None:
        self.start_again()

    @property
    def clock(self) -> ManualClock:
        return self.desk.clock

    def start_again(self) -> None:
        """What a new start of the program has, after a kill."""
        self.desk.start_again()
        learner = self.desk.small.learner.id
        services = (self.desk.build, self.desk.blocks)
        self.service = SittingService(self.desk.store, self.clock, learner, services)

    def begin(self, request: SittingRequest = SHORT, **changes: Any) -> SittingRunner:
        """Begin a day, and be done with its tutorial."""
        self.run = self.service.begin(replace(request, **changes))
        self.run.start()
        self.run.end_tutorial()
        return self.run

    def kill(self, minutes: float = 0, boot: str = "") -> SittingRunner:
        """Kill the program, wait, and open the day again."""
        day = self.run.id
        if boot:
            self.clock.reboot(boot)
        else:
            self.wait(minutes)
        self.start_again()
        self.run = self.service.open(day)
        return self.run

    def wait(self, minutes: float) -> None:
        self.clock.advance(round(minutes * MINUTE))

    def block(self, minutes: float = 2, answers: int = 2) -> None:
        """Take the next block, all right."""
        runner = self.run.begin_block()
        self.answer(runner, minutes, answers)
        if runner.state.phase is not Phase.CLOSED:
            runner.do(c.Submit())
        self.run.end_block()

    def answer(self, runner: BlockRunner, minutes: float, answers: int = 2) -> None:
        for position in range(1, answers + 1):
            runner.do(c.Show(position))
            runner.do(c.Answer(position, ("b",)))
        self.wait(minutes)
        runner.poll()
