"""A running exam day as it stands in words: what its pages say between blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qbank.block.sitting_model import DayPhase
from qbank.reporting import exam_day_words as say
from qbank.reporting import words

if TYPE_CHECKING:
    from qbank.services.views import DayClock


class Standing(NamedTuple):
    """The clock that runs, what it means, and whether that is said loudly."""

    figure: str
    meaning: str
    loud: bool = False


def standing(clock: DayClock) -> Standing | None:
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


def rules(clock: DayClock) -> tuple[str, ...]:
    """What is to be known at this moment."""
    if clock.phase is DayPhase.TUTORIAL:
        return say.TUTORIAL
    if clock.phase is DayPhase.BLOCK:
        return (say.CUT_OFF,)
    said = (say.lost(clock.lost),) if clock.lost else ()
    if clock.on_pool:
        return said
    return (*said, say.USED_UP if clock.first_on_clock else say.RUNS_ON)
