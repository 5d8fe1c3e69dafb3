"""Which option is right: letters, numbers from 0 or 1, texts, twice said, never guessed."""

from pathlib import Path
from typing import Any

import pytest

from qbank.errors import PackError
from qbank.importers.keys import Choice, Claim, KeySurvey, NoKey, resolve
from qbank.importers.layout import KeyField
from tests.importers.reading import read_bytes

HEADER = "question,A,B,C,D,answer"


def keys(folder: Path, *rows: str, header: str = HEADER, **options: object) -> list[Any]:
    """The keys of a table, in order; a skipped row gives its reason."""
    text = "\n".join([header, *rows, ""])
    found = read_bytes(folder, "keys.csv", text.encode(), **options)
    by_line = {
        **{where: question["key"] for where, question in found["taken"].items()},
        **dict(found["skipped"]),
    }
    return [by_line[f"keys.csv:{line}"] for line in range(2, 2 + len(rows))]


@pytest.mark.parametrize("value", ["B", "b", "B)", "(B)", "B.", "Option B", " B "])
def test_a_letter_in_its_usual_dresses(tmp_path: Path, value: str) -> None:
    assert keys(tmp_path, f"Which?,one,two,three,four,{value}") == ["B"]


def test_numbers_count_from_one_where_the_last_option_is_named(tmp_path: Path) -> None:
    assert keys(tmp_path, "P?,w,x,y,z,4", "Q?,w,x,y,z,1.0") == ["D", "A"]


def test_numbers_count_from_zero_where_zero_occurs(tmp_path: Path) -> None:
    assert keys(tmp_path, "P?,w,x,y,z,0", "Q?,w,x,y,z,3") == ["A", "D"]


def test_numbers_that_settle_nothing_are_refused_with_what_to_say(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        keys(tmp_path, "P?,w,x,y,z,2", "Q?,w,x,y,z,3")
    (finding,) = caught.value.findings
    assert "could count from 0 or from 1" in finding.problem
    assert "--key-base" in finding.fix


@pytest.mark.parametrize(("base", "expected"), [(0, ["C", "D"]), (1, ["B", "C"])])
def test_the_person_says_where_numbers_begin(
    tmp_path: Path, base: int, expected: list[str]
) -> None:
    assert keys(tmp_path, "P?,w,x,y,z,2", "Q?,w,x,y,z,3", key_base=base) == expected


def test_numbers_that_count_from_both_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="was not imported") as caught:
        keys(tmp_path, "P?,w,x,y,z,0", "Q?,w,x,y,z,4")
    assert "from 0 in some rows and from 1 in others" in caught.value.findings[0].problem


def test_numbers_that_are_texts_are_texts_where_they_can_be_nothing_else(tmp_path: Path) -> None:
    assert keys(tmp_path, "7 + 5?,10,11,12,13,12", "3 x 3?,6,9,12,3,9") == ["C", "B"]


def test_numbers_that_are_texts_as_well_as_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        keys(tmp_path, "2 + 2?,1,2,3,4,4", "1 + 1?,4,3,2,1,2")
    assert "places or texts" in caught.value.findings[0].problem


def test_a_column_of_letters_reads_letters_where_options_are_letters_too(tmp_path: Path) -> None:
    rows = ("Which blood group?,AB,A,B,C,B", "Who?,Ann,Bob,Cid,Dan,A")
    assert keys(tmp_path, *rows) == ["B", "A"]


def test_a_column_of_texts_reads_texts_where_a_text_is_a_letter(tmp_path: Path) -> None:
    rows = ("Which vitamin?,C,D,A,E,C", "Who?,Ann,Bob,Cid,Dan,bob ")
    assert keys(tmp_path, *rows) == ["A", "B"]


def test_a_text_is_a_key_in_a_column_of_letters_where_it_is_nothing_else(tmp_path: Path) -> None:
    rows = ("P?,w,x,y,z,A", "Q?,1,2,3,4,3", "R?,10,20,30,40,20")
    assert keys(tmp_path, *rows) == ["A", "C", "B"]


def test_a_number_in_a_column_of_places_is_no_text(tmp_path: Path) -> None:
    rows = ("P?,w,x,y,z,4", "Q?,5,1,2,3,1", "R?,10,20,30,40,20")
    assert keys(tmp_path, *rows) == ["D", "A", "the key '20' is none of the 4 options"]


@pytest.mark.parametrize("value", ["C. y", "c) Y", "(C) y", "C: y", "[c] y"])
def test_a_letter_with_the_text_of_its_option(tmp_path: Path, value: str) -> None:
    assert keys(tmp_path, f"P?,w,x,y,z,{value}", "Q?,w,x,y,z,B") == ["C", "B"]


def test_a_letter_with_the_text_of_another_option_is_not_guessed(tmp_path: Path) -> None:
    assert keys(tmp_path, "P?,w,x,y,z,C. w") == ["the key 'C. w' is none of the 4 options"]


@pytest.mark.parametrize("name", ["Option {}", "Answer {}", "option_{}_text", "Réponse {}"])
def test_numbered_options_are_numbered_from_one(tmp_path: Path, name: str) -> None:
    header = ",".join(["question", *(name.format(n) for n in range(1, 5)), "key"])
    assert keys(tmp_path, "P?,w,x,y,z,2", "Q?,w,x,y,z,1", header=header) == ["B", "A"]
    assert keys(tmp_path, "P?,w,x,y,z,2", "Q?,w,x,y,z,0", header=header) == ["C", "A"]


def test_a_lone_value_that_means_two_options_is_not_guessed(tmp_path: Path) -> None:
    (reason,) = keys(tmp_path, "Which vitamin?,C,D,A,E,C")
    assert "can be read in two ways" in reason


@pytest.mark.parametrize("value", ["A;C", "AC", '"A, C"', '"[""A"", ""C""]"', "A and C", "A|C"])
def test_several_right_answers_are_taken_where_they_are_named(tmp_path: Path, value: str) -> None:
    assert keys(tmp_path, f"Which two?,one,two,three,four,{value}") == [["A", "C"]]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Which?,one,two,,,E", "the key 'E' is none of the 2 options"),
        ("Which?,one,,three,,B", "the key names option B, which is empty"),
        ("Which?,one,two,three,four,", "no key"),
        ("Which?,,,,,A", "no options"),
        (",one,two,three,four,A", "no question text"),
        ("Which?,one,one,three,four,A", "options: two options read 'one'"),
    ],
)
def test_a_row_without_a_certain_key_is_skipped(tmp_path: Path, row: str, reason: str) -> None:
    assert keys(tmp_path, row) == [reason]


def test_an_empty_option_in_the_middle_keeps_the_places_of_the_others(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "gap.csv", f"{HEADER}\nWhich?,one,,three,four,C\n".encode())
    question = found["taken"]["gap.csv:2"]
    assert question["key"] == "C"
    assert [option["id"] for option in question["options"]] == ["A", "C", "D"]


def test_an_asterisk_marks_the_key_where_no_column_does(tmp_path: Path) -> None:
    table = "question;option 1;option 2\nWhich?;*one;two\nAnd?;one;two\n"
    found = read_bytes(tmp_path, "star.csv", table.encode())
    assert found["taken"]["star.csv:2"]["options"][0]["text"] == "one"
    assert found["taken"]["star.csv:2"]["key"] == "A"
    assert found["skipped"] == [["star.csv:3", "no key"]]


def test_points_by_option_name_the_key(tmp_path: Path) -> None:
    header = "question,Answer 1,Answer 2,Answer 3,Fraction 1,Fraction 2,Fraction 3"
    rows = (
        "P?,x,y,z,0,100,-50",
        "Q?,x,y,z,50,50,-50",
        "R?,x,y,z,0,0,0",
        "S?,x,y,z,33.33,33.33,33.33",
        "T?,x,y,z,100,50,0",
        "U?,x,y,z,33.3,33.3,0",
    )
    part = "some options earn a part of the points: which ones are right is not said"
    expected = ["B", ["A", "B"], "no key: no option earns points", ["A", "B", "C"], part, part]
    assert keys(tmp_path, *rows, header=header) == expected


CHOICES = tuple(Choice(letter, text) for letter, text in zip("ABCD", "wxyz", strict=True))
ANSWER = KeyField("answer", place=False)
INDEX = KeyField("answer_index", place=True, base=0)


def test_two_fields_settle_what_one_cannot() -> None:
    survey = KeySurvey()
    claims = (Claim(ANSWER, ("C",)), Claim(INDEX, ("2",)))
    survey.add(claims[1], CHOICES)
    manners = {INDEX.name: survey.manner(INDEX, None)}
    assert resolve(claims, CHOICES, manners) == {2}


def test_two_fields_that_differ_are_refused_with_both_values() -> None:
    claims = (Claim(ANSWER, ("x",)), Claim(KeyField("idx", place=True), ("C",)))
    with pytest.raises(NoKey, match=r"given twice.*answer = 'x' and idx = 'C'"):
        resolve(claims, CHOICES, {})


def test_a_hidden_key_is_said_to_be_hidden() -> None:
    survey = KeySurvey()
    claim = Claim(INDEX, ("-1",))
    survey.add(claim, CHOICES)
    with pytest.raises(NoKey, match="hides it"):
        resolve([claim], CHOICES, {INDEX.name: survey.manner(INDEX, None)})
