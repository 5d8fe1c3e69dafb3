"""Who a question is, and when its content is another version."""

import json

import pytest
from hypothesis import given

from qbank.content.identity import content_hash, question_key
from qbank.content.question import Question
from tests.content.samples import plain_question
from tests.content.strategies import questions


def _question(**fields: object) -> Question:
    return Question.model_validate(plain_question(**fields))


def test_an_authors_id_is_the_key() -> None:
    assert question_key("pack", _question()) == "nodule"


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "biopsy"},
        {"explanation": "New."},
        {"stem": " A 52-year-old  man has a 5-MM lung nodule.\nHe has never smoked. "},
        {"options": list(reversed(plain_question()["options"]))},
    ],
)
def test_without_an_id_the_text_that_asks_is_the_key(fields: dict[str, object]) -> None:
    one, other = _question(id=None), _question(id=None, **fields)
    assert question_key("pack", one) == question_key("pack", other)


@pytest.mark.parametrize(
    "fields",
    [
        {"stem": "A 25-year-old man has a 5-mm lung nodule. He has never smoked."},
        {"lead_in": "Which of the following is the most likely diagnosis?"},
        {"options": [{"id": "none", "text": "Nothing"}, {"id": "b", "text": "Biopsy"}]},
    ],
)
def test_another_text_is_another_question(fields: dict[str, object]) -> None:
    one, other = _question(id=None), _question(id=None, **fields)
    assert question_key("pack", one) != question_key("pack", other)


def test_the_key_does_not_depend_on_where_stem_and_lead_in_were_parted() -> None:
    whole = _question(id=None, stem="", lead_in="A man coughs. What is it?")
    parted = _question(id=None, stem="A man coughs.", lead_in="What is it?")
    assert question_key("pack", whole) == question_key("pack", parted)


def test_the_same_text_in_another_pack_is_another_question() -> None:
    question = _question(id=None)
    assert question_key("one", question) != question_key("two", question)


def test_a_version_changes_with_any_field() -> None:
    known = content_hash(_question())
    assert content_hash(_question(option_order="logical")) == known
    others = [
        _question(key="biopsy"),
        _question(explanation="New."),
        _question(tags=["x"]),
        _question(next_step="none"),
        _question(options=list(reversed(plain_question()["options"]))),
    ]
    hashes = {content_hash(other) for other in others}
    assert len(hashes) == len(others)
    assert known not in hashes


@given(questions())
def test_a_version_survives_being_stored(question: Question) -> None:
    stored = json.dumps(question.model_dump(mode="json"))
    again = Question.model_validate_json(stored)
    assert again == question
    assert content_hash(again) == content_hash(question)


def test_the_hashes_stay_as_they_were_published() -> None:
    assert content_hash(_question()) == "931246805485b067f7106bb1659a78c3"
    assert question_key("pack", _question(id=None)) == "e20b228ecbe751449206a275ac74477b"
