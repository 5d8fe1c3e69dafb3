"""Pictures in the terminal's own dots: only where asked for, and nothing of a pack in them."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from textual.notifications import Notification
from textual.widgets._toast import Toast

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.tui import graphics
from qbank.tui.graphics import Graphics
from qbank.tui.picture import Look, Picture
from qbank.tui.screens.exhibits import Exhibits
from qbank.tui.widgets.view import View
from tests.tui.support import Seat, settings_for, sitting
from tests.tui.terminal import Terminal, said

MANIFEST = """\
format: qbank-pack/1
pack: {id: pictured, title: Pictured}
questions:
  - id: q1
    stem: A man comes in.
    lead_in: What is it?
    key: a
    options: [{id: a, text: One}, {id: b, text: Two}]
    exhibits: [{file: media/red.png, alt: A red field}]
"""
EVIL = "\x1b]0;evil\x07\x1b[2J"
KITTY = Graphics("kitty", (10, 20))
SIXEL = Graphics("sixel", (10, 20))
_MESSAGE = re.compile(r"\x1b_G([a-zA-Z0-9=,]*);([A-Za-z0-9+/=]*)\x1b\\")


def _png() -> bytes:
    """Red over blue, and words beside the picture that would steer a terminal."""
    image = Image.new("RGB", (40, 40), "red")
    image.paste("blue", (0, 20, 40, 40))
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", EVIL)
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=words)
    return out.getvalue()


@pytest.fixture
def pictured(data: Path, tmp_path: Path) -> Path:
    """A store with a question that has a picture."""
    media = tmp_path / "pictured" / "media"
    media.mkdir(parents=True)
    (media.parent / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (media / "red.png").write_bytes(_png())
    application = open_app(settings_for(data), clock=ManualClock())
    application.packs.import_path(media.parent)
    application.close()
    return data


def _sent(first: str) -> Image.Image:
    pieces = _MESSAGE.findall(first)
    data = "".join(payload for _, payload in pieces)
    return Image.open(io.BytesIO(base64.b64decode(data)))


def test_kitty_is_sent_the_decoded_dots_and_nothing_else() -> None:
    drawn = KITTY.draw(Picture(_png()), (60, 20), Look())
    assert drawn is not None
    assert _MESSAGE.sub("", drawn.first + drawn.last) == ""
    image = _sent(drawn.first)
    assert image.size == (400, 400)
    assert image.info == {}
    assert image.convert("RGB").getpixel((5, 5)) == (255, 0, 0)
    assert len(drawn.rows) == 20
    assert (drawn.left, drawn.top) == (10, 0)
    assert {row.count("\U0010eeee") for row in drawn.rows} == {40}


def test_nearer_is_a_crop_of_the_picture() -> None:
    drawn = KITTY.draw(Picture(_png()), (60, 20), Look(4.0, 0.5, 1.0))
    assert drawn is not None
    colours = _sent(drawn.first).convert("RGB").getcolors()
    assert colours is not None
    assert {colour for _, colour in colours} == {(0, 0, 255)}


def test_a_sixel_is_one_sequence_of_printable_signs_within_its_lines() -> None:
    drawn = SIXEL.draw(Picture(_png()), (60, 20), Look())
    assert drawn is not None
    assert drawn.first == drawn.last == ""
    (row,) = drawn.rows
    assert re.fullmatch(r'\x1bP[0-9;]*q"1;1;400;396[\x20-\x7e]*\x1b\\', row)


def test_what_is_larger_than_a_protocol_can_place_stays_in_half_cells() -> None:
    assert KITTY.draw(Picture(_png()), (298, 20), Look()) is None


# --- on the screen --------------------------------------------------------------------------


def _heard(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    assert seat.app._driver is not None
    monkeypatch.setattr(seat.app._driver, "write", heard.append)
    return heard


async def _until(seat: Seat, heard: list[str], sign: str) -> None:
    for _ in range(400):
        if any(sign in text for text in heard):
            return
        await seat.pilot.pause(0.01)
    raise AssertionError(f"{sign!r} is never sent")


async def _painted(seat: Seat, heard: list[str]) -> str:
    """What is sent when everything is painted anew."""
    heard.clear()
    seat.app.screen.refresh(layout=True)
    await seat.pilot.pause(0.1)
    return "".join(heard)


@pytest.mark.parametrize("drawing", [KITTY, SIXEL])
async def test_the_page_draws_over_its_cells_and_not_under_another(
    pictured: Path, monkeypatch: pytest.MonkeyPatch, drawing: Graphics
) -> None:
    sign = "\U0010eeee" if drawing is KITTY else "\x1bP"
    async with sitting(pictured, size=(100, 30)) as seat:
        seat.app.graphics = drawing
        heard = _heard(seat, monkeypatch)
        await seat.begin(packs=("pictured",), count=1)
        assert sign not in "".join(heard)
        await seat.press("v")
        assert seat.on(Exhibits)
        await _until(seat, heard, sign)
        view = seat.app.screen.query_one(View)
        assert f"\x1b[{view.region.y + 1};{view.region.x + 1}H" in heard[-1]
        assert sign not in seat.text
        heard.clear()
        await seat.press("plus")
        await _until(seat, heard, sign)
        await seat.press("question_mark")
        assert not seat.on(Exhibits)
        assert sign not in await _painted(seat, heard)
        await seat.press("escape")
        await _until(seat, heard, sign)
        toast = Toast(Notification("Something is said."))
        await seat.app.screen.mount(toast)
        assert sign not in await _painted(seat, heard)
        heard.clear()
        await toast.remove()
        await _until(seat, heard, sign)
        heard.clear()
        await seat.press("escape")
        assert ("a=d,d=I" in "".join(heard)) is (drawing is KITTY)
        assert sign not in await _painted(seat, heard)


async def test_without_colours_it_stays_in_shades(
    pictured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(pictured, size=(100, 30)) as seat:
        seat.app.graphics = KITTY
        seat.app.theme = "qbank-none"
        heard = _heard(seat, monkeypatch)
        await seat.begin(packs=("pictured",), count=1)
        await seat.press("v", "plus")
        assert "\U0010eeee" not in await _painted(seat, heard)


# --- at a terminal -------------------------------------------------------------------------

NO_SIXEL, A_SIXEL = "\x1b[?62;22c", "\x1b[?62;4c"
KITTY_OK, CELLS = "\x1b_Gi=1;OK\x1b\\", "\x1b[6;20;10t"


def _seen(data: Path, answers: str, *options: str) -> tuple[bytes, str]:
    """What a terminal that gives these answers is sent until the picture was looked at."""
    with Terminal(data, *options, "run", "--pack", "pictured", "--count", "1") as terminal:
        terminal.press(answers)
        terminal.until("Begin")
        terminal.rest()
        terminal.press("\r")
        terminal.until("What is it?")
        terminal.rest()
        terminal.press("v")
        terminal.until("▀")
        terminal.rest()
        return terminal.written, said(terminal.written)


def test_a_terminal_with_kittys_protocol_is_sent_it(pictured: Path) -> None:
    written, _ = _seen(pictured, NO_SIXEL + KITTY_OK + CELLS, "--images")
    assert re.search(rb"\x1b_Gi=\d+,f=100,q=2,m=1;[A-Za-z0-9+/=]+\x1b\\", written)
    assert "\U0010eeee".encode() in written
    assert b"evil" not in written


def test_a_terminal_with_sixel_is_sent_it(pictured: Path) -> None:
    written, _ = _seen(pictured, A_SIXEL + CELLS, "--images")
    assert re.search(rb"\x1bP[0-9;]*q\"1;1;", written)
    assert b"evil" not in written


def test_a_terminal_with_neither_is_told_once(pictured: Path) -> None:
    written, words = _seen(pictured, NO_SIXEL, "--images")
    assert "neither kitty" in words
    assert b"f=100" not in written
    assert b"\x1bP" not in written


def test_without_the_option_nothing_is_asked_and_nothing_is_drawn(pictured: Path) -> None:
    written, _ = _seen(pictured, "")
    assert b"\x1b_G" not in written
    assert b"\x1bP" not in written
    assert b"\x1b[c" not in written


def test_without_the_extra_the_words_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "find_spec", lambda name: None)
    assert graphics.ask() == graphics.NO_EXTRA
