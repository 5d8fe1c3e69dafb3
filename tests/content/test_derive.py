"""What is known of a question: the author's word goes before the rules'."""

from typing import Any

from qbank.content.derive import derive
from qbank.content.question import Question
from tests.content.samples import plain_question


def _question(**fields: Any) -> Question:
    return Question.model_validate(plain_question(**fields))


def test_the_rules_speak_where_the_author_is_silent() -> None:
    found = derive(_question())
    assert (found.next_step, found.next_step_source, found.next_step_strict) == (
        "mixed",
        "rule",
        True,
    )
    assert (found.task, found.asks, found.lead_in_family) == ("mixed_management", "next", "NBS")
    assert found.rule_version
    assert (found.system, found.area) == ("", "")
    assert found.words == _question().words


def test_the_author_goes_first() -> None:
    found = derive(_question(next_step="preventive", task="prevention", system="respiratory"))
    assert (found.next_step, found.next_step_source) == ("preventive", "author")
    assert (found.task, found.system, found.rule_version) == ("prevention", "respiratory", "")
    assert found.lead_in_code == "nbs_management"


def test_an_authors_none_is_none() -> None:
    found = derive(_question(next_step="none"))
    assert (found.next_step, found.next_step_strict) == ("none", False)


def test_medical_knowledge_has_no_task() -> None:
    found = derive(_question(lead_in="Which of the following enzymes is deficient?"))
    assert (found.next_step, found.task, found.lead_in_family) == ("none", "", "MECH")
