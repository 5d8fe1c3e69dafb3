"""E1, E2, E4, E5: does it go one way, and what may be said of it?"""

import math
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics import trend as t
from qbank.analytics.bests import bests, is_tie
from qbank.analytics.claims import Claim, claim, pace_claim, share_claim
from qbank.analytics.distributions import holm
from qbank.analytics.estimate import NotYet, What
from qbank.analytics.progress import Trends, progress, trends
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.trend import Trend
from tests.analytics.oracles import oracle
from tests.analytics.support import RIGHT, attempt, attempts, block, block_of, facts, key_of, near

KEY = key_of(block())


def test_slope_and_test() -> None:
    example, expected = oracle("E1_theil_sen_mk")
    found = t.trend(example["y"])
    assert found.slope == near(expected["slope"])
    assert [found.low, found.high] == near(expected["slope_ci95_scipy"])
    assert (found.score, found.n) == (expected["S"], 8)
    assert found.p == near(expected["p_exact"])
    variance = t.score_variance(example["y"])
    assert variance == near(expected["var_S"])
    assert t.p_normal(found.score, variance) == near(expected["p_normal"])


def test_exact_probabilities() -> None:
    example, expected = oracle("E1b_mk_exact_table")
    assert [t.p_exact(*case) for case in example["n_S"]] == near(expected)


def test_ties() -> None:
    example, expected = oracle("E1c_mk_ties")
    found = t.trend(example["y"])
    assert (found.score, found.slope) == (expected["S"], near(expected["slope"]))
    assert t.score_variance(example["y"]) == near(expected["var_S"])
    assert found.p == near(expected["p"])


def test_a_line_for_the_eye() -> None:
    example, expected = oracle("E2_ewma")
    assert list(t.smooth(example["y"])) == near(expected)
    assert t.smooth([]) == ()


def test_values_all_alike_go_nowhere() -> None:
    found = t.trend([5.0] * 12)
    assert (found.slope, found.low, found.high, found.p) == (0, 0, 0, 1)


def test_the_exact_test_and_the_normal_one_agree_where_they_meet() -> None:
    rng = Random(2)
    for _ in range(20):
        values = [rng.random() for _ in range(30)]
        score = t.trend(values).score
        assert t.p_exact(30, score) == pytest.approx(
            t.p_normal(score, t.score_variance(values)), abs=0.01
        )


SERIES = st.lists(st.integers(0, 40).map(float), min_size=2, max_size=35)


@given(SERIES)
def test_a_series_turned_round_goes_the_other_way(values: list[float]) -> None:
    there, back = t.trend(values), t.trend(values[::-1])
    assert there.slope == pytest.approx(-back.slope)
    assert (there.score, there.p) == (-back.score, back.p)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.low <= there.low90 <= there.slope <= there.high90 <= there.high


@given(SERIES, st.floats(0.5, 3), st.floats(-50, 50))
def test_scale_and_level_change_no_probability(values: list[float], by: float, plus: float) -> None:
    once, scaled = t.trend(values), t.trend([by * value + plus for value in values])
    if len(set(values)) == len({by * value + plus for value in values}):
        assert scaled.p == pytest.approx(once.p)
        assert scaled.slope == pytest.approx(by * once.slope, abs=1e-9)


def test_chance_alone_is_called_a_trend_one_time_in_twenty() -> None:
    rng, called, runs = Random(4), 0, 1_000
    for _ in range(runs):
        called += t.trend([rng.gauss(0, 1) for _ in range(12)]).p < 0.05
    assert 0.03 <= called / runs <= 0.065


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert holm([0.9, 0.9, 0.001]) == pytest.approx((1.0, 1.0, 0.003))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), max_size=5))
def test_holm_only_raises_and_keeps_the_order(ps: list[float]) -> None:
    raised = holm(ps)
    assert all(p <= higher <= 1 for p, higher in zip(ps, raised, strict=True))
    order = sorted(range(len(ps)), key=lambda n: ps[n])
    assert [raised[n] for n in order] == sorted(raised)


def one_way(slope: float, p: float, wide: float | None = None) -> Trend:
    """A trend with this p; its intervals leave out 0 exactly as the p says."""
    reach95 = wide if wide is not None else abs(slope) * (0.9 if p < 0.05 else 1.2)
    reach90 = wide * 0.8 if wide is not None else abs(slope) * (0.8 if p < 0.10 else 1.1)
    score = (slope > 0) - (slope < 0)
    ends = (slope - reach95, slope + reach95, slope - reach90, slope + reach90)
    return Trend(slope, *ends, score=9 * score, p=p, n=12)


FLAT = one_way(0.0, 1.0, 0.01)


def both(pace: Trend = FLAT, share: Trend = FLAT, balance: Trend = FLAT) -> Trends:
    return Trends(pace, share, balance, 20)


FASTER, SLOWER = one_way(-0.01, 0.003), one_way(0.01, 0.003)
MORE, FEWER = one_way(0.01, 0.003), one_way(-0.01, 0.003)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (NotYet(8, 5, What.TIMED_BLOCKS), Claim.TOO_EARLY),
        (both(), Claim.NO_CLEAR_CHANGE),
        (both(one_way(-0.01, 0.10)), Claim.NO_CLEAR_CHANGE),
        (both(one_way(-0.01, 0.04)), Claim.NO_CLEAR_CHANGE),
        (both(one_way(-0.01, 0.03)), Claim.LEANING_FASTER),
        (both(one_way(0.01, 0.03)), Claim.LEANING_SLOWER),
        (both(one_way(-0.01, 0.04), balance=one_way(0.01, 0.04)), Claim.NO_CLEAR_CHANGE),
        (both(one_way(-0.01, 0.04), balance=one_way(0.01, 0.01)), Claim.LEANING_FASTER),
        (both(one_way(0.01, 0.01)), Claim.LEANING_SLOWER),
        (both(one_way(-0.01, 0.01)), Claim.IMPROVED),
        (both(SLOWER), Claim.SLOWER),
        (both(FASTER), Claim.IMPROVED),
        (both(FASTER, FEWER), Claim.FASTER_FEWER_RIGHT),
        (both(FASTER, one_way(-0.01, 0.08)), Claim.FASTER_FEWER_RIGHT),
        (both(FASTER, one_way(-0.01, 0.30)), Claim.IMPROVED),
        (both(SLOWER, MORE), Claim.SLOWER_MORE_RIGHT),
        (both(share=MORE), Claim.IMPROVED),
        (both(share=one_way(0.01, 0.04)), Claim.NO_CLEAR_CHANGE),
        (both(share=FEWER), Claim.FEWER_RIGHT),
        (both(share=one_way(0.01, 0.03)), Claim.LEANING_MORE_RIGHT),
        (both(one_way(-0.01, 0.07), FEWER), Claim.FEWER_RIGHT),
    ],
)
def test_words_allowed(found: Trends | NotYet, wanted: Claim) -> None:
    assert claim(found) is wanted


def test_one_series_at_a_time() -> None:
    found = both(FASTER, FEWER)
    assert (pace_claim(found), share_claim(found)) == (Claim.FASTER, Claim.FEWER_RIGHT)
    none = NotYet(8, 0, What.TIMED_BLOCKS)
    assert (pace_claim(none), share_claim(none)) == (Claim.TOO_EARLY, Claim.TOO_EARLY)


def test_a_small_p_with_an_interval_over_nothing_only_leans() -> None:
    assert pace_claim(both(one_way(-0.01, 0.01, wide=0.02))) is Claim.LEANING_FASTER


def test_with_time_in_hand_faster_alone_is_no_improvement() -> None:
    assert claim(both(FASTER), in_hand=True) is Claim.FASTER
    assert claim(both(FASTER, MORE), in_hand=True) is Claim.IMPROVED


def test_slower_with_blanks_is_no_gain() -> None:
    assert claim(both(SLOWER, MORE), blank=True) is Claim.SLOWER


def test_a_claim_stands_until_its_p_rises_above_a_tenth() -> None:
    fading = both(one_way(-0.01, 0.03))
    assert claim(fading) is Claim.LEANING_FASTER
    assert claim(fading, before=Claim.FASTER) is Claim.FASTER
    assert claim(both(one_way(-0.01, 0.04)), before=Claim.FASTER) is Claim.NO_CLEAR_CHANGE
    weaker = both(one_way(-0.01, 0.02))
    assert claim(weaker) is Claim.LEANING_FASTER
    assert claim(weaker, before=Claim.IMPROVED) is Claim.IMPROVED
    assert claim(both(FASTER), before=Claim.FASTER) is Claim.IMPROVED
    assert claim(both(FASTER, FEWER), before=Claim.IMPROVED) is Claim.FASTER_FEWER_RIGHT


def going(n: int, pace: float = 0.0, right: float = 0.0, seed: int = 1) -> list[AnalysedBlock]:
    """Blocks whose ln pace and right answers go this much a block, with some scatter."""
    rng = Random(seed)
    return [
        block_of(
            min(20, max(0, round(13 + right * i + rng.gauss(0, 0.8)))),
            round(95_000 * math.exp(pace * i + rng.gauss(0, 0.02))),
            i,
        )
        for i in range(n)
    ]


def test_the_series_of_a_class() -> None:
    listed = going(10, pace=-0.02)
    repeat = replace(block(50, attempts([RIGHT] * 20, exposure=2)), repeat_of="b0001")
    found = progress([*listed, repeat, block(51, paused=True)], KEY)
    assert found.block_ids == tuple(one.block_id for one in listed)
    assert found.log_pace[0] == pytest.approx(math.log(listed[0].attempts[0].clock_ms))
    assert found.share == tuple(one.share_right for one in listed)
    assert sum(found.balance) == pytest.approx(0)
    assert not found.against_expected
    assert progress([repeat], key_of(repeat)).n == 0


def test_only_the_last_two_hundred_blocks_tell() -> None:
    found = progress(going(203), KEY)
    assert (found.n, found.block_ids[0]) == (200, "b0003")


def test_answers_are_held_against_known_shares_where_all_blocks_have_them() -> None:
    known = [attempt(RIGHT, position=n, facts=facts(f"q{n}", p_value=0.7)) for n in range(1, 21)]
    found = progress([block(1, known)], KEY)
    assert found.against_expected
    assert found.share == pytest.approx((0.3,))
    assert not progress([block(1, known), block(2)], KEY).against_expected


def test_seven_blocks_are_too_early() -> None:
    assert trends(progress(going(7, -0.05), KEY)) == NotYet(8, 7, What.TIMED_BLOCKS)


def test_what_improvement_looks_like() -> None:
    found = trends(progress(going(14, pace=-0.02), KEY))
    assert isinstance(found, Trends)
    assert claim(found) is Claim.IMPROVED
    assert found.time_per_ten.value == pytest.approx(math.expm1(-0.2), abs=0.04)
    assert found.time_per_ten.excludes(0)
    traded = trends(progress(going(14, pace=-0.02, right=-0.3), KEY))
    assert isinstance(traded, Trends)
    assert claim(traded) is Claim.FASTER_FEWER_RIGHT
    assert traded.right_per_ten.value == pytest.approx(-3, abs=1.2)
    gain = trends(progress(going(14, pace=0.02, right=0.3), KEY))
    assert claim(gain) is Claim.SLOWER_MORE_RIGHT


def test_a_steady_learner_is_seldom_told_of_improvement() -> None:
    found = [claim(trends(progress(going(12, seed=seed), KEY))) for seed in range(120)]
    assert found.count(Claim.IMPROVED) <= 0.05 * len(found)


def test_bests_in_time_order() -> None:
    start = [block_of(13, 90_000, n) for n in range(3)]
    listed = [
        *start,
        block_of(14, 85_000, 3),
        block_of(12, 70_000, 4),
        block_of(14, 84_140, 5),
        block_of(14, 80_000, 6),
    ]
    found = bests(listed)
    assert [(one.block_id, one.right, one.tied) for one in found] == [
        ("b0003", 14, False),
        ("b0005", 14, True),
        ("b0006", 14, False),
    ]
    assert found[0].pace_ms == pytest.approx(85_000)
    assert (found[0].key, found[0].day, found[0].size) == (KEY, date(2026, 5, 28), 20)


def test_a_small_step_is_a_tie() -> None:
    assert is_tie(85_000, 84_100)
    assert is_tie(200_000, 198_500)
    assert not is_tie(85_000, 84_000)
    assert not is_tie(120_000, 118_000)


def test_fresh_blocks_and_repeats_have_ladders_of_their_own() -> None:
    fresh = [block_of(13, 90_000, n) for n in range(4)]
    again = [
        replace(block(n, attempts([RIGHT] * 20, 40_000, exposure=2)), repeat_of="b0000")
        for n in range(10, 14)
    ]
    quick = block_of(14, 85_000, 20)
    found = bests([*fresh, *again, quick])
    assert [one.key.repeat_of for one in found] == [None]


def test_a_fall_in_both_is_no_improvement() -> None:
    found = trends(progress(going(14, pace=0.03, right=-0.3), KEY))
    assert isinstance(found, Trends)
    assert claim(found) is Claim.SLOWER
