"""The distributions the figures need, on the standard library alone.

The normal one is `statistics.NormalDist`. Accurate to about ten digits for the counts a
learner can reach (up to some hundred thousand answers).
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from statistics import NormalDist

_TINY = 1e-300
_STEPS = 10_000
_NEAR = 1e-15
_HALVINGS = 200
_EXACT_EVENTS = 500

NORMAL = NormalDist()


@cache
def z_of(level: float) -> float:
    """The normal quantile of a two-sided interval: 1.96 for 0.95."""
    return NORMAL.inv_cdf(0.5 + level / 2)


def beta_cdf(x: float, a: float, b: float) -> float:
    """P(X <= x) of Beta(a, b): the regularised incomplete beta function."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    log_front = _log_beta_term(x, a, b)
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _beta_fraction(x, a, b) / a
    return 1 - math.exp(log_front) * _beta_fraction(1 - x, b, a) / b


def beta_quantile(p: float, a: float, b: float) -> float:
    """The x with P(X <= x) = p of Beta(a, b)."""
    return _solve(lambda x: beta_cdf(x, a, b), p, 0.0, 1.0)


def t_quantile(p: float, df: float) -> float:
    """The quantile of Student's t with `df` degrees of freedom (any positive number)."""
    if p == 0.5:
        return 0.0
    if p < 0.5:
        return -t_quantile(1 - p, df)
    tail = beta_quantile(2 * (1 - p), df / 2, 0.5)
    return math.sqrt(df * (1 - tail) / tail)


def t_two_sided(t: float, df: float) -> float:
    """P(|T| >= |t|) of Student's t."""
    return beta_cdf(df / (df + t * t), df / 2, 0.5)


def sign_test(more: int, fewer: int) -> float | None:
    """Exact two-sided probability of so uneven a split by fair coins; None without a coin."""
    n = more + fewer
    if not n:
        return None
    # Each coefficient from the one before: of years of coins each alone takes long to make.
    tail = ways = 1
    for k in range(min(more, fewer)):
        ways = ways * (n - k) // (k + 1)
        tail += ways
    return min(1.0, 2 * tail / (1 << n))


def poisson_binomial_tail(chances: Sequence[float], at_least: int) -> float:
    """P(so many or more of independent events, each with its own chance).

    Exact to 500 events, beyond them normal with continuity correction.
    """
    if len(chances) > _EXACT_EVENTS:
        spread = math.sqrt(math.fsum(one * (1 - one) for one in chances))
        above = at_least - 0.5 - math.fsum(chances)
        return NORMAL.cdf(-above / spread) if spread else float(above <= 0)
    known = [1.0]
    for chance in chances:
        without = [one * (1 - chance) for one in known] + [0.0]
        with_it = [0.0] + [one * chance for one in known]
        known = [x + y for x, y in zip(without, with_it, strict=True)]
    return min(1.0, math.fsum(known[max(0, at_least) :]))


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Each p raised for there being several, by Holm's step-down rule; at most 1."""
    order = sorted(range(len(ps)), key=lambda place: ps[place])
    raised, floor = [0.0] * len(ps), 0.0
    for done, place in enumerate(order):
        floor = max(floor, min(1.0, ps[place] * (len(ps) - done)))
        raised[place] = floor
    return tuple(raised)


def beta_binomial_cdf(k: int, n: int, a: float, b: float) -> float:
    """P(X <= k) of `n` trials whose common chance is drawn from Beta(a, b)."""
    start = _log_beta(a, b)
    terms = (
        math.exp(math.log(math.comb(n, i)) + _log_beta(a + i, b + n - i) - start)
        for i in range(min(k, n) + 1)
    )
    return min(1.0, math.fsum(terms))


@cache
def inversion_counts(n: int) -> tuple[int, ...]:
    """How many orders of `n` things have 0, 1, 2, ... pairs out of order."""
    counts = [1]
    for size in range(2, n + 1):
        padded = counts + [0] * (size - 1)
        sums = list(accumulate(padded))
        counts = [
            total - (sums[place - size] if place >= size else 0) for place, total in enumerate(sums)
        ]
    return tuple(counts)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _log_beta_term(x: float, a: float, b: float) -> float:
    return a * math.log(x) + b * math.log1p(-x) - _log_beta(a, b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Continued fraction of the incomplete beta function, by Lentz's method."""
    front, last = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    total = last
    for step in range(1, _STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            last = 1 / _off_zero(1 + term * last)
            front = _off_zero(1 + term / front)
            total *= front * last
        if abs(front * last - 1) < _NEAR:
            break
    return total


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _solve(rising: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Where a rising function takes a value, by halving."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
