"""What a block came to against the learner's own earlier ones (M2 to M5 and M12)."""

from __future__ import annotations

from qbank.analytics.eligible import Bar
from qbank.reporting.words import clock

ONE_BEST_CAN_BE_LUCK = (
    "One best can be luck, about 1 in 4 at the same skill; the trend speaks from 8 blocks."
)

_WHY_APART = {
    Bar.LEFT_OUT: "you left it out",
    Bar.STOPPED: "its clock was stopped or it was interrupted",
    Bar.SEEN_BEFORE: "more than a tenth of its questions were seen before",
    Bar.AWAY: "the window was out of sight for a while",
    Bar.VERY_QUICK: "more than a tenth of the answers came very quick",
    Bar.NOTHING_ANSWERED: "nothing was answered",
}


def apart(bar: Bar) -> str:
    """A block that is not compared, and why; empty for one that has no clock anyway."""
    why = _WHY_APART.get(bar, "")
    return f"Not compared with your other blocks: {why}." if why else ""


def beaten(
    used_ms: int, against: tuple[int, str], right: tuple[int, int], words_more: float
) -> str:
    """The best was beaten: faster, enough right, none blank.

    `against` is the clock of what was beaten and its name, `right` those right and needed,
    `words_more` how much longer the questions were, as a share.
    """
    theirs_ms, whom = against
    right_said = f"{right[0]} right ({right[1]} needed), none blank."
    if used_ms < theirs_ms:
        return f"★ {clock(used_ms)}: {clock(theirs_ms - used_ms)} under {whom}, {right_said}"
    over = f"{clock(used_ms - theirs_ms)} over {whom}" if used_ms > theirs_ms else f"as {whom}"
    return (
        f"★ {clock(used_ms)}, {over} by the clock; {_longer(words_more)}so it counts: {right_said}"
    )


def by_the_clock(used_ms: int, best_ms: int, words_more: float) -> str:
    """Faster by the clock alone: the best stays."""
    percent = round(-100 * words_more)
    why = f"the questions were {percent}% shorter" if percent > 0 else "most questions took longer"
    under = f"{clock(used_ms)}, {clock(best_ms - used_ms)} under your best by the clock"
    return f"{under}; {why}, so your best stays {clock(best_ms)}."


def _longer(words_more: float) -> str:
    percent = round(100 * words_more)
    return f"the questions were {percent}% longer, " if percent > 0 else "most took less time, "


def faster_fewer_right(
    used_ms: int, against: tuple[int, str], right: tuple[int, int], best_ms: int | None
) -> str:
    """Faster with fewer right than needed; the best, if there is one, stays."""
    theirs_ms, whom = against
    gain = f"is {clock(theirs_ms - used_ms)} under" if used_ms < theirs_ms else "is faster than"
    said = f"{clock(used_ms)} {gain} {whom}, with {right[0]} right where {right[1]} were needed."
    return f"{said} Your best stays {clock(best_ms)}." if best_ms is not None else said


def left_over(left_ms: int, flagged: int) -> str:
    """A minute or more was left beside right answers that were missing."""
    if not flagged:
        return f"{clock(left_ms)} was left."
    ones = "the flagged one is" if flagged == 1 else f"the {flagged} flagged ones are"
    return f"{clock(left_ms)} was left; {ones} where it could have gone."


def more_right(right: int, usual: tuple[int, int], used_ms: int, extra_ms: int) -> str:
    """More right than usual, not faster. `usual` are whole numbers around the mean."""
    above = right - usual[1]
    said = f"{above} above your usual" if above > 0 else f"your usual is {_usual(usual)}"
    told = f"{right} right, {said}, in {clock(used_ms)}."
    if extra_ms < 1000:
        return told
    return f"{told} That is inside the limit: the extra {clock(extra_ms)} cost nothing."


def low(
    right: int, usual: tuple[int, int], one_in: int, different: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """A low block: how often chance alone brings one; where seldom, what was `different`."""
    said = f"{right} right; your usual is {_usual(usual)}."
    if one_in > 50:
        told = f"{said} That is lower than chance mostly explains."
        this_time = f" Different this time: {', '.join(different)}." if different else ""
        return (f"{told}{this_time} One block, no verdict.",)
    chance = f"By chance alone about 1 block in {one_in} comes out this low."
    return (f"{said} {chance}", "Nothing has to be mended tonight.")


def of_the_day(number: int) -> str:
    """A block late in a day's row of them, counted among those of its kind."""
    return f"block {number} of this kind on one day"


def begun_at(minute: int) -> str:
    """When a block began, by its own clock; `minute` is of the day."""
    return f"begun at {minute // 60}:{minute % 60:02d}"


def time_in_hand(in_hand_ms: float) -> str:
    """Speed has no use any more."""
    return (
        f"You finish with {clock(round(in_hand_ms))} in hand. "
        "More speed would earn nothing, so the time goal is off. Spend it on the flagged ones."
    )


def _usual(usual: tuple[int, int]) -> str:
    return str(usual[0]) if usual[0] == usual[1] else f"{usual[0]} to {usual[1]}"
