"""Files made to do harm: each is refused, or its rows are skipped, soon and within memory."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.errors import PackError, QbankError
from qbank.importers import source
from tests.importers.archives import MANIFEST, question, zipped
from tests.importers.reading import read, read_bytes
from tests.importers.test_golden import INPUTS

BOMB = "\n".join(
    ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 9))]
)
CARD = {"question": "Which?", "options": {"A": "one", "B": "two"}, "answer": "A"}
TABLE = "question,A,B,answer\n"


def refused(folder: Path, name: str, data: bytes | str) -> tuple[str, int | None]:
    """The problem of a refused file and its line."""
    with pytest.raises(PackError) as caught:
        read_bytes(folder, name, data.encode() if isinstance(data, str) else data)
    first = caught.value.findings[0]
    assert first.file.startswith(name)
    return first.problem, first.line


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        (BOMB, "an anchor (&a0)", 1),
        (MANIFEST + "x: !!python/object/apply:os.system [id]\n", "a tag", 5),
        (MANIFEST + "format: again\n", "'format' stands twice, first on line 1", 5),
        (MANIFEST + "a: &b 1\n", "an anchor (&b)", 5),
        (MANIFEST + "<<: {a: 1}\n", "a merge (<<)", 5),
        (MANIFEST + "questions: " + "[" * 2_000, "more than 12 levels inside each other", 5),
        (MANIFEST + "title: a\0b\n", "no valid YAML: a character YAML forbids", 5),
        (MANIFEST + "---\nb: 1\n", "a second document (---)", 5),
    ],
    ids=["alias bomb", "tag", "double name", "anchor", "merge", "deep", "NUL", "two documents"],
)
def test_yaml_that_hides_something(tmp_path: Path, text: str, problem: str, line: int) -> None:
    found, where = refused(tmp_path, "pack.yaml", text)
    assert found.startswith(problem)
    assert where == line


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[" * 100_000, "more than 12 levels inside each other"),
        ('[{"question": NaN}]', "NaN is no value"),
        ('[{"question": "a", "question": "b"}]', "'question' stands twice"),
        ('[{"question": "a"', "no valid JSON"),
        ("[" + "{}," * 400_000 + "{}]", "holds no questions that are recognised"),
        ("[" + "[]," * 800_000 + "[]]", "holds more than 750,000 values"),
    ],
    ids=["deep", "NaN", "double name", "cut off", "empty records", "too many lists"],
)
def test_json_that_is_refused_as_a_whole(tmp_path: Path, text: str, problem: str) -> None:
    assert refused(tmp_path, "set.json", text)[0].startswith(problem)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[" * 100_000, "more than 12 levels"),
        ('{"a": {"b": ' * 2_000, "more than 12 levels"),
        (json.dumps(CARD)[:-1] + ', "answer": "B"}', "'answer' stands twice"),
        (json.dumps({**CARD, "question": "x" * 20_001}), "lead_in: has 20,001 characters"),
        (json.dumps({**CARD, "options": {"A": "x" * 5_001, "B": "y"}}), "options[1].text: has"),
        (json.dumps({**CARD, "options": [str(n) for n in range(27)]}), "more than 26 options"),
        (json.dumps(CARD).replace('"A"}', "9" * 5_000 + "}"), "the key '9999"),
        (json.dumps({**CARD, "question": ["no", {"text": 1}]})[:-2], "no valid JSON"),
        (json.dumps({**CARD, "options": "[" * 15_000}), "no options"),
        (json.dumps({**CARD, "options": 7, "answer": {"a": 1}}), "no options"),
    ],
)
def test_a_hostile_line_is_skipped_and_the_next_is_read(
    tmp_path: Path, line: str, reason: str
) -> None:
    other = json.dumps({**CARD, "question": "Which other?"})
    text = f"{other}\n{line}\n{json.dumps(CARD)}\n"
    found = read_bytes(tmp_path, "set.jsonl", text.encode())
    ((where, why),) = found["skipped"]
    assert where == "set.jsonl:2"
    assert why.startswith(reason)
    assert list(found["taken"]) == ["set.jsonl:1", "set.jsonl:3"]


def test_what_could_steer_a_terminal_is_gone(tmp_path: Path) -> None:
    hostile = "\x1b]52;c;aGk=\x07A\u202eB\u200b\ud800C\0D" + "e" + "\u0301" * 40
    card = {**CARD, "question": f"{hostile}?", "explanation": hostile}
    found = read_bytes(tmp_path, "set.jsonl", f"{json.dumps(card)}\n".encode())
    (taken,) = found["taken"].values()
    assert taken["lead_in"].startswith("]52;c;aGk=ABCDé\u0301\u0301")
    assert len(taken["lead_in"]) < 30
    assert found["removed"] > 60
    table = f'{TABLE}"{hostile}?",one,two,A\n'.encode("utf-8", "ignore")
    (same,) = read_bytes(tmp_path, "set.csv", table)["taken"].values()
    assert same["lead_in"] == taken["lead_in"]


def test_an_unclosed_quote_names_the_line_where_it_opens(tmp_path: Path) -> None:
    rows = [f"Which {n}?,one,two,A\n" for n in range(1_000)]
    rows[499] = '"Which 499?,one,two,A\n'
    problem, line = refused(tmp_path, "set.csv", TABLE + "".join(rows))
    assert line == 501
    assert problem.startswith("the row that begins here is broken")


def test_a_quote_inside_a_cell_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refused(tmp_path, "set.csv", TABLE + 'Which?,"one" two,x,A\n')[1] == 2


def test_a_cell_above_the_limit_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "set.csv", TABLE + "x" * 1_000_001 + ",one,two,A\n")[1] == 2


def test_formulas_stay_text(tmp_path: Path) -> None:
    table = TABLE + '"=HYPERLINK(""http://x"")",+1,@SUM(A1),A\n'
    (taken,) = read_bytes(tmp_path, "set.csv", table.encode())["taken"].values()
    assert taken["lead_in"] == '=HYPERLINK("http://x")'
    assert [option["text"] for option in taken["options"]] == ["+1", "@SUM(A1)"]


def test_a_document_above_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "DOCUMENT_LIMIT", 100)
    assert refused(tmp_path, "pack.yaml", MANIFEST + "#" * 200)[0] == "is larger than 0 MB"


def _flipped(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight of them changed, dropped or doubled."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        place = chance.randrange(len(changed))
        match chance.randrange(3):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.randrange(1, 20)]
            case _:
                changed[place:place] = changed[max(0, place - 30) : place]
        changed = changed or bytearray(b"\n")
    return bytes(changed)


def _sources() -> dict[str, Callable[[], bytes]]:
    members: dict[str, str | bytes] = {
        "top/pack.yaml": MANIFEST,
        "top/questions/a.jsonl": question("a") + question("b"),
    }
    files = {path.name: path.read_bytes for path in INPUTS}
    return {**files, "pack.zip": lambda: zipped(members)}


def _flip_all(folder: Path, name: str, count: int) -> int:
    """How many of the flipped files could still be read; every other one is a QbankError."""
    original = _sources()[name]()
    chance = random.Random(f"{name} {count}")
    path = folder / name
    readable = 0
    for _ in range(count):
        path.write_bytes(_flipped(original, chance))
        try:
            readable += len(read(path))
        except QbankError:
            continue
    return readable


@pytest.mark.parametrize("name", _sources())
def test_flipped_bytes_are_errors_of_ours_or_read(tmp_path: Path, name: str) -> None:
    assert _flip_all(tmp_path, name, 200) < 200


@pytest.mark.proof
@pytest.mark.parametrize("name", _sources())
def test_many_flipped_bytes_are_errors_of_ours_or_read(tmp_path: Path, name: str) -> None:
    assert _flip_all(tmp_path, name, 3_000) > 0
