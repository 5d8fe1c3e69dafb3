"""B1: very quick answers."""

from hypothesis import given

from qbank.analytics.rapid import is_end_fill, is_very_quick, quick_answers, threshold_ms
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.timing import paced
from tests.analytics.oracles import in_ms, oracle
from tests.analytics.support import RIGHT, WRONG, attempt, block, blocks, facts, near, near_ms


def test_very_quick_answers() -> None:
    example, expected = oracle("B1_rapid_guess")
    usual = in_ms(example["item_mean_times"])
    assert [threshold_ms(ms) for ms in usual] == near_ms(expected["thresholds"])
    made = block(
        made=[
            attempt(WRONG, spent, position=n, facts=facts(f"q{n}", usual_ms=float(mean)))
            for n, (spent, mean) in enumerate(zip(in_ms(example["times"]), usual, strict=True), 1)
        ]
    )
    assert [is_very_quick(one, made) for one in made.attempts] == list(map(bool, expected["flags"]))
    found = quick_answers([made])
    assert found.steady_share == near(expected["rte"])
    assert 1 - (found.steady_share or 0) == near(expected["rapid_guess_rate"])
    assert (found.answered, found.quick, found.right, found.chance) == (10, 4, 0, near(0.2))


def test_a_question_seen_before_is_recognised_and_not_guessed() -> None:
    made = block(made=[attempt(RIGHT, 2_000, exposure=2)])
    assert quick_answers([made]).answered == 0
    assert quick_answers([made]).steady_share is None
    assert not is_very_quick(made.attempts[0], made)


def test_time_with_the_window_hidden_is_no_reading() -> None:
    made = block(made=[attempt(WRONG, 60_000, active_ms=2_500)])
    assert is_very_quick(made.attempts[0], made)


def test_without_a_limit_only_the_least_threshold_holds() -> None:
    made = block(made=[attempt(WRONG, 2_900), attempt(WRONG, 3_000)], limit_ms=None)
    assert [is_very_quick(one, made) for one in made.attempts] == [True, False]


def test_filling_in_during_the_last_minute_is_told_apart() -> None:
    late = attempt(WRONG, 2_000, answered_ms=1_790_000)
    early = attempt(WRONG, 2_000, answered_ms=600_000)
    unknown = attempt(WRONG, 2_000)
    slow = attempt(WRONG, 40_000, answered_ms=1_790_000)
    made = block(made=[late, early, unknown, slow], limit_ms=1_800_000)
    assert [is_end_fill(one, made) for one in made.attempts] == [True, False, False, False]
    assert quick_answers([made]).at_end == 1


@given(blocks())
def test_very_quick_answers_are_answers_and_in_no_pace(made: AnalysedBlock) -> None:
    quick = [one for one in made.attempts if is_very_quick(one, made)]
    assert all(one.answered and one.fresh for one in quick)
    assert not set(quick) & set(paced(made))
    assert len(quick) + len(paced(made)) == made.size - made.blanks
