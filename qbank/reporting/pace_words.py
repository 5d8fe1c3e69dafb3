"""How a running block stands against its clock and an earlier run, in words.

Ahead and over, never a sign; one earlier run at most beside the even pace.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING

from qbank.block.model import Race, RaceKind
from qbank.block.pace import Outlook
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


def even_pace(debt_ms: int) -> str:
    """Time against the even pace; positive `debt_ms` is over."""
    if abs(debt_ms) < 1000:
        return "on even pace"
    if debt_ms < 0:
        return f"{words.clock(-debt_ms)} ahead of even pace"
    return f"{words.clock(debt_ms)} over even pace"


def against(delta_ms: int, whom: str) -> str:
    """Time against a run; positive `delta_ms` is over."""
    if abs(delta_ms) < 1000:
        return f"level with {whom}"
    return f"{words.clock(abs(delta_ms))} {'ahead of' if delta_ms < 0 else 'over'} {whom}"


def outlook(pace: Pace) -> str:
    """What the pace so far means; empty while nothing may be said."""
    needed_ms = pace.projection.needed_pace_ms
    each = "no time for them" if needed_ms is None else f"{round(needed_ms) // 1000} s each"
    if pace.outlook is Outlook.ON_TRACK:
        return "on track"
    if pace.outlook is Outlook.TIGHT:
        return f"tight: {each} from here"
    if pace.outlook is Outlook.BLANKS:
        blank = max(1, round(pace.projection.expected_blank))
        one = blank == 1
        clears = "" if needed_ms is None else f": {each} clears {'it' if one else 'them'}"
        return f"at this pace {blank} {'stays' if one else 'stay'} blank{clears}"
    return ""


def standing(pace: Pace, ghost: tuple[int, str] | None = None) -> tuple[tuple[str, ...], ...]:
    """The line of the pace, said in full and ever shorter; empty while nothing may be said.

    `ghost` is the time behind a raced run and its name. What the pace comes to stands last
    and goes last.
    """
    said = outlook(pace)
    if not said:
        return ()
    even = even_pace(pace.debt_ms)
    if ghost is None:
        return ((even, said), (said,))
    short = even.removesuffix(" pace")
    whom = against(ghost[0], ghost[1].removeprefix("your "))
    return ((even, against(*ghost), said), (short, whom, said), (even, said), (said,))


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


def five_left(open_count: int) -> str:
    """The sign at 5:00, for practice."""
    return f"5:00 left · {open_count} open"


def two_left(open_count: int) -> str:
    """The sign at 2:00."""
    if open_count == 0:
        return "2:00 left · all answered"
    return f"2:00 left · {open_count} open: a letter on {'it' if open_count == 1 else 'each'}"
