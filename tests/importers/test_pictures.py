"""Pictures of a pack: found, told by their bytes, bounded, and never a way out of the pack."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from qbank.content.pictures import kind_of
from qbank.errors import PackError
from qbank.importers import pictures
from qbank.importers.base import Draft, ReadOptions
from qbank.importers.registry import open_path

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
MANIFEST = "format: qbank-pack/1\npack: {id: pictured, title: Pictured}\n"


def question(file: str = "media/ecg.png", extra: str = "") -> str:
    """A question with one exhibit."""
    return (
        "questions:\n  - id: q1\n    lead_in: What does it show?\n    key: a\n"
        "    options: [{id: a, text: One}, {id: b, text: Two}]\n"
        f"    exhibits:\n      - file: {file}\n        alt: Regular, narrow, 150/min\n{extra}"
    )


def folder(where: Path, text: str, **files: bytes) -> Path:
    """A pack in a folder; files by their name, `_` for `/`."""
    (where / "media").mkdir(parents=True)
    (where / "pack.yaml").write_text(MANIFEST + text, encoding="utf-8")
    for name, data in files.items():
        (where / name.replace("__", "/").replace("_", ".")).write_bytes(data)
    return where


def drafts(path: Path) -> list[Draft]:
    """Every question of a pack."""
    readings = list(open_path(path, None, ReadOptions()))
    return [item for reading in readings for item in reading.items if isinstance(item, Draft)]


def findings(path: Path) -> list[tuple[str, int | None, str]]:
    """What is wrong with a pack: field, line and problem."""
    with pytest.raises(PackError) as caught:
        drafts(path)
    return [(each.field, each.line, each.problem) for each in caught.value.findings]


def test_a_picture_of_a_folder_comes_with_its_question(tmp_path: Path) -> None:
    (draft,) = drafts(folder(tmp_path / "p", question(), media__ecg_png=PNG))
    (picture,) = draft.pictures
    assert (picture.kind, picture.data) == ("png", PNG)
    assert picture.sha256 == sha256(PNG).hexdigest()
    (exhibit,) = draft.question.exhibits
    assert (exhibit.sha256, exhibit.alt) == (picture.sha256, "Regular, narrow, 150/min")


def test_a_picture_of_a_zip_comes_with_its_question(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/pack.yaml", MANIFEST + question())
        archive.writestr("in/media/ecg.png", PNG)
    (draft,) = drafts(path)
    assert [picture.data for picture in draft.pictures] == [PNG]


def test_a_pack_of_one_file_has_no_pictures(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(MANIFEST + question(), encoding="utf-8")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "ecg.png").write_bytes(PNG)
    with pytest.raises(PackError) as caught:
        drafts(path)
    assert "folder or zip" in caught.value.findings[0].fix


def test_a_picture_that_is_not_there_is_named_with_its_line(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", question("media/egc.png"), media__ecg_png=PNG)
    field = "exhibits[1].file"
    assert findings(path) == [(field, 9, "there is no 'media/egc.png' in the pack")]


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='x'/>", b"#!/bin/sh\n", b"RIFF\0\0\0\0WAVE", b"%PDF-1.7"]
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(tmp_path: Path, data: bytes) -> None:
    path = folder(tmp_path / "p", question(), media__ecg_png=data)
    assert findings(path)[0][2] == "'media/ecg.png' is no picture that is shown here"


def test_a_picture_above_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "PICTURE_LIMIT", len(PNG) - 1)
    path = folder(tmp_path / "p", question(), media__ecg_png=PNG)
    assert findings(path)[0][2].startswith("is larger than")


def test_a_hash_that_is_given_has_to_be_right(tmp_path: Path) -> None:
    right = f"        sha256: {sha256(PNG).hexdigest()}\n"
    (draft,) = drafts(folder(tmp_path / "p", question(extra=right), media__ecg_png=PNG))
    assert draft.pictures
    wrong = f"        sha256: {'0' * 64}\n"
    path = folder(tmp_path / "q", question(extra=wrong), media__ecg_png=PNG)
    assert findings(path) == [("exhibits[1].sha256", 11, "'media/ecg.png' is another file")]


@pytest.mark.parametrize(
    "place",
    [
        "../ecg.png",
        "/etc/ecg.png",
        "media/../../ecg.png",
        ".hidden/ecg.png",
        "C:/ecg.png",
        "media\\\\ecg.png",
        "media/ecg.svg",
        "media/ecg.png.sh",
        "https://x/ecg.png",
        "media//ecg.png",
    ],
)
def test_no_place_leads_out_of_the_pack_or_to_another_kind(tmp_path: Path, place: str) -> None:
    path = folder(tmp_path / "p", question(f'"{place}"'), media__ecg_png=PNG)
    assert findings(path)[0][0].endswith("exhibits[1].file")


def test_an_exhibit_needs_its_words(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", question().replace("Regular, narrow, 150/min", '""'))
    assert findings(path)[0][0].endswith("exhibits[1].alt")


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(PNG)
    path = folder(tmp_path / "p", question())
    (path / "media" / "ecg.png").symlink_to(outside)
    assert "there is no" in findings(path)[0][2]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"GIF89a..", "gif"),
        (b"GIF87a..", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (io.BytesIO(b"\x89PNX").getvalue(), None),
    ],
)
def test_kinds_are_told_by_their_first_bytes(head: bytes, kind: Any) -> None:
    assert kind_of(head) == kind
