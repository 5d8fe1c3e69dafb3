"""Reports, questions looked at again, history and what it prints, rebuilding."""

import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from qbank.block import commands as c
from qbank.block.model import Mode
from qbank.content.exam import presets
from qbank.content.question import Question
from qbank.errors import NotFound, UsageError
from qbank.reporting.json_shapes import report_json, summary_json
from qbank.reporting.words import BLANK_SCORES, CHANCE, NOT_A_SCORE, TWO_LEFT_RULE
from qbank.services.build import BuildService
from qbank.store.tables import AttemptRow, QuestionVersionRow, RegradeRow
from tests.support.desk import WAIT_S, Desk, desk_in
from tests.support.small_store import put_pack, question


def test_a_report_says_what_came_of_it(desk: Desk) -> None:
    report = desk.review.report(desk.take("bbba bb...", ms=60_000))
    summary = report.summary
    assert (summary.correct, summary.omitted, summary.unreached) == (5, 1, 3)
    assert (summary.answered, summary.used_ms, summary.limit_ms) == (6, 420_000, 900_000)
    assert (summary.next_step_correct, summary.next_step_total) == (2, 5)
    assert (report.pace_ms, report.budget_ms) == (60_000, 90_000)
    assert report.in_hand_ms == tuple(30_000 * n for n in range(1, 8))
    assert report.says == (
        "5 of 10, 6 answered, 8:00 left. Starting mark 1 of 3: nothing to beat yet.",
        f"6 answered, 3 not reached, 1 left blank. {BLANK_SCORES}",
        TWO_LEFT_RULE,
        NOT_A_SCORE,
    )


def test_what_is_said_once_is_said_once(tmp_path: Path) -> None:
    with desk_in(tmp_path, 80) as desk:
        ids = [desk.take("b" * 20) for _ in range(4)]
        says = [desk.review.report(each).says for each in ids]
    assert [NOT_A_SCORE in said for said in says] == [True, False, False, False]
    assert [CHANCE in said for said in says] == [True, True, True, False]
    assert "Starting mark 3 of 3" in says[2][0]
    assert says[3] == ()


def test_a_block_without_a_clock_has_no_mark_and_no_curve(desk: Desk) -> None:
    report = desk.review.report(desk.take("bb", mode=Mode.UNTIMED))
    assert report.says == (NOT_A_SCORE,)
    assert (report.in_hand_ms, report.budget_ms) == ((), None)


def test_a_question_is_looked_at_as_it_was_answered(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.answer(runner, 1, "a")
    desk.answer(runner, 2, "b")
    runner.do(c.Show(1))
    desk.clock.advance(5_000)
    runner.do(c.Answer(1, ("b",)))
    runner.do(c.Flag(1))
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    block_id = runner.spec.block_id
    seen = desk.review.question(block_id, 1)
    assert [(each.at_ms, each.what) for each in seen.timeline] == [
        (0, "first look"),
        (10_000, "answered A"),
        (20_000, "came back"),
        (25_000, "changed to B"),
        (25_000, "flagged"),
    ]
    assert seen.text.stem.startswith("A 21-year-old")
    assert (seen.explanation.key, seen.explanation.topic) == (("b",), "topic 1")
    assert (seen.attempt.first, seen.attempt.final, seen.attempt.changes) == (("a",), ("b",), 1)
    assert seen.attempt.letters["b"] == "B"
    with pytest.raises(NotFound):
        desk.review.question(block_id, 3)


def test_notes_and_reasons_are_kept_apart_from_attempts(desk: Desk) -> None:
    block_id = desk.take("ab")
    desk.notes.set_note(block_id, 1, "  low sodium ")
    desk.review.set_reason(block_id, 1, "misread")
    with desk.store.read() as connection:
        before = connection.execute(select(AttemptRow)).all()
    desk.review.rebuild()
    with desk.store.read() as connection:
        assert connection.execute(select(AttemptRow)).all() == before
    seen = desk.review.question(block_id, 1)
    assert (seen.note, seen.attempt.reason) == ("low sodium", "misread")
    desk.notes.set_note(block_id, 1, "")
    desk.review.set_reason(block_id, 1, None)
    seen = desk.review.question(block_id, 1)
    assert (seen.note, seen.attempt.reason) == ("", "")
    with pytest.raises(NotFound) as caught:
        desk.review.set_reason(block_id, 1, "missread")
    assert "misread" in caught.value.hint


def test_a_block_that_is_not_over_has_no_report(desk: Desk) -> None:
    runner = desk.begin(2)
    assert runner.wait_saved(WAIT_S)
    with pytest.raises(UsageError, match="not over yet"):
        desk.review.report(runner.spec.block_id)
    with pytest.raises(NotFound):
        desk.review.report("nothing")


def test_blocks_are_found_by_number_uuid_and_its_beginning(desk: Desk) -> None:
    ids = [desk.take("b") for _ in range(3)]
    assert [block.id for block in desk.history.list()] == ids[::-1]
    assert desk.history.find("2").id == ids[1]
    assert desk.history.find(ids[2].upper()).id == ids[2]
    assert desk.history.find(ids[0][:13]).id == ids[0]
    with pytest.raises(NotFound) as caught:
        desk.history.find(ids[0][:-1] + "?")
    assert ids[0] in caught.value.hint
    with pytest.raises(NotFound) as caught:
        desk.history.find("17")
    assert caught.value.hint == "The block next to it is 3."
    with pytest.raises(NotFound):
        desk.history.find("")


def test_without_blocks_there_is_none_to_name(desk: Desk) -> None:
    with pytest.raises(NotFound) as caught:
        desk.history.find("1")
    assert caught.value.hint == ""


def test_a_beginning_of_several_is_said(desk: Desk) -> None:
    uuids = [f"abcdef00-0000-4000-8000-00000000000{tail}" for tail in (1, 2)]
    learner_id = desk.small.learner.id
    desk.build = BuildService(desk.store, desk.clock, learner_id, presets(), [*uuids].pop)
    for _ in uuids:
        desk.take("b")
    with pytest.raises(UsageError, match="2 blocks begin with 'abc'"):
        desk.history.find("abc")


def test_a_short_number_is_never_the_beginning_of_an_id(desk: Desk) -> None:
    uuid = "30123456-0000-4000-8000-000000000001"
    learner_id = desk.small.learner.id
    desk.build = BuildService(desk.store, desk.clock, learner_id, presets(), lambda: uuid)
    desk.take("b")
    assert desk.history.find("3012").id == uuid
    for ref in ("3", "30", "301"):
        with pytest.raises(NotFound):
            desk.history.find(ref)


def test_what_a_person_does_with_a_block(desk: Desk) -> None:
    first, second = desk.take("b"), desk.take("a")
    desk.history.rename(first, "  Kidney   day ")
    assert desk.history.find("1").name == "Kidney day"
    desk.history.set_excluded(first, True)
    assert desk.history.find("1").excluded
    desk.history.delete(first)
    assert [block.id for block in desk.history.list()] == [second]
    assert [block.number for block in desk.history.list(include_deleted=True)] == [2, 1]
    with pytest.raises(NotFound):
        desk.history.find("1")
    assert desk.history.find("2").id == second
    desk.history.undelete(first)
    assert desk.history.find("1").id == first
    for name in ("", " ", "x" * 81):
        with pytest.raises(UsageError):
            desk.history.rename(first, name)
    with pytest.raises(NotFound):
        desk.history.delete("nothing")


def test_the_json_is_the_contract(desk: Desk) -> None:
    block_id = desk.take("a b", ms=1_000)
    summary = json.loads(json.dumps(summary_json(desk.history.list()[0])))
    assert summary == {
        "id": block_id,
        "name": "Wednesday morning",
        "started_at": 1_795_000_000_000,
        "mode": "timed",
        "questions": 3,
        "correct": 1,
        "omitted": 1,
        "unreached": 0,
        "used_ms": 3_000,
        "paused_ms": 0,
        "limit_ms": 270_000,
        "interrupted": False,
        "excluded": False,
    }
    report = json.loads(json.dumps(report_json(desk.review.report(block_id))))
    attempts = report.pop("attempts")
    assert report == summary
    assert attempts[1] == {
        "position": 2,
        "question": "q002",
        "pack": "pack-a",
        "outcome": "omitted",
        "first": [],
        "final": [],
        "key": ["b"],
        "changes": 0,
        "clock_ms": 1_000,
        "active_ms": None,
        "away_ms": None,
        "reading_ms": 0,
        "visits": 1,
        "flagged": False,
        "next_step": "mixed",
        "task": "mixed_management",
        "system": "cardiovascular",
    }


def everything(desk: Desk, block_id: str) -> str:
    """All that is ever shown of a closed block, as text."""
    report = desk.review.report(block_id)
    questions = [desk.review.question(block_id, each.position) for each in report.attempts]
    return repr((report, questions, summary_json(report.summary), report_json(report)))


def changed(number: int) -> Question:
    """A later edition of a question: another key, lead-in, explanation and topic."""
    said = question(number).model_dump(mode="json", exclude_defaults=True)
    said |= {"key": ["c"], "explanation": "Now otherwise.", "topic": "new", "system": "endocrine"}
    said["lead_in"] = "Which of the following is the most likely explanation?"
    return Question.model_validate(said)


def test_what_was_answered_stays_what_was_answered(desk: Desk) -> None:
    block_id = desk.take("abcb ")
    before = everything(desk, block_id)
    desk.store.write(
        lambda connection: put_pack(connection, [changed(n) for n in range(20, 0, -1)])
    )
    assert everything(desk, block_id) == before
    assert desk.review.rebuild().changed == 0
    assert everything(desk, block_id) == before
    later = desk.take("ccccc", seen=(), packs=("pack-a",))
    assert desk.review.report(later).summary.correct == 5
    assert everything(desk, block_id) == before


def test_a_running_block_keeps_its_questions_through_an_upgrade(desk: Desk) -> None:
    runner = desk.begin(3)
    runner.leave()
    desk.store.write(lambda connection: put_pack(connection, [changed(n) for n in range(1, 21)]))
    again = desk.blocks.open(runner.spec.block_id)
    assert again.texts == runner.texts
    again.do(c.Resume())
    desk.answer(again, 1, "b")
    again.do(c.Submit())
    assert again.wait_saved(WAIT_S)
    assert desk.review.report(runner.spec.block_id).summary.correct == 1


def test_attempts_come_back_from_the_log(desk: Desk) -> None:
    ids = [desk.take(answers) for answers in ("ab c", "bbb..")]
    before = [everything(desk, each) for each in ids]
    desk.store.write(
        lambda connection: connection.execute(
            update(AttemptRow).values(outcome="correct", final='["e"]', clock_ms=1)
        )
    )
    assert [everything(desk, each) for each in ids] != before
    rebuilt = desk.review.rebuild()
    assert (rebuilt.blocks, rebuilt.attempts, rebuilt.changed) == (2, 9, 9)
    assert [everything(desk, each) for each in ids] == before
    assert desk.review.rebuild().changed == 0


def test_a_regrade_is_honoured_and_the_log_is_not_touched(desk: Desk) -> None:
    block_id = desk.take("ab")
    assert desk.review.report(block_id).summary.correct == 1

    def regrade(connection: object) -> None:
        from sqlalchemy import Connection

        assert isinstance(connection, Connection)
        version = (
            connection.execute(select(QuestionVersionRow.id).order_by(QuestionVersionRow.id))
            .scalars()
            .first()
        )
        row = {"uuid": "r", "version_id": version, "key": '["a"]', "reason": "", "regraded_at": 1}
        connection.execute(insert(RegradeRow), row)

    desk.store.write(regrade)
    assert desk.review.rebuild().changed == 1
    report = desk.review.report(block_id)
    assert (report.summary.correct, report.attempts[0].key) == (2, ("a",))
    assert desk.review.question(block_id, 1).explanation.key == ("a",)


def test_a_name_is_the_part_of_the_day_where_the_learner_is(tmp_path: Path) -> None:
    from qbank.clock import ManualClock

    friday_2340_utc = 1_795_823_400_000 - 1_795_823_400_000 % 86_400_000 + (23 * 60 + 40) * 60_000
    clock = ManualClock(friday_2340_utc, offset_min=-5 * 60)
    with desk_in(tmp_path, 3, clock) as desk:
        desk.take("b")
        summary = desk.history.list()[0]
        assert summary.name.endswith("evening")
        assert summary.offset_min == -300
