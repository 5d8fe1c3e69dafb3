"""D5: the best, and what does not make one."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.gate import Mark, Result, best, gate, judge, mark_to_beat
from qbank.analytics.rows import AnalysedBlock
from tests.analytics.oracles import oracle
from tests.analytics.support import (
    OMITTED,
    RIGHT,
    WRONG,
    attempts,
    block,
    block_of,
    key_of,
    learner,
    near,
)

KEY = key_of(block_of(10, 90_000))


def start() -> list[AnalysedBlock]:
    """Three blocks: 90 s a question, 13 and a third right on the mean."""
    return [block_of(right, 90_000, n) for n, right in enumerate((13, 13, 14), start=1)]


def results(*listed: AnalysedBlock) -> list[Result]:
    return [one.result for one in gate(listed)]


def test_the_gate() -> None:
    example, expected = oracle("D5_beat_gate")
    for (pace, share, reference, usual), result in zip(
        example["pace_acc_refpace_refacc"], expected, strict=True
    ):
        mark = Mark(reference * 1_000, round(usual * 20), usual * 20, None)
        assert judge(pace * 1_000, round(share * 20), 0, mark) == Result(result)


def test_three_blocks_only_set_the_starting_mark() -> None:
    verdicts = gate(start())
    assert [(one.result, one.eligible_before) for one in verdicts] == [
        (Result.STARTING_MARK, 0),
        (Result.STARTING_MARK, 1),
        (Result.STARTING_MARK, 2),
    ]
    assert [one.mark for one in verdicts] == [None, None, None]


def test_the_fourth_is_held_against_the_mean() -> None:
    verdict = gate([*start(), block_of(14, 85_000, 4)])[-1]
    assert verdict.result is Result.BEAT
    assert verdict.sets_best
    assert verdict.mark is not None
    assert verdict.mark.pace_ms == pytest.approx(90_000)
    assert (verdict.mark.right_needed, verdict.mark.usual_right) == (14, near(40 / 3))
    assert results(*start(), block_of(13, 85_000, 4))[-1] is Result.FASTER_FEWER_RIGHT
    assert results(*start(), block_of(16, 90_000, 4))[-1] is Result.MORE_RIGHT_NOT_FASTER
    assert results(*start(), block_of(14, 89_500, 4))[-1] is Result.MORE_RIGHT_NOT_FASTER
    assert results(*start(), block_of(13, 89_500, 4))[-1] is Result.NOT_BEATEN


def test_a_best_stands_until_a_better_one() -> None:
    passed = block_of(14, 85_000, 4)
    later = [block_of(14, 87_000, 5), block_of(12, 60_000, 6), block_of(14, 84_000, 7)]
    listed = [*start(), passed, *later]
    assert results(*listed)[3:] == [
        Result.BEAT,
        Result.MORE_RIGHT_NOT_FASTER,
        Result.FASTER_FEWER_RIGHT,
        Result.BEAT,
    ]
    mark = gate(listed)[-1].mark
    assert mark is not None
    assert mark.block_id == passed.block_id
    assert best(listed[:6], KEY) == passed
    assert best(listed, KEY) == later[-1]
    assert best(start(), KEY) is None


def test_the_usual_is_the_mean_of_the_last_five() -> None:
    listed = [
        block_of(right, 90_000, n) for n, right in enumerate((20, 20, 20, 10, 10, 10, 10, 10))
    ]
    mark = mark_to_beat(listed, KEY)
    assert mark is not None
    assert (mark.right_needed, mark.usual_right) == (10, 10)
    assert mark_to_beat(listed[:2], KEY) is None


def test_a_blank_cannot_beat() -> None:
    blank = block(4, attempts([RIGHT] * 19 + [OMITTED], 80_000))
    assert results(*start(), blank)[-1] is Result.NOT_BEATEN


def test_a_freely_chosen_race_sets_no_best() -> None:
    free = block_of(15, 80_000, 4, races_freely=True)
    verdict = gate([*start(), free])[-1]
    assert (verdict.result, verdict.sets_best) == (Result.BEAT, False)
    assert best([*start(), free], KEY) is None


def test_what_is_not_compared_moves_nothing() -> None:
    paused = block_of(20, 40_000, 4, paused=True)
    verdicts = gate([*start(), paused, block_of(14, 85_000, 5)])
    assert verdicts[3].result is Result.NOT_COMPARED
    assert verdicts[3].pace_ms is None
    assert verdicts[4].result is Result.BEAT
    assert verdicts[4].eligible_before == 3


def test_a_set_taken_again_needs_what_was_right_last_time() -> None:
    again = [
        replace(
            block(n, attempts([RIGHT] * right + [WRONG] * (20 - right), pace_ms, exposure=n)),
            repeat_of="b0001",
        )
        for n, (right, pace_ms) in enumerate([(14, 60_000), (15, 60_000), (18, 60_000)], start=2)
    ]
    fewer = replace(again[-1], block_id="b0009", closed_at=again[-1].closed_at + 1)
    made = attempts([RIGHT] * 17 + [WRONG] * 3, 50_000, exposure=5)
    assert results(*again, replace(fewer, attempts=made))[-1] is Result.FASTER_FEWER_RIGHT
    made = attempts([RIGHT] * 18 + [WRONG] * 2, 50_000, exposure=5)
    assert results(*again, replace(fewer, attempts=made))[-1] is Result.BEAT


@given(st.integers(0, 10_000))
def test_every_best_is_faster_than_the_one_before_and_has_no_blank(seed: int) -> None:
    listed = {one.block_id: one for one in learner(seed)}
    verdicts = gate(listed.values())
    assert Result.NOT_COMPARED not in [one.result for one in verdicts]
    passed = [one for one in verdicts if one.sets_best]
    assert all(listed[one.block_id].blanks == 0 for one in passed)
    paces = [one.pace_ms or 0 for one in passed]
    assert all(later <= 0.99 * earlier for earlier, later in pairwise(paces))
    for one in passed:
        assert one.mark is not None
        assert listed[one.block_id].right >= one.mark.right_needed


def test_learners_have_bests() -> None:
    assert sum(one.sets_best for seed in range(20) for one in gate(learner(seed))) > 20
