"""B7: do wrong answers take longer than right ones?

They mostly do: a long time is a sign of not knowing. Milliseconds. Medians, their ratio, and
the Hodges-Lehmann difference: the median over all pairs of a wrong and a right answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from qbank.analytics.distributions import z_of
from qbank.analytics.estimate import Estimate, NotYet, Unit, What, short_of
from qbank.analytics.thresholds import RIGHT_WRONG_ITEMS

if TYPE_CHECKING:
    from qbank.analytics.timed_answers import TimedAnswer

_FINE, _COARSE_MS = 1_000, 100


@dataclass(frozen=True, slots=True)
class RightWrong:
    """Median times, and how much longer a wrong answer takes, with its 95 % interval."""

    right_ms: float
    wrong_ms: float
    longer: Estimate

    @property
    def ratio(self) -> float:
        """Median on wrong answers over median on right ones."""
        return self.wrong_ms / self.right_ms


def right_against_wrong(answers: Sequence[TimedAnswer]) -> RightWrong | NotYet:
    """B7 over answers; NotYet below ten of each."""
    right = [one.spent_ms for one in answers if one.attempt.right]
    wrong = [one.spent_ms for one in answers if not one.attempt.right]
    missing = short_of(RIGHT_WRONG_ITEMS, (len(right), len(wrong)), What.RIGHT_AND_WRONG)
    return missing or compare(right, wrong)


def compare(right_ms: Sequence[int], wrong_ms: Sequence[int]) -> RightWrong:
    """B7 of whole milliseconds, at least one on each side."""
    return RightWrong(median(right_ms), median(wrong_ms), shift(right_ms, wrong_ms))


def shift(first: Sequence[int], second: Sequence[int], level: float = 0.95) -> Estimate:
    """The median of second less first over all pairs; the interval is that of the rank test.

    Of more than a thousand times each is taken to the tenth of a second.
    """
    n = len(first) + len(second)
    grain_ms = 1 if n <= _FINE else _COARSE_MS
    ones, twos = _Times(first, grain_ms), _Times(second, grain_ms)
    pairs = len(first) * len(second)
    middle = (_nth(ones, twos, (pairs + 1) // 2) + _nth(ones, twos, pairs // 2 + 1)) / 2
    spread = math.sqrt(pairs * (n + 1) / 12)
    rank = max(1, math.floor(pairs / 2 - z_of(level) * spread))
    low, high = _nth(ones, twos, rank), _nth(ones, twos, pairs + 1 - rank)
    return Estimate(middle * grain_ms, n, low * grain_ms, high * grain_ms, Unit.MS, level)


class _Times:
    """Times in whole grains, ascending, each with how many there are of it."""

    def __init__(self, times_ms: Sequence[int], grain_ms: int) -> None:
        counted = sorted(Counter(round(ms / grain_ms) for ms in times_ms).items())
        self.values = [value for value, _ in counted]
        self.counts = [count for _, count in counted]


def _nth(ones: _Times, twos: _Times, rank: int) -> int:
    """The rank-th smallest (from 1) of all two less one, without making all the pairs."""
    low = twos.values[0] - ones.values[-1]
    high = twos.values[-1] - ones.values[0]
    while low < high:
        middle = (low + high) // 2
        if _up_to(ones, twos, middle) >= rank:
            high = middle
        else:
            low = middle + 1
    return low


def _up_to(ones: _Times, twos: _Times, limit: int) -> int:
    """How many pairs have two less one within a limit."""
    pairs = passed = place = 0
    for one, count in zip(ones.values, ones.counts, strict=True):
        while place < len(twos.values) and twos.values[place] - one <= limit:
            passed += twos.counts[place]
            place += 1
        pairs += count * passed
    return pairs
