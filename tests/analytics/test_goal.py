"""D6 and D7: the goal with the clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.estimate import NotYet, What
from qbank.analytics.goal import Goal, Reserve, goal, reserve, target_pace_ms, useful_pace_ms
from qbank.analytics.rows import AnalysedBlock
from tests.analytics.support import OMITTED, RIGHT, attempts, block, block_of


def left(*seconds: int) -> list[AnalysedBlock]:
    """Blocks of 30 minutes finished with so many seconds left."""
    return [block(n, used_ms=1_800_000 - 1_000 * one) for n, one in enumerate(seconds)]


def test_time_in_hand_is_the_median_of_the_last_five() -> None:
    found = reserve(left(900, 0, 190, 170, 600, 240, 100))
    assert isinstance(found, Reserve)
    assert (found.in_hand_ms, found.n) == (190_000, 5)
    assert found.share == pytest.approx(190 / 1_800)
    assert found.enough


def test_a_tenth_of_the_limit_is_enough() -> None:
    at_the_edge, below = reserve(left(180, 180, 180)), reserve(left(179, 179, 179))
    assert isinstance(at_the_edge, Reserve)
    assert at_the_edge.enough
    assert isinstance(below, Reserve)
    assert not below.enough


def test_two_blocks_say_nothing() -> None:
    assert reserve(left(900, 900)) == NotYet(3, 2, What.TIMED_BLOCKS)
    assert target_pace_ms(left(0)) == NotYet(3, 1, What.TIMED_BLOCKS)


@pytest.mark.parametrize(
    ("usual", "target"), [(100_000, 97_000), (90_000, 87_300), (83_000, 81_000), (40_000, 81_000)]
)
def test_a_useful_pace(usual: float, target: float) -> None:
    assert useful_pace_ms(90_000, usual) == pytest.approx(target)


def test_the_target_comes_from_the_last_blocks() -> None:
    listed = [
        block_of(14, ms, n)
        for n, ms in enumerate((300_000, 90_000, 90_000, 96_000, 90_000, 84_000))
    ]
    assert target_pace_ms(listed) == pytest.approx(87_300)


def test_one_goal_at_a_time() -> None:
    blank = block(9, attempts([RIGHT] * 19 + [OMITTED], 40_000))
    assert goal(left(0, 0)) is Goal.FINISH
    assert goal([*left(600, 600, 600), blank]) is Goal.FINISH
    assert goal([blank, *left(30, 20, 10)]) is Goal.FASTER
    assert goal([blank, *left(300, 200, 190)]) is Goal.SPEND


@given(st.floats(60_000, 130_000), st.floats(20_000, 300_000))
def test_no_target_asks_for_more_speed_than_the_clock_rewards(budget: float, usual: float) -> None:
    assert useful_pace_ms(budget, usual) >= 0.9 * budget
