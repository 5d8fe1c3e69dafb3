"""Archives and folders: nothing leaves them, nothing is unpacked, every limit holds."""

import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from qbank.errors import PackError
from qbank.importers import tree
from tests.importers.archives import MANIFEST, entries, question, zipped
from tests.importers.reading import read_bytes, read_one

PACK: dict[str, str | bytes] = {"pack.yaml": MANIFEST, "questions/a.jsonl": question("a")}


def problems(folder: Path, data: bytes) -> list[str]:
    """What is wrong with an archive, by its findings."""
    with pytest.raises(PackError) as caught:
        read_bytes(folder, "pack.zip", data)
    assert all(each.file.startswith("pack.zip") for each in caught.value.findings)
    return [each.problem for each in caught.value.findings]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../evil.json", "leaves the archive by '..'"),
        ("questions/../../evil.json", "leaves the archive by '..'"),
        ("/etc/evil.json", "has an absolute name"),
        ("C:/evil.json", "has an absolute name"),
        ("..\\evil.json", "leaves the archive by '..'"),
        ("a\\b.json", "has a sign in its name that none may have"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str, problem: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert problems(tmp_path, zipped({**PACK, name: question("x")})) == [problem]
    assert sorted(tmp_path.rglob("*")) == [*before, tmp_path / "pack.zip"]


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    twice = [(zipfile.ZipInfo(name), "{}") for name in ("q.json", "Q.JSON")]
    assert problems(tmp_path, entries(twice)) == ["stands twice in the archive"]


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("questions/link.json")
    link.external_attr = 0o120777 << 16
    assert problems(tmp_path, entries([(link, "/etc/passwd")])) == ["is a link or a device"]


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(PACK))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert problems(tmp_path, bytes(data)) == ["is encrypted"]


def test_an_unusual_method_is_refused(tmp_path: Path) -> None:
    data = zipped(PACK, zipfile.ZIP_LZMA)
    assert set(problems(tmp_path, data)) == {"is packed by a method that is not read here"}


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = zipped({**PACK, "questions/b.jsonl": b" " * (8 * 1024 * 1024)})
    assert problems(tmp_path, data) == ["is packed more than 200 to 1"]


def test_a_size_that_lies_ends_where_it_says_or_is_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped({**PACK, "questions/b.jsonl": question("b") * 4_000}))
    name = data.rindex(b"questions/b.jsonl")
    struct.pack_into("<L", data, name - 46 + 24, 1_000)
    assert problems(tmp_path, bytes(data)) == ["is damaged, or no zip archive"]


def test_a_member_above_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "DOCUMENT_LIMIT", 1_024)
    noise = random.Random(1).randbytes(2_048).hex()
    data = zipped({**PACK, "questions/b.jsonl": noise})
    assert problems(tmp_path, data) == ["is larger than 0 MB"]


@pytest.mark.parametrize(
    ("limit", "problem"),
    [
        ("ENTRIES_LIMIT", "holds more than 1 files"),
        ("DIRECTORY_LIMIT", "holds more than 20,000 files"),
        ("UNPACKED_LIMIT", "unpacks to more than 0 MB"),
        ("ARCHIVE_LIMIT", "is larger than 0 MB"),
    ],
)
def test_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, problem: str
) -> None:
    monkeypatch.setattr(tree, limit, 1)
    assert problem in problems(tmp_path, zipped(PACK))


def test_twenty_thousand_and_one_entries_are_refused_quickly(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"{number}.json": "" for number in range(20_001)}
    data = zipped(members, zipfile.ZIP_STORED)
    assert problems(tmp_path, data) == ["holds more than 20,000 files"]


def test_a_damaged_member_is_refused_by_its_name(tmp_path: Path) -> None:
    data = bytearray(zipped(PACK, zipfile.ZIP_STORED))
    data[data.index(b'"Which?"') + 2] ^= 1
    with pytest.raises(PackError) as caught:
        read_bytes(tmp_path, "pack.zip", bytes(data))
    assert "damaged" in caught.value.findings[0].problem
    assert zlib.crc32(bytes(data)) != zlib.crc32(zipped(PACK, zipfile.ZIP_STORED))


@pytest.mark.parametrize("cut", [4, 30, 100])
def test_a_truncated_archive_is_refused(tmp_path: Path, cut: int) -> None:
    assert problems(tmp_path, zipped(PACK)[:-cut]) == ["is damaged, or no zip archive"]


def test_hidden_files_nested_archives_and_media_are_passed_over(tmp_path: Path) -> None:
    extra: dict[str, str | bytes] = {
        "__MACOSX/questions/a.jsonl": b"\x00\x05",
        "questions/.hidden.json": "{",
        "questions/inner.zip": zipped({"x.json": "{"}),
        "media/picture.png": b"\x89PNG",
    }
    assert len(read_bytes(tmp_path, "pack.zip", zipped({**PACK, **extra}))["taken"]) == 1


def test_an_archive_without_questions_says_so(tmp_path: Path) -> None:
    assert problems(tmp_path, zipped({"readme.txt": "hello"})) == ["holds no question files"]


def test_the_names_of_members_are_shown_without_controls(tmp_path: Path) -> None:
    data = zipped({"pack.yaml": MANIFEST, "questions/\x1b[2Ja\n.jsonl": question("a")})
    (where,) = read_bytes(tmp_path, "pack.zip", data)["taken"]
    assert where == "pack.zip/questions/[2Ja .jsonl:1"


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.jsonl"
    outside.write_text(question("outside"))
    pack = tmp_path / "pack"
    (pack / "questions").mkdir(parents=True)
    (pack / "pack.yaml").write_text(MANIFEST)
    (pack / "questions" / "a.jsonl").write_text(question("a"))
    (pack / "questions" / "b.jsonl").symlink_to(outside)
    (pack / "questions" / "loop").symlink_to(tmp_path)
    assert [each["id"] for each in read_one(pack)["taken"].values()] == ["a"]
