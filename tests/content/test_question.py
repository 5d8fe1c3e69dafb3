"""The question model: what it takes, what it refuses, what it shows."""

from dataclasses import asdict
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from qbank.content import names
from qbank.content.question import (
    EXPLANATION_LIMIT,
    OPTION_LIMIT,
    STEM_LIMIT,
    Question,
)
from tests.content.samples import plain_question


def _question(**fields: Any) -> Question:
    return Question.model_validate(plain_question(**fields))


def test_one_key_is_a_word_and_several_are_a_list() -> None:
    assert _question().key == ("none",)
    assert not _question().choose_all
    several = _question(key=["none", "biopsy"])
    assert several.key == ("none", "biopsy")
    assert several.choose_all


def test_scalars_may_come_as_text_or_as_json_has_them() -> None:
    reference = {"title": "A guideline", "year": "2016"}
    as_text = _question(expected_correct="0.66", references=[reference])
    typed = _question(expected_correct=0.66, references=[reference | {"year": 2016}])
    assert as_text == typed
    assert as_text.expected_correct == pytest.approx(0.66)


def test_what_the_author_left_open_stays_open() -> None:
    assert _question().next_step is None
    assert _question(next_step="none").next_step == "none"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"key": "biopsi"}, "Did you mean 'biopsy'"),
        ({"key": ["none", "none"]}, "stands twice"),
        ({"key": []}, "key"),
        ({"options": [{"id": "none", "text": "One"}]}, "options"),
        ({"options": [{"id": "none", "text": "1"}, {"id": "NONE", "text": "2"}]}, "stands twice"),
        ({"options": [{"id": "none", "text": "a  b"}, {"id": "x", "text": "a b"}]}, "two options"),
        ({"lead_in": " "}, "lead_in"),
        ({"expected_correct": "nan"}, "expected_correct"),
        ({"expected_correct": 1.01}, "expected_correct"),
        ({"as_of": "2026-13"}, "as_of"),
        ({"id": "two words"}, "id"),
        ({"system": "heart"}, "system"),
        ({"difficulty": 3}, "difficulty"),
        ({"tags": ["x"] * 65}, "tags"),
    ],
)
def test_what_is_wrong_is_refused(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        _question(**fields)


@pytest.mark.parametrize(
    ("field", "limit"), [("stem", STEM_LIMIT), ("explanation", EXPLANATION_LIMIT)]
)
def test_text_is_refused_above_its_limit_and_never_cut(field: str, limit: int) -> None:
    assert len(getattr(_question(**{field: "x" * limit}), field)) == limit
    with pytest.raises(ValidationError, match=field):
        _question(**{field: "x" * (limit + 1)})


def test_an_option_is_refused_above_its_limit() -> None:
    long = {"id": "long", "text": "x" * (OPTION_LIMIT + 1)}
    with pytest.raises(ValidationError, match="text"):
        _question(options=[*plain_question()["options"], long])


def test_letters_go_up_to_z_and_no_further() -> None:
    many = [{"id": f"o{n}", "text": f"Option {n}"} for n in range(27)]
    assert len(_question(key="o0", options=many[:26]).options) == 26
    with pytest.raises(ValidationError, match="options"):
        _question(key="o0", options=many)


def test_genotypes_that_differ_in_case_are_two_options() -> None:
    options = [{"id": "1", "text": "Aa"}, {"id": "2", "text": "aa"}]
    assert len(_question(key="1", options=options).options) == 2


def test_a_question_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        _question().stem = "Another"


def test_words_are_those_of_stem_lead_in_and_options() -> None:
    assert _question(stem="one two", lead_in="three?", explanation="not counted").words == 7


def test_a_sheet_holds_nothing_that_tells_the_key() -> None:
    options = [
        {"id": "a", "text": "Alpha", "why": "secret", "error": "harmful", "step": "secret"},
        {"id": "b", "text": "Beta", "why": "secret"},
    ]
    question = _question(
        key="b", options=options, explanation="secret", objective="secret", turns_on="secret"
    )
    sheet = question.sheet()
    assert sheet.options == (("a", "Alpha"), ("b", "Beta"))
    assert set(asdict(sheet)) == {"stem", "lead_in", "options", "option_order", "choose_all"}
    assert "secret" not in repr(sheet)


def test_an_option_is_found_by_its_id() -> None:
    assert _question().option("biopsy").text == "Biopsy"
    with pytest.raises(KeyError):
        _question().option("c")


def test_every_area_stands_under_one_system() -> None:
    assert tuple(names.AREAS) == names.SYSTEMS
    under = [area for areas in names.AREAS.values() for area in areas]
    assert under == list(get_args(names.Area))
    assert set(names.ACTION_FAMILIES) == set(get_args(names.Action))
