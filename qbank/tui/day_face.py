"""A running exam day as it stands in words: what its pages say between blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qbank.block.sitting_model import DayPhase
from qbank.reporting import exam_day_words as say
from qbank.reporting import words
from qbank.tui.ink import Run, muted
from qbank.tui.running import Clockface, Running

if TYPE_CHECKING:
    from collections.abc import Callable

    from qbank.services.runner import BlockRunner
    from qbank.services.sitting_runner import SittingRunner
    from qbank.services.views import DayClock
    from qbank.tui.memory import Memory


class DayRunning(Running):
    """A block of an exam day: its overview says where in the day it stands."""

    def __init__(
        self,
        runner: BlockRunner,
        day: SittingRunner,
        memory: Memory,
        *,
        count_down: bool,
        ring: Callable[[], None],
    ) -> None:
        super().__init__(runner, memory, count_down=count_down, ring=ring)
        self._day = day

    def clockface(self) -> Clockface:
        """The day's time stands where elsewhere that of the question does."""
        face = super().clockface()
        said = say.day_clock(self._day.clock().day_left_ms)
        return replace(face, this_one=said if face.this_one else "")

    def checkpoints(self) -> tuple[Run, ...]:
        """No checkpoints: the day's own clock, in minutes, as it does not move here."""
        clock = self._day.clock()
        return (muted(say.in_block(clock.number, clock.blocks, clock.day_left_ms)),)


class Standing(NamedTuple):
    """The clock that runs, what it means, and whether that is said loudly."""

    figure: str
    meaning: str
    loud: bool = False


class DayFace(NamedTuple):
    """A day at one moment; `behind` says of every block that is over whether it was lost."""

    number: int
    blocks: int
    behind: tuple[bool, ...]
    standing: Standing | None
    rules: tuple[str, ...]


def day_face(clock: DayClock) -> DayFace:
    """What stands on the screen at this moment."""
    return DayFace(clock.number, clock.blocks, clock.behind, _standing(clock), _rules(clock))


def _standing(clock: DayClock) -> Standing | None:
    """What runs now; None where nothing of the day itself does."""
    if clock.phase is DayPhase.TUTORIAL:
        return Standing(words.clock_left(clock.tutorial_left_ms), say.TUTORIAL_LEFT)
    if clock.phase is not DayPhase.BREAK:
        return None
    if clock.on_pool:
        return Standing(words.clock_left(clock.pool_ms), say.BREAK_LEFT)
    if clock.first_on_clock:
        said = say.over(clock.number, clock.limit_ms)
        return Standing(words.clock(clock.over_ms), said, loud=True)
    return Standing(words.clock_left(clock.limit_ms), say.SESSION_LEFT, loud=True)


def _rules(clock: DayClock) -> tuple[str, ...]:
    """What is to be known at this moment."""
    if clock.phase is DayPhase.TUTORIAL:
        return say.TUTORIAL
    if clock.phase is DayPhase.BLOCK:
        return (say.LEFT_ALONE if clock.away else say.CUT_OFF,)
    said = (say.lost(clock.lost),) if clock.lost else ()
    if clock.on_pool:
        return said
    return (*said, say.USED_UP if clock.first_on_clock else say.RUNS_ON)
