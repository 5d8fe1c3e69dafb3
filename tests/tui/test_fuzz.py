"""A block under any keys, presses and sizes: it never falls, and the screen says what is so."""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.events import Click, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp

from qbank.block.state import BlockState, Cell
from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.tui.ink import Ink
from qbank.tui.screens.block import Block
from tests.tui.support import Seat, settings_for, sitting

PACK = """\
format: qbank-pack/1
pack: {id: fuzz, title: Fuzz, text: markdown}
questions:
  - id: long
    stem: "LONG"
    lead_in: Which of the following comes next?
    key: one
    options: [{id: one, text: Option one}, {id: two, text: Option two}, {id: six, text: LONG}]
  - id: several
    stem: "| Study | Value |\\n|---|---|\\n| Na^+^ | 126 |\\n\\n- **first**\\n- second"
    lead_in: Which apply?
    key: [one, two]
    options: [{id: one, text: Option one}, {id: two, text: Option two}, {id: six, text: Six}]
  - id: bare
    lead_in: What is it?
    key: one
    options: [{id: one, text: Option one}, {id: two, text: Option two}]
"""
KEYS = (
    *"abcABCdjxxwwwmmotp123?rnlkvXW",
    *("left", "right", "up", "down", "space", "space", "enter", "backspace", "delete"),
    *("escape", "escape", "pagedown", "pageup", "home", "end", "tab"),
)
STRIKE = "\u0336"
ANSWERING = {*"abcdefghijABCDEFGHIJ", "space", "delete"}
MARKING = {"space", "delete"}
SIZES = ((80, 24), (120, 30), (200, 60), (60, 20))


@dataclass(frozen=True)
class Press:
    """A press of the mouse at a share of the screen, perhaps dragged to another."""

    x: float
    y: float
    to: float
    right: bool


@dataclass(frozen=True)
class Wheel:
    """A turn of the wheel."""

    y: float
    down: bool


Deed = str | Press | Wheel | tuple[int, int]

_SHARE = st.floats(0, 0.999)
DEEDS: st.SearchStrategy[list[Deed]] = st.lists(
    st.one_of(
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
        st.builds(Press, _SHARE, _SHARE, _SHARE, st.booleans()),
        st.builds(Wheel, _SHARE, st.booleans()),
        st.sampled_from(SIZES),
    ),
    min_size=10,
    max_size=40,
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a long question, one with several right answers, and a bare one."""
    folder = tmp_path_factory.mktemp("fuzz")
    pack = folder / "fuzz.yaml"
    pack.write_text(PACK.replace("LONG", "many words " * 150), encoding="utf-8")
    application = open_app(settings_for(folder / "data"), clock=ManualClock())
    application.packs.import_path(pack)
    application.close()
    return folder / "data"


async def _act(seat: Seat, deed: Deed) -> None:
    size = seat.app.size
    if isinstance(deed, str):
        await seat.pilot.press(deed)
    elif isinstance(deed, Press):
        at = (int(deed.x * size.width), int(deed.y * size.height))
        to = (int(deed.to * size.width), at[1])
        button = 3 if deed.right else 1
        moves: list[tuple[list[type[Any]], tuple[int, int]]] = [
            ([MouseDown], at),
            ([MouseMove], to),
            ([MouseUp, Click], to),
        ]
        for events, offset in moves:
            await seat.pilot._post_mouse_events(events, offset=offset, button=button)
    elif isinstance(deed, Wheel):
        kind: list[type[Any]] = [MouseScrollDown if deed.down else MouseScrollUp]
        at = (size.width // 2, int(deed.y * size.height))
        await seat.pilot._post_mouse_events(kind, offset=at, button=0)
    else:
        await seat.pilot.resize_terminal(*deed)
    await seat.settle()


def _blocks(seat: Seat) -> list[Block]:
    return [page for page in seat.app.screen_stack if isinstance(page, Block)]


def _agrees(seat: Seat) -> None:
    """What the engine knows of the question on screen stands there, and nothing else."""
    state = seat.state
    position = state.shown or 1
    cell = state.cell(position)
    assert f"Question {position} of {state.spec.size}" in seat.lines[0]
    assert ("⚑ flagged" in seat.lines[1]) == cell.flagged
    for row in seat.block.question.rows:
        place = int(row.target.removeprefix("option:")) if row.target[:7] == "option:" else 0
        letters = [
            run.text for run in row.runs if run.text in ("ABC"[place], "ABC"[place] + STRIKE)
        ]
        if row.target and letters:
            option = state.spec.slot(position).options[place]
            assert (row.fill is Ink.CHOSEN) == (option in cell.response)
            assert letters == [f"{'ABC'[place]}{STRIKE if option in cell.struck else ''}"]


def _unasked(before: BlockState, after: BlockState, deed: Deed) -> None:
    """No key changes an answer or a mark that is not there for it."""
    if not isinstance(deed, str):
        return
    if deed not in ANSWERING:
        assert [c.response for c in after.cells] == [c.response for c in before.cells], deed
    if deed not in MARKING:
        assert [c.highlights for c in after.cells] == [c.highlights for c in before.cells], deed


async def _play(data: Path, deeds: Sequence[Deed]) -> None:
    async with sitting(data) as seat:
        await seat.begin(packs=("fuzz",), count=3)
        for deed in deeds:
            before, on_top = seat.state, seat.on(Block)
            await _act(seat, deed)
            blocks = _blocks(seat)
            if not blocks:
                break
            if on_top:
                _unasked(before, seat.state, deed)
            if seat.on(Block) and not seat.app.too_small:
                _agrees(seat)
        for block in _blocks(seat):
            cells, block_id = block.runner.state.cells, block.runner.spec.block_id
            await seat.app.go(None)
            block.runner.leave()
            again = seat.application.blocks.open(block_id)
            assert _kept(again.state.cells) == _kept(cells)
            again.leave()


def _kept(cells: Sequence[Cell]) -> list[object]:
    return [(cell.response, cell.highlights, cell.struck, cell.flagged) for cell in cells]


def _run(fuzzed: Path, deeds: Sequence[Deed]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        asyncio.run(_play(Path(shutil.copytree(fuzzed, folder / "data")), deeds))
    finally:
        shutil.rmtree(folder)


_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@given(DEEDS)
@settings(max_examples=8, deadline=None, suppress_health_check=_QUIET)
def test_nothing_breaks_a_block(fuzzed: Path, deeds: list[Deed]) -> None:
    _run(fuzzed, deeds)


@pytest.mark.proof
@given(DEEDS)
@settings(max_examples=300, deadline=None, suppress_health_check=_QUIET)
def test_nothing_breaks_a_block_however_often(fuzzed: Path, deeds: list[Deed]) -> None:
    _run(fuzzed, deeds)
