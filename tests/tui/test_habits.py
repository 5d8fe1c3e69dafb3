"""What a person sets up once: settings, keys of their own, commands by name, colours, the title."""

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from qbank.settings import read_file
from qbank.tui.keymap import every_action, held, keymap, named, said
from qbank.tui.screens.block import Block
from qbank.tui.screens.history import History
from qbank.tui.screens.keys import KeysPage
from qbank.tui.screens.overview import Overview
from qbank.tui.screens.settings import SettingsPage
from qbank.tui.themes import CONTRAST, DARK, LIGHT
from qbank.tui.tty import Title
from tests.tui.support import Seat, sitting


async def _row(seat: Seat, name: str) -> None:
    """Put the cursor on a setting."""
    await seat.press("home")
    while not seat.line(f"▸ {name} "):
        await seat.press("down")


def _told(seat: Seat) -> list[str]:
    """What the app has told in passing."""
    return [each.message for each in seat.app._notifications]


async def test_a_setting_changes_at_once_and_in_the_file(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("comma")
        assert seat.on(SettingsPage)
        await _row(seat, "theme")
        for theme in ("dark", "light"):
            await seat.press("enter")
            assert seat.app.theme == f"qbank-{theme}"
            assert read_file(data / "settings.toml")["theme"] == theme
        await _row(seat, "confidence")
        await seat.press("enter")
        assert seat.line("confidence").split()[-1] == "off"
        assert not seat.app.settings.confidence
        await _row(seat, "theme")
        await seat.press("d")
        assert "theme" not in read_file(data / "settings.toml")
        assert seat.app.theme == "qbank-dark"


async def test_text_is_asked_for_and_a_wrong_one_is_told(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("comma")
        await _row(seat, "learner")
        await seat.press("enter", *"ann", "enter")
        assert read_file(data / "settings.toml") == {"learner": "ann"}
        assert "A change holds from the next start on." in seat.text


async def test_the_environment_is_said_where_it_stands_over_the_file(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QBANK_CLOCK", "left")
    async with sitting(data) as seat:
        await seat.press("comma")
        await _row(seat, "clock")
        assert "QBANK_CLOCK is set here" in seat.text


async def test_a_key_of_ones_own_acts_and_is_said_everywhere(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("comma")
        await _row(seat, "keys")
        await seat.press("enter")
        while not seat.line("▸ M "):
            await seat.press("down")
        await seat.press("enter", "b")
        assert _told(seat)[-1].startswith("Not taken: block.flag: B only ever answers")
        assert not seat.app.settings.keys
        await seat.press("enter", "o")
        assert "O already is block.overview" in _told(seat)[-1]
        await seat.press("enter", "u")
        assert read_file(data / "settings.toml")["keys"] == (("block.flag", "u,U"),)
        await seat.press("escape", "escape")
        await seat.begin()
        await seat.press("m")
        assert not seat.state.cell(1).flagged
        await seat.press("U")
        assert seat.state.cell(1).flagged
        for _ in range(12):
            await seat.press("up")
        assert "U flag" in seat.lines[-1]
        await seat.press("question_mark")
        while not seat.line(" Flag"):
            await seat.press("down")
        assert seat.line(" Flag").split("Flag")[0].split()[-1] == "U"


async def test_keys_of_the_file_that_cannot_hold_are_told_at_the_start(data: Path) -> None:
    (data / "settings.toml").write_text('[keys]\n"block.flag" = "c"\n"block.back" = "f3"\n')
    keys = read_file(data / "settings.toml")["keys"]
    async with sitting(data, keys=keys) as seat:
        assert _told(seat) == ["keys: block.flag: C only ever answers in a block."]
        await seat.begin()
        await seat.press("c")
        assert seat.state.response(1) != ()
        assert seat.state.flagged == ()
        await seat.press("enter", "f3")
        assert seat.state.shown == 1


async def test_a_key_that_is_named_as_a_fault_is_not_taken(data: Path) -> None:
    keys = (("block.flag", "a"), ("block.note", "m"), ("place.2", "f5"))
    async with sitting(data, keys=keys) as seat:
        assert _told(seat) == [
            "keys: block.flag: A only ever answers in a block. And 1 more: Settings, keys."
        ]
        assert "f5 History" in seat.lines[-1]
        await seat.begin()
        await seat.press("m")
        assert seat.state.flagged == (1,)
        assert seat.on(Block)
        await seat.press("n")
        assert not seat.on(Block)


@pytest.mark.parametrize(
    ("chosen", "holds"),
    [
        ({"block.flag": "z", "block.note": "z", "block.labs": "f4"}, {"block.labs": "f4"}),
        ({"block.flag": "x", "block.overview": "m"}, {}),
        ({"block.flag": "hyper", "block.note": "m"}, {}),
        (
            {"block.flag": "o", "block.overview": "m"},
            {"block.flag": "o,O", "block.overview": "m,M"},
        ),
    ],
)
def test_keys_that_clash_move_back_until_none_does(
    chosen: dict[str, str], holds: dict[str, str]
) -> None:
    keys, wrong = held(chosen)
    assert keys == holds
    assert {action for action in chosen if any(action in said for said in wrong)} == {
        action for action in chosen if action not in holds
    }


@pytest.mark.parametrize(
    ("chosen", "wrong"),
    [
        ({"block.flag": "f2"}, ""),
        ({"block.flag": "?"}, "block.flag: ? already is page.keys on the same page"),
        ({"block.flag": "J"}, "block.flag: J only ever answers in a block"),
        ({"block.flg": "f2"}, "there is no action 'block.flg'; 'block.flag'?"),
        ({"block.flag": "hyper"}, "block.flag: there is no key 'hyper'"),
        ({"block.flag": ""}, "block.flag: there is no key ''"),
        ({"block.flag": "o", "block.overview": "m"}, ""),
        ({"history.name": "d"}, "history.name: D already is history.delete on the same page"),
        ({"review.next": "b"}, ""),
    ],
)
def test_keys_are_held_to_their_rules(chosen: dict[str, str], wrong: str) -> None:
    assert held(chosen).wrong[:1] == ([wrong] if wrong else [])


def test_a_letter_comes_with_its_twin_and_signs_have_names() -> None:
    assert named("m, ?,F2") == "m,M,question_mark,f2"
    assert said("m,M,question_mark") == "M ?"
    assert keymap({"block.flag": "a", "block.back": "h"}) == {}
    assert keymap({"block.flag": "k"}) == {"block.flag": "k,K"}


def test_every_action_has_a_name_and_none_takes_a_letter_of_an_answer() -> None:
    actions = every_action()
    assert {"block.flag", "app.palette", "place.settings", "review.next"} <= set(actions)
    taken = {each.id for each in actions.values() if keymap({each.id: each.keys}) == {}}
    assert taken == set()


async def test_commands_are_found_by_some_letters_and_none_answers(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("ctrl+p")
        assert "First block" in seat.text
        await seat.press(*"hist", "enter")
        assert seat.on(History)
        await seat.press("1")
        await seat.begin()
        await seat.press("ctrl+p", *"overv")
        assert seat.state.answered == 0
        await seat.press("enter")
        assert seat.on(Overview)
        await seat.press("escape", "ctrl+p", *"zzzz", "enter", "escape")
        assert seat.on(Block)
        assert seat.state.answered == 0
        await seat.press("ctrl+p", *"fla")
        await seat.click("Flag")
        assert seat.state.flagged == (1,)
        await seat.press("ctrl+p", *"keys", "enter")
        assert seat.on(KeysPage)


async def test_more_commands_than_there_is_room_for_are_announced(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin()
        await seat.press("ctrl+p")
        assert "more lines" in seat.text
        await seat.press(*"overv")
        assert "more line" not in "".join(seat.lines[8:20])


async def test_time_runs_out_under_the_commands(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.begin(minutes=1)
        await seat.press("b", "ctrl+p")
        seat.clock.advance(61_000)
        seat.block.tick()
        await seat.settle()
        await seat.until("Time. 1 answer is saved.")


def _ratio(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in Color.parse(colour).normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize(("theme", "least"), [(DARK, 4.5), (LIGHT, 4.5), (CONTRAST, 7.0)])
def test_text_stands_out_from_what_it_stands_on(theme: Theme, least: float) -> None:
    inks = {
        "foreground": str(theme.foreground),
        **{name: getattr(theme, name) for name in ("primary", "accent", "warning", "error")},
        "success": str(theme.success),
        "muted": theme.variables["ink-muted"],
        "strong": theme.variables["ink-strong"],
    }
    grounds = {
        "background": str(theme.background),
        "surface": str(theme.surface),
        "chosen": theme.variables["fill-chosen"],
        "cursor": theme.variables["fill-cursor"],
    }
    low = {
        (ink, ground): round(_ratio(inks[ink], grounds[ground]), 2)
        for ink in inks
        for ground in grounds
        if _ratio(inks[ink], grounds[ground]) < least
    }
    assert low == {}
    assert _ratio(theme.variables["ink-loud"], theme.variables["fill-loud"]) >= least


@pytest.mark.parametrize(("bell", "rings"), [(True, 3), (False, 0)])
async def test_the_bell_sounds_at_the_signs_and_at_the_end(
    data: Path, bell: bool, rings: int
) -> None:
    async with sitting(data, bell=bell) as seat:
        rung: list[str] = []
        seat.app.bell = lambda: rung.append("ring")  # type: ignore[method-assign]  # counted
        await seat.begin(minutes=10)
        for minutes in (5, 3, 2):
            seat.clock.advance(minutes * 60_000)
            seat.block.tick()
            await seat.settle()
        await seat.until("Time.")
        assert len(rung) == rings


async def test_the_title_says_block_and_minutes_and_goes_with_the_block(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles: list[str] = []
    monkeypatch.setattr(Title, "say", lambda _, text: titles.append(text))
    async with sitting(data) as seat:
        await seat.begin(minutes=10, name="Tuesday")
        seat.clock.advance(61_000)
        seat.block.tick()
        await seat.press("t")
        seat.block.tick()
        await seat.press("r", "s", "down", "enter")
        await seat.until("0 of 20")
    changed = [now for now, before in zip(titles, ["", *titles], strict=False) if now != before]
    assert changed[:4] == [
        "Tuesday · 10 min left · qbank",
        "Tuesday · 9 min left · qbank",
        "Tuesday · qbank",
        "",
    ]


async def test_a_title_is_ours_alone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(Title, "_write", lambda _, text: written.append(text))
    async with sitting(data) as seat:
        title = Title(seat.app, wanted=True)
        title.say("evening \x1b]2;bad\x07\x9dX · 12 min")
        title.say("evening \x1b]2;bad\x07\x9dX · 12 min")
        title.say("")
    (first, last) = written
    assert first.startswith("\x1b[22;2t\x1b]2;evening ")
    assert first.endswith(" · 12 min\x07")
    assert first.count("\x1b") == 2
    assert first.count("\x07") == 1
    assert "\x9d" not in first
    assert last == "\x1b]2;\x07\x1b[23;2t"
