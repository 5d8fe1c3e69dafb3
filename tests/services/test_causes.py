"""Where the questions of a block went, read from real blocks."""

from qbank.analytics.causes import Cause
from qbank.block import commands as c
from qbank.block.model import Mode
from qbank.content.question import Question
from qbank.reporting.review_words import REASONS
from qbank.services.views import WentTo
from tests.support.desk import WAIT_S, Desk
from tests.support.small_store import put_pack, question


def coded(number: int, **errors: str) -> Question:
    """A next-step question whose distractors are coded."""
    said = question(number).model_dump(exclude_defaults=True)
    said["next_step"] = "therapeutic"
    for option in said["options"]:
        if option["id"] in errors:
            option["error"] = errors[option["id"]]
    return Question.model_validate(said)


def test_every_cause_of_the_rule_can_be_given_and_stands_in_its_order() -> None:
    assert tuple(REASONS) == tuple(Cause)


def test_each_question_not_right_has_a_cause_by_its_log(desk: Desk) -> None:
    asked = [coded(2, a="too_early", c="other_diagnosis"), question(1), question(3)]
    desk.store.write(lambda connection: put_pack(connection, asked, uid="coded"))
    block = desk.take("ac ", ms=40_000, packs=("coded",))
    report = desk.review.report(block)
    assert [each.cause for each in report.attempts] == ["too_early", "knowledge", "not_answered"]
    assert report.went_to == (
        WentTo("not_answered", 1, 0),
        WentTo("too_early", 1, 1),
        WentTo("knowledge", 1, 0),
    )


def test_what_a_person_says_goes_before_the_log_and_a_right_answer_has_no_cause(
    desk: Desk,
) -> None:
    block = desk.take("ab", ms=40_000)
    desk.review.set_reason(block, 1, "misread")
    first, second = desk.review.report(block).attempts
    assert (first.cause, first.reason) == ("knowledge", "misread")
    assert (second.cause, second.reasons) == ("", ())
    assert desk.review.report(block).went_to == (
        WentTo("misread", 1, 1 * (first.next_step != "none")),
    )


def test_a_quick_answer_and_a_change_away_go_before_what_was_known(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.answer(runner, 1, "a", ms=2_000)
    desk.answer(runner, 2, "b", ms=40_000)
    desk.clock.advance(20_000)
    runner.do(c.Answer(2, ("a",)))
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    report = desk.review.report(runner.spec.block_id)
    assert [each.cause for each in report.attempts] == ["very_quick", "changed_away"]


def test_where_the_clock_stood_nothing_is_said_that_rests_on_it(desk: Desk) -> None:
    def late(mode: Mode) -> str:
        runner = desk.begin(1, mode=mode)
        desk.answer(runner, 1, "a", ms=20_000)
        desk.clock.advance(200_000 if mode is not Mode.TIMED else 65_000)
        runner.do(c.Submit())
        assert runner.wait_saved(WAIT_S)
        return desk.review.report(runner.spec.block_id).attempts[0].cause

    assert late(Mode.TIMED) == "first_choice_early"
    assert late(Mode.UNTIMED) == "knowledge"


def test_the_raced_run_has_its_time_in_hand(desk: Desk) -> None:
    first = desk.take("bbbb", ms=60_000)
    again = desk.take("bbbb", ms=30_000, retake=first)
    assert desk.review.report(first).ghost_in_hand_ms == ()
    report = desk.review.report(again)
    assert report.ghost == "your earlier run"
    assert report.ghost_in_hand_ms == (30_000, 60_000, 90_000, 120_000)
