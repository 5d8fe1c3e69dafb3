"""The words of a closed block looked back at."""

import pytest

from qbank.reporting import review_words as say
from qbank.reporting import why_words

LEFT = ("missed", "rushed", "weak", "careless", "wrong", "overthought", "dithering", "!")
"""Words that qbank does not use of a person."""


def test_every_reason_has_its_rule_and_no_word_that_was_left() -> None:
    assert tuple(why_words.RULES) == tuple(say.REASONS)
    for said in (*say.REASONS.values(), *why_words.RULES.values()):
        assert not [word for word in LEFT if word in said]
    assert all(len(say.short_reason(name)) <= 24 for name in say.REASONS)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((1, 2, 1, 4), "1 sure, then 2 next steps, 1 changed, 4 more"),
        ((0, 1, 0, 0), "1 next step"),
        ((0, 0, 0, 5), ""),
        ((0, 0, 2, 1), "2 changed, then 1 more"),
    ],
)
def test_the_order_of_those_to_look_at(counts: tuple[int, int, int, int], said: str) -> None:
    assert say.in_this_order(*counts) == said


def test_the_log_is_named_where_the_person_said_nothing() -> None:
    assert say.reason_stands("too_early", "") == "step too early, by the log"
    assert say.reason_stands("too_early", "misread") == "misread"
    assert say.reason_stands("", "") == ""


def test_titles_agree_with_their_numbers() -> None:
    assert say.went_to(1) == "Where 1 question went"
    assert say.went_to(5) == "Where 5 questions went"
    assert say.others_folded(1) == "E shows why of the other one"
    assert say.sheet_ask(1) == "A sheet of this one to talk over goes to:"


def test_a_share_stands_with_what_so_few_can_tell() -> None:
    assert why_words.share(15, 20, 0.531, 0.888) == (
        "75 %. Over very many questions like these it would be between 53 and 89 % "
        "(95 % interval): so much 20 can tell."
    )
    assert why_words.pace(79_400, 90_000) == (
        "An answered question took 79 s on average; the even share is 90 s."
    )
    assert why_words.pace(79_400, None) == "An answered question took 79 s on average."
