"""How an open block stands, as of its latest answer: nothing of it changes in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import Mode
from qbank.block.pace import budget_ms, checkpoints, ghost_ms, live_pace
from qbank.reporting.pace_words import nudge, rival
from qbank.services.signs import TWO_MINUTES_MS
from qbank.services.views import GhostGap, LiveClock

if TYPE_CHECKING:
    from qbank.block.pace import Checkpoint, Pace
    from qbank.block.state import BlockState
    from qbank.services.opened import Opened
    from qbank.services.runner import BlockRunner

FEWEST_QUESTIONS = 8
"""Of fewer the checkpoints would come with every answer."""


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
        told = self.told(state)
        return LiveClock(
            used_ms=state.used_ms(at_ms),
            remaining_ms=state.remaining_ms(at_ms),
            this_one_ms=0 if state.shown is None else state.time_on(state.shown, at_ms),
            answered=state.answered,
            pace=self._pace if told else None,
            ghost=self._ghost if told else None,
        )

    def checkpoints(self, state: BlockState, at_ms: int) -> tuple[Checkpoint, ...]:
        """How many answers are due when; none for few questions or an untold pace."""
        tells = self.told(state) and state.spec.size >= FEWEST_QUESTIONS
        return checkpoints(state, at_ms) if tells else ()

    def told(self, state: BlockState) -> bool:
        """Whether the pace is spoken of at all in this block."""
        spec = state.spec
        timed = spec.limit_ms is not None and spec.mode is not Mode.EXAM_DAY
        return timed and not self.first_blocks


class Nudge:
    """Says that the question on screen has taken twice its share: once a question, while open.

    In the last two minutes it is silent: what counts then is a letter on each.
    """

    def __init__(self, runner: BlockRunner) -> None:
        self._runner = runner
        self._said: set[int] = set()

    def due(self) -> str:
        """The nudge to be given now; empty where there is none or it was given."""
        state = self._runner.state
        spec, position = state.spec, state.shown
        if spec.limit_ms is None or spec.mode is Mode.EXAM_DAY or position is None:
            return ""
        twice_ms = round(2 * budget_ms(spec.limit_ms, spec.size))
        live = self._runner.clock()
        last = live.remaining_ms is not None and live.remaining_ms <= TWO_MINUTES_MS
        if (
            last
            or live.this_one_ms < twice_ms
            or position in self._said
            or state.response(position)
        ):
            return ""
        self._said.add(position)
        return nudge(twice_ms)
