"""A2, A3, A9: pace, budget, and pace on questions of any length."""

import math
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics import timing
from qbank.analytics.estimate import NotYet, What
from qbank.analytics.word_load import (
    WordFit,
    expected_ms,
    expected_times,
    fit_words,
    slope_of_words,
    weighted_budgets,
)
from tests.analytics.oracles import in_ms, oracle
from tests.analytics.support import (
    OMITTED,
    RIGHT,
    TIMES,
    UNREACHED,
    WRONG,
    attempts,
    block,
    facts,
    near,
    near_ms,
)


def test_pace() -> None:
    example, expected = oracle("A2_pace")
    found = timing.pace(in_ms(example["times"]))
    assert found is not None
    assert found.mean_ms == near_ms(expected["mean"])
    assert found.median_ms == near_ms(expected["median"])
    assert found.geomean_ms == near_ms(expected["geomean"])
    assert found.over_budget_ms(90_000) == near_ms(1.6)
    assert found.share_of_budget(90_000) == near(91.6 / 90)


def test_budget() -> None:
    example, expected = oracle("A3_budget")
    for case, seconds in zip(example["cases"], expected, strict=True):
        made = block(made=attempts([RIGHT] * case["n"]), limit_ms=case["limit_s"] * 1_000)
        assert made.budget_ms == near_ms(seconds)


def test_blank_and_very_quick_answers_are_in_no_pace() -> None:
    made = block(
        made=attempts([RIGHT, OMITTED, WRONG, UNREACHED, WRONG], [60_000, 9, 2_000, 0, 90_000])
    )
    found = timing.block_pace(made)
    assert found is not None
    assert (found.n, found.mean_ms) == (2, 75_000)


def test_a_block_without_answers_has_no_pace() -> None:
    made = block(made=attempts([OMITTED, UNREACHED], [500, 0]))
    assert timing.block_pace(made) is None
    assert timing.clock_pace_ms(made) is None
    assert timing.word_adjusted_ms(made) is None


def test_clock_pace_has_the_looking_back_in_it() -> None:
    made = block(made=attempts([RIGHT, WRONG, OMITTED], 60_000), used_ms=200_000)
    assert timing.clock_pace_ms(made) == 100_000


def test_word_adjusted_pace() -> None:
    example, expected = oracle("A9_word_adjusted_pace")
    budget_ms, mean = example["budget"] * 1_000, example["mean_words"]
    due = [expected_ms(facts(words=words), budget_ms, mean) for words in example["words"]]
    assert due == near_ms(expected["expected_times"])
    times = in_ms(example["times"])
    assert timing.adjusted_pace_ms(times, due, budget_ms) == near_ms(expected["wap"])
    assert timing.adjusted_pace_ms(times, [budget_ms] * 10, budget_ms) == near_ms(
        expected["plain_geomean"]
    )


def test_length_is_clipped_and_a_measured_time_goes_before_words() -> None:
    assert expected_ms(facts(words=1), 90_000, 100) == pytest.approx(90_000 * 0.7)
    assert expected_ms(facts(words=9_999), 90_000, 100) == pytest.approx(90_000 * 1.75)
    assert expected_ms(facts(words=9_999, usual_ms=50_000.0), 90_000, 100) == 50_000
    assert expected_ms(facts(words=None), 90_000, 100) == 90_000
    assert expected_ms(facts(words=200), 90_000, None) == 90_000


def test_without_a_limit_nothing_is_expected() -> None:
    made = block(limit_ms=None)
    assert expected_times(made) is None
    assert weighted_budgets(made) is None
    assert timing.word_adjusted_ms(made) is None


def test_weighted_budgets_deal_out_the_limit() -> None:
    long, short = (attempts([RIGHT], facts=facts(words=words))[0] for words in (150, 50))
    budgets = weighted_budgets(block(made=[long, short], limit_ms=180_000))
    assert budgets is not None
    assert list(budgets) == pytest.approx([112_500, 67_500])


def test_fitted_weight_of_words() -> None:
    example, expected = oracle("A9b_fitted_word_slope")
    found = slope_of_words(in_ms(example["times"]), example["words"])
    assert found.slope == near(expected["slope"])
    assert math.log(found.middle_ms / 1_000) == near(expected["intercept_ln_s"])
    assert found.estimate.low is not None
    assert found.estimate.low < found.slope


def test_the_weight_of_words_waits_for_answers() -> None:
    example, _ = oracle("A9b_fitted_word_slope")
    times, words = in_ms(example["times"]), example["words"]
    assert fit_words(times, words) == NotYet(100, 10, What.ANSWERS)
    found = fit_words(times * 10, words * 10)
    assert isinstance(found, WordFit)
    assert found.expected_ms(280) > found.expected_ms(140)


@given(st.lists(TIMES, min_size=1))
def test_the_mean_is_never_below_the_geometric_mean(times: list[int]) -> None:
    found = timing.pace(times)
    assert found is not None
    assert found.geomean_ms <= found.mean_ms * (1 + 1e-9)
    assert min(times) <= found.median_ms <= max(times)


@given(st.lists(TIMES, min_size=1), st.floats(0.1, 10))
def test_pace_scales_with_time(times: list[int], by: float) -> None:
    due = [90_000.0] * len(times)
    once = timing.adjusted_pace_ms(times, due, 90_000)
    scaled = timing.adjusted_pace_ms(
        [max(1_000, ms) * by for ms in times], [one * by for one in due], 90_000
    )
    if min(times) * by >= timing.FLOOR_MS:
        assert scaled == pytest.approx(once)


@given(st.integers(1, 2_000), st.integers(1, 2_000))
def test_more_words_are_never_expected_to_take_less(fewer: int, more: int) -> None:
    low, high = sorted((fewer, more))
    times = [expected_ms(facts(words=words), 90_000, 120) for words in (low, high)]
    assert list(accumulate(times, max)) == times
