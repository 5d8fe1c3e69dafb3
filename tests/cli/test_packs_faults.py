"""What people found wrong with questions, listed for those who write them."""

from pathlib import Path

import pytest

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.errors import NotFound, UsageError
from qbank.reporting import faults
from qbank.reporting.faults import Fault
from qbank.settings import load_settings
from tests.cli.conftest import Qbank
from tests.support.desk import Desk
from tests.support.small_store import put_pack, question


def test_a_fault_is_kept_beside_the_reason_and_listed_with_what_was_chosen(desk: Desk) -> None:
    block = desk.take("abb")
    desk.review.set_reason(block, 1, "misread")
    desk.review.set_fault(block, 1, "  the dose\nis wrong ")
    desk.review.set_fault(block, 3, "two right answers")
    seen = desk.review.question(block, 1)
    assert (seen.fault, seen.attempt.reason) == ("the dose is wrong", "misread")
    first, second = desk.review.faults()
    assert (first.pack, first.question, first.fault) == ("pack-a", "q001", "the dose is wrong")
    assert (first.chosen, first.key) == (("Choice a of 1",), ("Choice b of 1",))
    assert (first.current, second.question) == (True, "q003")
    desk.review.set_fault(block, 1, "")
    seen = desk.review.question(block, 1)
    assert (seen.fault, seen.attempt.reason) == ("", "misread")
    assert len(desk.review.faults()) == 1


def test_a_question_that_was_mended_since_says_so(desk: Desk) -> None:
    desk.review.set_fault(desk.take("a"), 1, "wrong key")
    mended = question(1, key="c")
    desk.store.write(lambda connection: put_pack(connection, [mended]))
    (found,) = desk.review.faults()
    assert not found.current
    assert found.key == ("Choice b of 1",)
    assert faults.rows([found])[0][3] == "wrong key (the question has changed since)"


def test_a_report_has_its_limits(desk: Desk) -> None:
    block = desk.take("a")
    with pytest.raises(UsageError, match="500"):
        desk.review.set_fault(block, 1, "x" * 501)
    with pytest.raises(NotFound):
        desk.review.set_fault(block, 2, "not there")


def test_the_sheet_goes_pack_by_pack_and_no_text_acts_in_it() -> None:
    def fault(pack: str, key: str, said: str) -> Fault:
        return Fault(pack, pack.title(), key, "Which *one*?", said, 0, 0, ("One",), ("Two",), True)

    found = [fault("a", "q1", "[x](y)"), fault("a", "q1", "again"), fault("b", "q1", "<b>")]
    assert faults.markdown(found) == (
        "# Faults found in questions\n\n"
        "## A (a)\n\n### q1\n\nWhich \\*one\\*?\n\n"
        "- 1970-01-01: \\[x\\](y)\n  Chosen: One. Key: Two.\n"
        "- 1970-01-01: again\n  Chosen: One. Key: Two.\n\n"
        "## B (b)\n\n### q1\n\nWhich \\*one\\*?\n\n"
        "- 1970-01-01: \\<b\\>\n  Chosen: One. Key: Two."
    )


def test_the_command_lists_nothing_where_there_is_nothing(qbank: Qbank) -> None:
    said = qbank("packs", "faults")
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("No fault is noted here.")


def test_the_command_lists_them_as_a_table_and_as_a_sheet(qbank: Qbank, data_dir: Path) -> None:
    assert qbank("simulate", "--blocks", 1, "--seed", 1).code == 0
    simulated = load_settings(data_dir=data_dir, learner="simulated")
    with open_app(simulated, clock=ManualClock()) as application:
        (block,) = application.history.list()
        application.review.set_fault(block.id, 2, "no dose is given")
        asked = application.review.report(block.id).attempts[1].question
    head, line = qbank("packs", "faults").out.splitlines()
    assert head.split() == ["pack", "question", "when", "fault"]
    assert f"starter  {asked}  " in line
    assert line.endswith("  no dose is given")
    sheet = qbank("packs", "faults", "--md").out
    assert sheet.startswith("# Faults found in questions\n\n## Starter block (starter)\n\n")
    assert ": no dose is given\n  Chosen: " in sheet
