"""Native packs: one file, a folder, a zip; all or nothing, with every fault named."""

import json
from pathlib import Path

import pytest

from qbank.errors import Finding, PackError
from tests.importers.archives import MANIFEST, question, zipped
from tests.importers.reading import read, read_bytes, read_one


def findings(folder: Path, name: str, text: str | bytes) -> tuple[Finding, ...]:
    """The findings of a refused file."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(PackError) as caught:
        read_bytes(folder, name, data)
    return caught.value.findings


def folder_pack(folder: Path) -> Path:
    """A folder with a manifest and questions in three files."""
    pack = folder / "my-pack"
    (pack / "questions").mkdir(parents=True)
    (pack / "pack.yaml").write_text(MANIFEST)
    (pack / "README.md").write_text("# Not a question\n")
    (pack / "questions" / "b.jsonl").write_text(question("b-1") + question("b-2"))
    (pack / "questions" / "a.json").write_text(f"[{question('a-1')}]")
    (pack / "questions" / "c.yaml").write_text(
        "id: c-1\nlead_in: Which?\nkey: a\noptions:\n- {id: a, text: one}\n- {id: b, text: two}\n"
    )
    return pack


def ids(found: dict[str, dict[str, dict[str, str]]]) -> list[str]:
    """The ids of what was taken, in order."""
    return [each["id"] for each in found["taken"].values()]


def test_a_folder_is_one_pack_in_order_of_names(tmp_path: Path) -> None:
    found = read_one(folder_pack(tmp_path))
    assert found["pack"]["id"] == "zipped"
    assert ids(found) == ["a-1", "b-1", "b-2", "c-1"]
    assert list(found["taken"])[1] == "my-pack/questions/b.jsonl:1"
    assert found["complete"]


def test_a_zip_of_the_folder_is_the_same_pack(tmp_path: Path) -> None:
    pack = folder_pack(tmp_path)
    members: dict[str, str | bytes] = {
        f"top/{path.relative_to(pack)}": path.read_bytes()
        for path in sorted(pack.rglob("*"))
        if path.is_file()
    }
    assert ids(read_bytes(tmp_path, "pack.zip", zipped(members))) == ids(read_one(pack))


def test_a_folder_of_packs_is_one_reading_each(tmp_path: Path) -> None:
    folder_pack(tmp_path)
    (tmp_path / "single.json").write_text(
        json.dumps({"format": "qbank-pack/1", "pack": {"id": "single", "title": "S"}})[:-1]
        + f', "questions": [{question("s-1")}]}}'
    )
    (tmp_path / "table.csv").write_text("question,A,B,answer\nWhich?,one,two,A\n")
    assert [each["pack"]["id"] for each in read(tmp_path)] == ["zipped", "single", "table"]


def test_two_files_that_give_one_pack_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text("question,A,B,answer\nWhich?,one,two,A\n")
    (tmp_path / "cards.tsv").write_text("question\tA\tB\tanswer\nWhich?\tone\ttwo\tA\n")
    with pytest.raises(PackError) as caught:
        read(tmp_path)
    assert "cards.csv" in caught.value.findings[0].problem


def test_every_fault_of_every_file_is_found(tmp_path: Path) -> None:
    pack = folder_pack(tmp_path)
    (pack / "questions" / "a.json").write_text('[\n{"id": "x", "key": "a"},\n{"idd": "y"}]')
    (pack / "questions" / "b.jsonl").write_text(question("b-1") + "{broken\n")
    (pack / "questions" / "c.yaml").write_text("id: *x\n")
    with pytest.raises(PackError) as caught:
        read(pack)
    found = {(each.where, each.field) for each in caught.value.findings}
    assert ("my-pack/questions/a.json:2", "[1].lead_in") in found
    assert ("my-pack/questions/a.json:3", "[2].idd") in found
    assert ("my-pack/questions/b.jsonl:2", "") in found
    assert ("my-pack/questions/c.yaml:1", "") in found
    assert all(each.fix for each in caught.value.findings)


def test_a_broken_manifest_is_the_one_fault_that_is_told(tmp_path: Path) -> None:
    pack = folder_pack(tmp_path)
    (pack / "pack.yaml").write_text("format: [\n")
    with pytest.raises(PackError) as caught:
        read(pack)
    assert {each.file for each in caught.value.findings} == {"my-pack/pack.yaml"}


def test_one_faulty_line_takes_nothing(tmp_path: Path) -> None:
    manifest = '{"format": "qbank-pack/1", "pack": {"id": "l", "title": "L"}}\n'
    broken = question("two").replace('"key": "a"', '"key": "z"')
    (finding,) = findings(tmp_path, "lines.jsonl", manifest + question("one") + broken)
    assert (finding.where, finding.field) == ("lines.jsonl:3", "key")


def test_the_same_id_twice_skips_the_second_and_names_both(tmp_path: Path) -> None:
    pack = folder_pack(tmp_path)
    (pack / "questions" / "d.jsonl").write_text("\n" + question("B-1"))
    found = read_one(pack)
    assert found["skipped"] == [
        [
            "my-pack/questions/d.jsonl:2",
            "the id 'B-1' stands before, at my-pack/questions/b.jsonl:1",
        ]
    ]
    assert len(found["taken"]) == 4


def test_questions_without_a_manifest_are_a_pack_named_after_the_file(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "My bare file.jsonl", (question("a") + question("b")).encode())
    assert found["pack"]["id"] == "My-bare-file"
    assert ids(found) == ["a", "b"]
    assert not found["complete"]


def test_a_file_with_a_mark_and_carriage_returns_reads_alike(tmp_path: Path) -> None:
    text = f"{MANIFEST}questions:\n- {question('a')}"
    plain = read_bytes(tmp_path, "pack.yaml", text.encode())
    marked = read_bytes(
        tmp_path, "pack.yaml", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    )
    assert marked == plain


def test_control_characters_are_removed_and_counted(tmp_path: Path) -> None:
    text = MANIFEST + "questions:\n- " + question("a").replace("one", r"\u001b[31mone\u202e")
    found = read_bytes(tmp_path, "pack.yaml", text.encode())
    (taken,) = found["taken"].values()
    assert taken["options"][0]["text"] == "[31mone"
    assert found["removed"] == 2


def test_files_outside_of_the_questions_folder_are_named(tmp_path: Path) -> None:
    pack = folder_pack(tmp_path)
    (pack / "notes.json").write_text("{}")
    assert read_one(pack)["notes"] == ["Not read, since not in questions/: my-pack/notes.json."]


def test_a_pack_that_is_wrong_throughout_is_not_read_to_its_end(tmp_path: Path) -> None:
    manifest = '{"format": "qbank-pack/1", "pack": {"id": "l", "title": "L"}}\n'
    path = tmp_path / "wrong.jsonl"
    path.write_text(manifest + '{"idd": "x"}\n' * 3_000)
    with pytest.raises(PackError, match="more than 2,000 faults") as caught:
        read(path)
    assert len(caught.value.findings) == 200
    assert caught.value.hint == "The first 200 are shown."


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("empty.yaml", "", "is no pack"),
        ("none.yaml", MANIFEST + "questions: []\n", "holds no questions"),
        ("other.yaml", "format: qbank-pack/9\npack: {title: x}\n", "'qbank-pack/9' is not known"),
        ("list.yaml", "- type: mc\n", "is no pack"),
        ("near.yaml", MANIFEST.replace("pack:", "pac:"), "is no known field"),
    ],
)
def test_what_is_no_pack_is_refused(tmp_path: Path, name: str, text: str, problem: str) -> None:
    assert problem in [each.problem for each in findings(tmp_path, name, text)]
