"""B5: how often is it right, by how long it took?

Bands are multiples of what the question should take (A9), each with its lower end and without
its upper. Harder questions take longer: this is not cause and effect.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet, What, short_of
from qbank.analytics.proportions import wilson
from qbank.analytics.thresholds import BAND_CELL, BAND_ITEMS

if TYPE_CHECKING:
    from qbank.analytics.timed_answers import TimedAnswer

EDGES = (0.0, 0.5, 1.0, 1.5, 2.0, inf)


@dataclass(frozen=True, slots=True)
class Band:
    """Answers that took from `low` up to `high` times what was due; `high` may be infinite."""

    low: float
    high: float
    n: int
    right: int

    @property
    def share(self) -> Estimate | NotYet:
        """Share right, NotYet below 8 answers in the band."""
        missing = short_of(BAND_CELL, (self.n,), What.ANSWERS)
        return missing or wilson(self.right, self.n)


def bands(times_due: Iterable[tuple[float, bool]]) -> tuple[Band, ...]:
    """The five bands of answers given as (multiple of what was due, right)."""
    asked, rights = [0] * len(EDGES), [0] * len(EDGES)
    for times, right in times_due:
        place = bisect_right(EDGES, times) - 1
        asked[place] += 1
        rights[place] += right
    ends = enumerate(pairwise(EDGES))
    return tuple(Band(low, high, asked[place], rights[place]) for place, (low, high) in ends)


def time_bands(answers: Sequence[TimedAnswer]) -> tuple[Band, ...] | NotYet:
    """B5 over answers; NotYet below 60."""
    missing = short_of(BAND_ITEMS, (len(answers),), What.ANSWERS)
    return missing or bands((one.times_due, one.attempt.right) for one in answers)
