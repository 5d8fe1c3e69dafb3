"""What a person did on each question and when, from the log of a block."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qbank.block import events as e
from qbank.block.evolution import evolve
from qbank.block.model import BlockSpec, OptionId
from qbank.block.state import Cell, initial


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
    """A deed, when on the block's axis, and the response it led to where it was one."""

    at_ms: int
    what: Deed
    options: tuple[OptionId, ...] = ()


def timeline(spec: BlockSpec, events: Iterable[e.Event]) -> tuple[tuple[Moment, ...], ...]:
    """The moments of each question in order of time, by position - 1."""
    moments: list[list[Moment]] = [[] for _ in spec.slots]
    state = initial(spec)
    for event in events:
        position = getattr(event, "position", None)
        if position is not None and (moment := _moment(state.cell(position), event)):
            moments[position - 1].append(moment)
        state = evolve(state, event)
    return tuple(map(tuple, moments))


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
