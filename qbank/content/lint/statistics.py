"""Tail probabilities by the standard library alone: exact binomial and chi-square."""

import math
from collections.abc import Sequence


def binomial_tail(successes: int, trials: int, chance: float) -> float:
    """The probability of so many successes or more; `chance` is of one trial, 0 to 1."""
    if successes <= 0:
        return 1.0
    if chance <= 0 or successes > trials:
        return 0.0
    if chance >= 1:
        return 1.0
    odds = math.log(chance), math.log1p(-chance)
    choose_all = math.lgamma(trials + 1)
    terms = (
        math.exp(
            choose_all
            - math.lgamma(count + 1)
            - math.lgamma(trials - count + 1)
            + count * odds[0]
            + (trials - count) * odds[1]
        )
        for count in range(successes, trials + 1)
    )
    return min(1.0, math.fsum(terms))


def chi_square(counts: Sequence[float], expected: Sequence[float]) -> tuple[float, int, float]:
    """(chi-square, degrees of freedom, p) of counts against what was expected of each."""
    value = math.fsum(
        (count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True)
    )
    freedom = len(counts) - 1
    return value, freedom, chi_square_tail(value, freedom)


def chi_square_tail(value: float, freedom: int) -> float:
    """The probability of a chi-square so large or larger; 1 with no degree of freedom."""
    if freedom < 1 or value <= 0:
        return 1.0
    half = value / 2
    if freedom % 2 == 0:
        total, term = 0.0, 1.0
        for step in range(freedom // 2):
            total += term
            term *= half / (step + 1)
        return math.exp(-half) * total
    total = math.erfc(math.sqrt(half))
    for step in range((freedom - 1) // 2):
        total += math.exp((step + 0.5) * math.log(half) - half - math.lgamma(step + 1.5))
    return total
