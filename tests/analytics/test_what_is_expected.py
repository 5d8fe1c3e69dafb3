"""B2, C7, C8, F1 and the chance of a low block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.ability import (
    Ability,
    AgainstExpected,
    ability,
    against_expected,
    difficulty,
    rasch,
)
from qbank.analytics.blanks import blanks
from qbank.analytics.chance import LowBlock, low_block
from qbank.analytics.confidence import (
    NOMINAL,
    Brier,
    brier,
    calibration,
    levels,
    sure_and_not_right,
)
from qbank.analytics.estimate import Estimate, NotYet, What
from qbank.analytics.rows import AnalysedAttempt
from qbank.block.model import Confidence
from tests.analytics.oracles import oracle
from tests.analytics.support import (
    OMITTED,
    RIGHT,
    UNREACHED,
    WRONG,
    attempt,
    attempts,
    block,
    block_of,
    facts,
    near,
)


def test_blanks_and_what_a_letter_was_worth() -> None:
    made = block(1, attempts([RIGHT, OMITTED, UNREACHED, UNREACHED, WRONG]))
    found = blanks([made, block(2), block(3)])
    assert (found.omitted, found.unreached, found.total, found.n) == (1, 2, 3, 3)
    assert found.expected_right == pytest.approx(3 / 5)
    assert (found.per_block, found.clear_run) == (1, 2)


def test_without_blocks_there_are_no_blanks_a_block() -> None:
    assert blanks([]).per_block is None
    assert blanks([block(1, attempts([OMITTED]))]).clear_run == 0


def test_a_blank_with_four_options_was_worth_a_quarter() -> None:
    made = block(
        made=[attempt(OMITTED, facts=facts(choices=4)), attempt(OMITTED, facts=facts(choices=5))]
    )
    assert blanks([made]).expected_right == pytest.approx(0.45)


def test_ability() -> None:
    example, expected = oracle("C7_rasch_eap")
    found = rasch([(d, bool(x)) for d, x in zip(example["difficulty"], example["x"], strict=True)])
    assert (found.theta, found.sd) == (near(expected["theta"]), near(expected["sd"]))
    assert found.estimate.n == 10


def test_ability_from_known_shares() -> None:
    known = [attempt(RIGHT, facts=facts(p_value=0.5)), attempt(WRONG, facts=facts())]
    found = ability(known)
    assert isinstance(found, Ability)
    assert (found.n, found.theta > 0) == (1, True)
    assert ability([attempt()]) == NotYet(1, 0, What.EXPECTED_VALUES)
    assert difficulty(0.5) == 0
    assert difficulty(1) == difficulty(0.98) == pytest.approx(-3.8918, abs=1e-4)


@given(st.lists(st.tuples(st.floats(-3, 3), st.booleans()), max_size=30))
def test_a_right_answer_never_lowers_ability(answers: list[tuple[float, bool]]) -> None:
    assert rasch([*answers, (0.0, True)]).theta > rasch([*answers, (0.0, False)]).theta


def test_right_against_expected() -> None:
    example, expected = oracle("C8_expected_correct")
    made = [
        attempt(RIGHT if x else WRONG, facts=facts(p_value=p))
        for p, x in zip(example["p_values"], example["x"], strict=True)
    ]
    found = against_expected(made)
    assert isinstance(found, AgainstExpected)
    assert (found.right, found.n) == (expected["observed"], 10)
    assert [found.expected, found.residual, found.z] == near(
        [expected["expected"], expected["residual"], expected["z"]]
    )
    assert found.share == near(expected["residual"] / 10)


def test_four_in_five_must_be_known() -> None:
    known, unknown = attempt(facts=facts(p_value=0.6)), attempt()
    assert isinstance(against_expected([known] * 8 + [unknown] * 2), AgainstExpected)
    assert against_expected([known] * 7 + [unknown] * 3) == NotYet(8, 7, What.EXPECTED_VALUES)
    assert against_expected([]) == NotYet(1, 0, What.EXPECTED_VALUES)


def test_where_nothing_could_vary_there_is_no_z() -> None:
    found = against_expected([attempt(facts=facts(p_value=1.0))])
    assert isinstance(found, AgainstExpected)
    assert found.z is None


def test_brier() -> None:
    example, expected = oracle("F1_brier")
    found = brier([(p, bool(x)) for p, x in zip(example["conf"], example["correct"], strict=True)])
    assert [found.score, found.reliability, found.resolution, found.uncertainty] == near(
        [expected[name] for name in ("brier", "reliability", "resolution", "uncertainty")]
    )
    assert [found.overconfidence, found.skill] == near(
        [expected["overconfidence"], expected["skill_vs_base"]]
    )


def said(confidence: Confidence | None, right: int, of: int) -> list[AnalysedAttempt]:
    return list(attempts([RIGHT] * right + [WRONG] * (of - right), confidence=confidence))


def test_levels_and_the_list_worth_most() -> None:
    sure = said(Confidence.SURE, 18, 20)
    blank = attempt(OMITTED, confidence=Confidence.SURE)
    listed = [*sure, *said(Confidence.GUESS, 1, 3), *said(None, 0, 9), blank]
    found = levels(listed)
    assert [(one.confidence, one.n, one.right) for one in found] == [
        (Confidence.SURE, 20, 18),
        (Confidence.UNSURE, 0, 0),
        (Confidence.GUESS, 3, 1),
    ]
    assert isinstance(found[0].share, Estimate)
    assert found[1].share == NotYet(20, 0, What.SURE_ANSWERS)
    assert sure_and_not_right(listed) == tuple(sure[18:])


def test_calibration_waits_for_every_level() -> None:
    listed = said(Confidence.SURE, 18, 20) + said(Confidence.UNSURE, 13, 20)
    few = calibration([*listed, *said(Confidence.GUESS, 5, 19)])
    assert few == NotYet(20, 19, What.SURE_ANSWERS, (20, 20, 19))
    found = calibration([*listed, *said(Confidence.GUESS, 6, 20)])
    assert isinstance(found, Brier)
    assert found.reliability == pytest.approx(0)
    assert found.overconfidence == pytest.approx(0)


STATED = st.lists(st.tuples(st.sampled_from(list(NOMINAL.values())), st.booleans()), min_size=1)


@given(STATED)
def test_the_parts_make_the_score(stated: list[tuple[float, bool]]) -> None:
    found = brier(stated)
    assert found.score == pytest.approx(found.reliability - found.resolution + found.uncertainty)
    assert (found.skill is None) == (len({x for _, x in stated}) == 1)


def test_how_often_chance_brings_a_block_so_low() -> None:
    usual = [block_of(right, 80_000, n) for n, right in enumerate((14, 13, 14, 13, 13))]
    low, lower = (low_block(block_of(right, 80_000, 9), usual) for right in (10, 8))
    assert isinstance(low, LowBlock)
    assert isinstance(lower, LowBlock)
    assert (low.from_usual, low.to_usual) == (13, 14)
    assert low.share == near(0.1090632)
    assert (low.one_in, lower.one_in) == (9, 49)


def test_chance_needs_three_blocks_and_takes_the_last_five() -> None:
    usual = [block_of(13, 80_000, n) for n in range(5)]
    assert low_block(block(), usual[:2]) == NotYet(3, 2, What.TIMED_BLOCKS)
    assert low_block(block(), [block_of(1, 80_000), *usual]) == low_block(block(), usual)
