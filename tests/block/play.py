"""Small blocks for the tests of the engine, and a player that runs commands through it."""

from collections.abc import Iterable, Sequence

from qbank.block.commands import Command, Start
from qbank.block.events import Event
from qbank.block.machine import decide, evolve, initial
from qbank.block.model import BlockSpec, GapPolicy, Mode, PausePolicy, Slot


def block(
    questions: int = 3,
    *,
    limit_ms: int | None = 60_000,
    mode: Mode = Mode.TIMED,
    pause: PausePolicy = PausePolicy.ALLOWED,
    gaps: GapPolicy = GapPolicy.FREE,
    several: bool = False,
) -> BlockSpec:
    """A block of questions q1, q2, ... with the options a, b, c."""
    slots = tuple(Slot(f"q{n}", ("a", "b", "c"), several) for n in range(1, questions + 1))
    return BlockSpec("block", mode, slots, limit_ms, pause=pause, gaps=gaps)


class Player:
    """Runs commands through decide and evolve, and keeps the log."""

    def __init__(self, spec: BlockSpec) -> None:
        self.state = initial(spec)
        self.log: list[Event] = []

    def do(self, at_ms: int, command: Command) -> tuple[Event, ...]:
        """Decide one command and apply what comes of it."""
        events = decide(self.state, command, at_ms)
        self.apply(events)
        return events

    def apply(self, events: tuple[Event, ...]) -> None:
        """Let events happen."""
        for event in events:
            self.state = evolve(self.state, event)
        self.log.extend(events)


def play(spec: BlockSpec, steps: Iterable[tuple[int, Command]] = ()) -> Player:
    """A block that was started and taken through (at_ms, command) steps."""
    player = Player(spec)
    player.do(0, Start())
    for at_ms, command in steps:
        player.do(at_ms, command)
    return player


def keys(spec: BlockSpec, right: Sequence[str] = ("a",)) -> dict[str, frozenset[str]]:
    """The same key for every question."""
    return {slot.question: frozenset(right) for slot in spec.slots}
