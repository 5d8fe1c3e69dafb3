"""The seven tabs of Statistics in words: their titles, what is not known yet, names of figures.

What may be claimed comes from the claims themselves; here stand plain counts and names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet
from qbank.analytics.shrinkage import Label
from qbank.reporting import stats_words, words
from qbank.reporting.charts import Scale, between, said

if TYPE_CHECKING:
    from qbank.analytics.blanks import Blanks
    from qbank.analytics.next_step import NextStepGap

TABS: Mapping[str, tuple[str, str]] = {
    "time": ("Time", "Do I finish?"),
    "next_step": ("Next step", "How do next steps go?"),
    "where": ("Where", "Where do questions go?"),
    "trend": ("Faster?", "Am I getting faster without getting worse?"),
    "systems": ("Systems", "Systems and tasks: where is most to gain?"),
    "changes": ("Changes", "Do my changes and my sureness pay?"),
    "bests": ("Bests", "Which bests stand?"),
}
"""Each tab by its name: the word on it, and the question it answers."""

PERCENT_FROM = 100
"""Answers from which a share is said in percent with its interval; below it stands as a count."""

_YEAR = 365
_MOST_NAME = 48

_LABELS: Mapping[Label, str] = {
    Label.BELOW: "below",
    Label.PERHAPS_BELOW: "perhaps below",
    Label.NOT_KNOWN: "not known yet",
    Label.PERHAPS_ABOVE: "perhaps above",
    Label.ABOVE: "above",
}

ALL_PACKS = "all packs"
ALL_MODES = "every mode"
WHICH_TIME = "Which time?"
WHICH_PACK = "Which pack?"
WHICH_MODE = "Which mode?"
WHICH_PICTURE = "Which picture?"
WHICH_TABLE = "Which table?"
WHERE_TO = "Save it where?"
NEVER_OVER = "A file that is there already is never written over."
NO_BLOCK = "No block yet. Home has your first one."
NONE_HERE = "No block here. A wider time, other packs or another mode has some."
HARDER = "Harder questions take longer; this is not cause and effect."
OWN_AVERAGE = "your own average"
SHRUNK = "drawn to your own average, with 90 % intervals"
SEVERAL_GROUPS = "A question of several groups counts in each."
NOT_SCORE = "These are no scores, and predict none."
OTHERS_CHANGES = (
    "Of 3,291 changes that were once counted in examinations, 51 in 100 went to right, 25 away "
    "from it, 23 from wrong to wrong (Kruger 2005). People change when they have a reason."
)


def not_yet(subject: str, missing: NotYet) -> str:
    """What is needed before something can be said, and what is there."""
    have = " and ".join(map(str, missing.each or (missing.have,)))
    return f"Not known yet. {subject} needs {stats_words.needed(missing)}; you have {have}."


def next_steps(right: int, asked: int, rest: NextStepGap | NotYet) -> str:
    """Next steps right, and how far from the others once there are enough of both."""
    said_ = f"{words.NEXT_STEP} {words.right_of(right, asked)} next steps right"
    if isinstance(rest, NotYet):
        return f"{said_}."
    others = words.right_of(round(rest.others.value * rest.others.n), rest.others.n)
    points = round(abs(rest.gap.value) * 100)
    if not points:
        return f"{said_}, {others} others: no difference so far."
    way = "fewer" if rest.gap.value < 0 else "more"
    chance = stats_words.chance_can(sure=rest.gap.excludes(0))
    sure = "" if rest.established else f"; {chance}"
    ends = between(rest.gap.low, rest.gap.high, Scale.POINTS)
    return f"{said_}, {others} others: {points} in 100 {way} ({ends}){sure}."


def finished(found: Blanks) -> str:
    """Do I finish? Of the last blocks with a clock: how many were, and what stayed blank."""
    over = "your last block" if found.n == 1 else f"your last {found.n} blocks"
    if not found.total:
        return f"Every question answered in {over} with a clock."
    done = found.n - found.cut_short
    blank = f"{words.count(found.total, 'question')} stayed blank"
    if found.unreached == found.total:
        blank += ", none of them reached" if found.total > 1 else ", not reached"
    elif found.unreached:
        blank += f", {found.unreached} of them not reached"
    if found.n == 1:
        return f"In {over} with a clock {blank}."
    reached = "all" if done == found.n else str(done or "none")
    return f"You reached the end in {reached} of {over} with a clock; {blank}."


def place_not_yet(missing: NotYet) -> str:
    """What is needed of a system before its place in the block tells anything."""
    return (
        f"Not known yet. What of a system is its place in the block needs {missing.needs} "
        f"answers in it; the most you have is {missing.have}."
    )


def most_to_gain(names: Sequence[str]) -> str:
    """Where points are, by what the exam asks and what is not right so far."""
    return f"Most to gain, by how much the exam asks of each: {joined(names)}."


def days(number: int) -> str:
    """A time range: so many days back from now, 0 for all time."""
    if not number:
        return "all time"
    return "last year" if number == _YEAR else f"last {number} days"


def file_name(title: str, ending: str) -> str:
    """A file to save a picture or table in: its title, of plain letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"qbank-{plain[:_MOST_NAME].strip('-')}{ending}"


def written(path: str) -> str:
    """What was written."""
    return f"Written: {path}"


def label(value: Label) -> str:
    """Where a group stands, in words that speak of one's own average only."""
    return _LABELS[value]


def share(right: int, asked: int, found: Estimate | NotYet | None = None) -> str:
    """A share as it may be said: a count, from 100 answers on in percent with its interval."""
    if isinstance(found, Estimate) and asked >= PERCENT_FROM:
        ends = between(found.low, found.high, Scale.SHARE)
        return (
            f"{said(found.value, Scale.SHARE)}  ({ends})"
            if ends
            else said(found.value, Scale.SHARE)
        )
    return words.right_of(right, asked)


def with_ends(found: Estimate, scale: Scale) -> str:
    """A value with its interval: `-18 (-35 to 0)`."""
    ends = between(found.low, found.high, scale)
    return f"{said(found.value, scale)} ({ends})" if ends else said(found.value, scale)


def ratio(found: Estimate) -> str:
    """Times as long: `1.12 (1.03 to 1.22)`."""
    if found.low is None or found.high is None:
        return f"{found.value:.2f}"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def p_value(p: float) -> str:
    """How seldom chance alone does as much."""
    return "p under 0.001" if p < 0.001 else f"p {p:.3f}"


def joined(parts: Sequence[str]) -> str:
    """Names as a list in a sentence; some have a comma in them."""
    return "; ".join(parts)
