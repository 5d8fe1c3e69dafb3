"""Which importer reads what: by content and ending, or as a person says."""

from pathlib import Path

import pytest

from qbank.errors import NotFound, PackError
from qbank.importers.registry import FORMATS, identify, named
from qbank.importers.source import bytes_source
from tests.importers.reading import read, read_bytes

CARD = '{"question": "Which?", "A": "one", "B": "two", "answer": "A"}'
NATIVE = '{"format": "qbank-pack/1", "pack": {"id": "x", "title": "X"}}'


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("pack.yaml", "anything: at all", "native"),
        ("pack.json", '{\n  "format": "qbank-pack/1"}', "native"),
        ("pack.jsonl", f"{NATIVE}\n", "native"),
        ("pack", "format: qbank-pack/1\n", "native"),
        ("set.jsonl", CARD, "jsonl"),
        ("set.jsonl", "\ufeff" + CARD, "jsonl"),
        ("set.json", f"{CARD}\n{CARD}\n", "jsonl"),
        ("set.json", f"[{CARD}]", "json"),
        ("set.json", '{"questions":\n[]}', "json"),
        ("set.jsonl", '{"broken": \n' + CARD, "jsonl"),
        ("set.csv", "question,A,B,answer\n", "csv"),
        ("set.tsv", "question\tA\tB\tanswer\n", "csv"),
        ("set.txt", "question;A;B;answer\n", "csv"),
        ("set.csv", CARD, "json"),
    ],
)
def test_content_and_ending_tell_the_format(name: str, text: str, expected: str) -> None:
    found = identify(bytes_source(name, text.encode()))
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(("name", "data"), [("picture.png", b"\x89PNG"), ("empty.csv", b" \n")])
def test_what_nobody_knows_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    assert identify(bytes_source(name, data)) is None
    with pytest.raises(PackError) as caught:
        read_bytes(tmp_path, name, data)
    assert "CSV" in caught.value.findings[0].fix


def test_a_spreadsheet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        read_bytes(tmp_path, "quiz.xlsx", b"PK\x03\x04")
    assert "as CSV" in caught.value.findings[0].fix


def test_a_format_that_is_said_is_used(tmp_path: Path) -> None:
    path = tmp_path / "table.dat"
    path.write_text("question,A,B,answer\nWhich?,one,two,A\n")
    assert read(path, "CSV")[0]["format"] == "csv"


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        named("jsnl")
    assert "'json" in caught.value.hint
    assert all(named(each).name == each for each in FORMATS)


def test_an_unknown_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text("x")
    with pytest.raises(NotFound) as caught:
        read(tmp_path / "qestions.csv")
    assert "questions.csv" in caught.value.hint


def test_an_unknown_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        read(tmp_path / "nowhere" / "questions.csv")


def test_a_folder_without_questions_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        read(tmp_path)
    assert caught.value.findings[0].problem == "holds no question files"


def test_what_is_no_file_is_refused() -> None:
    with pytest.raises(PackError):
        read(Path("/dev/null"))


@pytest.mark.parametrize(
    ("name", "expected"), [("A Big Set (1)", "A-Big-Set-1"), ("x" * 200, "x" * 100)]
)
def test_a_pack_is_named_after_its_file(tmp_path: Path, name: str, expected: str) -> None:
    found = read_bytes(tmp_path, f"{name}.jsonl", f"{CARD}\n".encode())
    assert found["pack"]["id"] == expected


def test_a_name_without_a_latin_letter_still_gives_an_id(tmp_path: Path) -> None:
    found = [read_bytes(tmp_path, f"{name}.jsonl", CARD.encode()) for name in ("вопросы", "問題")]
    first, second = (each["pack"]["id"] for each in found)
    assert first.startswith("pack-")
    assert first != second
