"""What a person did on each question and when, from the log of a block."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from qbank.block import events as e
from qbank.block.evolution import evolve
from qbank.block.model import BlockSpec, OptionId
from qbank.block.state import BlockState, Cell, initial


class Deed(StrEnum):
    """One kind of thing a person did."""

    FIRST_LOOK = "first_look"
    CAME_BACK = "came_back"
    ANSWERED = "answered"
    CHANGED = "changed"
    ANSWERED_AGAIN = "answered_again"
    CLEARED = "cleared"
    FLAGGED = "flagged"
    UNFLAGGED = "unflagged"
    REVEALED = "revealed"


@dataclass(frozen=True, slots=True)
class Moment:
    """A deed, when on the block's axis, and the response it led to where it was one.

    `stay_ms` is the clock time of the visit that a look began; None for any other deed.
    """

    at_ms: int
    what: Deed
    options: tuple[OptionId, ...] = ()
    stay_ms: int | None = None


def timeline(spec: BlockSpec, events: Iterable[e.Event]) -> tuple[tuple[Moment, ...], ...]:
    """The moments of each question in order of time, by position - 1."""
    moments: list[list[Moment]] = [[] for _ in spec.slots]
    state = initial(spec)
    visit: _Visit | None = None
    for event in events:
        position = getattr(event, "position", None)
        if position is not None and (moment := _moment(state.cell(position), event)):
            moments[position - 1].append(moment)
        state = evolve(state, event)
        if isinstance(event, e.Shown):
            _end(visit, state, moments)
            here = moments[event.position - 1]
            clock_ms = state.cell(event.position).clock_ms
            visit = _Visit(event.position, len(here) - 1, clock_ms)
    _end(visit, state, moments)
    return tuple(map(tuple, moments))


@dataclass(frozen=True, slots=True)
class _Visit:
    """A stay that goes on: where, which moment began it, and the question's clock then."""

    position: int
    moment: int
    clock_ms: int


def _end(visit: _Visit | None, state: BlockState, moments: list[list[Moment]]) -> None:
    """Say at the look that began a visit how long it was."""
    if visit is None:
        return
    stay_ms = state.cell(visit.position).clock_ms - visit.clock_ms
    here = moments[visit.position - 1]
    here[visit.moment] = replace(here[visit.moment], stay_ms=stay_ms)


def _moment(before: Cell, event: e.Event) -> Moment | None:
    match event:
        case e.Shown(at_ms):
            moment = Moment(at_ms, Deed.CAME_BACK if before.visits else Deed.FIRST_LOOK)
        case e.Answered(at_ms, options=options):
            moment = Moment(at_ms, _kind_of_answer(before, options), options)
        case e.Cleared(at_ms):
            moment = Moment(at_ms, Deed.CLEARED)
        case e.Flagged(at_ms):
            moment = Moment(at_ms, Deed.FLAGGED)
        case e.Unflagged(at_ms):
            moment = Moment(at_ms, Deed.UNFLAGGED)
        case e.Revealed(at_ms):
            moment = Moment(at_ms, Deed.REVEALED)
        case _:
            return None
    return moment


def _kind_of_answer(before: Cell, options: tuple[OptionId, ...]) -> Deed:
    if not before.last_response:
        return Deed.ANSWERED
    return Deed.ANSWERED_AGAIN if options == before.last_response else Deed.CHANGED
