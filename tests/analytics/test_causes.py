"""B8: where the points went."""

from typing import Any

import pytest
from hypothesis import given

from qbank.analytics.causes import (
    Cause,
    Went,
    cause_of,
    causes,
    debt_at_arrival_ms,
    timing_share,
    where_points_went,
)
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock, Offered
from qbank.content.names import ErrorCode
from tests.analytics.oracles import oracle
from tests.analytics.support import (
    OMITTED,
    RIGHT,
    UNREACHED,
    WRONG,
    attempt,
    attempts,
    block,
    blocks,
    facts,
)

SINCE = {
    "unanswered": Cause.NOT_ANSWERED,
    "rapid_guess": Cause.VERY_QUICK,
    "rushed": Cause.NEAR_THE_END,
}
"""Names of the worked example that the rule has since given others."""
WITHOUT_EVIDENCE = {"overthought", "next_step"}
"""What the example gave without the first choice's time or a code: knowledge now."""

CODES: tuple[ErrorCode, ...] = ("too_early", "too_late", "insufficient", "needless", "harmful")


def from_example(case: dict[str, Any]) -> tuple[AnalysedAttempt, AnalysedBlock]:
    """An attempt as the worked example describes it, as the last or sixth of twenty."""
    position = 20 if case["quarter"] == 4 else 6
    spent_ms, due_ms = case["t"] * 1_000, case["e"] * 1_000
    outcome = RIGHT if case["correct"] else OMITTED if case["omitted"] else WRONG
    earlier = tuple(
        attempt(RIGHT, 1, position=place, answered_ms=place) for place in range(1, position)
    )
    changed = {"first": ("a",)} if case["change"] == "RW" else {}
    one = attempt(
        outcome,
        spent_ms,
        position=position,
        arrived_ms=due_ms * (position - 1) + case["debt_at_arrival"] * 1_000,
        answered_ms=None if outcome is OMITTED else due_ms * position,
        facts=facts(words=None, next_step="mixed" if case["nbs"] else "none"),
        **changed,
    )
    rest = attempts([RIGHT] * (20 - position), 1, answered_ms=10**9)
    return one, block(made=[*earlier, one, *rest], limit_ms=due_ms * 20)


def test_the_rule() -> None:
    cases, expected = oracle("B8_loss_attribution")
    for case, name in zip(cases, expected, strict=True):
        one, made = from_example(case)
        given_name = "knowledge" if name in WITHOUT_EVIDENCE else name
        wanted = None if name is None else SINCE.get(given_name) or Cause(given_name)
        assert cause_of(one, made) is wanted, case


def only(one: AnalysedAttempt) -> Cause | None:
    """The cause of the only question of a block of 90 s."""
    return cause_of(one, block(made=[one], limit_ms=90_000))


@pytest.mark.parametrize(
    ("choice_ms", "spent_ms", "cause"),
    [
        (89_000, 135_000, Cause.FIRST_CHOICE_EARLY),
        (89_000, 134_000, Cause.KNOWLEDGE),
        (90_000, 300_000, Cause.KNOWLEDGE),
        (None, 300_000, Cause.KNOWLEDGE),
    ],
)
def test_a_long_time_is_a_cause_only_after_an_early_choice(
    choice_ms: int | None, spent_ms: int, cause: Cause
) -> None:
    assert only(attempt(WRONG, spent_ms, choice_ms=choice_ms)) is cause


def test_time_with_the_window_hidden_is_not_spent_after_the_choice() -> None:
    assert only(attempt(WRONG, 200_000, active_ms=60_000, choice_ms=30_000)) is Cause.KNOWLEDGE


def coded(error: ErrorCode | None, **changed: Any) -> AnalysedAttempt:
    """A next-step question of which the wrong option chosen has this code."""
    offered = (Offered("a"), Offered("b", error))
    return attempt(WRONG, facts=facts(offered=offered, **({"next_step": "mixed"} | changed)))


@pytest.mark.parametrize("error", CODES)
def test_a_next_step_is_named_by_its_code(error: ErrorCode) -> None:
    assert only(coded(error)) is Cause(error)
    assert only(coded(error, next_step="none")) is Cause.KNOWLEDGE


def test_another_case_and_no_code() -> None:
    assert only(coded("other_diagnosis")) is Cause.OTHER_DIAGNOSIS
    assert only(coded("other_diagnosis", next_step="none")) is Cause.OTHER_DIAGNOSIS
    assert only(coded(None)) is Cause.KNOWLEDGE


def test_timing_goes_before_the_step() -> None:
    one = attempt(WRONG, 1_500, facts=coded("too_early").facts)
    assert only(one) is Cause.VERY_QUICK


def test_the_first_of_several_options_is_no_choice_and_no_change() -> None:
    one = attempt(
        WRONG,
        300_000,
        choice_ms=5_000,
        facts=facts(several=True),
        key=("a", "b"),
        first=("a",),
        final=("a", "c"),
    )
    assert only(one) is Cause.KNOWLEDGE


def test_without_a_limit_no_cause_rests_on_the_clock() -> None:
    one = attempt(WRONG, 300_000, choice_ms=5_000, arrived_ms=0, answered_ms=5_000)
    assert cause_of(one, block(made=[one], limit_ms=None)) is Cause.KNOWLEDGE


def test_where_an_answers_clock_is_unknown_no_one_was_late() -> None:
    known = attempt(WRONG, 30_000, position=2, arrived_ms=500_000, answered_ms=530_000)
    unknown = attempt(RIGHT, 1_000, position=1)
    assert debt_at_arrival_ms(known, block(made=[unknown, known])) is None
    first = attempt(RIGHT, 1_000, position=1, answered_ms=1_000)
    made = block(made=[first, known])
    assert debt_at_arrival_ms(known, made) == 410_000


def test_the_table_counts_next_steps_and_what_a_person_said() -> None:
    made = block(
        1,
        [
            *attempts([RIGHT, OMITTED, UNREACHED]),
            attempt(WRONG, position=4),
            coded("too_early"),
        ],
    )
    assert where_points_went([made]) == (
        Went(Cause.NOT_ANSWERED, 2, 0),
        Went(Cause.TOO_EARLY, 1, 1),
        Went(Cause.KNOWLEDGE, 1, 0),
    )
    corrected = where_points_went([made], {(made.block_id, 4): Cause.MISREAD})
    assert corrected[-1] == Went(Cause.MISREAD, 1, 0)
    assert timing_share(corrected) == 0.5
    assert timing_share(()) is None


def test_five_causes_are_of_timing() -> None:
    assert [cause for cause in Cause if cause.of_timing] == list(Cause)[:5]


@given(blocks())
def test_every_question_not_right_has_one_cause(made: AnalysedBlock) -> None:
    found = causes(made)
    assert [cause is None for cause in found] == [one.right for one in made.attempts]
    assert sum(went.questions for went in where_points_went([made])) == made.size - made.right
