"""How an open block stands, as of its latest answer: nothing of it changes in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import Mode
from qbank.block.pace import checkpoints, ghost_ms, live_pace
from qbank.reporting.pace_words import rival
from qbank.services.views import GhostGap, LiveClock

if TYPE_CHECKING:
    from qbank.block.pace import Checkpoint, Pace
    from qbank.block.state import BlockState
    from qbank.services.opened import Opened


class Pacing:
    """What may be said of a block beside its clock; in `first_blocks`, the clock alone."""

    def __init__(self, opened: Opened) -> None:
        self.first_blocks = opened.first_blocks
        self._habit = opened.habit
        self._pace: Pace | None = None
        self._ghost: GhostGap | None = None
        if opened.last_answer is not None:
            self.answered(opened.last_answer, opened.last_answer.at_ms)

    def answered(self, state: BlockState, at_ms: int) -> None:
        """A question was answered at `at_ms`: the figures move on."""
        self._pace = live_pace(state, at_ms, self._habit)
        race, delta_ms = state.spec.race, ghost_ms(state, at_ms)
        self._ghost = None
        if race is not None and delta_ms is not None:
            self._ghost = GhostGap(delta_ms, rival(race))

    def clock(self, state: BlockState, at_ms: int) -> LiveClock:
        """The block's times at this moment."""
        spoken = self._spoken(state)
        return LiveClock(
            used_ms=state.used_ms(at_ms),
            remaining_ms=state.remaining_ms(at_ms),
            this_one_ms=0 if state.shown is None else state.time_on(state.shown, at_ms),
            answered=state.answered,
            pace=self._pace if spoken else None,
            ghost=self._ghost if spoken else None,
        )

    def checkpoints(self, state: BlockState, at_ms: int) -> tuple[Checkpoint, ...]:
        """How many answers are due when; none where the pace is not spoken of."""
        return checkpoints(state, at_ms) if self._spoken(state) else ()

    def _spoken(self, state: BlockState) -> bool:
        return not self.first_blocks and state.spec.mode is not Mode.EXAM_DAY
