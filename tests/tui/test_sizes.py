"""Small, wide and colourless terminals: nothing is cut that matters, and the place is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.tui.screens.block import Block
from qbank.tui.themes import CONTRAST, DARK, LIGHT
from tests.tui.support import Seat, sitting

SIZES = [(80, 24), (120, 40), (200, 60)]


async def _every_page(seat: Seat) -> list[str]:
    """Walk through the pages; the lines of each."""
    shown = []
    for keys in ("", "2", "1", "4", "1 down down down enter", "escape"):
        await seat.press(*keys.split())
        shown += seat.lines
    await seat.begin()
    for keys in ("b", "o", "escape", "r", "s", "escape escape", "question_mark"):
        await seat.press(*keys.split())
        shown += seat.lines
    return shown


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_fits(data: Path, size: tuple[int, int]) -> None:
    async with sitting(data, size=size) as seat:
        for line in await _every_page(seat):
            assert len(line) <= size[0]


async def test_without_colour_nothing_carries_one_and_every_state_has_a_sign(data: Path) -> None:
    async with sitting(data, theme="none") as seat:
        await seat.begin()
        await seat.press("x", "c", "b", "m", "down", "down", "down", "down")
        for strip in seat.app.screen._compositor.render_strips():
            for segment in strip:
                style = segment.style
                assert style is None or style.color is None or style.color.is_default
                assert style is None or style.bgcolor is None or style.bgcolor.is_default
        await seat.until("B ● The second of 1")
        assert "C\u0336   The third of 1" in seat.text
        assert "▸ D" in seat.text
        assert "⚑ flagged" in seat.text


async def test_no_color_in_the_environment_takes_the_colours_away(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(data, theme="none") as seat:
        colours = {
            segment.style.color
            for strip in seat.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and segment.style.color is not None
        }
        assert all(colour.is_default for colour in colours)


async def test_colours_change_and_are_remembered(data: Path) -> None:
    async with sitting(data) as seat:
        assert seat.app.theme == DARK.name
        await seat.press("ctrl+t")
        assert seat.app.theme == LIGHT.name
        await seat.press("ctrl+t")
        assert seat.app.theme == CONTRAST.name
    async with sitting(data) as seat:
        assert seat.app.theme == CONTRAST.name
    async with sitting(data, theme="light") as seat:
        assert seat.app.theme == LIGHT.name


async def test_a_terminal_that_is_too_small_says_so_and_keeps_the_place(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("enter", "b")
        await seat.resize(79, 24)
        assert "qbank needs 80 columns and 24 lines." in seat.text
        assert "This terminal has 79 and 24." in seat.text
        assert "number 2" not in seat.text
        await seat.press("c", "enter")
        await seat.resize(80, 23)
        assert "This terminal has 80 and 23." in seat.text
        await seat.resize(80, 24)
        assert seat.state.shown == 2
        assert seat.state.response(2) == ("second",)
        await seat.until("B ● The second of 2")


async def test_a_very_narrow_terminal_is_told_all_of_it(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.resize(40, 12)
        said = " ".join(seat.text.split())
        assert "A running block's clock runs on. ^q leaves." in said


async def test_resizing_keeps_question_cursor_and_scroll(
    importing: Callable[[str], Path], data: Path
) -> None:
    importing(_long(300, 6))
    async with sitting(data) as seat:
        await seat.begin(packs=("long",))
        await seat.press("down", "down", "end")
        assert seat.line("▸ B")
        await seat.resize(120, 24)
        await seat.until("▸ B")
        await seat.resize(80, 24)
        await seat.until("▸ B")
        assert seat.on(Block)


async def test_options_stand_beside_a_stem_only_where_that_alone_fits(
    importing: Callable[[str], Path], data: Path
) -> None:
    importing(_long(220, 6))
    async with sitting(data, size=(160, 30)) as seat:
        await seat.begin(packs=("long",))
        assert "word0 " in seat.text
        assert "word219" in seat.text
        assert "F   Option 5" in seat.text
        assert "word" in seat.line("A   Option 0")
        assert "word0" in seat.line("Which")
        await seat.click("Option 3")
        assert seat.state.response(1) == ("o3",)
        await seat.resize(160, 50)
        assert "word" not in seat.line("A   Option 0")
        assert len(max(seat.lines[3:20], key=lambda line: len(line.strip())).strip()) <= 96


async def test_the_text_column_is_in_the_middle_and_at_most_96_wide(
    importing: Callable[[str], Path], data: Path
) -> None:
    importing(_long(120, 5))
    async with sitting(data, size=(200, 60)) as seat:
        await seat.begin(packs=("long",))
        first = seat.line("word0 ")
        assert first.index("word0") == (200 - 96) // 2
        assert len(first.strip()) <= 96


def _long(words: int, options: int) -> str:
    stem = " ".join(f"word{n}" for n in range(words))
    made = ", ".join(f"{{id: o{n}, text: Option {n}}}" for n in range(options))
    return (
        "format: qbank-pack/1\npack: {id: long, title: Long}\nquestions:\n"
        f"  - {{id: q, stem: {stem}, lead_in: Which?, key: o1, options: [{made}]}}\n"
    )


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: str(theme.name))
def test_every_ink_can_be_read_on_its_ground(theme: object) -> None:
    colours = {**vars(theme), **vars(theme)["variables"]}
    grounds = [colours["background"], colours["fill-chosen"], colours["fill-cursor"]]
    inks = ["foreground", "primary", "accent", "warning", "error", "success", "ink-muted"]
    for ground in grounds:
        for ink in inks:
            assert _contrast(colours[ink], ground) >= 4.5, (ink, ground)
    assert _contrast(colours["ink-loud"], colours["fill-loud"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    lights = sorted((_light(one), _light(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
