"""B4 and B9: what place in a block or in a day does."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.dropoff import DropOff, day_dropoff, dropoff
from qbank.analytics.dropoff import by_quarter as quarters
from qbank.analytics.estimate import Estimate, NotYet, What
from qbank.analytics.position import PositionGap, adjust, position_gaps
from qbank.analytics.proportions import difference
from qbank.analytics.quarters import quarter_of, split_sizes
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.block.model import Mode, Outcome
from tests.analytics.oracles import oracle
from tests.analytics.support import (
    OMITTED,
    RIGHT,
    WRONG,
    attempt,
    attempts,
    block,
    facts,
    near,
)


def by_quarter(*right: int, number: int = 1, last: Outcome = WRONG) -> AnalysedBlock:
    """A block of twenty with so many right in each quarter; the rest of the last is `last`."""
    outcomes: list[Outcome] = []
    for quarter, count in enumerate(right, start=1):
        outcomes += [RIGHT] * count + [last if quarter == 4 else WRONG] * (5 - count)
    return block(number, attempts(outcomes))


def test_quarters() -> None:
    example, expected = oracle("B4_quartile_split")
    assert [list(split_sizes(n, 4)) for n in example["n"]] == expected
    assert [quarter_of(n, 18) for n in (1, 5, 6, 10, 11, 14, 15, 18)] == [1, 1, 2, 2, 3, 3, 4, 4]


@given(st.integers(8, 60))
def test_every_position_has_its_quarter(size: int) -> None:
    found = [quarter_of(position, size) for position in range(1, size + 1)]
    assert found == sorted(found)
    assert [found.count(quarter) for quarter in (1, 2, 3, 4)] == list(split_sizes(size, 4))


def test_dropoff() -> None:
    example, expected = oracle("B4_dropoff")
    last, first = ((example[f"q{n}_correct"], example[f"q{n}_n"]) for n in (4, 1))
    found = difference(last, first)
    assert [found.value, found.low, found.high] == near(
        [expected["diff_q4_minus_q1"], expected["lo"], expected["hi"]]
    )
    # The same from ten blocks: 38 of 50 right in the first quarters, 29 in the last.
    listed = [by_quarter(4 if n < 8 else 3, 3, 3, 3 if n < 9 else 2, number=n) for n in range(10)]
    pooled = dropoff(listed)
    assert isinstance(pooled, DropOff)
    assert pooled.all == found
    assert (pooled.blocks, pooled.established, pooled.against_expected) == (10, False, False)
    assert pooled.blocks_to_settle == 12
    assert pooled.size == 20


def test_blanks_are_the_part_of_the_clock() -> None:
    listed = [by_quarter(4, 4, 4, 2, number=n, last=OMITTED) for n in range(20)]
    found = dropoff(listed)
    assert isinstance(found, DropOff)
    assert found.all.value == pytest.approx(-0.4)
    assert found.established
    assert found.blocks_to_settle is None
    assert found.worked_on is not None
    assert found.worked_on.value == pytest.approx(0.2)
    assert found.of_the_clock == pytest.approx(-0.6)


def test_time_on_the_last_quarter_over_that_on_the_first() -> None:
    listed = [
        block(n, attempts([RIGHT] * 20, [100_000] * 5 + [80_000] * 10 + [50_000 + n] * 5))
        for n in range(6)
    ]
    found = dropoff(listed)
    assert isinstance(found, DropOff)
    assert found.pace is not None
    assert found.pace.value == pytest.approx(0.5, abs=1e-3)
    assert found.pace.excludes(1)


def test_all_four_quarters() -> None:
    listed = [by_quarter(4, 3, 2, 1, number=n, last=OMITTED) for n in range(5)]
    found = quarters(listed)
    assert [(one.quarter, one.asked, one.right, one.blank) for one in found] == [
        (1, 25, 20, 0),
        (2, 25, 15, 0),
        (3, 25, 10, 0),
        (4, 25, 5, 20),
    ]
    assert [one.share.value for one in found if isinstance(one.share, Estimate)] == [
        0.8,
        0.6,
        0.4,
        0.2,
    ]
    assert quarters(listed[:4])[0].share == NotYet(25, 20, What.QUARTER_ANSWERS)


def test_no_difference_is_never_settled_by_more_blocks() -> None:
    found = dropoff([by_quarter(3, 3, 3, 3, number=n) for n in range(6)])
    assert isinstance(found, DropOff)
    assert found.blocks_to_settle is None


def test_harder_questions_at_the_end_are_no_drop() -> None:
    def one(position: int) -> AnalysedAttempt:
        late = position > 15
        outcome = RIGHT if position % 5 < (2 if late else 4) else WRONG
        known = facts(f"q{position}", p_value=0.4 if late else 0.8)
        return attempt(outcome, position=position, facts=known)

    listed = [block(n, [one(p) for p in range(1, 21)]) for n in range(10)]
    found = dropoff(listed)
    assert isinstance(found, DropOff)
    assert found.against_expected
    assert found.all.value == pytest.approx(0, abs=1e-9)


def test_few_blocks_short_ones_and_repeats_say_nothing() -> None:
    four = [by_quarter(5, 5, 5, 0, number=n) for n in range(4)]
    assert dropoff(four) == NotYet(5, 4, What.TIMED_BLOCKS)
    short = [block(n, attempts([RIGHT] * 7)) for n in range(9)]
    assert dropoff(short) == NotYet(5, 0, What.TIMED_BLOCKS)
    tens = [block(n, attempts([RIGHT] * 10)) for n in range(5)]
    assert dropoff(tens) == NotYet(25, 10, What.QUARTER_ANSWERS, (15, 10))
    tutor = [block(n, mode=Mode.TUTOR) for n in range(9)]
    assert dropoff(tutor) == NotYet(5, 0, What.TIMED_BLOCKS)
    again = [block(n, attempts([RIGHT] * 20, exposure=2), repeat_of="b") for n in range(9)]
    assert dropoff(again) == NotYet(5, 0, What.TIMED_BLOCKS)


def test_a_block_filled_in_at_the_end_is_part_of_what_is_looked_for() -> None:
    times = [80_000] * 15 + [2_000] * 5
    listed = [block(n, attempts([RIGHT] * 15 + [WRONG] * 5, times)) for n in range(5)]
    found = dropoff(listed)
    assert isinstance(found, DropOff)
    assert found.all.value == -1
    assert found.worked_on is None
    assert found.of_the_clock is None


def test_the_end_of_a_day() -> None:
    listed = [
        block(24 * day + hour, attempts([RIGHT] * (18 - 3 * hour) + [WRONG] * (2 + 3 * hour)))
        for day in range(5)
        for hour in range(4)
    ]
    found = day_dropoff(listed)
    assert isinstance(found, DropOff)
    # Four blocks in thirds: the first two against the last one.
    assert found.all.value == pytest.approx(9 / 20 - 33 / 40)
    assert (found.blocks, found.all.n) == (5, 5 * 60)
    assert day_dropoff(listed[:18]) == NotYet(5, 4, What.LONG_DAYS)


def test_place_and_weakness() -> None:
    example, expected = oracle("B9_position_adjusted_topic_gap")
    found = adjust([tuple(row) for row in example["strata_topic_correct_n_rest_correct_n"]])
    assert isinstance(found, PositionGap)
    assert found.crude.value == near(expected["crude"])
    assert found.adjusted.value == near(expected["adjusted"])
    assert found.late == near(expected["share_in_q4"])
    assert found.late_rest == near(expected["share_in_q4_rest"])
    assert found.of_position == pytest.approx(0.386, abs=1e-3)


def test_place_and_weakness_from_blocks() -> None:
    def made(number: int) -> AnalysedBlock:
        outcomes = [RIGHT] * 10 + [RIGHT, RIGHT, RIGHT, WRONG, WRONG] + [WRONG] * 5
        return block(
            number,
            [
                attempt(
                    outcome,
                    position=n,
                    facts=facts(f"q{n}", system="endocrine" if n > 14 else None),
                )
                for n, outcome in enumerate(outcomes, start=1)
            ],
        )

    listed = [made(n) for n in range(5)]
    gaps = position_gaps(listed, lambda known: [known.system or "rest", known.question])
    found = gaps["endocrine"]
    assert isinstance(found, PositionGap)
    assert (found.late, found.late_rest) == (25 / 30, 0)
    # Only the third quarter has both: 0 of 1 against 3 of 4.
    assert found.adjusted.value == pytest.approx(-0.75)
    assert gaps["q20"] == NotYet(25, 5, What.ANSWERS, (5, 95))


def test_sides_that_never_meet_cannot_be_adjusted() -> None:
    found = adjust([(5, 30, 0, 0), (0, 0, 20, 30), (0, 0, 0, 0), (0, 0, 0, 0)])
    assert found == NotYet(1, 0, What.QUARTER_ANSWERS)


def test_an_even_gap_has_no_part_of_position() -> None:
    found = adjust([(10, 20, 10, 20)] * 4)
    assert isinstance(found, PositionGap)
    assert found.of_position is None
    assert not found.adjusted.excludes(0)


def test_the_adjusted_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng, inside, runs = Random(11), 0, 300
    base, sizes = (0.8, 0.7, 0.65, 0.5), ((6, 60), (8, 55), (10, 50), (25, 40))
    for _ in range(runs):
        strata = []
        for p, (n1, n0) in zip(base, sizes, strict=True):
            x1 = sum(rng.random() < p - 0.1 for _ in range(n1))
            strata.append((x1, n1, sum(rng.random() < p for _ in range(n0)), n0))
        found = adjust(strata)
        assert isinstance(found, PositionGap)
        inside += not found.adjusted.excludes(-0.1)
    assert 0.91 <= inside / runs <= 0.99


CELLS = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=4, max_size=4))
def test_the_gap_turns_round(rows: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    there = adjust([(*one, *two) for one, two in rows])
    back = adjust([(*two, *one) for one, two in rows])
    assert isinstance(there, PositionGap)
    assert isinstance(back, PositionGap)
    assert there.adjusted.value == pytest.approx(-back.adjusted.value)
    assert there.adjusted.low == pytest.approx(-(back.adjusted.high or 0))
