"""The engine against its replay and against a ledger, driven by hypothesis.

The machine takes an `Engine`, so that the same test can be shown engines with a bug.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block import machine
from qbank.block.model import (
    BlockSpec,
    CloseReason,
    Confidence,
    GapKind,
    GapPolicy,
    Mode,
    PausePolicy,
    Phase,
    Slot,
)
from qbank.block.state import BlockState, initial
from qbank.errors import IllegalCommand
from tests.block.ledger import Ledger


@dataclass(frozen=True)
class Engine:
    """The three functions of the engine under test."""

    decide: Callable[[BlockState, c.Command, int], tuple[e.Event, ...]] = machine.decide
    evolve: Callable[[BlockState, e.Event], BlockState] = machine.evolve
    tick: Callable[[BlockState, int], tuple[e.Event, ...]] = machine.tick

    def replay(self, spec: BlockSpec, events: list[e.Event]) -> BlockState:
        return reduce(self.evolve, events, initial(spec))


OPTIONS = ("a", "b", "c")
positions = st.integers(0, 4)
options = st.sampled_from((*OPTIONS, "unknown"))


def wait_of(draw: int) -> int | str:
    """Mostly small steps; now and then to the deadline, to the millisecond before it, a night."""
    rare: dict[int, int | str] = {90: "to the edge", 91: "over the edge", 92: 8 * 3_600_000}
    return rare.get(draw, draw % 40)


waits = st.integers(0, 92).map(wait_of)
specs = st.builds(
    BlockSpec,
    block_id=st.just("block"),
    mode=st.sampled_from((Mode.TIMED, Mode.TUTOR, Mode.TUTOR, Mode.EXAM_DAY)),
    slots=st.lists(
        st.builds(Slot, st.just("q"), st.just(OPTIONS), st.booleans()), min_size=1, max_size=4
    ).map(tuple),
    limit_ms=st.none() | st.integers(1, 400) | st.integers(200, 1_000),
    pause=st.sampled_from(PausePolicy),
    gaps=st.sampled_from(GapPolicy),
)


class EngineMachine(RuleBasedStateMachine):
    """Whatever is asked of a block, whenever, its books are right."""

    engine: ClassVar[Engine] = Engine()
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(spec=specs)
    def start(self, spec: BlockSpec) -> None:
        self.begin(spec)

    def begin(self, spec: BlockSpec) -> None:
        self.spec = spec
        self.idle = 0
        self.log: list[e.Event] = []
        self.state = initial(spec)
        self.apply(self.engine.decide(self.state, c.Start(), 0))
        self.ledger = Ledger(spec)
        self.check()

    @rule(wait=waits, position=positions)
    def show(self, wait: int | str, position: int) -> None:
        self.ask(c.Show(position), wait)

    @rule(wait=waits, chosen=st.lists(options, max_size=3, unique=True), here=st.booleans())
    def answer(self, wait: int | str, chosen: list[str], here: bool) -> None:
        self.ask(c.Answer(self.place(here), tuple(chosen)), wait)

    @rule(wait=waits, option=st.sampled_from(OPTIONS))
    def answer_well(self, wait: int | str, option: str) -> None:
        self.ask(c.Answer(self.place(here=True), (option,)), wait)

    @rule(wait=waits, here=st.booleans())
    def clear(self, wait: int | str, here: bool) -> None:
        self.ask(c.Clear(self.place(here)), wait)

    @rule(wait=waits, here=st.booleans(), option=options, strike=st.booleans())
    def strike(self, wait: int | str, here: bool, option: str, strike: bool) -> None:
        kind = c.Strike if strike else c.Unstrike
        self.ask(kind(self.place(here), option), wait)

    @rule(
        wait=waits,
        here=st.booleans(),
        what=st.sampled_from((c.Flag, c.Unflag, c.Reveal)),
    )
    def mark(self, wait: int | str, here: bool, what: type[c.Flag | c.Unflag | c.Reveal]) -> None:
        self.ask(what(self.place(here)), wait)

    @rule(wait=waits, level=st.none() | st.sampled_from(Confidence), end=st.integers(1, 3))
    def describe(self, wait: int | str, level: Confidence | None, end: int) -> None:
        self.ask(c.SetConfidence(self.place(here=True), level), wait)
        self.ask(c.Highlight(self.place(here=True), ((0, end),)), 0)

    @rule(wait=waits, what=st.sampled_from((c.Pause(), c.Resume(), c.Blur(), c.Focus())))
    def turn(self, wait: int | str, what: c.Command) -> None:
        self.ask(what, wait)

    @rule(wait=waits, ms=st.integers(0, 60) | st.just(3_600_000), kind=st.sampled_from(GapKind))
    def be_away(self, wait: int | str, ms: int, kind: GapKind) -> None:
        self.ask(c.NoteGap(ms, kind), wait, ms)

    @rule(wait=waits)
    def look(self, wait: int | str) -> None:
        """The program's tick: nobody asked for anything."""
        at_ms = self.after(wait)
        note(f"{at_ms}: look")
        self.ledger.pass_time(at_ms - self.ledger.now_ms)
        closed = self.engine.tick(self.state, at_ms)
        assert bool(closed) is self.ledger.time_is_up
        if closed:
            self.ledger.close()
            self.expect_expiry(closed)
        self.apply(closed)
        self.check()

    @rule(wait=waits, sure=st.integers(0, 5))
    def submit(self, wait: int | str, sure: int) -> None:
        if sure == 5 or self.state.phase is Phase.CLOSED:
            self.ask(c.Submit(), wait)

    def place(self, here: bool) -> int:
        shown = self.state.shown or 1
        return shown if here else shown % self.spec.size + 1

    def after(self, wait: int | str) -> int:
        """The instant a wait ends at; over the edge of the limit or just not."""
        left_ms = self.ledger.left_ms
        if isinstance(wait, str):
            wait = 7 if left_ms is None else max(0, left_ms - (wait == "to the edge"))
        return self.ledger.now_ms + wait

    def ask(self, command: c.Command, wait: int | str, gap_ms: int = 0) -> None:
        at_ms = self.after(wait) + gap_ms
        before = self.state
        verdict = self.ledger.asked(command, at_ms)
        note(f"{at_ms}: {command} -> {verdict}")
        try:
            events = self.engine.decide(before, command, at_ms)
        except IllegalCommand:
            assert verdict == "refused"
            events = ()
        else:
            assert verdict != "refused"
        if verdict == "closed":
            self.expect_expiry(events)
        self.seen[f"{type(command).__name__} {verdict}"] += 1
        self.apply(events)
        self.check()
        self.go_on()

    def go_on(self) -> None:
        """A block that stands is asked a few things more; then it goes on, or the next begins."""
        self.idle = 0 if self.state.phase is Phase.RUNNING else self.idle + 1
        if self.idle <= 4:
            return
        if self.state.phase is Phase.PAUSED:
            self.ask(c.Resume(), 10)
        else:
            self.begin(self.spec)

    def expect_expiry(self, events: tuple[e.Event, ...]) -> None:
        spec, books = self.spec, self.ledger
        assert spec.limit_ms is not None
        deadline_ms = spec.limit_ms + books.paused_ms + books.reading_ms + books.free_ms
        assert events[-1] == e.Closed(deadline_ms, CloseReason.EXPIRED)
        assert all(isinstance(event, e.GapNoted) for event in events[:-1])
        self.seen["expired"] += 1

    def apply(self, events: tuple[e.Event, ...]) -> None:
        for event in events:
            assert event.at_ms >= self.state.at_ms
            self.state = self.engine.evolve(self.state, event)
            self.log.append(event)

    def check(self) -> None:
        state, spec = self.state, self.spec
        self.ledger.compare(state)
        assert spec.limit_ms is None or state.clock_ms <= spec.limit_ms
        assert sum(cell.clock_ms for cell in state.cells) == state.clock_ms
        accounts = state.clock_ms + state.paused_ms + state.reading_ms + state.uncharged_gap_ms
        assert accounts == state.at_ms
        assert all(cell.visits for cell in state.cells if cell.response)
        assert sum(isinstance(event, e.Closed) for event in self.log) <= 1
        if state.phase is Phase.CLOSED:
            assert isinstance(self.log[-1], e.Closed)
            assert state.remaining_ms(state.at_ms) == state.remaining_ms(state.at_ms + 10**9)
        assert self.engine.replay(spec, self.log) == state
        half = len(self.log) // 2
        resumed = reduce(
            self.engine.evolve, self.log[half:], self.engine.replay(spec, self.log[:half])
        )
        assert resumed == state
