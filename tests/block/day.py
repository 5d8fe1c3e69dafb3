"""An exam day against a day that is lived millisecond by millisecond, driven by hypothesis."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from qbank.block import sitting
from qbank.block import sitting_events as s
from qbank.block.model import GapKind
from qbank.block.sitting_codec import DAY
from qbank.block.sitting_model import DayPhase, Session, SittingSpec
from qbank.block.sitting_state import SittingState, initial_day
from qbank.errors import IllegalCommand

sessions = st.builds(
    Session, st.integers(1, 30), st.lists(st.integers(1, 2), min_size=1, max_size=3).map(tuple)
)
specs = st.builds(
    SittingSpec,
    sitting_id=st.just("day"),
    preset=st.just("exam"),
    sessions=st.lists(sessions, min_size=1, max_size=4).map(tuple),
    tutorial_ms=st.integers(0, 8),
    break_ms=st.integers(0, 25),
    break_every=st.integers(1, 2),
    unused_to_break=st.booleans(),
)


@dataclass(frozen=True)
class Rules:
    """The functions under test."""

    decide: Callable[[SittingState, s.DayCommand, int], tuple[s.DayEvent, ...]] = sitting.decide
    evolve: Callable[[SittingState, s.DayEvent], SittingState] = sitting.evolve
    tick: Callable[[SittingState, int], tuple[s.DayEvent, ...]] = sitting.tick


class LivedDay:
    """A second opinion: it knows no events, and lives every millisecond."""

    def __init__(self, spec: SittingSpec) -> None:
        self.spec = spec
        self.phase = DayPhase.READY
        self.tutorial, self.pool = spec.tutorial_ms, spec.break_ms
        self.clocks = [session.limit_ms for session in spec.sessions]
        self.blocks = [
            (at, part == len(session.sizes) - 1)
            for at, session in enumerate(spec.sessions)
            for part in range(len(session.sizes))
        ]
        self.done: list[int | None] = []
        self.forgone = 0

    @property
    def left(self) -> int:
        return self.tutorial + self.pool + sum(self.clocks)

    def begin(self) -> None:
        self.phase = DayPhase.TUTORIAL if self.spec.tutorial_ms else DayPhase.BREAK

    def over(self, left: int) -> None:
        """Something ended with this left on its clock."""
        if self.spec.unused_to_break:
            self.pool += left
        else:
            self.forgone += left

    def end_tutorial(self) -> None:
        left, self.tutorial = self.tutorial, 0
        self.over(left)
        self.phase = DayPhase.BREAK

    def live(self, ms: int) -> None:
        for _ in range(ms):
            if self.phase is DayPhase.TUTORIAL:
                self.tutorial -= 1
                if not self.tutorial:
                    self.end_tutorial()
            elif self.phase is DayPhase.BREAK:
                self.rest()

    def rest(self) -> None:
        session, _ = self.blocks[len(self.done)]
        if self.pool and len(self.done) % self.spec.break_every == 0:
            self.pool -= 1
        else:
            self.clocks[session] -= 1
        self.lose()

    def lose(self) -> None:
        while len(self.done) < len(self.blocks) and not self.clocks[self.blocks[len(self.done)][0]]:
            self.done.append(None)
        if len(self.done) == len(self.blocks):
            self.phase = DayPhase.OVER

    def work(self, used: int) -> None:
        session, last = self.blocks[len(self.done)]
        self.done.append(used)
        self.clocks[session] -= used
        self.phase = DayPhase.BREAK
        if last:
            left, self.clocks[session] = self.clocks[session], 0
            self.over(left)
        self.lose()


waits = st.integers(0, 12) | st.integers(0, 60)


class DayMachine(RuleBasedStateMachine):
    """Whatever is asked of a day, whenever, its books are right."""

    rules_of_day: ClassVar[Rules] = Rules()
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(spec=specs)
    def start(self, spec: SittingSpec) -> None:
        self.state = initial_day(spec)
        self.lived = LivedDay(spec)
        self.now = 0
        self.log: list[s.DayEvent] = []
        self.ask(s.Begin())
        self.lived.begin()
        self.check()

    @rule(wait=waits)
    def look(self, wait: int) -> None:
        self.pass_time(wait)

    @rule(wait=waits)
    def go_on(self, wait: int) -> None:
        self.pass_time(wait)
        if self.ask(s.EndTutorial()):
            self.lived.end_tutorial()
        self.check()

    @rule(wait=waits)
    def begin_block(self, wait: int) -> None:
        self.pass_time(wait)
        limit = self.lived.clocks[
            self.lived.blocks[min(len(self.lived.done), len(self.lived.blocks) - 1)][0]
        ]
        events = self.ask(s.BeginBlock())
        if events:
            assert events == (s.BlockBegun(self.now, len(self.lived.done) + 1, limit),)
            self.lived.phase = DayPhase.BLOCK
        self.check()

    @rule(used=st.integers(0, 40), gap=st.integers(0, 5), early=st.booleans())
    def end_block(self, used: int, gap: int, early: bool) -> None:
        number = self.state.number
        if self.state.phase is DayPhase.BLOCK:
            left = self.lived.clocks[self.lived.blocks[number - 1][0]]
            used = min(used, left) if early else left
            self.now += used + gap
        events = self.ask(s.EndBlock(number, used))
        if events:
            self.lived.work(used)
        self.check()

    @rule(wait=waits, ms=st.integers(0, 80), kind=st.sampled_from(GapKind))
    def be_away(self, wait: int, ms: int, kind: GapKind) -> None:
        self.pass_time(wait)
        self.ask(s.Leave())
        charged = kind in (GapKind.SLEEP, GapKind.LEFT)
        self.now += ms
        events = self.ask(s.NoteGap(ms, kind))
        if events and charged:
            self.lived.live(ms)
        self.check()

    @rule(wait=waits, sure=st.integers(0, 9))
    def stop(self, wait: int, sure: int) -> None:
        if sure == 9:
            self.pass_time(wait)
            if self.ask(s.EndDay()):
                self.lived.phase = DayPhase.OVER
            self.check()

    def pass_time(self, ms: int) -> None:
        if self.state.phase is DayPhase.BLOCK:
            return
        self.now += ms
        self.lived.live(ms)
        self.apply(self.rules_of_day.tick(self.state, self.now))
        self.check()

    def ask(self, command: s.DayCommand) -> tuple[s.DayEvent, ...]:
        legal = type(command) in sitting.LEGAL[self.state.phase]
        note(f"{self.now}: {command}")
        try:
            events = self.rules_of_day.decide(self.state, command, self.now)
        except IllegalCommand:
            assert not legal
            return ()
        assert legal
        self.apply(events)
        return events

    def apply(self, events: tuple[s.DayEvent, ...]) -> None:
        for event in events:
            assert event.at_ms >= self.state.at_ms
            assert DAY.decode(*DAY.encode(event), event.at_ms) == event
            self.seen[type(event).__name__] += 1
            self.state = self.rules_of_day.evolve(self.state, event)
            self.log.append(event)

    def check(self) -> None:
        lived, spec, phase = self.lived, self.state.spec, self.state.phase
        assert phase is lived.phase
        assert tuple(each.number for each in self.state.behind) == tuple(
            range(1, len(lived.done) + 1)
        )
        assert [None if each.lost else each.used_ms for each in self.state.behind] == lived.done
        now = self.state if phase is DayPhase.OVER else sitting.as_of(self.state, self.now)
        if phase is not DayPhase.OVER:
            assert (now.tutorial_left_ms, now.pool_ms) == (lived.tutorial, lived.pool)
            assert list(now.sessions_ms) == lived.clocks
            assert now.day_left_ms() == lived.left
        assert now.pool_ms >= 0
        assert min(now.sessions_ms) >= 0
        used = now.tutorial_ms + now.testing_ms + now.break_ms + now.overrun_ms
        if phase is not DayPhase.BLOCK:
            assert used + now.gap_ms == now.at_ms
        tutorial = spec.tutorial_ms - now.tutorial_ms if phase is DayPhase.TUTORIAL else 0
        left = tutorial + now.pool_ms + sum(now.sessions_ms)
        ended_early = phase is DayPhase.OVER and len(lived.done) < spec.blocks
        if not ended_early:
            assert used + left + now.forgone_ms == spec.authorised_ms
        if phase is DayPhase.OVER:
            assert isinstance(self.log[-1], s.DayEnded)
        assert reduce(self.rules_of_day.evolve, self.log, initial_day(spec)) == self.state
