"""What holds of every figure, whatever the blocks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.analytics import (
    bands,
    bests,
    blanks,
    causes,
    changes,
    dropoff,
    eligible,
    gate,
    groups,
    next_step,
    overthinking,
    position,
    progress,
    right_wrong,
    shrinkage,
)
from qbank.analytics.estimate import NotYet
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.timed_answers import timed_answers
from tests.analytics.support import RIGHT, attempts, block, blocks, key_of, learner

KEY = key_of(block())
NOW = block(9_999).closed_at

Figure = Callable[[Sequence[AnalysedBlock]], object]

FIGURES: dict[str, Figure] = {
    "B3": lambda made: changes.changes(eligible.fresh_attempts(made)),
    "B4": dropoff.dropoff,
    "B4 day": dropoff.day_dropoff,
    "B4 quarters": dropoff.by_quarter,
    "B5": lambda made: bands.time_bands(timed_answers(made)),
    "B6": lambda made: overthinking.long_answers(timed_answers(made)),
    "B7": lambda made: right_wrong.right_against_wrong(timed_answers(made)),
    "B9": lambda made: position.position_gaps(made, lambda facts: [facts.question[:2]]),
    "C3": lambda made: shrinkage.standings(groups.tallies(made, groups.by_family, NOW)),
    "C5": next_step.against_the_rest,
    "D5": lambda made: [one for one in gate.gate(made) if one.result != "not_compared"],
    "E1": lambda made: progress.progress(made, KEY),
    "E5": bests.bests,
}
"""Figures over all of a learner's blocks."""

each_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
anybody = given(seed=st.integers(0, 10_000))
few = settings(max_examples=6)


@each_figure
@few
@anybody
def test_the_order_in_which_blocks_are_read_changes_nothing(figure: Figure, seed: int) -> None:
    made = learner(seed)
    found = figure(made)
    assert not isinstance(found, NotYet)
    assert figure(Random(seed).sample(made, len(made))) == found


@each_figure
@few
@anybody
def test_a_block_that_is_left_out_changes_nothing(figure: Figure, seed: int) -> None:
    made = learner(seed)
    out = replace(learner(seed + 1)[7], block_id="out", excluded=True)
    assert figure([*made, out]) == figure(made)


@each_figure
@few
@anybody
def test_questions_seen_before_change_nothing(figure: Figure, seed: int) -> None:
    made, other = learner(seed), learner(seed + 1)[7]
    seen = tuple(replace(one, exposure=2) for one in other.attempts)
    assert figure([*made, replace(other, block_id="seen", attempts=seen)]) == figure(made)


@each_figure
@few
@anybody
def test_one_more_block_changes_something(figure: Figure, seed: int) -> None:
    made = learner(seed)
    right = attempts([RIGHT] * 20, 15_000, first=("b",))
    more = block(made=right, block_id="more", closed_at=made[-1].closed_at + 1)
    assert figure([*made, more]) != figure(made)


@given(blocks())
def test_a_blank_is_never_right(made: AnalysedBlock) -> None:
    blank = [one for one in made.attempts if not one.answered]
    assert not any(one.right for one in blank)
    assert made.right + made.blanks <= made.size
    found = blanks.blanks([made])
    assert found.total == len(blank) == made.blanks
    assert {causes.cause_of(one, made) for one in blank} <= {causes.Cause.NOT_ANSWERED}
