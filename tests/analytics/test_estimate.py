"""A figure or the want of one."""

import pytest

from qbank.analytics.estimate import Estimate, NotYet, Unit, What, exact, short_of


def test_an_interval_holds_its_value() -> None:
    with pytest.raises(ValueError, match="not between"):
        Estimate(0.5, 10, 0.6, 0.7, Unit.SHARE)
    with pytest.raises(ValueError, match="two ends"):
        Estimate(0.5, 10, 0.4, None, Unit.SHARE)


def test_what_an_interval_excludes() -> None:
    drop = Estimate(-0.2, 60, -0.35, -0.02, Unit.SHARE_DIFFERENCE)
    assert drop.excludes(0)
    assert not drop.excludes(-0.3)
    assert not exact(3, 3, Unit.SCORE).excludes(0)


def test_how_many_are_missing() -> None:
    assert short_of(5, (7,), What.BLOCKS) is None
    assert short_of(5, (3,), What.BLOCKS) == NotYet(5, 3, What.BLOCKS)
    two = short_of(30, (22, 31), What.NEXT_STEP_AND_OTHER)
    assert two == NotYet(30, 22, What.NEXT_STEP_AND_OTHER, (22, 31))
    assert two is not None
    assert two.more == 8


def test_a_wider_interval_is_harder_to_clear() -> None:
    drop = Estimate(-0.2, 60, -0.36, -0.02, Unit.SHARE_DIFFERENCE)
    assert drop.clears(0, 0.95)
    assert not drop.clears(0, 0.99)
    assert Estimate(0.3, 60, 0.1, 0.4, Unit.SHARE_DIFFERENCE).clears(0, 0.99)
    assert not exact(3, 3, Unit.SCORE).clears(0, 0.95)
