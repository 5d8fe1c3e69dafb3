"""B3: what does changing answers earn?

From the first response to the one at the end; a change that was taken back is none, a change
to blank is a blank. Where several options are right, the first one chosen is only the
beginning of an answer: such questions are left out. Strikes are no changes. People change
when they have a reason: nothing here says to change more at random.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qbank.analytics.distributions import sign_test
from qbank.analytics.rows import AnalysedAttempt
from qbank.analytics.thresholds import FINDING_LEVEL
from qbank.block.events import Event
from qbank.block.model import BlockSpec
from qbank.block.timeline import Deed, timeline

OPEN_P = 0.05
"""From here on nothing is said of which way changing goes."""
SETTLED_P = 1 - FINDING_LEVEL
"""Below this it may be claimed: it is looked at evening after evening."""


class Change(StrEnum):
    """What became of the first response."""

    SAME_RIGHT = "same_right"
    SAME_WRONG = "same_wrong"
    WRONG_TO_RIGHT = "WR"
    RIGHT_TO_WRONG = "RW"
    WRONG_TO_WRONG = "WW"
    OMITTED = "omitted"


CHANGED = (Change.WRONG_TO_RIGHT, Change.RIGHT_TO_WRONG, Change.WRONG_TO_WRONG)

PUBLISHED = {
    Change.WRONG_TO_RIGHT: 0.51,
    Change.RIGHT_TO_WRONG: 0.25,
    Change.WRONG_TO_WRONG: 0.23,
}
"""Shares of 3,291 changes (Kruger, Wirtz and Miller 2005), to stand beside one's own."""


class ChangingPays(StrEnum):
    """What may be said of a learner's changes."""

    TOO_FEW = "too_few"
    OPEN = "open"
    EARNED = "earned"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class ChangeMatrix:
    """Changed answers, in questions. `p` is None where no change touched a right answer.

    `on_return` counts changes on a later visit, `in_visit` those before the question was
    left; the rest of `changed` is not known.
    """

    wrong_to_right: int
    right_to_wrong: int
    wrong_to_wrong: int
    on_return: int
    in_visit: int
    p: float | None

    @property
    def changed(self) -> int:
        """All changed answers."""
        return self.wrong_to_right + self.right_to_wrong + self.wrong_to_wrong

    @property
    def net(self) -> int:
        """Questions that changing earned (negative: cost)."""
        return self.wrong_to_right - self.right_to_wrong

    @property
    def share_to_right(self) -> float | None:
        """Of the changes, those to the right answer; None without a change."""
        return self.wrong_to_right / self.changed if self.changed else None

    @property
    def pays(self) -> ChangingPays:
        """Too few to judge until the sign test tells the two apart, open until it surely does."""
        if self.p is None or self.p >= OPEN_P:
            return ChangingPays.TOO_FEW
        if self.p >= SETTLED_P:
            return ChangingPays.OPEN
        return ChangingPays.EARNED if self.net > 0 else ChangingPays.COST


def change_of(attempt: AnalysedAttempt) -> Change | None:
    """What became of the first response; None where several options are right."""
    if attempt.facts.several:
        return None
    if not attempt.answered:
        return Change.OMITTED
    if attempt.first == attempt.final:
        return Change.SAME_RIGHT if attempt.right else Change.SAME_WRONG
    if attempt.right:
        return Change.WRONG_TO_RIGHT
    return Change.RIGHT_TO_WRONG if attempt.first == attempt.key else Change.WRONG_TO_WRONG


def changes(attempts: Iterable[AnalysedAttempt]) -> ChangeMatrix:
    """The matrix over these attempts; fresh ones, where it is about skill and not memory."""
    found = [(change, one) for one in attempts if (change := change_of(one)) in CHANGED]
    count = Counter(change for change, _ in found)
    earned, cost = count[Change.WRONG_TO_RIGHT], count[Change.RIGHT_TO_WRONG]
    return ChangeMatrix(
        wrong_to_right=earned,
        right_to_wrong=cost,
        wrong_to_wrong=count[Change.WRONG_TO_WRONG],
        on_return=sum(one.changed_on_return is True for _, one in found),
        in_visit=sum(one.changed_on_return is False for _, one in found),
        p=sign_test(earned, cost),
    )


def changed_on_return(spec: BlockSpec, events: Iterable[Event]) -> tuple[bool | None, ...]:
    """By position - 1, from the log: was the answer last changed on a later visit?

    None where it was never changed.
    """
    found: list[bool | None] = []
    for moments in timeline(spec, events):
        back, last = False, None
        for moment in moments:
            back = back or moment.what is Deed.CAME_BACK
            if moment.what is Deed.CHANGED:
                last = back
        found.append(last)
    return tuple(found)
