"""What there is to look at in a closed block, and where its questions went."""

from typing import Any

import pytest

from qbank.block.model import Outcome
from qbank.services.views import AttemptView, Walk, WentTo
from qbank.services.walks import reasons_for, walks, went_to


def attempt(position: int, response: str = "b", first: str = "", **values: Any) -> AttemptView:
    """An attempt on a question whose key is b; blank where there is no response."""
    outcome = Outcome.CORRECT if response == "b" else Outcome.INCORRECT
    said: dict[str, Any] = {
        "position": position,
        "question": f"q{position}",
        "pack": "pack-a",
        "outcome": outcome if response else Outcome.OMITTED,
        "first": tuple(first or response),
        "final": tuple(response),
        "key": ("b",),
        "changes": int(bool(first)),
        "clock_ms": 60_000,
        "active_ms": None,
        "away_ms": None,
        "reading_ms": 0,
        "first_visit_ms": 60_000,
        "visits": 1,
        "flagged": False,
        "confidence": None,
        "next_step": "none",
        "task": "",
        "system": "",
        "topic": "",
    }
    return AttemptView(**{**said, **values})


MIXED = (
    attempt(1, "a"),
    attempt(2, "b", flagged=True),
    attempt(3, "c", first="b"),
    attempt(4, "c", next_step="therapeutic"),
    attempt(5, "c", first="a", next_step="diagnostic", confidence="sure"),
    attempt(6, "b", first="a", clock_ms=90_000),
    attempt(7, "b", clock_ms=90_001, confidence="sure"),
    attempt(8, "", confidence="sure", outcome=Outcome.UNREACHED),
)


def _walk(attempts: tuple[AttemptView, ...], name: str, share_ms: int | None = 60_000) -> Walk:
    return next(each for each in walks(attempts, share_ms) if each.name == name)


def test_those_not_right_come_sure_ones_first_then_next_steps_then_changed_then_the_rest() -> None:
    walk = _walk(MIXED, "to_look_at")
    assert walk.positions == (5, 4, 3, 1, 8)
    assert walk.said == "5 to look at"
    assert walk.meaning == "1 sure, then 1 next step, 1 changed, 2 more"
    assert _walk((attempt(1, "a"),), "to_look_at").meaning == ""


def test_every_list_says_how_many_and_what_came_of_them() -> None:
    said = {each.name: (each.positions, each.said, each.meaning) for each in walks(MIXED, 60_000)}
    assert said["sure"] == ((5,), "1 sure and not right", "")
    assert said["flagged"] == ((2,), "1 flagged and right", "")
    assert said["changed"] == (
        (3, 5, 6),
        "3 changed",
        "1 to right, 1 away from right, 1 neither",
    )
    assert said["slow"] == ((7,), "1 took over 1:30", "1 of them right")
    flags = (attempt(1, flagged=True), attempt(2, "a", flagged=True))
    assert _walk(flags, "flagged").meaning == "1 of them right"


def test_a_list_that_holds_nothing_is_left_out() -> None:
    assert walks((attempt(1), attempt(2)), 60_000) == ()
    assert "slow" not in {each.name for each in walks(MIXED, None)}


def test_a_change_and_back_is_no_change_to_look_at() -> None:
    back = attempt(1, "b", first="b", changes=2)
    assert walks((back,), None) == ()


def test_each_question_not_right_goes_to_one_place_in_the_order_of_the_rule() -> None:
    step = {"next_step": "therapeutic"}
    attempts = (
        attempt(1, "a", cause="knowledge"),
        attempt(2, "a", cause="knowledge", reason="misread"),
        attempt(3, "a", cause="too_early", **step),
        attempt(4, "a", cause="knowledge", **step),
        attempt(5, "", cause="not_answered"),
        attempt(6, "b", reason="misread"),
    )
    assert went_to(attempts) == (
        WentTo("not_answered", 1, 0),
        WentTo("too_early", 1, 1),
        WentTo("knowledge", 2, 1),
        WentTo("misread", 1, 0),
    )


@pytest.mark.parametrize(
    ("one", "has", "has_not"),
    [
        (attempt(1, "a"), {"knowledge", "misread", "other_diagnosis"}, {"too_early"}),
        (attempt(1, "a", next_step="mixed"), {"too_early", "harmful"}, {"not_answered"}),
        (attempt(1, "a", first="b"), {"changed_away"}, {"not_answered"}),
        (attempt(1, "a", first="c"), {"very_quick"}, {"changed_away"}),
        (attempt(1, ""), {"not_answered", "knowledge"}, {"very_quick", "changed_away"}),
    ],
)
def test_only_reasons_that_can_be_are_offered(
    one: AttemptView, has: set[str], has_not: set[str]
) -> None:
    offered = set(reasons_for(one))
    assert has <= offered
    assert not has_not & offered
    assert reasons_for(attempt(1)) == ()
