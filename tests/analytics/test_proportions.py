"""C1, C2, C4: shares and their differences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.estimate import Estimate, NotYet, What
from qbank.analytics.proportions import difference, jeffreys, share, wilson
from tests.analytics.oracles import oracle
from tests.analytics.support import near


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    asked = draw(st.integers(1, 500))
    return draw(st.integers(0, asked)), asked


def ends(found: Estimate | NotYet) -> list[float | None]:
    assert isinstance(found, Estimate)
    return [found.low, found.high]


def test_wilson() -> None:
    example, expected = oracle("C1_wilson95")
    assert [ends(wilson(*case)) for case in example["x_n"]] == [near(one) for one in expected]
    assert wilson(0, 0) == NotYet(1, 0, What.ANSWERS)


def test_jeffreys() -> None:
    example, expected = oracle("C2_jeffreys95")
    assert [ends(jeffreys(*case)) for case in example["x_n"]] == [near(one) for one in expected]
    assert jeffreys(0, 0) == NotYet(1, 0, What.ANSWERS)


def test_newcombe() -> None:
    example, expected = oracle("C4_newcombe")
    for (x1, n1, x2, n2), wanted in zip(example["cases"], expected, strict=True):
        found = difference((x1, n1), (x2, n2))
        assert [found.value, found.low, found.high] == near(wanted)


@given(counts(), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_an_interval_lies_among_shares_and_holds_its_own(
    case: tuple[int, int], level: float
) -> None:
    for found in (share(*case, level), jeffreys(*case, level)):
        assert isinstance(found, Estimate)
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.value <= found.high <= 1


@given(counts())
def test_more_of_the_same_narrows(case: tuple[int, int]) -> None:
    once, tenfold = share(*case), share(case[0] * 10, case[1] * 10)
    assert (once.low or 0) <= (tenfold.low or 0)
    assert (tenfold.high or 0) <= (once.high or 0) + 1e-12


@given(counts(), counts())
def test_a_difference_turns_round(one: tuple[int, int], two: tuple[int, int]) -> None:
    there, back = difference(one, two), difference(two, one)
    assert there.value == pytest.approx(-back.value)
    assert there.low == pytest.approx(-(back.high or 0))
    assert -1 <= (there.low or 0) <= (there.high or 0) <= 1


@given(counts())
def test_a_share_differs_from_itself_by_nothing(one: tuple[int, int]) -> None:
    assert not difference(one, one).excludes(0)
