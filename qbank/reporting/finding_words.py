"""What the figures can say so far, and the one thing: short lines for Home."""

from __future__ import annotations

from qbank.reporting.words import clock, count

NOTHING = ("Nothing stands out. Mixed blocks are the right thing now.",)
TOO_EARLY = ("Too early for one thing: the first blocks only set a starting mark.",)

BLANKS = "Blanks"
IN_HAND = "Time in hand"
LATE = "Late in the block"
NEXT_STEP = "Next step"
PACE_TREND = "Pace trend"
SYSTEMS = "Systems"
CHANGED = "Changed answers"


def blanks_a_block(per_block: float, blocks: int) -> str:
    """`1.7 a block`, or how many blocks had none."""
    return f"{per_block:.1f} a block" if per_block else f"none in {count(blocks, 'block')}"


def in_hand(ms: float) -> str:
    """`2:10 at the end`."""
    return f"{clock(round(ms))} at the end"


def right_against(right: tuple[int, int], rest: tuple[int, int]) -> str:
    """`30 of 54 right · the others 45 of 66`."""
    return f"{right[0]} of {right[1]} right · the others {rest[0]} of {rest[1]}"


def enough(known: int, total: int) -> str:
    """`4 of 14 have enough answers`."""
    return f"{known} of {total} {'has' if known == 1 else 'have'} enough answers"


def points(value: int) -> str:
    """A difference of shares: `8 points lower`."""
    return f"{abs(value)} points {'lower' if value < 0 else 'higher'}" if value else "no difference"


def net(earned: int, changes: int) -> str:
    """`26 changes, net +11`."""
    return f"{count(changes, 'change')}, net {earned:+d}" if changes else "no change yet"


# --- the one thing: what it is, then what to do -------------------------------------


def late_at(target: int, at_ms: float, due_ms: int, blank: float, first: float) -> tuple[str, ...]:
    """Blanks: where the clock is lost, and the goal that mends it."""
    said = f"You reach question {target} at {clock(round(at_ms))}; even pace is {clock(due_ms)}."
    was = f", at first it was {first:.1f}" if first > blank else ""
    return (
        f"{said} {blank:.1f} stay blank a block{was}.",
        f'→ one goal: "{target} by {clock(due_ms)}".',
    )


def blank_ones(blank: float, first: float) -> tuple[str, ...]:
    """Blanks, where the way through the block is not known or is not late."""
    was = f", at first it was {first:.1f}" if first > blank else ""
    return (
        f"{blank:.1f} stay blank a block{was}.",
        "→ at 2:00 left a letter on every open question.",
    )


def drop(value: int, of_clock: bool, in_time: int | None = None) -> tuple[str, ...]:
    """The end of the block comes out lower; hurried, in `in_time` percent of the first's time."""
    do = "a breath before the last quarter"
    if of_clock or in_time is not None:
        do = "be half done at half time"
    time = "" if in_time is None else f", in {in_time}% of the time a question"
    said = f"Your last quarter comes out {abs(value)} points lower than your first{time}."
    return (said, f"→ {do}.")


def changes_cost(net_: int, changes: int) -> tuple[str, ...]:
    """Changing costs."""
    return (
        f"{count(changes, 'change')} of answers have cost {-net_} so far.",
        "→ before a change, name the finding that makes you change.",
    )


def step_gap(value: int, low: int, high: int) -> tuple[str, ...]:
    """Next steps come out lower than the rest."""
    ends = sorted((abs(low), abs(high)))
    return (
        f"Next steps come out {abs(value)} points lower than the rest ({ends[0]} to {ends[1]}).",
        "→ a drill of next steps, and the ladder of each that is not right.",
    )


def below_average(label: str, share: int, overall: int) -> tuple[str, ...]:
    """A system lies below one's own average."""
    return (
        f"{label}: {share}% right, below your own {overall}%.",
        f"→ a block with {label} in it.",
    )


def long_ones(share: int) -> tuple[str, ...]:
    """Time past the point earns less than elsewhere."""
    return (
        f"{share}% of your time goes to long answers, and earns less there than elsewhere.",
        "→ at 2:00 on one: choose, flag, go on.",
    )


def trade(fewer: float) -> tuple[str, ...]:
    """Faster for fewer right."""
    return (
        f"Faster, with {fewer:.1f} fewer right a block.",
        "→ the goal is now right answers inside the limit.",
    )
