"""E1 and E2: does a series of blocks go one way, and how fast?

One value a block, in time order. Theil-Sen slope (the median of all slopes between two
blocks) with Sen's interval, and the Mann-Kendall test: exact without ties up to 30 values,
else normal with correction for ties and continuity. Four blocks can never tell, five only in
perfect order: nothing is claimed under eight. The line for the eye (E2) claims nothing.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, median

from qbank.analytics.distributions import NORMAL, inversion_counts, z_of

_EXACT_TO = 30
_WEIGHT, _WARM = 0.3, 3


@dataclass(frozen=True, slots=True)
class Trend:
    """A series' slope a block, with 95 % and 90 % intervals, and its two-sided `p`.

    `score` is pairs that rise less pairs that fall.
    """

    slope: float
    low: float
    high: float
    low90: float
    high90: float
    score: int
    p: float
    n: int


def trend(values: Sequence[float]) -> Trend:
    """E1 of at least two values."""
    slopes = sorted(
        (later - earlier) / (j - i)
        for (i, earlier), (j, later) in combinations(enumerate(values), 2)
    )
    score = sum((slope > 0) - (slope < 0) for slope in slopes)
    sigma = math.sqrt(score_variance(values))
    slope = median(slopes)
    low, high = _ends(slopes, sigma, 0.95)
    low90, high90 = _ends(slopes, sigma, 0.90)
    return Trend(
        slope,
        min(low, slope),
        max(high, slope),
        min(low90, slope),
        max(high90, slope),
        score,
        p_of(score, values),
        len(values),
    )


def score_variance(values: Sequence[float]) -> float:
    """Variance of the score where order is chance, less what ties take."""
    n = len(values)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    return (n * (n - 1) * (2 * n + 5) - ties) / 18


def p_of(score: int, values: Sequence[float]) -> float:
    """Two-sided probability of a score at least so far from 0."""
    n = len(values)
    if n <= _EXACT_TO and len(set(values)) == n:
        return p_exact(n, score)
    return p_normal(score, score_variance(values))


def p_exact(n: int, score: int) -> float:
    """From the number of orders of `n` values with each score."""
    counts = inversion_counts(n)
    inversions = (n * (n - 1) // 2 - abs(score)) // 2
    return min(1.0, 2 * sum(counts[: inversions + 1]) / math.factorial(n))


def p_normal(score: int, variance: float) -> float:
    """From the normal approximation with continuity correction."""
    if not variance or not score:
        return 1.0
    z = (abs(score) - 1) / math.sqrt(variance)
    return min(1.0, 2 * NORMAL.cdf(-z))


def smooth(values: Sequence[float]) -> tuple[float, ...]:
    """E2: each value drawn to those before it, beginning at the mean of the first three."""
    line: list[float] = []
    level = fmean(values[:_WARM]) if values else 0.0
    for value in values:
        level = _WEIGHT * value + (1 - _WEIGHT) * level
        line.append(level)
    return tuple(line)


def per_ten_blocks(log_slope: float) -> float:
    """A slope of ln time a block as the relative change over ten: -0.06 is 6 % less time."""
    return math.expm1(10 * log_slope)


def _ends(slopes: Sequence[float], sigma: float, level: float) -> tuple[float, float]:
    """Sen's interval: the slopes as far from the middle as the score may be by chance."""
    reach = z_of(level) * sigma
    low = round((len(slopes) - reach) / 2) - 1
    high = round((len(slopes) + reach) / 2)
    return slopes[max(low, 0)], slopes[min(high, len(slopes) - 1)]
