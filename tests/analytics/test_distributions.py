"""The distributions: values of scipy 1.17.1, and what holds of any distribution."""

import math
from itertools import pairwise, permutations
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics import distributions as d

SHAPES = st.floats(0.05, 3_000)
PARTS = st.floats(0.001, 0.999)


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "a", "b", "expected"),
    [
        (0.3, 2, 3, 0.3483),
        (0.5, 0.5, 0.5, 0.5),
        (0.01, 0.5, 20.5, 0.4765415315484656),
        (0.99, 200, 3, 0.6712381710383889),
        (0.65, 9781.078, 5402.881, 0.9334691202293548),
        (0.2, 0.01, 5, 0.9978180380770353),
        (-1, 2, 2, 0),
        (2, 2, 2, 1),
    ],
)
def test_beta(x: float, a: float, b: float, expected: float) -> None:
    assert d.beta_cdf(x, a, b) == close(expected)


@pytest.mark.parametrize(
    ("p", "a", "b", "expected"),
    [
        (0.05, 9.78, 5.4, 0.4373541888988737),
        (0.025, 0.5, 5.5, 9.342060003954474e-05),
        (0.975, 62.5, 38.5, 0.7106162689905675),
        (0.5, 1, 1, 0.5),
        (0.95, 1200.5, 800.5, 0.6179035380373914),
    ],
)
def test_beta_quantile(p: float, a: float, b: float, expected: float) -> None:
    assert d.beta_quantile(p, a, b) == close(expected)


@pytest.mark.parametrize(
    ("p", "df", "expected"),
    [
        (0.975, 1, 12.706204736174694),
        (0.975, 4, 2.7764451051977934),
        (0.975, 17.588379, 2.1044519202249257),
        (0.95, 30, 1.697260886593957),
        (0.025, 9, -2.2621571627982053),
        (0.5, 3, 0),
    ],
)
def test_t_quantile(p: float, df: float, expected: float) -> None:
    assert d.t_quantile(p, df) == close(expected)


@pytest.mark.parametrize(
    ("t", "df", "expected"),
    [
        (2.0, 5, 0.10193947882985835),
        (-3.4, 17.588379, 0.003276640339453607),
        (0, 3, 1),
        (1, 1, 0.5),
    ],
)
def test_t_tail(t: float, df: float, expected: float) -> None:
    assert d.t_two_sided(t, df) == close(expected)


def test_t_becomes_normal() -> None:
    assert d.t_quantile(0.975, 1e6) == pytest.approx(d.z_of(0.95), abs=1e-5)


@pytest.mark.parametrize(
    ("k", "n", "a", "b", "expected"),
    [
        (10, 20, 67.5, 33.5, 0.10906319693930563),
        (8, 20, 67.5, 33.5, 0.020468927181169192),
        (0, 10, 0.5, 0.5, 0.17619705200195315),
        (20, 20, 3, 4, 1),
    ],
)
def test_beta_binomial(k: int, n: int, a: float, b: float, expected: float) -> None:
    assert d.beta_binomial_cdf(k, n, a, b) == close(expected)


def test_poisson_binomial() -> None:
    assert d.poisson_binomial_tail([0.1, 0.5, 0.9, 0.25], 2) == close(0.61375)
    assert d.poisson_binomial_tail([0.4] * 24, 15) == close(0.021658051329602947)
    assert d.poisson_binomial_tail([0.4] * 14, 8) == close(0.15014010290176)
    assert d.poisson_binomial_tail([], 0) == 1
    assert d.poisson_binomial_tail([0.5], 2) == 0


def test_many_events_are_close_to_the_exact_tail() -> None:
    chances = [0.1 + 0.0005 * n for n in range(501)]
    exactly = d.poisson_binomial_tail(chances[:500], 125)
    assert d.poisson_binomial_tail(chances, 125) == pytest.approx(exactly, abs=0.02)
    assert d.poisson_binomial_tail([1.0] * 600, 600) == 1
    assert d.poisson_binomial_tail([0.0] * 600, 1) == 0


def test_the_quantile_of_an_interval() -> None:
    assert d.z_of(0.95) == close(NormalDist().inv_cdf(0.975))


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6])
def test_inversions_are_those_of_all_orders(n: int) -> None:
    found = [0] * (n * (n - 1) // 2 + 1)
    for order in permutations(range(n)):
        found[sum(order[i] > order[j] for i in range(n) for j in range(i + 1, n))] += 1
    assert list(d.inversion_counts(n)) == found


@given(PARTS, SHAPES, SHAPES)
def test_beta_mirrors(x: float, a: float, b: float) -> None:
    assert d.beta_cdf(x, a, b) + d.beta_cdf(1 - x, b, a) == pytest.approx(1, abs=1e-8)


@given(PARTS, st.floats(0.3, 3_000), st.floats(0.3, 3_000))
def test_the_quantile_undoes_the_cdf(p: float, a: float, b: float) -> None:
    found = d.beta_quantile(p, a, b)
    below, above = math.nextafter(found, 0), math.nextafter(found, 1)
    assert d.beta_cdf(below, a, b) - 1e-9 <= p <= d.beta_cdf(above, a, b) + 1e-9


@given(st.lists(st.floats(0, 1), max_size=12))
def test_the_tail_falls_from_one(chances: list[float]) -> None:
    tails = [d.poisson_binomial_tail(chances, k) for k in range(len(chances) + 2)]
    assert tails[0] == pytest.approx(1)
    assert tails[-1] == 0
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(tails))
    assert math.fsum(tails[1:]) == pytest.approx(math.fsum(chances))
