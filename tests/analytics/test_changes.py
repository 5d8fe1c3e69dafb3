"""B3: changed answers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics.changes import (
    Change,
    ChangeMatrix,
    ChangingPays,
    change_of,
    changed_on_return,
    changes,
)
from qbank.analytics.distributions import sign_test
from qbank.analytics.rows import AnalysedAttempt
from qbank.block import commands as c
from qbank.block.scoring import score
from tests.analytics.oracles import oracle
from tests.analytics.support import OMITTED, RIGHT, WRONG, attempt, facts, near
from tests.block.play import block, keys, play


def changed(first: str | None, final: str | None, key: str = "A") -> AnalysedAttempt:
    outcome = OMITTED if final is None else RIGHT if final == key else WRONG
    return attempt(
        outcome, first=(first,) if first else (), final=(final,) if final else (), key=(key,)
    )


def matrix(earned: int, cost: int, neither: int = 0) -> ChangeMatrix:
    made = [changed("B", "A")] * earned + [changed("A", "B")] * cost
    return changes(made + [changed("B", "C")] * neither)


def test_the_matrix() -> None:
    example, expected = oracle("B3_answer_changes")
    made = [changed(*row) for row in example["first_final_key"]]
    assert [change_of(one) for one in made] == [Change(name) for name in expected["categories"]]
    found = changes(made)
    assert (found.wrong_to_right, found.right_to_wrong, found.wrong_to_wrong) == (3, 2, 1)
    assert (found.net, found.changed) == (expected["net"], expected["changed"])
    assert found.p == expected["sign_test_p"]
    assert found.share_to_right == 0.5


def test_the_sign_test() -> None:
    example, expected = oracle("B3b_sign_test")
    assert [sign_test(*case) for case in example["cases"]] == near(expected)


@pytest.mark.parametrize(
    ("earned", "cost", "pays"),
    [
        (19, 5, ChangingPays.OPEN),
        (20, 5, ChangingPays.EARNED),
        (5, 20, ChangingPays.COST),
        (4, 13, ChangingPays.OPEN),
        (6, 2, ChangingPays.TOO_FEW),
        (0, 0, ChangingPays.TOO_FEW),
        (0, 5, ChangingPays.TOO_FEW),
        (0, 6, ChangingPays.OPEN),
        (0, 9, ChangingPays.COST),
    ],
)
def test_what_may_be_said(earned: int, cost: int, pays: ChangingPays) -> None:
    assert matrix(earned, cost, 5).pays is pays


def test_the_first_of_several_options_is_no_change() -> None:
    several = attempt(
        RIGHT, facts=facts(several=True), first=("a",), final=("a", "b"), key=("a", "b")
    )
    assert change_of(several) is None
    assert changes([several]).changed == 0


def test_no_change_has_no_share() -> None:
    assert changes([changed("A", "A")]).share_to_right is None


def test_on_which_visit_an_answer_last_changed() -> None:
    spec = block(4)
    player = play(spec)
    steps: list[c.Command] = [
        c.Show(1),
        c.Answer(1, ("a",)),
        c.Answer(1, ("b",)),
        c.Show(2),
        c.Answer(2, ("a",)),
        c.Show(3),
        c.Answer(3, ("a",)),
        c.Answer(3, ("c",)),
        c.Show(2),
        c.Answer(2, ("b",)),
        c.Show(3),
        c.Answer(3, ("a",)),
        c.Submit(),
    ]
    for at_ms, step in enumerate(steps, start=1):
        player.do(at_ms, step)
    found = changed_on_return(spec, player.log)
    assert found == (False, True, True, None)
    scored = score(player.state, keys(spec))
    assert [one.changes > 0 for one in scored] == [each is not None for each in found]
    made = [
        attempt(WRONG, first=("a",), final=("b",), key=("c",), changed_on_return=each)
        for each in found
    ]
    assert (changes(made).on_return, changes(made).in_visit) == (2, 1)


@given(st.lists(st.tuples(*[st.sampled_from(["A", "B", "C", None])] * 2)))
def test_net_is_what_right_answers_rose_by(cases: list[tuple[str | None, str | None]]) -> None:
    possible = [(first, final) for first, final in cases if (first is None) <= (final is None)]
    made = [changed(*case) for case in possible]
    kept = [one for one in made if one.answered]
    found = changes(made)
    first_right = sum(one.first == one.key for one in kept)
    assert found.net == sum(one.right for one in kept) - first_right
    assert found.on_return == found.in_visit == 0


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_is_even_handed(more: int, fewer: int) -> None:
    p = sign_test(more, fewer)
    assert p == sign_test(fewer, more)
    assert p is None or 0 < p <= 1


def test_the_less_even_the_less_likely() -> None:
    found = [sign_test(10 + n, 10 - n) or 0 for n in range(11)]
    assert all(rarer < commoner for commoner, rarer in pairwise(found))
