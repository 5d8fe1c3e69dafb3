"""The rules of a block: what may happen, and what it comes to. Nothing else knows them.

`decide` turns a command into events or refuses it; `evolve` turns an event into the
next state and never refuses, since events are facts. Neither reads a clock: `at_ms`
is handed in, and the first thing `decide` does is to see whether time is up.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import assert_never

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block.evolution import evolve
from qbank.block.model import (
    BlockSpec,
    CloseReason,
    GapKind,
    GapPolicy,
    Mode,
    OptionId,
    PausePolicy,
    Phase,
)
from qbank.block.state import BlockState, Cell, initial
from qbank.errors import IllegalCommand

__all__ = ["LEGAL", "decide", "evolve", "initial", "replay", "tick"]

_OnQuestion = (
    c.Answer
    | c.Clear
    | c.Strike
    | c.Unstrike
    | c.Flag
    | c.Unflag
    | c.SetConfidence
    | c.Highlight
    | c.Reveal
)
_CHARGED = (GapKind.SLEEP, GapKind.LEFT)
_LOCKED_BY_REVEAL = (c.Answer, c.Clear, c.Strike, c.Unstrike, c.SetConfidence)

LEGAL: Mapping[Phase, frozenset[type[c.Command]]] = {
    Phase.READY: frozenset({c.Start}),
    Phase.RUNNING: frozenset(
        {
            c.Show,
            c.Answer,
            c.Clear,
            c.Strike,
            c.Unstrike,
            c.Flag,
            c.Unflag,
            c.SetConfidence,
            c.Highlight,
            c.Reveal,
            c.Pause,
            c.Blur,
            c.Focus,
            c.NoteGap,
            c.Submit,
        }
    ),
    Phase.PAUSED: frozenset({c.Resume, c.Blur, c.Focus, c.NoteGap, c.Submit}),
    Phase.CLOSED: frozenset(),
}


def tick(state: BlockState, at_ms: int) -> tuple[e.Event, ...]:
    """Closed at the deadline where `at_ms` has reached it, however late; else nothing."""
    deadline_ms = state.deadline_ms
    if deadline_ms is None or not state.ticking or at_ms < deadline_ms:
        return ()
    return (e.Closed(deadline_ms, CloseReason.EXPIRED),)


def decide(state: BlockState, command: c.Command, at_ms: int) -> tuple[e.Event, ...]:
    """The events a command leads to; none where it would change nothing.

    `at_ms` is the block's axis (0 at Start); for NoteGap it is the end of the gap.
    Past the deadline the command is dropped and the block closes at the deadline.
    Raises IllegalCommand where the state does not allow the command.
    """
    began_ms = min(at_ms, at_ms - command.ms) if isinstance(command, c.NoteGap) else at_ms
    if expired := tick(state, began_ms):
        return expired
    if type(command) not in LEGAL[state.phase]:
        raise _refused(command, f"the block is {state.phase}")
    if began_ms < state.at_ms:
        raise _refused(command, f"{began_ms} ms is before the last event at {state.at_ms} ms")
    return _block_events(state, command, at_ms)


def replay(spec: BlockSpec, events: Iterable[e.Event]) -> BlockState:
    """The state that a log leads to."""
    return reduce(evolve, events, initial(spec))


def _block_events(state: BlockState, command: c.Command, at_ms: int) -> tuple[e.Event, ...]:
    events: tuple[e.Event, ...]
    match command:
        case c.Start():
            events = _start(command, at_ms)
        case c.Show():
            events = _show(state, command, at_ms)
        case c.Pause():
            events = _pause(state, command, at_ms)
        case c.Resume():
            events = (e.Resumed(at_ms),)
        case c.Blur():
            events = () if state.blurred else (e.Blurred(at_ms),)
        case c.Focus():
            events = () if state.focus_known and not state.blurred else (e.Focused(at_ms),)
        case c.NoteGap():
            events = _gap(state, command, at_ms)
        case c.Submit():
            events = (e.Submitted(at_ms), e.Closed(at_ms, CloseReason.SUBMITTED))
        case _:
            events = _question_events(state, command, at_ms)
    return events


def _start(command: c.Start, at_ms: int) -> tuple[e.Event, ...]:
    if at_ms != 0:
        raise _refused(command, f"a block starts at 0 ms, not at {at_ms} ms")
    return (e.Started(0), e.Shown(0, 1))


def _show(state: BlockState, command: c.Show, at_ms: int) -> tuple[e.Event, ...]:
    if command.position not in state.spec.positions:
        raise _refused(command, f"there is no question {command.position}")
    return () if command.position == state.shown else (e.Shown(at_ms, command.position),)


def _pause(state: BlockState, command: c.Pause, at_ms: int) -> tuple[e.Event, ...]:
    if state.spec.pause is not PausePolicy.ALLOWED:
        raise _refused(command, "this block cannot be paused")
    return (e.Paused(at_ms),)


def _gap(state: BlockState, command: c.NoteGap, at_ms: int) -> tuple[e.Event, ...]:
    """A charged gap ends at the deadline: what lies behind it is outside the block."""
    if command.ms < 0:
        raise _refused(command, f"a gap of {command.ms} ms")
    charged = (
        command.kind in _CHARGED and state.spec.gaps is GapPolicy.CHARGE_SLEEP and state.ticking
    )
    expired = tick(state, at_ms) if charged else ()
    end_ms = expired[0].at_ms if expired else at_ms
    length_ms = command.ms - (at_ms - end_ms)
    return (e.GapNoted(end_ms, length_ms, command.kind, charged), *expired)


def _question_events(state: BlockState, command: _OnQuestion, at_ms: int) -> tuple[e.Event, ...]:
    cell = _cell_on_screen(state, command)
    position = command.position
    events: tuple[e.Event, ...]
    match command:
        case c.Answer() | c.Clear():
            events = _respond(state, cell, command, at_ms)
        case c.Strike() | c.Unstrike():
            events = _strike(state, cell, command, at_ms)
        case c.Flag():
            events = () if cell.flagged else (e.Flagged(at_ms, position),)
        case c.Unflag():
            events = (e.Unflagged(at_ms, position),) if cell.flagged else ()
        case c.SetConfidence(level=level):
            same = cell.confidence is level
            events = () if same else (e.ConfidenceSet(at_ms, position, level),)
        case c.Highlight():
            events = _highlight(cell, command, at_ms)
        case c.Reveal():
            events = _reveal(state, cell, command, at_ms)
        case _:
            assert_never(command)
    return events


def _cell_on_screen(state: BlockState, command: _OnQuestion) -> Cell:
    if command.position != state.shown:
        raise _refused(command, f"question {command.position} is not on screen")
    cell = state.cell(command.position)
    if cell.revealed and isinstance(command, _LOCKED_BY_REVEAL):
        raise _refused(command, "the answer is locked")
    return cell


def _reveal(state: BlockState, cell: Cell, command: c.Reveal, at_ms: int) -> tuple[e.Event, ...]:
    if state.spec.mode is not Mode.TUTOR:
        raise _refused(command, "answers are shown in tutor mode only")
    return () if cell.revealed else (e.Revealed(at_ms, command.position),)


def _respond(
    state: BlockState, cell: Cell, command: c.Answer | c.Clear, at_ms: int
) -> tuple[e.Event, ...]:
    if isinstance(command, c.Clear):
        return (e.Cleared(at_ms, command.position),) if cell.response else ()
    chosen = tuple(sorted(set(command.options)))
    if not chosen:
        raise _refused(command, "an answer needs an option")
    if len(chosen) > 1 and not state.spec.slot(command.position).several:
        raise _refused(command, "this question takes one option")
    for option in chosen:
        _known(state, command, option)
    return () if chosen == cell.response else (e.Answered(at_ms, command.position, chosen),)


def _strike(
    state: BlockState, cell: Cell, command: c.Strike | c.Unstrike, at_ms: int
) -> tuple[e.Event, ...]:
    _known(state, command, command.option)
    struck = command.option in cell.struck
    if isinstance(command, c.Strike):
        return () if struck else (e.Struck(at_ms, command.position, command.option),)
    return (e.Unstruck(at_ms, command.position, command.option),) if struck else ()


def _highlight(cell: Cell, command: c.Highlight, at_ms: int) -> tuple[e.Event, ...]:
    edges = [edge for span in command.spans for edge in span]
    if edges != sorted(set(edges)) or any(edge < 0 for edge in edges):
        raise _refused(command, "spans must be sorted, apart and not empty")
    if command.spans == cell.highlights:
        return ()
    return (e.Highlighted(at_ms, command.position, command.spans),)


def _known(state: BlockState, command: c.Answer | c.Strike | c.Unstrike, option: OptionId) -> None:
    if option not in state.spec.slot(command.position).options:
        raise _refused(command, f"question {command.position} has no option {option!r}")


def _refused(command: c.Command, because: str) -> IllegalCommand:
    return IllegalCommand(f"{type(command).__name__} is not possible: {because}")
