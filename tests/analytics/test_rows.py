"""Rows from scored attempts, and the questions one may ask of them."""

from datetime import date

import pytest

from qbank.analytics.rows import AnalysedBlock, Offered, analysed
from qbank.block import commands as c
from qbank.block.scoring import Attempt, score
from tests.analytics.support import OMITTED, RIGHT, UNREACHED, WRONG, attempts, block, facts
from tests.block.play import block as spec_of
from tests.block.play import keys, play


def scored() -> tuple[Attempt, ...]:
    """Three questions: answered in the first visit, answered on coming back, not reached."""
    spec = spec_of(3)
    player = play(
        spec,
        [
            (0, c.Show(1)),
            (4_000, c.Answer(1, ("b",))),
            (9_000, c.Answer(1, ("a",))),
            (10_000, c.Show(2)),
            (15_000, c.Show(1)),
            (18_000, c.Show(2)),
            (20_000, c.Answer(2, ("b",))),
            (21_000, c.Submit()),
        ],
    )
    return score(player.state, keys(spec))


def test_arrival_and_first_answer_come_from_the_axis() -> None:
    first, second, third = (analysed(one, facts(), 1) for one in scored())
    assert (first.arrived_ms, first.answered_ms, first.choice_ms) == (0, 4_000, 4_000)
    assert (second.arrived_ms, second.answered_ms, second.choice_ms) == (10_000, 20_000, None)
    assert (third.arrived_ms, third.answered_ms, third.choice_ms) == (None, None, None)
    assert (first.outcome, second.outcome, third.outcome) == (RIGHT, WRONG, UNREACHED)


def test_where_the_clock_stood_the_axis_says_nothing() -> None:
    found = analysed(scored()[0], facts(), 1, clock_stood=True)
    assert (found.arrived_ms, found.answered_ms, found.choice_ms) == (None, None, None)
    assert found.clock_ms == scored()[0].clock_ms


def test_with_one_visit_nothing_was_changed_on_coming_back() -> None:
    spec = spec_of(1)
    player = play(spec, [(0, c.Show(1)), (2_000, c.Answer(1, ("b",)))])
    player.do(4_000, c.Answer(1, ("a",)))
    player.do(5_000, c.Submit())
    (only,) = score(player.state, keys(spec))
    assert analysed(only, facts(), 1).changed_on_return is False
    assert analysed(scored()[0], facts(), 1).changed_on_return is None
    assert analysed(scored()[1], facts(), 1).changed_on_return is None


def test_counts_of_a_block() -> None:
    made = block(made=attempts([RIGHT, WRONG, OMITTED, UNREACHED]))
    assert (made.size, made.right, made.blanks, made.share_right) == (4, 1, 2, 0.25)
    assert [one.reached for one in made.attempts] == [True, True, True, False]


def test_the_day_is_the_learners() -> None:
    late = block(closed_at=1_780_000_000_000 - 1_780_000_000_000 % 86_400_000)
    assert late.day == date(2026, 5, 28)
    assert block(closed_at=late.closed_at, offset_min=-60).day == date(2026, 5, 27)


def test_a_block_has_questions() -> None:
    with pytest.raises(ValueError, match="at least one"):
        AnalysedBlock("b", block().mode, None, 0, 0, ())


def test_the_chance_of_a_blind_answer() -> None:
    assert facts(choices=4).chance == 0.25
    assert facts(choices=4, several=True).chance == pytest.approx(1 / 15)


def test_an_option_without_code_is_not_made_up() -> None:
    coded = facts(offered=(Offered("b", "too_early", "test"),))
    assert coded.option("b") == Offered("b", "too_early", "test")
    assert coded.option("c") is None
    assert not coded.asks_next_step
    assert facts(next_step="mixed").asks_next_step
