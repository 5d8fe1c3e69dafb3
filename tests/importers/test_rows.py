"""Where a row stands, which rows are the same, and what was taken for what."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from qbank.errors import PackError
from qbank.importers.registry import open_path
from tests.importers.reading import read_bytes

CARD = {"question": "Which?", "options": {"A": "one", "B": "two"}, "answer": "A"}


def cards(*changes: dict[str, object]) -> list[dict[str, object]]:
    """A card for each set of changes."""
    return [{**CARD, **change} for change in changes]


def test_entries_of_a_document_on_one_line_are_counted(tmp_path: Path) -> None:
    data = json.dumps(cards({}, {"answer": "B"}, {"question": "Which other?"})).encode()
    found = read_bytes(tmp_path, "set.json", data)
    assert list(found["taken"]) == ["set.json:1 (entry 1)", "set.json:1 (entry 3)"]
    reason = "the same question stands before, at set.json:1 (entry 1), with another key"
    assert found["skipped"] == [["set.json:1 (entry 2)", reason]]


def test_a_row_below_a_cell_of_several_lines_has_its_row_number_too(tmp_path: Path) -> None:
    table = 'question,A,B,answer\n"Which\none?",x,y,A\nWhich two?,x,y,C\n'
    found = read_bytes(tmp_path, "set.csv", table.encode())
    assert list(found["taken"]) == ["set.csv:2"]
    assert found["skipped"][0][0] == "set.csv:4 (row 3)"


def test_the_same_text_with_other_case_and_space_is_the_same_question(tmp_path: Path) -> None:
    lines = cards({}, {"question": " which?\u00a0", "options": {"A": "TWO", "B": "One"}})
    data = "\n".join(json.dumps(card) for card in lines).encode()
    found = read_bytes(tmp_path, "set.jsonl", data)
    assert found["skipped"] == [
        ["set.jsonl:2", "the same question stands before, at set.jsonl:1, with another key"]
    ]


@pytest.mark.parametrize("second", ["two", "twoo"], ids=["word for word", "with a slip"])
def test_a_list_of_options_below_the_question_is_taken_out(tmp_path: Path, second: str) -> None:
    text = f"A man coughs. Which?\nAnswer Choices: (A) one (B) {second}"
    data = json.dumps({**CARD, "question": text}).encode()
    (taken,) = read_bytes(tmp_path, "set.jsonl", data)["taken"].values()
    assert (taken["stem"], taken["lead_in"]) == ("A man coughs.", "Which?")


def test_a_list_of_other_letters_below_the_question_stays(tmp_path: Path) -> None:
    text = "A man coughs. Which?\nAnswer Choices: (A) one (B) two (C) three"
    data = json.dumps({**CARD, "question": text}).encode()
    (taken,) = read_bytes(tmp_path, "set.jsonl", data)["taken"].values()
    assert "(C) three" in taken["stem"]


def test_ids_that_stand_twice_are_no_ids(tmp_path: Path) -> None:
    lines = cards({"id": "x"}, {"id": "X", "question": "Which other?"})
    data = "\n".join(json.dumps(card) for card in lines).encode()
    taken = read_bytes(tmp_path, "set.jsonl", data)["taken"].values()
    assert [each.get("id") for each in taken] == [None, None]


def test_an_id_that_is_no_slug_makes_all_of_them_no_ids(tmp_path: Path) -> None:
    lines = cards({"id": "x-1"}, {"id": "has space", "question": "Which other?"})
    data = "\n".join(json.dumps(card) for card in lines).encode()
    taken = read_bytes(tmp_path, "set.jsonl", data)["taken"].values()
    assert [each.get("id") for each in taken] == [None, None]


def test_the_delimiter_is_counted_outside_of_quotes(tmp_path: Path) -> None:
    table = 'question;A;B;answer\n"One, two, three, or four; which?";a,b,c,d;e,f,g,h;B\n'
    (taken,) = read_bytes(tmp_path, "set.csv", table.encode())["taken"].values()
    assert [option["text"] for option in taken["options"]] == ["a,b,c,d", "e,f,g,h"]


def test_a_table_without_names_that_are_known_shows_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        read_bytes(tmp_path, "set.csv", b"frage 1,gut,schlecht\nfrage 2,gut,schlecht\n")
    (finding,) = caught.value.findings
    assert finding.problem == "no header is recognised in: frage 1, gut, schlecht"
    assert "question, A, B" in finding.fix


def test_memory_stays_flat_while_a_large_file_is_read(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.jsonl"
        stem = "A man has a cough. " * 50
        with path.open("w") as file:
            for number in range(rows):
                file.write(json.dumps({**CARD, "question": f"{stem}{number}?"}) + "\n")
        tracemalloc.start()
        taken = _drain(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert taken == rows
        return most

    peak(50)  # what is loaded once, the rules of lead-ins for one, is not counted below
    small, large = peak(200), peak(2_000)
    assert large - small < 1_800 * 400, "each row may leave a mark, not its text"


def _drain(path: Path) -> int:
    def items() -> Iterator[object]:
        for reading in open_path(path):
            yield from reading.items

    return sum(1 for _ in items())
