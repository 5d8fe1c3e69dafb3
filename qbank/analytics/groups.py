"""Sorting fresh answers into systems, tasks, areas and lead-ins, old ones weighing less.

A question that lies in several groups counts in each. A free topic occurs once and has
nothing to be compared with: it is no group.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qbank.analytics.eligible import counted
from qbank.analytics.rows import AnalysedBlock, Facts

HALF_LIFE_DAYS = 60
_DAY_MS = 86_400_000

Groups = Callable[[Facts], Iterable[str]]
"""The groups a question lies in."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Right of asked, as counted and as weighted by age."""

    right: int
    asked: int
    weighted_right: float
    weighted_asked: float


def by_system(facts: Facts) -> tuple[str, ...]:
    """The organ system, where it is known."""
    return (facts.system,) if facts.system else ()


def by_task(facts: Facts) -> tuple[str, ...]:
    """The physician task, where it is known."""
    return (facts.task,) if facts.task else ()


def by_area(facts: Facts) -> tuple[str, ...]:
    """The area within the system, where it is known."""
    return (facts.area,) if facts.area else ()


def by_family(facts: Facts) -> tuple[str, ...]:
    """The family of the lead-in."""
    return (facts.lead_in_family,)


def by_next_step(facts: Facts) -> tuple[str, ...]:
    """The kind of next step; none where no next step is asked."""
    return (facts.next_step,) if facts.asks_next_step else ()


def tallies(blocks: Iterable[AnalysedBlock], groups: Groups, now: int) -> Mapping[str, Tally]:
    """Fresh answers of the blocks that count, by group.

    `now` is epoch milliseconds UTC; an answer weighs half as much for every 60 days of age.
    """
    counts: dict[str, _Count] = defaultdict(_Count)
    for block in counted(blocks):
        days = max(0, now - block.closed_at) / _DAY_MS
        weight = 0.5 ** (days / HALF_LIFE_DAYS)
        for one in block.attempts:
            if one.fresh:
                for group in groups(one.facts):
                    count = counts[group]
                    count.asked += 1
                    count.weighted_asked += weight
                    if one.right:
                        count.right += 1
                        count.weighted_right += weight
    return {
        group: Tally(one.right, one.asked, one.weighted_right, one.weighted_asked)
        for group, one in sorted(counts.items())
    }


class _Count:
    """A tally while it is counted."""

    __slots__ = ("asked", "right", "weighted_asked", "weighted_right")

    def __init__(self) -> None:
        self.right = self.asked = 0
        self.weighted_right = self.weighted_asked = 0.0
