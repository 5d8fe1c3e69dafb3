"""From a key to a command of the block: which one it is, never whether it may be.

Each gives None where the key means nothing here. What a block allows is the
engine's to say; these only keep apart what one key means in different places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.commands import (
    Answer,
    Clear,
    Command,
    Flag,
    Highlight,
    Resume,
    Reveal,
    SetConfidence,
    Show,
    Start,
    Strike,
    Unflag,
    Unstrike,
)
from qbank.block.model import Confidence, Mode, Phase

if TYPE_CHECKING:
    from qbank.block.state import BlockState

CONFIDENCE = {"1": Confidence.SURE, "2": Confidence.UNSURE, "3": Confidence.GUESS}


def begin(state: BlockState) -> Command | None:
    """What Begin does: start a new block, go on with a paused one, nothing where it runs."""
    if state.phase is Phase.READY:
        return Start()
    return Resume() if state.phase is Phase.PAUSED else None


def shown(state: BlockState) -> int:
    """The question on screen; the first one before any was."""
    return state.shown or 1


def locked(state: BlockState) -> bool:
    """Whether the answer on screen stands for good."""
    return state.cell(shown(state)).revealed


def _option(state: BlockState, place: int) -> str | None:
    options = state.spec.slot(shown(state)).options
    return options[place] if 0 <= place < len(options) and not locked(state) else None


def answer(state: BlockState, place: int) -> Command | None:
    """Choose the option at a place, from 0; where several are asked for, or let it be again."""
    option = _option(state, place)
    if option is None:
        return None
    position = shown(state)
    if not state.spec.slot(position).several:
        return Answer(position, (option,))
    chosen = tuple(sorted({*state.response(position)} ^ {option}))
    return Answer(position, chosen) if chosen else Clear(position)


def highlight(state: BlockState, spans: tuple[tuple[int, int], ...]) -> Command:
    """Mark these parts of the text, and no other."""
    return Highlight(shown(state), spans)


def strike(state: BlockState, place: int) -> Command | None:
    """Rule the option at a place out, or back in."""
    option = _option(state, place)
    if option is None:
        return None
    position = shown(state)
    struck = state.is_struck(position, option)
    return Unstrike(position, option) if struck else Strike(position, option)


def clear(state: BlockState) -> Command | None:
    """Take the answer back."""
    return None if locked(state) else Clear(shown(state))


def flag(state: BlockState) -> Command:
    """Mark the question, or take the mark off."""
    position = shown(state)
    return Unflag(position) if state.cell(position).flagged else Flag(position)


def confidence(state: BlockState, key: str) -> Command | None:
    """How sure; the same key again takes it back."""
    if locked(state):
        return None
    position, level = shown(state), CONFIDENCE[key]
    same = state.cell(position).confidence is level
    return SetConfidence(position, None if same else level)


def onward(state: BlockState) -> Command | None:
    """Enter: show an answer's explanation in tutor mode, else the next question.

    None on the last question, where the overview opens.
    """
    position = shown(state)
    cell = state.cell(position)
    if state.spec.mode is Mode.TUTOR and cell.response and not cell.revealed:
        return Reveal(position)
    return Show(position + 1) if position < state.spec.size else None


def back(state: BlockState) -> Command | None:
    """The question before; None on the first."""
    position = shown(state)
    return Show(position - 1) if position > 1 else None
