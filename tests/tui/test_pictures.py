"""Pictures of the app, compared on purpose: words, and how each cell is drawn.

A change that is meant is looked at and then kept: `make pictures` writes them anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from string import ascii_letters, digits

import pytest
from rich.style import Style

from tests.tui.support import Seat, sitting

_FOLDER = Path(__file__).with_name("pictures")
_RENEW = os.environ.get("QBANK_PICTURES") == "renew"
_SIGNS = ascii_letters + digits + "!#$%&*+-/<=>?@^_~"


async def _home(seat: Seat) -> None:
    """The first start."""


async def _block(seat: Seat) -> None:
    """A question with everything on it that a person may do."""
    await seat.begin(name="Thursday evening")
    for letter in "bab":
        seat.clock.advance(75_000)
        await seat.press(letter, "enter")
    seat.clock.advance(41_000)
    await seat.press("b", "2", "m", "x", "c", "x", "e", "w", "right", "space", "right", "space")
    await seat.press("escape", "down")
    await seat.until("saved")
    seat.block.tick()
    await seat.settle()


async def _overview(seat: Seat) -> None:
    await seat.press("o")


async def _labs(seat: Seat) -> None:
    await seat.press("escape", "l", *"sod")


async def _submit(seat: Seat) -> None:
    await seat.press("escape", "r")


async def _result(seat: Seat) -> None:
    await seat.press("escape")
    for letter in "bcbbdbbabbbbcbbb":
        seat.clock.advance(62_000)
        await seat.press("enter", letter)
    await seat.press("r", "s", "enter")
    await seat.until("of 20")


async def _review(seat: Seat) -> None:
    await seat.press("v")
    await seat.until("you ")


async def _statistics(seat: Seat) -> None:
    await seat.press("escape", "escape", "3")
    await seat.settle()


async def _settings(seat: Seat) -> None:
    await seat.press("1", "comma")


SCENES = {
    "home": _home,
    "block": _block,
    "overview": _overview,
    "labs": _labs,
    "submit": _submit,
    "result": _result,
    "review": _review,
    "statistics": _statistics,
    "settings": _settings,
}
SETS = {
    "dark": ((80, 24), set(SCENES)),
    "light": ((120, 40), {"block", "overview", "result", "review", "statistics"}),
    "none": ((80, 24), {"home", "block", "overview", "result", "review"}),
}


@pytest.mark.parametrize("theme", SETS)
async def test_the_app_looks_as_it_was_last_looked_at(
    data: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size, kept = SETS[theme]
    # A folder's path is on the page of settings; the same one for everybody.
    monkeypatch.setattr("qbank.tui.screens.settings.SettingsPage._file", Path("settings.toml"))
    monkeypatch.setattr("qbank.tui.screens.settings.value_said", _without_folders)
    wrong = []
    async with sitting(data, size=size, theme=theme) as seat:
        for name, go in SCENES.items():
            await go(seat)
            if name not in kept:
                continue
            file = _FOLDER / f"{theme}-{name}.txt"
            now = "\n".join(picture(seat)) + "\n"
            if _RENEW:
                file.parent.mkdir(exist_ok=True)
                file.write_text(now, encoding="utf-8")
            elif not file.exists() or file.read_text(encoding="utf-8") != now:
                wrong.append(name)
    assert wrong == [], f"look at {theme}: {wrong}; where it is meant, `make pictures`"


def _without_folders(settings: object, name: str) -> str:
    return "a folder" if name == "data_dir" else str(getattr(settings, name))


def picture(seat: Seat) -> Iterator[str]:
    """The screen's lines, then a sign for the style of each cell, then what the signs mean."""
    signs: dict[str, str] = {}
    styled = []
    for strip in seat.app.screen._compositor.render_strips():
        cells = ""
        for segment in strip:
            look = _look(segment.style)
            sign = signs.setdefault(look, _SIGNS[len(signs)])
            cells += sign * segment.cell_length
        styled.append(cells)
    yield from (line.rstrip() for line in seat.lines)
    yield "-" * 8
    yield from styled
    yield "-" * 8
    yield from (f"{sign} {look}" for look, sign in signs.items())


def _look(style: Style | None) -> str:
    """Colours and weight of a cell; nothing that only a machine sees."""
    if style is None:
        return "plain"
    marks = ("bold", "dim", "italic", "underline", "strike", "reverse")
    colour = style.color.name if style.color else "default"
    ground = style.bgcolor.name if style.bgcolor else "default"
    return " ".join([f"{colour} on {ground}", *(m for m in marks if getattr(style, m))])
