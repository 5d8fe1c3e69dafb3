"""The seven tabs of Statistics in words: their titles, what is not known yet, names of figures.

What may be claimed comes from the claims themselves; here stand plain counts and names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qbank.analytics.estimate import Estimate, NotYet, What
from qbank.analytics.shrinkage import Label
from qbank.reporting import words
from qbank.reporting.charts import Scale, between, said

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

_WHAT: Mapping[What, str] = {
    What.ANSWERS: "answers",
    What.RIGHT_AND_WRONG: "right and wrong answers",
    What.NEXT_STEP_AND_OTHER: "answers",
    What.LONG_ANSWERS: "long answers",
    What.CODED_ANSWERS: "answers not right whose pack says in which way",
    What.SURE_ANSWERS: "answers with a word on how sure you were",
    What.BLOCKS: "blocks",
    What.TIMED_BLOCKS: "timed blocks",
    What.LONG_DAYS: "days of three blocks or more",
    What.EXPECTED_VALUES: "questions with a known share right",
    What.QUARTER_ANSWERS: "answers in each quarter of a block",
}

_LABELS: Mapping[Label, str] = {
    Label.BELOW: "below your own average",
    Label.PERHAPS_BELOW: "perhaps below",
    Label.NOT_KNOWN: "not known yet",
    Label.PERHAPS_ABOVE: "perhaps above",
    Label.ABOVE: "above your own average",
}

NO_BLOCK = "No block yet. Home has your first one."
NONE_HERE = "No block here. A wider time, other packs or another mode has some."
HARDER = "Harder questions take longer; this is not cause and effect."
OWN_AVERAGE = "your own average"
SHRUNK = "drawn to your own average, with 90 % intervals"
SEVERAL_GROUPS = "A question of several groups counts in each."
NOT_SCORE = "None of this is a score, and none predicts one."
OTHERS_CHANGES = (
    "Of 3,291 changes that were once counted in examinations, 51 in 100 went to right, 25 away "
    "from it, 23 from wrong to wrong (Kruger 2005). People change when they have a reason."
)


def not_yet(subject: str, missing: NotYet) -> str:
    """What is needed before something can be said."""
    what = _WHAT[missing.what]
    if missing.each:
        have = " and ".join(map(str, missing.each))
        return (
            f"Not known yet. {subject} needs {missing.needs} {what} each; you have {have}. "
            f"{missing.more} more."
        )
    return (
        f"Not known yet. {subject} needs {missing.needs} {what}; you have {missing.have}. "
        f"{missing.more} more."
    )


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
    """Names as a list in a sentence."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
