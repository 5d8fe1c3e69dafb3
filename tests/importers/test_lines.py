"""Encodings: a mark decides, else UTF-8 line by line, else Windows-1252, and it is said which."""

from pathlib import Path

import pytest

from qbank.errors import NotFound, PackError
from qbank.importers.lines import TextLines
from qbank.importers.source import bytes_source
from tests.importers.reading import read_bytes

TABLE = "question;A;B;answer\nWie heißt der Laut?;ß – „Eszett“;s;A\n"


def read(data: bytes, encoding: str | None = None) -> tuple[list[str], str]:
    """The lines of the bytes and the note on them."""
    found = TextLines(bytes_source("text.csv", data), encoding)
    return list(found), found.note()


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        "\ufeff".encode("utf-16-be") + TABLE.encode("utf-16-be"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16 le", "utf-16 be", "crlf", "cr"],
)
def test_one_table_in_every_dress_reads_alike(tmp_path: Path, data: bytes) -> None:
    found = read_bytes(tmp_path, "table.csv", data)
    (question,) = found["taken"].values()
    assert question["options"][0]["text"] == "ß – „Eszett“"
    assert found["notes"] == []


def test_only_the_lines_that_are_not_utf8_are_read_otherwise() -> None:
    data = "é\n".encode() + "é–\n".encode("cp1252") + "ü\n".encode() + b"\x81\x9d\n"
    found, note = read(data)
    assert found == ["é\n", "é–\n", "ü\n", "\x81\x9d\n"]
    assert note == "2 lines are not UTF-8 and were read as Windows-1252: 2, 4."


def test_many_such_lines_are_counted_and_the_first_named() -> None:
    _, note = read(b"\xe9\n" * 30)
    assert note.startswith("30 lines are not UTF-8")
    assert note.endswith("11, 12, ....")


def test_a_declared_encoding_is_used(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "table.csv", TABLE.encode("cp1252"), encoding="cp1252")
    assert found["notes"] == []
    (question,) = found["taken"].values()
    assert question["lead_in"] == "Wie heißt der Laut?"


def test_a_declared_encoding_that_does_not_fit_names_the_line() -> None:
    with pytest.raises(PackError) as caught:
        read(b"a\nb\n\xe9\n", "utf-8")
    (finding,) = caught.value.findings
    assert (finding.problem, finding.line) == ("a character is not utf-8", 1)


@pytest.mark.parametrize("name", ["utf-9", "hex", "rot13", "a\0b", ""])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(NotFound):
        read(b"a", name)


def test_an_unknown_encoding_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        read(b"a", "cp1525")
    assert "cp1252" in caught.value.hint


def test_a_line_without_an_end_is_not_read_into_memory() -> None:
    found = TextLines(bytes_source("x.jsonl", b"ok\n" + b"x" * 500), line_limit=100)
    with pytest.raises(PackError) as caught:
        list(found)
    assert caught.value.findings[0].line == 2


def test_a_file_above_the_limit_is_refused_unread() -> None:
    with pytest.raises(PackError):
        TextLines(bytes_source("x.jsonl", b"x" * 500), limit=100)
