"""What the figures say to a person: messages M7 to M13 and M17, and names of classes and units.

Number first, meaning second, at most one action. Nothing is said that the figure does not
carry: a function is given what holds, and what is not known yet is said as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qbank.analytics.causes import Cause
from qbank.analytics.changes import ChangeMatrix, ChangingPays
from qbank.analytics.claims import Claim
from qbank.analytics.estimate import Estimate, NotYet, What
from qbank.analytics.quarters import QUARTERS
from qbank.block.model import BASE_FACTOR
from qbank.reporting import words
from qbank.reporting.words import clock, count

if TYPE_CHECKING:
    from qbank.analytics.dropoff import DropOff
    from qbank.analytics.eligible import ClassKey
    from qbank.analytics.offered import OfferedChosen
    from qbank.analytics.progress import Trends

CHANCE = "chance can still do that"
OTHERS_CHANGE = "Among Step 2 CK takers more gain than lose"
_MANY_BLOCKS = 60
"""From here on a true gain of a fifth would most likely have shown."""
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_NEEDED: Mapping[What, tuple[str, str]] = {
    What.ANSWERS: ("answer", "answers"),
    What.RIGHT_AND_WRONG: ("answer of each kind", "answers of each kind"),
    What.NEXT_STEP_AND_OTHER: ("answer of each kind", "answers of each kind"),
    What.LONG_ANSWERS: ("long answer", "long answers"),
    What.CODED_ANSWERS: ("miss with a code", "misses with a code"),
    What.SURE_ANSWERS: ("answer at each sureness", "answers at each sureness"),
    What.BLOCKS: ("block", "blocks"),
    What.TIMED_BLOCKS: ("timed block", "timed blocks"),
    What.LONG_DAYS: ("day with three blocks", "days with three blocks"),
    What.EXPECTED_VALUES: ("question of known difficulty", "questions of known difficulty"),
    What.QUARTER_ANSWERS: ("answer in each quarter", "answers in each quarter"),
}

_STEP_WENT: Mapping[str, tuple[str, str]] = {
    Cause.TOO_EARLY: ("came too early", "what has to come before this?"),
    Cause.TOO_LATE: ("came too late", "what is done already?"),
    Cause.INSUFFICIENT: ("were not enough", "is this enough for this patient?"),
    Cause.NEEDLESS: ("would change nothing", "what would it change?"),
    Cause.HARMFUL: ("would harm here", "what here speaks against it?"),
    Cause.OTHER_DIAGNOSIS: ("fit another case", "which finding names this case?"),
}


def class_name(key: ClassKey) -> str:
    """A class of blocks: `20 q in 30:00`, `UW: 40 q in 60:00, the same set again`."""
    timed = words.limit(key.budget_s * key.size * 1000, key.time_factor or BASE_FACTOR)
    source = f"{key.source}: " if key.source else ""
    again = ", the same set again" if key.repeat_of is not None else ""
    return f"{source}{key.size} q in {timed}{again}"


def needed(missing: NotYet) -> str:
    """What is missing: `4 more timed blocks`."""
    return f"{missing.more} more {_NEEDED[missing.what][missing.more != 1]}"


def percent(share: float) -> int:
    """A share as whole percent."""
    return round(100 * share)


def points(found: Estimate) -> tuple[int, int, int]:
    """A difference of shares and its interval in whole points."""
    return percent(found.value), percent(found.low or 0.0), percent(found.high or 0.0)


# --- M7 ----------------------------------------------------------------------------


def no_blanks(size: int, running: int, first: float) -> tuple[str, ...]:
    """None blank any more (M7); `first` were blank a block in the first ten."""
    said = f"All {size} answered, {count(running, 'block')} running."
    return (f"{said} In your first ten it was {first:.1f} blank a block.",)


# --- M8 ------------------------------------------------------------------------------


def next_step_not_yet(missing: NotYet, blocks: int | None) -> tuple[str, ...]:
    """Too few answers for next steps against the rest (M8); about so many blocks more."""
    have = " and ".join(map(str, missing.each)) or str(missing.have)
    said = f"Next step against the rest needs {missing.needs} answers each; you have {have}."
    more = f" About {_small(blocks)} more {'block' if blocks == 1 else 'blocks'}." if blocks else ""
    return (f"Not known yet. {said}{more}",)


# --- M9 ------------------------------------------------------------------------------


def trend(
    found: Trends | NotYet, claimed: tuple[Claim, Claim, Claim], limit_ms: int | None
) -> tuple[str, ...]:
    """What may be said of a class of blocks (M9): of pace, of right answers, of both."""
    if isinstance(found, NotYet):
        blocks = count(found.have, "timed block")
        return (f"Pace: {blocks}. A trend can be told from {found.needs}.",)
    pace, share, both = claimed
    if both in _TOGETHER:
        return _TOGETHER[both](found, limit_ms)
    said = [_of_pace(pace, found)]
    if share is not Claim.NO_CLEAR_CHANGE:
        said.append(_of_share(share, found))
    return tuple(said)


def _of_pace(claim: Claim, found: Trends) -> str:
    if claim in (Claim.LEANING_FASTER, Claim.LEANING_SLOWER):
        way = "faster" if claim is Claim.LEANING_FASTER else "slower"
        return f"Pace: leaning {way} over {found.n} blocks; not settled."
    if claim in (Claim.FASTER, Claim.SLOWER):
        return f"Pace: {claim.value}, {_time_change(found)}."
    said = f"Pace: no clear change over {found.n} blocks."
    if found.n >= _MANY_BLOCKS:
        return said
    return f"{said} With so few that is what mostly shows, also in people who do get faster."


def _of_share(claim: Claim, found: Trends) -> str:
    if claim in (Claim.LEANING_MORE_RIGHT, Claim.LEANING_FEWER_RIGHT):
        way = "more" if claim is Claim.LEANING_MORE_RIGHT else "fewer"
        return f"Right answers: leaning {way} over {found.n} blocks; not settled."
    return f"Right answers: {_right_change(found)}."


def _improved(found: Trends, _: int | None) -> tuple[str, ...]:
    if found.time_per_ten.value < 0 and found.pace.high < 0:
        what = f"{_time_change(found)}, and right answers not fewer"
    else:
        what = f"{_right_change(found)}, and not slower"
    return (f"Improved: {what}. Chance alone seldom does this.",)


def _trade(found: Trends, limit_ms: int | None) -> tuple[str, ...]:
    less, fewer = -percent(found.time_per_ten.value), -found.right_per_ten.value
    inside = f" inside {clock(limit_ms)}" if limit_ms is not None else ""
    return (
        f"Faster, and fewer right: {less}% less time, {fewer:.1f} fewer right a block. "
        f"That trade loses points. The goal is now right answers{inside}.",
    )


def _slower_more_right(found: Trends, limit_ms: int | None) -> tuple[str, ...]:
    used_ms = (limit_ms or 0) * found.time_per_ten.value
    return (
        f"Slower, and more right: {round(used_ms / 1000)} s more a block, "
        f"{found.right_per_ten.value:.1f} more right, none blank. Inside the limit that is a gain.",
    )


_TOGETHER = {
    Claim.IMPROVED: _improved,
    Claim.FASTER_FEWER_RIGHT: _trade,
    Claim.SLOWER_MORE_RIGHT: _slower_more_right,
}


def _time_change(found: Trends) -> str:
    """`6% less time per 10 blocks (2 to 10%)`."""
    return f"{_span(found.time_per_ten, 'less', 'more', '%', ' time')} per 10 blocks"


def _right_change(found: Trends) -> str:
    change = found.right_per_ten
    way = "more" if change.value > 0 else "fewer"
    low, high = sorted((abs(change.low or 0.0), abs(change.high or 0.0)))
    span = f" ({low:.1f} to {high:.1f})" if change.excludes(0) else ""
    return f"{abs(change.value):.1f} {way} right a block{span} per 10 blocks"


def _span(change: Estimate, less: str, more: str, unit: str, what: str) -> str:
    """A relative change in whole percent; the ends where they lie on one side."""
    value, low, high = points(change)
    way = less if value < 0 else more
    ends = sorted((abs(low), abs(high)))
    span = f" ({ends[0]} to {ends[1]}{unit})" if change.excludes(0) else ""
    return f"{abs(value)}{unit} {way}{what}{span}"


# --- M10 to M13, M17 -------------------------------------------------------------------


def late(found: DropOff, goal: tuple[int, int | None]) -> tuple[str, ...]:
    """The end of a block against its beginning (M10); `goal` is the usual size and limit (ms).

    Where every block has as many questions they are counted, else it is the quarter.
    """
    value, low, high = points(found.all)
    way = _way(value)
    last, first = _parts(found.size)
    blocks = count(found.blocks, "block")
    if found.established:
        near, far = sorted((abs(low), abs(high)))
        than = f"{abs(value)} points {way} than {first} ({near} to {far}; {blocks})."
        return (f"{last} {than}", *_late_clock(found, *goal))
    ends = (f"{abs(low)} {_way(low)}", f"{abs(high)} {_way(high)}")
    ends = ends if value < 0 else ends[::-1]
    chance = chance_can(sure=found.all.excludes(0))
    said = f"{last} {abs(value)} points {way}; {chance} ({ends[0]} to {ends[1]}; {blocks})."
    more = found.blocks_to_settle
    if not more:
        return (said,)
    what = "drop" if value < 0 else "rise"
    return (said, f"About {count(more, 'more block')} would settle a {what} of that size.")


def chance_can(*, sure: bool) -> str:
    """What keeps a difference from being claimed; `sure` once one look alone would bear it."""
    return "looked at so often, chance can still do that" if sure else CHANCE


def _parts(size: int | None) -> tuple[str, str]:
    """The last and the first quarter as they are named, with the verb."""
    if size is None or size % QUARTERS:
        return "Your last quarter comes out", "your first"
    quarter = _small(size // QUARTERS)
    return f"Your last {quarter} questions come out", f"your first {quarter}"


def _way(points_: int) -> str:
    return "lower" if points_ < 0 else "higher"


def _late_clock(found: DropOff, size: int, limit_ms: int | None) -> tuple[str, ...]:
    """How much of a drop is blanks and very quick answers."""
    clock_part = found.of_the_clock
    if clock_part is None or found.worked_on is None or found.all.value >= 0:
        return ()
    rest = f"Without blanks and very quick answers it is {abs(percent(found.worked_on.value))}"
    if clock_part > found.all.value / 2:
        return (f"{rest}: the larger part is not the clock.",)
    goal = f" Goal: {size // 2} done with {clock(limit_ms // 2)} left." if limit_ms else ""
    return (f"{rest}: the larger part is the clock.{goal}",)


def changed(found: ChangeMatrix) -> tuple[str, ...]:
    """What changing answers has earned (M11)."""
    told = count(found.changed, "change")
    if found.pays is ChangingPays.TOO_FEW:
        return (f"{told}: too few to judge.",)
    split = (
        f"{told}: {found.wrong_to_right} to right, {found.right_to_wrong} away from right, "
        f"{found.wrong_to_wrong} neither"
    )
    if found.pays is ChangingPays.OPEN:
        return (f"{split}; {chance_can(sure=True)}.",)
    split = f"{split}."
    if found.pays is ChangingPays.EARNED:
        return (f"{split} Changing has earned you {found.net}. Go on when you find a reason.",)
    return (
        f"{split} {OTHERS_CHANGE}; for you it has cost {-found.net} so far.",
        "Before the next change, name the finding that makes you change.",
    )


def steps_go(found: OfferedChosen) -> tuple[str, ...]:
    """How next steps go wrong, where choices go one way (M13)."""
    what, ask = _STEP_WENT[found.kind]
    return (
        f"Of {found.misses} next steps not right, {found.chosen} {what}; the options offered "
        f"would give about {round(found.expected)}. Ask first: {ask}",
    )


def mock(score: float, pass_mark: float | None, error: float | None) -> tuple[str, ...]:
    """A result entered against the pass mark entered (M17)."""
    said = f"{score:g}"
    if pass_mark is not None:
        said += f"; the pass mark you entered is {pass_mark:g}"
    if error is not None:
        said += f"; the form's own error is ±{error:g}"
    if pass_mark is None or error is None:
        return (f"{said}.",)
    gap = score - pass_mark
    if abs(gap) <= error:
        return (f"{said}. Too close to call, either way.",)
    return (f"{said}. {'Above' if gap > 0 else 'Below'} by more than its error.",)


def _small(number: int | None) -> str:
    if number is None:
        return ""
    return _SMALL[number] if number < len(_SMALL) else str(number)
