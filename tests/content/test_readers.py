"""YAML and JSON: text stays text, lines are right, hostile input is refused with its line."""

import json
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qbank.content import yaml_reader
from qbank.content.documents import Document
from qbank.content.json_reader import read_json
from qbank.content.yaml_reader import read_yaml
from qbank.errors import Finding, PackError


def _refused(read: object, data: bytes | str) -> Finding:
    assert callable(read)
    with pytest.raises(PackError) as caught:
        read(data, "pack.file")
    (finding,) = caught.value.findings
    assert finding.file == "pack.file"
    assert finding.fix
    return finding


def test_yaml_scalars_stay_what_they_are() -> None:
    text = "a: NO\nb: 1:30\nc: 012\nd: 1.10\ne: 2020-01-01\nf: off\ng: 1e3\nh: 0x1F\ni: '~'\n"
    assert read_yaml(text, "f").data == {
        "a": "NO",
        "b": "1:30",
        "c": "012",
        "d": "1.10",
        "e": "2020-01-01",
        "f": "off",
        "g": "1e3",
        "h": "0x1F",
        "i": "~",
    }


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_yaml_nothing_is_absent(nothing: str) -> None:
    assert read_yaml(f"a: {nothing}\nb: x\n", "f").data == {"b": "x"}


def test_yaml_lines() -> None:
    text = "# comment\nq:\n  - id: a\n    text: >-\n      folded\n      text\n  - id: b\n"
    document = read_yaml(text, "f")
    assert document.line(("q", 0)) == 3
    assert document.line(("q", 0, "text")) == 4
    assert document.line(("q", 1, "id")) == 7
    assert document.line(("q", 1, "missing")) == 7
    assert document.line(()) == 2


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "'c' stands twice, first on line 3"),
        ("a: &x 1\n", 1, "an anchor"),
        ("a: 1\nb: *x\n", 2, "an alias"),
        ("a: x\n<<: {b: 1}\n", 2, "a merge"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "a tag"),
        ("a: !!int 3\n", 1, "a tag"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("? [a, b]\n: c\n", 1, "no text"),
        ("a: [1, 2\n", 2, "no valid YAML"),
        ("a: b: c\n", 1, "no valid YAML"),
        ("a:\n\t- b\n", 2, "no valid YAML"),
        ("a: x\nb: \x1b[31m\n", 2, "YAML forbids"),
        ("[" * 13 + "]" * 13, 1, "levels"),
        ("[" * 2_000, 1, "levels"),
        ("- " * 2_000 + "x", 1, "levels"),
    ],
)
def test_yaml_refuses(text: str, line: int, problem: str) -> None:
    finding = _refused(read_yaml, text)
    assert problem in finding.problem
    assert finding.line == line


def test_yaml_with_half_a_character_is_refused() -> None:
    assert _refused(read_yaml, "a: \ud800\n").line is None


def test_yaml_alias_bomb_is_refused_at_its_first_anchor() -> None:
    levels = ["a0: &a0 [x, x]"]
    levels += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert _refused(read_yaml, "\n".join(levels)).line == 1


def test_the_slow_yaml_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: NO\nb: [1:30, {c: ~, d: 'x'}]\n"
    fast = read_yaml(text, "f")
    monkeypatch.setattr(yaml_reader, "_Loader", yaml.BaseLoader)
    slow = read_yaml(text, "f")
    assert slow.data == fast.data
    assert slow.line(("b", 1)) == fast.line(("b", 1)) == 2
    assert _refused(read_yaml, "a: x\nb: \x1b\n").line == 2


def test_json_numbers_keep_their_digits_and_null_is_absent() -> None:
    text = '{"a": 1.10, "b": 1e3, "c": true, "d": null, "e": [1, null], "f": ' + "9" * 5_000 + "}"
    assert read_json(text, "f").data == {
        "a": "1.10",
        "b": "1e3",
        "c": True,
        "e": ["1", None],
        "f": "9" * 5_000,
    }


def test_json_lines() -> None:
    text = '{\n "a": [\n  {"id": "x\\n{[y"},\n  {"id": "z",\n   "t": 1}\n ]}'
    document = read_json(text, "f")
    assert document.line(("a", 0)) == 3
    assert document.line(("a", 1, "t")) == 5
    assert read_json('\n\n{"a": 1}', "f", 40).line(("a",)) == 42
    assert read_json('\n\n{"a": 1}', "f", 40).line(()) == 42


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('{"a": 1,\n"b": {"c": 1,\n"c": 2}}', 3, "'c' stands twice, first on line 2"),
        ('{"a": 1,\n"a\u200b": 2}', 2, "'a' stands twice"),
        ('{"a": 1,\n"b": NaN}', 2, "NaN"),
        ('{"a":\n -Infinity}', 2, "Infinity"),
        ("[" * 13 + "]" * 13, 1, "levels"),
        ("[" * 100_000 + "]" * 100_000, 1, "levels"),
        ('{"a": 1,\n}', 2, "no valid JSON"),
        ('{"a": "x\ny"}', 1, "no valid JSON"),
        ("", 1, "no valid JSON"),
        ("{} {}", 1, "no valid JSON"),
    ],
)
def test_json_refuses(text: str, line: int, problem: str) -> None:
    finding = _refused(read_json, text)
    assert problem in finding.problem
    assert finding.line == line


@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_bytes_are_utf8_with_or_without_a_mark(read: object) -> None:
    assert callable(read)
    assert read('\ufeff{"a": "37 °C"}'.encode(), "f").data == {"a": "37 °C"}
    finding = _refused(read, b'{"a": "x",\n"b": "37 \xb0C"}')
    assert (finding.line, finding.problem) == (2, "a character is not UTF-8")


@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_text_is_gated_and_what_it_lost_is_counted(read: object) -> None:
    assert callable(read)
    document = read('{"a": "\\u202eKEY\\u0000", "b": "x"}', "f")
    assert document.data == {"a": "KEY", "b": "x"}
    assert document.removed == 2


def _read_anything(read: object, data: bytes | str) -> None:
    assert callable(read)
    with suppress(PackError):
        document = read(data, "f")
        assert isinstance(document, Document)
        assert document.line(("a", 0)) >= 1


@given(st.one_of(st.binary(), st.text(), st.text(alphabet="{}[]:,\"'-?&*!|>\n ab1~#")))
def test_no_input_crashes_a_reader(data: bytes | str) -> None:
    _read_anything(read_yaml, data)
    _read_anything(read_json, data)


_plain = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.floats(allow_nan=False), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_plain, st.data())
def test_no_flipped_character_crashes_a_reader(value: object, data: st.DataObject) -> None:
    for text in (json.dumps(value, indent=1), yaml.safe_dump(value)):
        place = data.draw(st.integers(0, len(text)))
        flipped = text[:place] + data.draw(st.text(min_size=1, max_size=2)) + text[place + 1 :]
        _read_anything(read_yaml, flipped)
        _read_anything(read_json, flipped)
