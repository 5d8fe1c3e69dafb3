"""B5, B6, B7, D1, D4: time against right answers."""

from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.bands import Band, bands, time_bands
from qbank.analytics.estimate import Estimate, NotYet, What
from qbank.analytics.overthinking import (
    LONG,
    LongAnswers,
    Worth,
    beyond,
    chance_right,
    long_answers,
    long_from,
)
from qbank.analytics.right_wrong import RightWrong, compare, right_against_wrong, shift
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.speed_accuracy import balances, latest_balance, right_per_minute
from qbank.analytics.timed_answers import timed_answers
from qbank.block.model import Confidence, Mode
from tests.analytics.oracles import in_ms, oracle
from tests.analytics.support import OMITTED, RIGHT, WRONG, attempts, block, block_of, near, near_ms


def from_example(example: dict[str, list[int]]) -> AnalysedBlock:
    """A block of 90 s a question with these times and outcomes."""
    outcomes = [RIGHT if one else WRONG for one in example["correct"]]
    return block(made=attempts(outcomes, in_ms(example["times"])))


def test_which_answers_speak_of_time() -> None:
    good = block(1, attempts([RIGHT, WRONG, OMITTED, WRONG], [50_000, 60_000, 9_000, 2_000]))
    found = timed_answers(
        [
            block(2, attempts([RIGHT], exposure=2)),
            good,
            block(3, mode=Mode.TUTOR),
            block(4, excluded=True),
            block(5, limit_ms=None),
        ]
    )
    assert [one.attempt for one in found] == list(good.attempts[:2])
    assert (found[0].spent_ms, found[0].due_ms, found[0].budget_ms) == (50_000, 90_000, 90_000)


def test_time_bands() -> None:
    example, expected = oracle("B5_time_bands")
    answers = timed_answers([from_example(example)])
    found = bands([(one.times_due, one.attempt.right) for one in answers])
    for band, wanted in zip(found, expected, strict=True):
        assert (band.low, band.n, band.right) == (wanted["lo"], wanted["n"], wanted["correct"])
        assert band.high == (wanted["hi"] or float("inf"))
        assert isinstance(band.share, NotYet)
    tenfold = bands([(one.times_due, one.attempt.right) for one in answers * 10])
    assert isinstance(tenfold[1].share, Estimate)
    assert tenfold[1].share.value == near(expected[1]["acc"])


def test_bands_wait_for_sixty_answers() -> None:
    assert time_bands(timed_answers([block(n) for n in range(2)])) == NotYet(60, 40, What.ANSWERS)
    found = time_bands(timed_answers([block(n) for n in range(3)]))
    assert isinstance(found, tuple)
    assert found[1] == Band(0.5, 1.0, 60, 60)


@given(st.lists(st.tuples(st.floats(0.001, 50), st.booleans())))
def test_every_answer_lies_in_one_band(listed: list[tuple[float, bool]]) -> None:
    assert sum(band.n for band in bands(listed)) == len(listed)


def test_long_answers() -> None:
    example, expected = oracle("B6_overthinking")
    answers = timed_answers([from_example(example)])
    found = beyond(answers, example["c"], example["guess"])
    assert found is not None
    assert (found.n, found.over_ms) == (expected["n_over"], near_ms(expected["over_s"]))
    assert found.index == near(expected["index"])
    assert found.right / found.n == near(expected["acc_over"])
    assert found.earned.value == near(expected["return_per_min"])
    assert found.usual == near(expected["base_rate_per_min"])
    assert found.worth is Worth(expected["verdict"])
    assert not found.settled


def test_long_answers_wait_for_ten() -> None:
    example, _ = oracle("B6_overthinking")
    made = from_example(example)
    assert long_answers(timed_answers([made])) == NotYet(10, 5, What.LONG_ANSWERS)
    assert long_answers(timed_answers([block()])) == NotYet(10, 0, What.LONG_ANSWERS)
    found = long_answers(timed_answers([made, block(2, made.attempts)]))
    assert isinstance(found, LongAnswers)
    assert found.n == 10


def test_long_answers_that_earn_their_time() -> None:
    times, outcomes = [100_000] * 10 + [140_000] * 10, [WRONG] * 10 + [RIGHT] * 10
    found = long_answers(timed_answers([block(n, attempts(outcomes, times)) for n in range(4)]))
    assert isinstance(found, LongAnswers)
    assert (found.worth, found.settled) == (Worth.WORTH_IT, True)


def test_the_point_becomes_ones_own() -> None:
    slow = [block(n, attempts([RIGHT] * 20, 150_000)) for n in range(8)]
    assert long_from(timed_answers(slow[:7])) == LONG
    assert long_from(timed_answers(slow)) == pytest.approx(150 / 90)
    assert long_from(timed_answers([block(n) for n in range(8)])) == LONG


def test_what_guessing_gets_becomes_ones_own() -> None:
    guesses = attempts([RIGHT] * 6 + [WRONG] * 14, confidence=Confidence.GUESS)
    assert chance_right(timed_answers([block(made=guesses)])) == pytest.approx(0.3)
    assert chance_right(timed_answers([block(made=guesses[:19])])) == pytest.approx(0.2)
    assert chance_right(()) == 0


def test_right_and_wrong() -> None:
    example, expected = oracle("B7_correct_vs_incorrect_time")
    times = in_ms(example["times"])
    right = [ms for ms, one in zip(times, example["correct"], strict=True) if one]
    wrong = [ms for ms, one in zip(times, example["correct"], strict=True) if not one]
    found = compare(right, wrong)
    assert found.right_ms == near_ms(expected["median_correct"])
    assert found.wrong_ms == near_ms(expected["median_incorrect"])
    assert found.ratio == near(expected["ratio"])
    assert found.longer.value == near_ms(expected["hodges_lehmann_incorrect_minus_correct"])


def test_right_and_wrong_wait_for_ten_of_each() -> None:
    assert right_against_wrong(timed_answers([block_of(14, 80_000)])) == NotYet(
        10, 6, What.RIGHT_AND_WRONG, (14, 6)
    )
    found = right_against_wrong(timed_answers([block_of(10, 80_000)]))
    assert isinstance(found, RightWrong)
    assert found.longer.value == 0


WHOLE = st.lists(st.integers(1, 300_000), min_size=1, max_size=25)


@given(WHOLE, WHOLE)
def test_the_shift_is_the_median_of_all_pairs(ones: list[int], twos: list[int]) -> None:
    found = shift(ones, twos)
    assert found.value == median(two - one for one in ones for two in twos)


def test_many_times_are_compared_to_the_tenth_of_a_second() -> None:
    ones, twos = list(range(50_000, 80_000, 50)), list(range(57_040, 87_040, 50))
    found = shift(ones, twos)
    assert found.n == 1_200
    assert found.value == pytest.approx(7_040, abs=100)


def test_the_shifts_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng, inside, runs = Random(5), 0, 300
    for _ in range(runs):
        ones = [round(rng.lognormvariate(11, 0.4)) for _ in range(25)]
        twos = [round(rng.lognormvariate(11, 0.4)) + 9_000 for _ in range(18)]
        inside += not shift(ones, twos).excludes(9_000)
    assert 0.91 <= inside / runs <= 0.99


def test_right_answers_a_minute() -> None:
    example, expected = oracle("D1_D3_rcs_ies_lisas")
    found = right_per_minute([from_example(example)])
    assert isinstance(found, Estimate)
    assert found.value == near(expected["rcs_per_min"])
    assert right_per_minute([]) == NotYet(1, 0, What.ANSWERS)


def test_balance() -> None:
    example, expected = oracle("D4_bis")
    found = balances([tuple(pair) for pair in example["blocks_pc_time"]])
    assert list(found) == near(expected["bis"])
    assert sum(found) == pytest.approx(expected["total"])
    listed = [
        block_of(round(share * 20), round(seconds * 1_000), n)
        for n, (share, seconds) in enumerate(example["blocks_pc_time"])
    ]
    last = latest_balance(listed)
    assert isinstance(last, Estimate)
    assert (last.value, last.n) == (near(expected["bis"][-1]), 6)
    assert latest_balance(listed[:4]) == NotYet(5, 4, What.TIMED_BLOCKS)


def test_balance_looks_at_the_last_ten() -> None:
    old = [block_of(2, 300_000, n) for n in range(5)]
    new = [block_of(10 + n % 5, 80_000 + 1_000 * n, 10 + n) for n in range(10)]
    assert latest_balance(old + new) == latest_balance(new)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(10, 200)), max_size=20))
def test_balances_sum_to_nothing(pairs: list[tuple[float, float]]) -> None:
    assert sum(balances(pairs)) == pytest.approx(0, abs=1e-6)


def test_where_nothing_differs_the_balance_is_even() -> None:
    assert balances([(0.5, 90)] * 6) == (0,) * 6
    assert balances([]) == ()
