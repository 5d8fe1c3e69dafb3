"""A store with services over it and a clock by hand: where tests take blocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qbank.block import commands as c
from qbank.clock import ManualClock
from qbank.content.exam import presets
from qbank.services.build import BuildService
from qbank.services.history import HistoryService
from qbank.services.home import HomeService
from qbank.services.notes import NoteService
from qbank.services.review import ReviewService
from qbank.services.run import RunService
from qbank.services.runner import BlockRunner
from qbank.services.views import BlockRequest
from qbank.store.engine import Store
from tests.support.small_store import Small, small_store

WAIT_S = 10.0


@dataclass
class Desk:
    """One learner at one store. `start_again` is what a new start of the program has."""

    small: Small
    store: Store = field(init=False)
    clock: ManualClock = field(init=False)
    blocks: RunService = field(init=False)

    def __post_init__(self) -> None:
        learner_id = self.small.learner.id
        self.store, self.clock = self.small.store, self.small.clock
        self.build = BuildService(self.store, self.clock, learner_id, presets())
        self.review = ReviewService(self.store, self.clock, learner_id)
        self.history = HistoryService(self.store, self.clock, learner_id)
        self.notes = NoteService(self.store, self.clock, learner_id)
        self.start_again()

    def start_again(self) -> None:
        """Forget every open block without a word, as a program that was killed does."""
        learner_id = self.small.learner.id
        self.blocks = RunService(self.store, self.clock, learner_id)
        services = (self.build, self.blocks, self.history)
        self.home = HomeService(self.store, self.clock, learner_id, services)

    def begin(self, count: int = 5, **request: Any) -> BlockRunner:
        """A new block, begun; in pack order unless asked otherwise."""
        wanted = BlockRequest(**{"count": count, "order": "pack", **request})
        runner = self.blocks.open(self.build.create(wanted))
        runner.do(c.Start())
        return runner

    def answer(self, runner: BlockRunner, position: int, option: str, ms: int = 10_000) -> None:
        """Look at a question for some time and choose an option."""
        runner.do(c.Show(position))
        self.clock.advance(ms)
        runner.do(c.Answer(position, (option,)))

    def take(self, answers: str, ms: int = 10_000, **request: Any) -> str:
        """Take a whole block; a space leaves a question blank, the rest is not reached."""
        runner = self.begin(**{"count": len(answers), **request})
        for position, option in enumerate(answers, start=1):
            if option == " ":
                runner.do(c.Show(position))
                self.clock.advance(ms)
            elif option != ".":
                self.answer(runner, position, option, ms)
        runner.do(c.Submit())
        assert runner.wait_saved(WAIT_S)
        runner.close()
        return runner.spec.block_id


@contextmanager
def desk_in(folder: Path, count: int = 20, clock: ManualClock | None = None) -> Iterator[Desk]:
    """A desk with a new store of `count` questions, whose key is always `b`."""
    desk = Desk(small_store(folder, count, clock))
    try:
        yield desk
    finally:
        desk.store.close()
