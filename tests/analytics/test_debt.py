"""A4, A7 after the block, and the habit that A5 and A6 rest on."""

import pytest

from qbank.analytics.debt import Passage, checkpoints, debt, marks, passages
from qbank.analytics.habit import habit
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.block.pace import USUAL_SPREAD, Checkpoint
from tests.analytics.oracles import in_ms, oracle
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
    near_ms,
)


def test_debt_by_position() -> None:
    example, expected = oracle("A4_time_debt")
    made = block(made=attempts([RIGHT] * 10, in_ms(example["times"])), limit_ms=900_000)
    curve = debt(made)
    assert curve is not None
    assert list(curve.debt_ms) == near_ms(expected["debt"])
    assert (curve.max_ms, curve.max_at) == (near_ms(40), 7)
    assert curve.final_ms == near_ms(expected["final"])


def test_debt_against_shares_by_length() -> None:
    long, short = (attempts([RIGHT], facts=facts(words=words))[0] for words in (150, 50))
    curve = debt(block(made=[long, short], limit_ms=180_000), by_words=True)
    assert curve is not None
    assert list(curve.debt_ms) == pytest.approx([-32_500, -20_000])


def test_the_curve_stops_at_what_was_not_reached() -> None:
    curve = debt(block(made=attempts([RIGHT, OMITTED, UNREACHED, WRONG])))
    assert curve is not None
    assert len(curve.debt_ms) == 2
    assert debt(block(limit_ms=None)) is None
    assert debt(block(made=attempts([UNREACHED]))) is None


def answered_at(*seconds: int | None, used: int = 1_800) -> AnalysedBlock:
    """A block of twenty in 30 minutes with first answers at these seconds, the rest blank."""
    made: list[AnalysedAttempt] = [
        attempt(RIGHT, position=n, answered_ms=None if second is None else second * 1_000)
        for n, second in enumerate(seconds, start=1)
    ]
    made += attempts([OMITTED] * (20 - len(made)))
    return block(made=made, limit_ms=1_800_000, used_ms=used * 1_000)


def test_checkpoints() -> None:
    even = answered_at(*range(90, 1_801, 90))
    assert checkpoints(even) == (
        Checkpoint(450_000, 5, 5),
        Checkpoint(900_000, 10, 10),
        Checkpoint(1_350_000, 15, 15),
    )
    slow = answered_at(*range(100, 1_801, 100))
    assert [point.achieved for point in checkpoints(slow)] == [4, 9, 13]
    assert marks(slow)[:2] == (100_000, 200_000)


def test_an_early_end_leaves_later_checkpoints_open() -> None:
    left = answered_at(60, 120, 180, 240, 300, 360, used=500)
    assert [point.achieved for point in checkpoints(left)] == [6, None, None]
    done = answered_at(*range(20, 401, 20), used=420)
    assert [point.achieved for point in checkpoints(done)] == [20, 20, 20]


def test_without_a_clock_there_are_no_checkpoints() -> None:
    assert checkpoints(answered_at(90, None)) == ()
    assert checkpoints(block(limit_ms=None)) == ()


def test_passages_over_blocks() -> None:
    even, slow = answered_at(*range(90, 1_801, 90)), answered_at(*range(100, 1_801, 100))
    found = passages([even, slow, answered_at(None)])
    assert found[2] == Passage(1_350_000, 15, 1, 2, 1_425_000)
    assert passages([answered_at(60)])[0].usual_ms is None
    assert passages([]) == ()


def test_a_habit_weighs_more_from_ten_blocks_on() -> None:
    few = habit([block_of(14, 80_000, n) for n in range(9)])
    many = habit([block_of(14, 80_000, n) for n in range(10)])
    assert few is not None
    assert many is not None
    assert (few.pace_ms, few.spread, few.weight, many.weight) == (80_000, 0, 5, 20)


def test_a_habit_needs_answers() -> None:
    assert habit([]) is None
    assert habit([block(made=attempts([OMITTED]))]) is None
    assert habit([block(made=attempts([RIGHT], 0, exposure=2))]) is None
    short = habit([block(made=attempts([RIGHT, WRONG], [60_000, 100_000]))])
    assert short is not None
    assert (short.pace_ms, short.spread) == (80_000, USUAL_SPREAD)
