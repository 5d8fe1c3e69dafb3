"""C5, N1, E3: next steps against other questions, and how a choice of them goes wrong."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.estimate import NotYet, What
from qbank.analytics.next_step import (
    NextStepGap,
    against_diagnosis,
    against_the_rest,
    right_by_block,
    share_trend,
)
from qbank.analytics.offered import Coverage, by_action, by_error, coverage
from qbank.analytics.proportions import difference
from qbank.analytics.ratio import clustered, pace_ratio, welch
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock, Offered
from qbank.analytics.trend import Trend
from qbank.content.names import Action, ErrorCode
from tests.analytics.oracles import oracle
from tests.analytics.support import OMITTED, RIGHT, WRONG, attempt, block, facts, near


def mixed(number: int, steps_right: int = 4, others_right: int = 8) -> AnalysedBlock:
    """Ten next steps at 60 s and ten diagnoses at 90 s, so many of each right."""
    made = []
    for n in range(20):
        step = n < 10
        outcome = RIGHT if n % 10 < (steps_right if step else others_right) else WRONG
        about = facts(
            f"q{n}",
            next_step="mixed" if step else "none",
            lead_in_code="nbs_management" if step else "diagnosis" if n < 15 else "cause",
        )
        made.append(
            attempt(outcome, 60_000 + n if step else 90_000 + n, position=n + 1, facts=about)
        )
    return block(number, made)


def test_next_steps_against_the_rest() -> None:
    found = against_the_rest([mixed(n) for n in range(3)])
    assert isinstance(found, NextStepGap)
    assert (found.next_steps.value, found.others.value) == (0.4, 0.8)
    assert found.gap == difference((12, 30), (24, 30))
    assert found.pace is not None
    assert found.pace.value == pytest.approx(2 / 3, abs=1e-3)


def test_next_steps_against_the_diagnosis() -> None:
    listed = [mixed(n) for n in range(6)]
    assert against_diagnosis(listed[:3]) == NotYet(30, 15, What.NEXT_STEP_AND_OTHER, (30, 15))
    found = against_diagnosis(listed)
    assert isinstance(found, NextStepGap)
    assert found.others.n == 30
    assert found.others.value == 1


def test_next_steps_a_block_at_a_time() -> None:
    listed = [mixed(n, steps_right=min(9, n)) for n in range(10)]
    assert right_by_block([*listed, block(50)])[:3] == (
        ("b0000", 0, 10),
        ("b0001", 1, 10),
        ("b0002", 2, 10),
    )
    assert share_trend(listed[:7]) == NotYet(8, 7, What.BLOCKS)
    found = share_trend(listed)
    assert isinstance(found, Trend)
    assert found.slope == pytest.approx(0.1)
    assert found.p < 0.05


def test_only_fresh_questions_are_compared() -> None:
    listed = [mixed(n) for n in range(3)]
    seen = [attempt(RIGHT, exposure=2, facts=facts(next_step="mixed"))] * 20
    assert against_the_rest([*listed, block(9, seen)]) == against_the_rest(listed)


def test_pace_ratio() -> None:
    example, expected = oracle("E3_pace_ratio")
    before, after = ([math.log(one) for one in example[side]] for side in ("before", "after"))
    found = welch(before, after)
    assert found is not None
    ratio, df, p = found
    assert [ratio.value, ratio.low, ratio.high] == near(
        [expected[name] for name in ("ratio", "lo", "hi")]
    )
    assert (df, p) == (near(expected["df"]), near(expected["p"]))
    few = pace_ratio([("a", x) for x in before], [("b", x) for x in after], 3)
    assert few == ratio


def test_times_that_do_not_differ_have_no_ratio_to_be_sure_of() -> None:
    assert welch([1.0, 1.0], [1.0, 1.0]) is None
    assert welch([1.0], [1.0, 2.0]) is None
    assert clustered([], [("a", 1.0)]) is None
    assert clustered([("a", 1.0)], [("a", 2.0)]) is None


def test_answers_of_a_block_count_together() -> None:
    slow = [(str(n), float(n % 2)) for n in range(8) for _ in range(20)]
    quick = [(str(n), float(n % 2) - 1) for n in range(8) for _ in range(20)]
    together = pace_ratio(slow, quick, 3)
    alone = welch([x for _, x in slow], [x for _, x in quick])
    assert together is not None
    assert alone is not None
    assert together.value == pytest.approx(alone[0].value) == pytest.approx(math.exp(-1))
    # What a block's answers share is on both sides of the comparison and cancels.
    assert (together.high or 0) - (together.low or 0) < 1e-9
    apart = pace_ratio(slow, [(f"x{name}", x) for name, x in quick], 3)
    assert apart is not None
    assert (apart.low or 0) < (alone[0].low or 0)


def test_the_clustered_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng, inside, runs = Random(3), 0, 200
    for _ in range(runs):
        sides = []
        for side in range(2):
            moods = [(f"{side}{n}", rng.gauss(0, 0.2)) for n in range(10)]
            sides.append(
                [
                    (name, mood - 0.1 * side + rng.gauss(0, 0.5))
                    for name, mood in moods
                    for _ in range(10)
                ]
            )
        found = clustered(sides[0], sides[1])
        assert found is not None
        inside += not found.excludes(math.exp(-0.1))
    assert 0.90 <= inside / runs <= 0.99


def miss(chosen: str, offer: dict[str, ErrorCode | None]) -> AnalysedAttempt:
    """A next step with the key `a`; `chosen` of the distractors on offer was taken."""
    offered = (Offered("a"), *(Offered(name, code) for name, code in offer.items()))
    return attempt(
        WRONG, final=(chosen,), first=(chosen,), facts=facts(next_step="mixed", offered=offered)
    )


FIVE: dict[str, ErrorCode | None] = {
    "b": "too_early",
    "c": "too_early",
    "d": "too_late",
    "e": "needless",
    "f": "other_diagnosis",
}


def early(times: int, of: int) -> list[AnalysedAttempt]:
    """Misses of which so many chose a step too early; two in five on offer were."""
    return [miss("b" if n < times else "d", FIVE) for n in range(of)]


def test_chosen_against_offered() -> None:
    found = by_error(early(17, 24))
    assert isinstance(found, tuple)
    first = found[0]
    assert (first.kind, first.asked, first.misses, first.chosen) == ("too_early", None, 24, 17)
    assert first.expected == pytest.approx(9.6)
    assert first.tail == pytest.approx(0.002204, abs=1e-6)
    assert first.raised == pytest.approx(4 * first.tail)
    assert not first.claimed
    assert {one.kind for one in found} == {"too_early", "too_late", "needless", "other_diagnosis"}


def test_a_code_is_claimed_from_the_level_of_a_finding_on() -> None:
    found = by_error(early(18, 24))
    assert isinstance(found, tuple)
    assert found[0].raised == pytest.approx(0.002159, abs=1e-6)
    assert found[0].claimed


def test_one_code_of_several_is_claimed_only_with_all_of_them_counted() -> None:
    found = by_error(early(15, 24))
    assert isinstance(found, tuple)
    assert found[0].tail == pytest.approx(0.02166, abs=1e-5)
    assert not found[0].claimed


def test_few_misses_claim_nothing() -> None:
    assert by_error(early(8, 14)) == NotYet(15, 14, What.CODED_ANSWERS)
    found = by_error(early(8, 15))
    assert isinstance(found, tuple)
    assert not any(one.claimed for one in found if one.kind == "too_early")


def test_what_has_no_code_is_left_aside() -> None:
    several = attempt(WRONG, facts=facts(several=True, offered=early(1, 1)[0].facts.offered))
    blank = attempt(OMITTED, facts=early(1, 1)[0].facts)
    uncoded = miss("b", {"b": None, "c": "too_early"})
    plain = attempt(WRONG)
    right = attempt(RIGHT, facts=early(1, 1)[0].facts)
    assert by_error([several, blank, uncoded, plain, right]) == NotYet(15, 0, What.CODED_ANSWERS)


def test_how_much_has_a_code() -> None:
    plain = attempt(WRONG, facts=facts(next_step="mixed"))
    listed = [*early(3, 5), plain, attempt(WRONG), attempt(RIGHT, facts=plain.facts)]
    assert coverage(listed) == Coverage(misses=6, coded=5)


def acted(
    key: Action | None, chosen: Action | None, other: Action | None = "treat"
) -> AnalysedAttempt:
    """A miss by what key, choice and two more options do."""
    offered = (
        Offered("a", None, key),
        Offered("b", "too_late", chosen),
        Offered("c", "needless", other),
        Offered("d", "needless", other),
    )
    return attempt(WRONG, facts=facts(next_step="mixed", offered=offered))


def test_what_the_choice_does_against_what_the_key_does() -> None:
    listed = [acted("operate", "test") for _ in range(16)] + [acted("test", "treat")] * 3
    found = by_action(listed)
    assert isinstance(found, tuple)
    (only,) = found
    assert (only.kind, only.asked, only.misses, only.chosen) == ("find out", "act", 16, 16)
    assert only.expected == pytest.approx(16 / 3)
    assert only.tail == pytest.approx((1 / 3) ** 16)


def test_actions_wait_for_answers() -> None:
    assert by_action([acted("treat", "test")] * 14) == NotYet(15, 14, What.CODED_ANSWERS)
    assert by_action([acted(None, "test")] * 20) == NotYet(15, 0, What.CODED_ANSWERS)
    assert by_action([acted("treat", None)] * 20) == NotYet(15, 0, What.CODED_ANSWERS)


@given(st.lists(st.sampled_from("bcdef"), min_size=15, max_size=40), st.randoms())
def test_the_order_of_misses_changes_nothing(chosen: list[str], rng: Random) -> None:
    listed = [miss(one, FIVE) for one in chosen]
    mixed_up = rng.sample(listed, len(listed))
    once, again = by_error(listed), by_error(mixed_up)
    assert isinstance(once, tuple)
    assert once == again
    assert sum(one.chosen for one in once) == len(listed)
    assert sum(one.expected for one in once) == pytest.approx(len(listed))
