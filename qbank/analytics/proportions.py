"""C1, C2, C4: how sure is a share of right answers, or the difference of two?

Shares in 0 to 1 over answers to fresh questions; blank counts as wrong. A share of nothing is
NotYet. Never the plus or minus two standard errors of the textbook: it fails for few answers
and near the ends. At 1 block counts are shown and the interval stays behind a key.
"""

import math

from qbank.analytics.distributions import beta_quantile, z_of
from qbank.analytics.estimate import Estimate, NotYet, Unit, What

LEVEL = 0.95


def wilson(right: float, asked: float, level: float = LEVEL) -> Estimate | NotYet:
    """C1: a share with Wilson's interval. Counts may be weighted and need not be whole."""
    return share(right, asked, level) if asked > 0 else NotYet(1, 0, What.ANSWERS)


def share(right: float, asked: float, level: float = LEVEL) -> Estimate:
    """C1 of at least one answer."""
    low, high = wilson_ends(right, asked, level)
    return Estimate(right / asked, round(asked), low, high, Unit.SHARE, level)


def wilson_ends(right: float, asked: float, level: float = LEVEL) -> tuple[float, float]:
    """Both ends of Wilson's interval; `asked` above 0."""
    z, middle = z_of(level), right / asked
    scale = 1 + z * z / asked
    centre = (middle + z * z / (2 * asked)) / scale
    half = z * math.sqrt(middle * (1 - middle) / asked + (z / (2 * asked)) ** 2) / scale
    low = 0.0 if right <= 0 else centre - half
    high = 1.0 if right >= asked else centre + half
    return min(low, middle), max(high, middle)


def jeffreys(right: int, asked: int, level: float = LEVEL) -> Estimate | NotYet:
    """C2: a share with the interval of Beta(right + 1/2, wrong + 1/2)."""
    if asked <= 0:
        return NotYet(1, 0, What.ANSWERS)
    a, b, tail = right + 0.5, asked - right + 0.5, (1 - level) / 2
    low = 0.0 if right == 0 else beta_quantile(tail, a, b)
    high = 1.0 if right == asked else beta_quantile(1 - tail, a, b)
    return Estimate(right / asked, asked, low, high, Unit.SHARE, level)


def difference(first: tuple[int, int], second: tuple[int, int], level: float = LEVEL) -> Estimate:
    """C4: first share less second, each (right, asked), with Newcombe's interval.

    At least one answer on each side.
    """
    one, two = first[0] / first[1], second[0] / second[1]
    (low1, high1), (low2, high2) = wilson_ends(*first, level), wilson_ends(*second, level)
    gap = one - two
    return Estimate(
        value=gap,
        n=first[1] + second[1],
        low=gap - math.hypot(one - low1, high2 - two),
        high=gap + math.hypot(high1 - one, two - low2),
        unit=Unit.SHARE_DIFFERENCE,
        level=level,
    )
