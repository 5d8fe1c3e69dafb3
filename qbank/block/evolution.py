"""How an event changes a block. Nothing here refuses: an event has happened."""

from dataclasses import replace
from typing import assert_never

from qbank.block import events as e
from qbank.block.model import GapKind, Phase
from qbank.block.state import BlockState, Cell

_OnCell = (
    e.Answered
    | e.Cleared
    | e.Struck
    | e.Unstruck
    | e.Flagged
    | e.Unflagged
    | e.ConfidenceSet
    | e.Highlighted
    | e.Revealed
)


def evolve(state: BlockState, event: e.Event) -> BlockState:
    """The state after an event: first the time up to it passes, then it takes effect."""
    absent_ms = event.ms if isinstance(event, e.GapNoted) and not event.charged else 0
    now = _pass_time(state, event.at_ms - absent_ms)
    match event:
        case e.Started() | e.Resumed():
            now = replace(now, phase=Phase.RUNNING)
        case e.Paused():
            now = replace(now, phase=Phase.PAUSED)
        case e.Shown():
            now = _show(now, event)
        case e.Blurred() | e.Focused():
            now = replace(now, blurred=isinstance(event, e.Blurred), focus_known=True)
        case e.GapNoted():
            now = _gap(now, event)
        case e.Submitted():
            pass
        case e.Closed(reason=reason):
            now = replace(now, phase=Phase.CLOSED, close_reason=reason)
        case _:
            marked = _mark(now.cell(event.position), event, now.clock_ms)
            now = replace(now, cells=_cells_with(now, event.position, marked))
    return now


def _pass_time(state: BlockState, to_ms: int) -> BlockState:
    """Book the time since the last event on the account it belongs to."""
    ms = max(0, to_ms - state.at_ms)
    if not ms:
        return state
    if state.phase is Phase.PAUSED:
        return replace(state, at_ms=to_ms, paused_ms=state.paused_ms + ms)
    if state.phase is not Phase.RUNNING or state.shown is None:
        return state
    cell = state.cell(state.shown)
    if cell.revealed:
        read = replace(cell, reading_ms=cell.reading_ms + ms)
        cells = _cells_with(state, state.shown, read)
        return replace(state, cells=cells, at_ms=to_ms, reading_ms=state.reading_ms + ms)
    spent = replace(
        cell,
        clock_ms=cell.clock_ms + ms,
        away_ms=cell.away_ms + (ms if state.blurred else 0),
        first_visit_ms=cell.first_visit_ms + (ms if cell.visits == 1 else 0),
    )
    cells = _cells_with(state, state.shown, spent)
    return replace(state, cells=cells, at_ms=to_ms, clock_ms=state.clock_ms + ms)


def _gap(state: BlockState, event: e.GapNoted) -> BlockState:
    """A charged gap has passed on the clock already; any other goes to its own account.

    After anything but a sleep the program was started anew, in a window that is in front.
    """
    charged_ms, uncharged_ms = (event.ms, 0) if event.charged else (0, event.ms)
    return replace(
        state,
        at_ms=event.at_ms,
        charged_gap_ms=state.charged_gap_ms + charged_ms,
        uncharged_gap_ms=state.uncharged_gap_ms + uncharged_ms,
        blurred=state.blurred and event.kind is GapKind.SLEEP,
        interrupted=state.interrupted or event.kind is not GapKind.LEFT,
    )


def _show(state: BlockState, event: e.Shown) -> BlockState:
    cell = state.cell(event.position)
    first_ms = event.at_ms if cell.first_shown_at_ms is None else cell.first_shown_at_ms
    seen = replace(cell, visits=cell.visits + 1, first_shown_at_ms=first_ms)
    return replace(state, shown=event.position, cells=_cells_with(state, event.position, seen))


def _mark(cell: Cell, event: _OnCell, clock_ms: int) -> Cell:
    match event:
        case e.Answered():
            marked = _answer(cell, event, clock_ms)
        case e.Cleared():
            marked = replace(cell, response=())
        case e.Struck(option=option):
            marked = replace(cell, struck=cell.struck | {option})
        case e.Unstruck(option=option):
            marked = replace(cell, struck=cell.struck - {option})
        case e.Flagged() | e.Unflagged():
            marked = replace(cell, flagged=isinstance(event, e.Flagged))
        case e.ConfidenceSet(level=level):
            marked = replace(cell, confidence=level)
        case e.Highlighted(spans=spans):
            marked = replace(cell, highlights=spans)
        case e.Revealed():
            marked = replace(cell, revealed=True)
        case _:
            assert_never(event)
    return marked


def _answer(cell: Cell, event: e.Answered, clock_ms: int) -> Cell:
    if cell.first_answered_at_ms is None:
        cell = replace(
            cell,
            first_response=event.options,
            first_answered_at_ms=event.at_ms,
            first_answered_clock_ms=clock_ms,
        )
    changed = bool(cell.last_response) and cell.last_response != event.options
    return replace(
        cell,
        response=event.options,
        last_response=event.options,
        changes=cell.changes + changed,
    )


def _cells_with(state: BlockState, position: int, cell: Cell) -> tuple[Cell, ...]:
    at = position - 1
    return (*state.cells[:at], cell, *state.cells[at + 1 :])
