"""Pictures of questions: in words always, in cells with Pillow, outside on a key press alone."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.tui import outside, picture
from qbank.tui.picture import Look, NoPicture, Picture
from qbank.tui.screens import exhibits
from qbank.tui.screens.block import Block
from qbank.tui.screens.exhibits import Exhibits
from qbank.tui.screens.preview import Preview
from qbank.tui.widgets.view import View
from tests.tui.support import settings_for, sitting

MANIFEST = """\
format: qbank-pack/1
pack: {id: pictured, title: Pictured}
questions:
  - id: q1
    stem: A man comes in. The first is shown, then the second.
    lead_in: What is it?
    key: a
    options: [{id: a, text: One}, {id: b, text: Two}]
    exhibits:
      - {file: media/red.png, alt: A red field with a blue lower half}
      - {file: media/broken.png, alt: "Nothing to be seen \\e[2J[@click=app.quit]here[/]"}
"""


def _png(width: int = 40, height: int = 40) -> bytes:
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, height // 2, width, height))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def pictured(data: Path, tmp_path: Path) -> Path:
    """A store with a question that has two pictures, one of them broken."""
    media = tmp_path / "pictured" / "media"
    media.mkdir(parents=True)
    (media.parent / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (media / "red.png").write_bytes(_png())
    (media / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"no picture")
    application = open_app(settings_for(data), clock=ManualClock())
    application.packs.import_path(media.parent)
    application.close()
    return data


# --- in cells -----------------------------------------------------------------------------


def test_a_picture_fills_its_room_and_keeps_its_shape() -> None:
    strips = Picture(_png()).strips(60, 20, Look())
    assert [strip.cell_length for strip in strips] == [60] * 20
    widths = {strip.text.count("▀") for strip in strips}
    assert widths == {40}
    assert Picture(_png(80, 20)).strips(60, 20, Look())[0].text.strip() == ""


def test_colours_are_those_of_the_picture() -> None:
    strips = Picture(_png()).strips(40, 20, Look())
    upper = next(segment for segment in strips[0] if segment.text.startswith("▀"))
    lower = next(segment for segment in strips[-1] if segment.text.startswith("▀"))
    assert upper.style is not None
    assert lower.style is not None
    assert upper.style.color is not None
    assert lower.style.color is not None
    assert upper.style.color.triplet == (255, 0, 0)
    assert lower.style.color.triplet == (0, 0, 255)


def test_without_colour_it_is_shades() -> None:
    strips = Picture(_png()).strips(40, 20, Look(), colour=False)
    assert {*strips[0].text} != {*strips[-1].text}
    assert "▀" not in "".join(strip.text for strip in strips)
    assert not any(segment.style for strip in strips for segment in strip)


def test_looking_nearer_shows_a_part_and_never_leaves_the_picture() -> None:
    look = Look().nearer(3)
    for _ in range(40):
        look = look.moved(1, 1)
    assert (look.x, look.y) == (1.0, 1.0)
    strips = Picture(_png()).strips(40, 20, look)
    colours = {s.style.color.triplet for row in strips for s in row if s.style and s.style.color}
    assert colours == {(0, 0, 255)}
    assert Look().nearer(-3) == Look()
    assert Look().nearer(99).zoom == 16.0


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg/>", _png()[:-60]])
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises(NoPicture):
        Picture(data)


def test_far_too_many_dots_are_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_MOST_DOTS", 1_599)
    with pytest.raises(NoPicture, match="too many dots"):
        Picture(_png())


# --- on the screen ---------------------------------------------------------------------------


async def test_the_words_stand_in_the_stem_and_v_opens_the_picture(pictured: Path) -> None:
    async with sitting(pictured, size=(100, 30)) as seat:
        await seat.begin(packs=("pictured",), count=1)
        assert "Exhibit 1  A red field with a blue lower half" in seat.text
        await seat.press("v")
        assert seat.on(Exhibits)
        await seat.until("▀")
        assert "Exhibit 1 of 2" in seat.text
        assert "A red field" in seat.text
        assert "left" in seat.lines[0]
        await seat.press("plus", "right", "down")
        assert "× 1.5" in seat.text
        view = seat.app.screen.query_one(View)
        assert (view.at.x, view.at.y) != (0.5, 0.5)
        await seat.press("0")
        assert view.at == Look()
        await seat.press("n")
        await seat.until("It cannot be read")
        assert "Nothing to be seen [2J[@click=app.quit]here[/]" in seat.text
        await seat.press("escape")
        assert seat.on(Block)
        assert seat.state.response(1) == ()


async def test_a_press_on_the_label_opens_that_picture(pictured: Path) -> None:
    async with sitting(pictured) as seat:
        await seat.begin(packs=("pictured",), count=1)
        await seat.click("Exhibit 2")
        assert "Exhibit 2 of 2" in seat.text
        await seat.click("⏎ next")
        assert "Exhibit 1 of 2" in seat.text
        await seat.click("+ nearer")
        assert "× 1.5" in seat.text
        await seat.click("Esc back")
        assert seat.on(Block)


async def test_the_pictures_are_there_in_the_review_and_in_the_library(pictured: Path) -> None:
    async with sitting(pictured) as seat:
        await seat.begin(packs=("pictured",), count=1)
        await seat.press("a", "r", "s", "enter")
        await seat.until("Time in hand")
        await seat.press("enter")
        await seat.until("Exhibit 1  A red field")
        await seat.press("v")
        assert seat.on(Exhibits)
        await seat.until("▀")
        await seat.press("escape")
        await seat.click("Exhibit 2")
        assert "Exhibit 2 of 2" in seat.text
        hits = seat.application.packs.questions("pictured")
        await seat.app.push_screen(Preview(hits, 0))
        await seat.until("Exhibit 1  A red field")
        await seat.click("Exhibit 1")
        assert seat.on(Exhibits)


async def test_without_the_extra_there_are_the_words(
    pictured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exhibits, "can_show", lambda: False)
    async with sitting(pictured) as seat:
        await seat.begin(packs=("pictured",), count=1)
        await seat.press("v")
        assert "A red field" in seat.text
        assert "qbank[images]" in seat.text
        await seat.press("plus", "down", "n")
        assert "Nothing to be seen" in seat.text


async def test_a_question_without_pictures_says_so(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("v")
        assert seat.on(Block)
        assert "no picture" in seat.text


# --- outside -----------------------------------------------------------------------------------


@pytest.fixture
def viewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """A viewer of the test's own in place of the system's; gives what it was called with."""
    called = tmp_path / "called"
    script = tmp_path / "xdg-open"
    script.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> {called}.new && mv {called}.new {called}\n'
    )
    script.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return lambda: called.read_text().splitlines() if called.exists() else []


async def test_only_the_key_opens_a_picture_outside(
    pictured: Path, viewer: Callable[[], list[str]]
) -> None:
    async with sitting(pictured) as seat:
        await seat.begin(packs=("pictured",), count=1)
        await seat.press("v", "n", "plus", "n")
        assert viewer() == []
        await seat.press("o")
        await seat.until("Shown by the system's viewer.")
        for _ in range(200):
            if viewer():
                break
            await seat.pilot.pause(0.01)
        (shown,) = viewer()
        assert Path(shown).name == "exhibit-1.png"
        assert Path(shown).read_bytes() == _png()


def test_a_copy_has_an_ending_of_ours_whatever_the_pack_calls_it(
    viewer: Callable[[], list[str]],
) -> None:
    with pytest.raises(KeyError):
        outside.open_outside(b"x", "desktop", 1)
    assert viewer() == []


async def test_where_there_is_no_viewer_that_is_said(
    pictured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "_viewer", lambda: None)
    async with sitting(pictured) as seat:
        await seat.begin(packs=("pictured",), count=1)
        await seat.press("v")
        await seat.press("o")
        await seat.until("No viewer was found")
