"""Messages of the figures: what is counted, and from where on a difference is said as certain."""

from collections.abc import Sequence

import pytest

from qbank.analytics.blanks import blanks
from qbank.analytics.changes import ChangeMatrix
from qbank.analytics.distributions import sign_test
from qbank.analytics.dropoff import DropOff, dropoff
from qbank.analytics.estimate import Estimate, Unit
from qbank.analytics.next_step import NextStepGap
from qbank.analytics.proportions import difference, share
from qbank.reporting import stats_words as say
from qbank.reporting import tab_words
from tests.analytics.support import OMITTED, RIGHT, UNREACHED, WRONG, attempts, block

GOAL = (20, 1_800_000)


def _late(sizes: Sequence[int], first: int = 3, last: int = 1) -> tuple[str, ...]:
    """M10 of blocks of these sizes, with so many of each quarter's first questions right."""
    made = []
    for number, size in enumerate(sizes):
        quarter = size // 4
        middle = [RIGHT] * (size - 2 * quarter)
        ends = [[RIGHT] * right + [WRONG] * (quarter - right) for right in (first, last)]
        made.append(block(number, attempts([*ends[0], *middle, *ends[1]])))
    found = dropoff(made)
    assert isinstance(found, DropOff)
    return say.late(found, GOAL)


def test_the_last_questions_are_counted_where_every_block_has_as_many() -> None:
    (said, *_) = _late([20] * 30)
    assert said.startswith("Your last five questions come out 40 points lower than your first five")
    (said, *_) = _late([12] * 30)
    assert "last three questions" in said


@pytest.mark.parametrize("sizes", [[20] * 20 + [40] * 10, [18] * 30])
def test_else_it_is_the_quarter(sizes: list[int]) -> None:
    (said, *_) = _late(sizes)
    assert said.startswith("Your last quarter comes out ")
    assert " points lower than your first (" in said


def _drop(low: float, high: float) -> str:
    found = Estimate((low + high) / 2, 200, low, high, Unit.SHARE_DIFFERENCE)
    return " ".join(say.late(DropOff(found, None, None, 15, False, 20), GOAL))


def test_a_drop_is_certain_from_the_level_of_a_finding_on() -> None:
    assert _drop(-0.23, 0.07) == (
        "Your last five questions come out 8 points lower; chance can still do that "
        "(23 lower to 7 higher; 15 blocks). About 94 more blocks would settle a drop of that size."
    )
    assert "looked at so often, chance can still do that (22 lower to 2 lower" in _drop(
        -0.22, -0.02
    )
    assert "chance" not in _drop(-0.22, -0.06)


def _changes(earned: int, cost: int) -> str:
    return say.changed(ChangeMatrix(earned, cost, 5, 0, 0, sign_test(earned, cost)))[0]


def test_changes_pay_from_the_level_of_a_finding_on() -> None:
    assert _changes(6, 2) == "13 changes: too few to judge."
    assert _changes(16, 5) == (
        "26 changes: 16 to right, 5 away from right, 5 neither; "
        "looked at so often, chance can still do that."
    )
    assert _changes(20, 5).endswith("Changing has earned you 15. Go on when you find a reason.")
    assert _changes(5, 20).endswith("for you it has cost 15 so far.")


@pytest.mark.parametrize(
    ("right", "ending"),
    [
        (62, "; chance can still do that."),
        (53, "; looked at so often, chance can still do that."),
        (40, ")."),
    ],
)
def test_next_steps_differ_from_the_level_of_a_finding_on(right: int, ending: str) -> None:
    step, rest = (right, 90), (69, 90)
    found = NextStepGap(share(*step), share(*rest), difference(step, rest), None)
    said = tab_words.next_steps(*step, found)
    assert said.endswith(ending)
    assert found.established is ("chance" not in said)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([""] * 12, "Every question answered in your last 10 blocks with a clock."),
        ([""], "Every question answered in your last block with a clock."),
        (
            ["", "..", "-.", ""],
            "You reached the end in 2 of your last 4 blocks with a clock; "
            "4 questions stayed blank, 3 of them not reached.",
        ),
        (
            ["", "-"],
            "You reached the end in all of your last 2 blocks with a clock; "
            "1 question stayed blank.",
        ),
        (
            ["...", ".."],
            "You reached the end in none of your last 2 blocks with a clock; "
            "5 questions stayed blank, none of them reached.",
        ),
        (["."], "In your last block with a clock 1 question stayed blank, not reached."),
    ],
)
def test_do_i_finish_is_answered_by_the_last_blocks(ends: list[str], said: str) -> None:
    signs = {".": UNREACHED, "-": OMITTED}
    made = [
        block(number, attempts([RIGHT] * (20 - len(end)) + [signs[one] for one in end]))
        for number, end in enumerate(ends)
    ]
    assert tab_words.finished(blanks(made[-10:])) == said
