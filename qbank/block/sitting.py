"""The rules of an exam day: what may happen on it, and what it comes to.

As for a block, `decide` turns a command into events or refuses it, `evolve` never refuses,
`tick` says what time alone has brought, and nothing here reads a clock.

The pool. Breaks come out of one pool of break time, and what the tutorial and every session
leave over is added to it. Once the pool is empty a break goes on at the cost of testing time:
it is taken from the clock of the session that comes next, which begins with so much less.
Where that clock comes to nothing its blocks are lost, unseen, and the one after is charged.
Between two blocks of one session, where no break stands, the session's clock runs on.

Leaving. Who leaves on purpose leaves the clock running, in a block and in a break. A crash or
a reboot is charged to nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import assert_never

from qbank.block import sitting_events as s
from qbank.block.model import GapKind
from qbank.block.sitting_model import DayEnd, DayPhase, SittingSpec
from qbank.block.sitting_state import Behind, SittingState, initial_day
from qbank.errors import IllegalCommand

LEGAL: Mapping[DayPhase, frozenset[type[s.DayCommand]]] = {
    DayPhase.READY: frozenset({s.Begin}),
    DayPhase.TUTORIAL: frozenset({s.EndTutorial, s.Leave, s.NoteGap, s.EndDay}),
    DayPhase.BREAK: frozenset({s.BeginBlock, s.Leave, s.NoteGap, s.EndDay}),
    DayPhase.BLOCK: frozenset({s.EndBlock, s.Leave, s.NoteGap}),
    DayPhase.OVER: frozenset(),
}

_CHARGED = frozenset({GapKind.SLEEP, GapKind.LEFT})


def tick(state: SittingState, at_ms: int) -> tuple[s.DayEvent, ...]:
    """What was due by `at_ms`, each at its own instant: the tutorial's end, lost blocks."""
    due: list[s.DayEvent] = []
    while (event := _due(state)) is not None and event.at_ms <= at_ms:
        due.append(event)
        state = evolve(state, event)
    return tuple(due)


def decide(state: SittingState, command: s.DayCommand, at_ms: int) -> tuple[s.DayEvent, ...]:
    """The events a command leads to. `at_ms` is the day's time; for NoteGap the gap's end.

    Where something was due before, that comes instead and the command is dropped; a gap is
    noted after it. Raises IllegalCommand where the state does not allow the command.
    """
    gap_ms = command.ms if isinstance(command, s.NoteGap) else 0
    if gap_ms < 0 or at_ms - gap_ms < state.at_ms:
        raise _refused(command, f"{at_ms - gap_ms} ms is before the last event")
    if isinstance(command, s.NoteGap):
        return _gap(state, command, at_ms)
    if due := tick(state, at_ms):
        return due
    _require(state, command)
    events: tuple[s.DayEvent, ...]
    match command:
        case s.Begin():
            events = (s.DayBegun(at_ms),)
        case s.EndTutorial():
            events = (s.TutorialEnded(at_ms),)
        case s.BeginBlock():
            passed = as_of(state, at_ms)
            number = passed.next_number or 0
            events = (s.BlockBegun(at_ms, number, passed.next_limit_ms),)
        case s.EndBlock():
            events = _end_block(state, command, at_ms)
        case s.Leave():
            events = () if state.away else (s.DayLeft(at_ms),)
        case s.EndDay():
            events = (s.DayEnded(at_ms, DayEnd.ENDED),)
        case _:
            assert_never(command)
    return events


def evolve(state: SittingState, event: s.DayEvent) -> SittingState:
    """The state after an event: first the time up to it passes, then it takes effect."""
    absent_ms = event.ms if isinstance(event, s.DayGapNoted) and not event.charged else 0
    now = replace(as_of(state, event.at_ms - absent_ms), at_ms=event.at_ms)
    match event:
        case s.DayBegun():
            begun = DayPhase.TUTORIAL if now.spec.tutorial_ms else DayPhase.BREAK
            now = replace(now, phase=begun)
        case s.TutorialEnded():
            left_ms = now.tutorial_left_ms
            now = _give(replace(now, phase=DayPhase.BREAK), left_ms)
        case s.BlockBegun(number=number):
            now = replace(now, phase=DayPhase.BLOCK, number=number, began_at_ms=event.at_ms)
        case s.BlockEnded():
            now = _ended(now, event)
        case s.BlockLost(number=number):
            now = replace(now, behind=(*now.behind, Behind(number, 0, lost=True)))
        case s.DayLeft():
            now = replace(now, away=True)
        case s.DayGapNoted():
            now = _came_back(now, event, absent_ms)
        case s.DayEnded(reason=reason):
            now = replace(now, phase=DayPhase.OVER, reason=reason)
        case _:
            assert_never(event)
    return now


def as_of(state: SittingState, at_ms: int) -> SittingState:
    """The state with the time up to `at_ms` booked; a query too, where nothing was due by then."""
    ms = at_ms - state.at_ms
    if ms <= 0 or state.phase in (DayPhase.READY, DayPhase.OVER):
        return state
    if state.phase is DayPhase.BLOCK:
        return replace(state, at_ms=at_ms)
    if state.phase is DayPhase.TUTORIAL:
        return replace(state, at_ms=at_ms, tutorial_ms=state.tutorial_ms + ms)
    pool_ms = min(ms, state.pool_ms) if state.on_pool else 0
    passed = replace(state, at_ms=at_ms, break_ms=state.break_ms + pool_ms)
    return _charge(passed, state.next_number, ms - pool_ms)


def replay(spec: SittingSpec, events: Iterable[s.DayEvent]) -> SittingState:
    """The state that a log leads to."""
    return reduce(evolve, events, initial_day(spec))


# --- what is due ------------------------------------------------------------------------


def _due(state: SittingState) -> s.DayEvent | None:
    """What time alone brings next; None where it brings nothing."""
    if state.phase is DayPhase.TUTORIAL:
        return s.TutorialEnded(state.at_ms + state.tutorial_left_ms)
    if state.phase is not DayPhase.BREAK:
        return None
    number = state.next_number
    if number is None:
        lost = state.behind[-1].lost
        return s.DayEnded(state.at_ms, DayEnd.TIME if lost else DayEnd.FINISHED)
    left_ms = state.next_limit_ms
    pool_ms = state.pool_ms if state.on_pool and left_ms else 0
    return s.BlockLost(state.at_ms + pool_ms + left_ms, number)


def _require(state: SittingState, command: s.DayCommand) -> None:
    if type(command) not in LEGAL[state.phase]:
        raise _refused(command, f"the day is in its phase {state.phase}")


def _gap(state: SittingState, command: s.NoteGap, at_ms: int) -> tuple[s.DayEvent, ...]:
    _require(state, command)
    charged = command.kind in _CHARGED
    due = tick(state, at_ms if charged else at_ms - command.ms)
    if any(isinstance(event, s.DayEnded) for event in due):
        return due
    return (*due, s.DayGapNoted(at_ms, command.ms, command.kind, charged))


def _end_block(state: SittingState, command: s.EndBlock, at_ms: int) -> tuple[s.DayEvent, ...]:
    if command.number != state.number:
        raise _refused(command, f"block {state.number} runs")
    session_ms = state.sessions_ms[state.spec.session_of(state.number)]
    lasted_ms = at_ms - state.began_at_ms
    if not 0 <= command.used_ms <= min(session_ms, lasted_ms):
        raise _refused(command, f"{command.used_ms} ms cannot have been used")
    ended = s.BlockEnded(at_ms, command.number, command.used_ms)
    return (ended, *tick(evolve(state, ended), at_ms))


# --- what comes of it -------------------------------------------------------------------


def _ended(state: SittingState, event: s.BlockEnded) -> SittingState:
    lasted_ms = event.at_ms - state.began_at_ms
    behind = (*state.behind, Behind(event.number, event.used_ms))
    now = replace(
        state,
        phase=DayPhase.BREAK,
        behind=behind,
        testing_ms=state.testing_ms + event.used_ms,
        gap_ms=state.gap_ms + lasted_ms - event.used_ms,
    )
    session = now.spec.session_of(event.number)
    left_ms = now.sessions_ms[session] - event.used_ms
    if not now.spec.ends_session(event.number):
        return _session(now, session, left_ms)
    return _give(_session(now, session, 0), left_ms)


def _came_back(state: SittingState, event: s.DayGapNoted, absent_ms: int) -> SittingState:
    """In a block the absence stands in the block's own log, and is booked at its end."""
    in_block = state.phase is DayPhase.BLOCK
    return replace(
        state,
        gap_ms=state.gap_ms + (0 if in_block else absent_ms),
        away=False,
        interrupted=state.interrupted or event.kind not in _CHARGED,
    )


def _give(state: SittingState, left_ms: int) -> SittingState:
    """What is left over of something that has ended."""
    if state.spec.unused_to_break:
        return replace(state, earned_ms=state.earned_ms + left_ms)
    return replace(state, forgone_ms=state.forgone_ms + left_ms)


def _charge(state: SittingState, number: int | None, ms: int) -> SittingState:
    """Take time between blocks from the session that comes next."""
    if not ms or number is None:
        return state
    session = state.spec.session_of(number)
    charged = replace(state, overrun_ms=state.overrun_ms + ms)
    return _session(charged, session, state.sessions_ms[session] - ms)


def _session(state: SittingState, session: int, left_ms: int) -> SittingState:
    before, after = state.sessions_ms[:session], state.sessions_ms[session + 1 :]
    return replace(state, sessions_ms=(*before, left_ms, *after))


def _refused(command: s.DayCommand, because: str) -> IllegalCommand:
    return IllegalCommand(f"{type(command).__name__} is not possible: {because}")
