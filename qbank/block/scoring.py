"""What a closed block comes to: one attempt a question, by the keys handed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from qbank.block.model import Confidence, OptionId, Outcome, Phase
from qbank.block.state import BlockState, Cell


@dataclass(frozen=True, slots=True)
class Attempt:
    """All visits to one question of a block. Times in milliseconds.

    `first`, `final` and `key` are sorted option ids, `first` and `final` empty when
    blank. `changes` counts responses unlike the one before; where a question takes
    several options, each step of gathering them is a response. `clock_ms` is time on
    screen with the clock running; `away_ms` its part with the window hidden and
    `active_ms` the rest, both None where the terminal did not tell; `reading_ms` is
    time after the reveal, in no other figure. `first_shown_at_ms` and
    `first_answered_at_ms` lie on the block's axis, None where it never happened.
    """

    position: int
    question: str
    outcome: Outcome
    first: tuple[OptionId, ...]
    final: tuple[OptionId, ...]
    key: tuple[OptionId, ...]
    changes: int
    clock_ms: int
    active_ms: int | None
    away_ms: int | None
    reading_ms: int
    first_visit_ms: int
    visits: int
    flagged: bool
    confidence: Confidence | None
    first_shown_at_ms: int | None
    first_answered_at_ms: int | None


def score(state: BlockState, keys: Mapping[str, frozenset[OptionId]]) -> tuple[Attempt, ...]:
    """The attempts of a closed block, in printed order.

    `keys` maps a slot's `question` to its right options; with several, all of them
    and no other must be chosen. Raises ValueError for a block that is not closed and
    KeyError for a question without a key.
    """
    if state.phase is not Phase.CLOSED:
        raise ValueError("only a closed block is scored")
    return tuple(_attempt(state, position, keys) for position in state.spec.positions)


def _attempt(state: BlockState, position: int, keys: Mapping[str, frozenset[OptionId]]) -> Attempt:
    cell = state.cell(position)
    question = state.spec.slot(position).question
    key = keys[question]
    away_ms = cell.away_ms if state.focus_known else None
    return Attempt(
        position=position,
        question=question,
        outcome=_outcome(cell, key),
        first=cell.first_response,
        final=cell.response,
        key=tuple(sorted(key)),
        changes=cell.changes,
        clock_ms=cell.clock_ms,
        active_ms=None if away_ms is None else cell.clock_ms - away_ms,
        away_ms=away_ms,
        reading_ms=cell.reading_ms,
        first_visit_ms=cell.first_visit_ms,
        visits=cell.visits,
        flagged=cell.flagged,
        confidence=cell.confidence,
        first_shown_at_ms=cell.first_shown_at_ms,
        first_answered_at_ms=cell.first_answered_at_ms,
    )


def _outcome(cell: Cell, key: frozenset[OptionId]) -> Outcome:
    if not cell.visits:
        return Outcome.UNREACHED
    if not cell.response:
        return Outcome.OMITTED
    return Outcome.CORRECT if frozenset(cell.response) == key else Outcome.INCORRECT
