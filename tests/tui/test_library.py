"""Questions, their preview, and import: a preview first, then one key."""

from pathlib import Path

import pytest
from textual import events

from qbank.tui.screens.importing import Import, pasted_path
from qbank.tui.screens.preview import Preview
from qbank.tui.screens.questions import Questions
from tests.tui.support import pack_text, sitting

BROKEN = (
    "format: qbank-pack/1\npack: {id: odd, title: Odd}\nquestions:\n"
    "  - {id: ok, stem: Fine, lead_in: Which?, key: a,"
    " options: [{id: a, text: One}, {id: b, text: Two}]}\n"
    "  - {id: bad, stem: Not fine, lead_in: Which?, key: nothing,"
    " options: [{id: a, text: One}, {id: b, text: Two}]}\n"
)


async def test_packs_have_counts_and_questions_are_searched_as_one_types(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("4")
        assert seat.on(Questions)
        assert "20" in seat.line("Bench")
        await seat.press("end")
        assert "20 questions" in seat.text
        assert seat.line("number 3")
        await seat.press("slash", *"seventeenth")
        assert "0 questions" in seat.text
        await seat.press("escape", "slash", *'number "17', "enter")
        assert "1 question" in seat.text
        assert "number 17" in seat.text
        assert "number 3 " not in seat.text


async def test_a_preview_covers_the_key_until_asked(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.press("4", "end", "enter", "enter")
        assert seat.on(Preview)
        assert "The second of 1" in seat.text
        assert "✓" not in seat.text
        assert "Why" not in seat.text
        await seat.press("k")
        assert "✓ The second of 1" in seat.text
        await seat.press("enter")
        assert "The second of 2" in seat.text
        assert "✓" not in seat.text
        await seat.press("left", "k", "k")
        assert "✓" not in seat.text
        await seat.press("escape")
        assert seat.on(Questions)


async def test_an_import_is_seen_before_it_is_taken(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(pack_text(7).replace("id: bench", "id: other").replace("Bench", "Other"))
    async with sitting(data) as seat:
        await seat.press("4", "i")
        assert seat.on(Import)
        before = len(seat.application.packs.list())
        await seat.press(*str(file), "enter")
        await seat.until("This would bring:")
        assert "7 new" in seat.text
        assert seat.application.packs.count("bench") == 20
        assert len(seat.application.packs.list()) == before
        await seat.press("enter")
        await seat.until("Imported:")
        assert seat.application.packs.count("other") == 7
        await seat.press("escape")
        assert "7" in seat.line("Other")
        await seat.press("i")
        seat.app.post_message(events.Paste(f"'{file}'"))
        await seat.until("There is nothing new in it.")
        assert "0 new · 7 same" in seat.text


async def test_a_broken_pack_says_why_and_changes_nothing(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(BROKEN)
    async with sitting(data) as seat:
        await seat.app.push_screen(Import(file))
        await seat.until("odd.yaml:5")
        assert "nothing" in seat.text
        await seat.press("enter")
        assert not [pack for pack in seat.application.packs.list() if pack.id == "odd"]


async def test_lines_left_out_are_listed_with_their_reason(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "set.csv"
    file.write_text("question,A,B,key\nWhich one?,One,Two,A\nWhich other?,One,Two,Q\n")
    async with sitting(data) as seat:
        await seat.app.push_screen(Import(file))
        await seat.until("Left out, and why:")
        assert "1 new · 1 left out" in seat.text
        assert seat.line("set.csv")


async def test_an_unknown_path_names_itself(data: Path) -> None:
    async with sitting(data) as seat:
        await seat.app.push_screen(Import())
        await seat.settle()
        await seat.press(*"nowhere.yaml", "enter")
        await seat.until("nowhere.yaml")
        assert "This would bring" not in seat.text


async def test_the_picker_shows_folders_and_files_that_may_hold_a_pack(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    (folder / "sub").mkdir(parents=True)
    (folder / "[@click=app.quit]pack.yaml").write_text(pack_text(2).replace("bench", "two"))
    (folder / "notes.txt").write_text("no pack")
    (folder / ".hidden.yaml").write_text("no pack")
    monkeypatch.chdir(folder)
    async with sitting(data) as seat:
        await seat.app.push_screen(Import())
        await seat.until("[@click=app.quit]")
        assert "sub" in seat.text
        assert "notes.txt" not in seat.text
        assert "hidden" not in seat.text
        await seat.press("enter")
        assert "This would bring:" not in seat.text
        await seat.press("down", "down", "enter")
        await seat.until("This would bring:")


def test_a_pasted_path(tmp_path: Path) -> None:
    file = tmp_path / "a pack.yaml"
    file.write_text("")
    assert pasted_path(f"'{file}'\n") == file
    assert pasted_path(str(file).replace(" ", "\\ ")) == file
    assert pasted_path(f"file://{str(file).replace(' ', '%20')}") == file
    assert pasted_path("a sentence of\ntwo lines") is None
    assert pasted_path("/no/such/file.yaml") is None
    assert pasted_path("x" * 5_000) is None
