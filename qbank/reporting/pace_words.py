"""How a running block stands against its clock and an earlier run, in words.

Ahead and over, never a sign; one earlier run at most beside the even pace.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING

from qbank.block.model import Race, RaceKind
from qbank.reporting import words

if TYPE_CHECKING:
    from qbank.block.pace import Checkpoint, Pace

_NAME = 24
_WHOSE = {
    RaceKind.BEST: "your best",
    RaceKind.LAST: "your last",
    RaceKind.MEDIAN: "your middle run",
}


def rival(race: Race) -> str:
    """What the run of a race is called."""
    return whom(race.kind, race.name, again=bool(race.times_ms))


def whom(kind: RaceKind, name: str, *, again: bool) -> str:
    """What a raced run is called: `your best`, `your earlier run`, `"Tuesday evening"`.

    `again` says that it had the same questions.
    """
    if kind in _WHOSE:
        return _WHOSE[kind]
    return "your earlier run" if again else f'"{shorten(name, _NAME, placeholder="…")}"'


def race(raced: Race) -> str:
    """What is raced, before the clock: `It races your best: 29:20.`"""
    return f"It races {rival(raced)}: {words.clock(raced.used_ms)}."


def checkpoints(points: Iterable[Checkpoint]) -> str:
    """The checkpoints as a goal: `Goal: 5 by 7:30, 10 by 15:00, 15 by 22:30, none blank.`"""
    return f"Goal: {', '.join(map(checkpoint, points))}, none blank."


def against(delta_ms: int, whom: str) -> str:
    """Time against a run; positive `delta_ms` is over."""
    if abs(delta_ms) < 1000:
        return f"level with {whom}"
    return f"{words.clock(abs(delta_ms))} {'ahead of' if delta_ms < 0 else 'over'} {whom}"


def standing(pace: Pace, ghost: tuple[int, str] | None = None) -> tuple[tuple[str, ...], ...]:
    """The line of the pace, said in full and ever shorter; empty while nothing may be said.

    `ghost` is the time behind a raced run and its name. What the pace comes to stands last
    and goes last.
    """
    outlook = words.outlook(pace)
    if not outlook:
        return ()
    even = words.even_pace(pace.debt_ms)
    if ghost is None:
        return ((even, outlook), (outlook,))
    short = even.removesuffix(" pace")
    whom = against(ghost[0], ghost[1].removeprefix("your "))
    return ((even, against(*ghost), outlook), (short, whom, outlook), (even, outlook), (outlook,))


def checkpoint(point: Checkpoint) -> str:
    """How many answers are due when: `5 by 7:30`."""
    return f"{point.target} by {words.clock(point.clock_ms)}"


def reached(point: Checkpoint) -> str:
    """`✓` at a checkpoint that was reached, else how many there were: `(9)`.

    Empty while the clock has not come so far.
    """
    if point.achieved is None:
        return ""
    return "✓" if point.achieved >= point.target else f"({point.achieved})"


def so_far(pace: Pace) -> str:
    """Mean time on the answered questions beside what each may take; empty before an answer."""
    if pace.mean_ms is None:
        return ""
    limit = f"{round(pace.budget_ms / 1000)}"
    return f"{round(pace.mean_ms / 1000)} s a question · limit {limit}"


def nudge(at_ms: int) -> str:
    """One question has taken twice its share."""
    return f"{words.clock(at_ms)} on this one. Choose, flag, go on?"
