"""A person at the terminal: the real app on a real store, with a clock by hand."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from textual.events import Click, MouseDown, MouseUp
from textual.pilot import Pilot
from textual.screen import Screen

from qbank.block.commands import Answer, Show, Start, Submit
from qbank.block.state import BlockState
from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockRequest
from qbank.settings import Settings
from qbank.tui.app import Opener, QbankApp
from qbank.tui.screens.begin import Begin
from qbank.tui.screens.block import Block
from qbank.tui.widgets.files import Files

PACK = "bench"
_PATIENCE = 2_000
_MOUSE: list[type[Any]] = [MouseDown, MouseUp, Click]


@dataclass
class Seat:
    """The app under the hands of a pilot."""

    app: QbankApp
    pilot: Pilot[None]
    clock: ManualClock

    async def settle(self) -> None:
        """Until no work of a page is under way and everything is painted."""
        await self.pilot.pause()
        for _ in range(_PATIENCE):
            # The tree of files has a worker of its own that never ends.
            if all(w.is_finished or isinstance(w.node, Files) for w in self.app.workers):
                return
            await asyncio.sleep(0.005)
            await self.pilot.pause()
        raise AssertionError("work of a page does not end")

    async def opened(self) -> None:
        """Until Home is filled, or says why it cannot be."""
        for _ in range(_PATIENCE):
            await self.settle()
            if not self.app.holds_keys:
                return
            await asyncio.sleep(0.005)
        raise AssertionError("Home is never filled")

    async def until(self, words: str) -> None:
        """Until some words stand on the screen: what is on disk is said a moment later."""
        for _ in range(_PATIENCE):
            if words in self.text:
                return
            await asyncio.sleep(0.005)
            await self.pilot.pause()
        raise AssertionError(f"{words!r} does not come:\n{self.text}")

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each once the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Make the terminal larger or smaller, until the screen is painted anew."""
        await self.pilot.resize_terminal(width, height)
        for _ in range(_PATIENCE):
            await self.settle()
            if [len(self.lines), len(self.lines[0])] == [height, width]:
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"the screen never has {width} and {height}")

    async def click(self, words: str, *, button: int = 1) -> None:
        """Press the mouse where some words stand on the screen."""
        for y, line in enumerate(self.lines):
            if words in line:
                offset = (line.index(words) + 1, y)
                await self.pilot._post_mouse_events(_MOUSE, offset=offset, button=button)
                await self.settle()
                return
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.lines)

    def line(self, words: str) -> str:
        """The first line with some words in it; empty where there is none."""
        return next((line for line in self.lines if words in line), "")

    def on(self, page: type[Screen[Any]]) -> bool:
        """Whether a page of this kind is in front."""
        return isinstance(self.app.screen, page)

    @property
    def application(self) -> Application:
        """The services behind the app."""
        return self.app.application

    @property
    def block(self) -> Block:
        """The page of the running block, whatever lies over it."""
        return next(page for page in self.app.screen_stack if isinstance(page, Block))

    @property
    def state(self) -> BlockState:
        """The running block."""
        return self.block.runner.state

    async def begin(self, **request: Any) -> None:
        """Take a block of the test pack, in its order, and begin it."""
        wanted = {"count": 20, "order": "pack", "packs": (PACK,), **request}
        await self.app.push_screen(Begin(request=BlockRequest(**wanted)))
        await self.settle()
        await self.press("enter")
        assert isinstance(self.app.screen, Block), self.text

    def take(self, ms: int, count: int = 5, name: str = "") -> None:
        """A whole block at one pace, all right, behind the screen's back."""
        request = BlockRequest(count=count, order="pack", packs=(PACK,), name=name)
        runner = self.application.blocks.open(self.application.build.create(request))
        runner.do(Start())
        for position in runner.spec.positions:
            runner.do(Show(position))
            self.clock.advance(ms)
            runner.do(Answer(position, ("second",)))
        runner.do(Submit())
        assert runner.wait_saved(10)
        runner.close()


def settings_for(data_dir: Path, **values: Any) -> Settings:
    """Settings with a data folder of the test's own."""
    return Settings(data_dir=data_dir, config=data_dir / "settings.toml", **values)


@asynccontextmanager
async def sitting(
    data_dir: Path,
    *,
    size: tuple[int, int] = (80, 24),
    clock: ManualClock | None = None,
    opener: Opener | None = None,
    settle: bool = True,
    clock_shows: str = "left",
    **values: Any,
) -> AsyncIterator[Seat]:
    """The app, open and (unless told otherwise) with Home filled."""
    clock = clock or ManualClock()
    settings = settings_for(data_dir, clock=clock_shows, **values)
    app = QbankApp(opener or partial(open_app, settings, clock=clock), settings)
    try:
        async with app.run_test(size=size) as pilot:
            seat = Seat(app, pilot, clock)
            if settle:
                await seat.opened()
            yield seat
    finally:
        app.close_application()


def copy_of(template: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    return Path(shutil.copytree(template, tmp_path / "data"))


def pack_text(questions: int = 20) -> str:
    """A pack in YAML: the key is always the second option; every other one asks a next step."""
    lines = ["format: qbank-pack/1", "pack:", f"  id: {PACK}", "  title: Bench", "questions:"]
    for number in range(1, questions + 1):
        lines += _question(number)
    return "\n".join(lines) + "\n"


def _question(number: int) -> list[str]:
    asks = "the most appropriate next step in management"
    lead_in = f"Which of the following is {asks if number % 2 else 'the most likely diagnosis'}?"
    lines = [
        f"  - id: q{number}",
        f"    stem: A patient number {number} comes to the clinic because of a cough.",
        f"    lead_in: {lead_in}",
        "    key: second",
        "    option_order: logical",
        "    explanation: The second one stands here.",
        "    objective: Take the second.",
        "    options:",
    ]
    for name in ("first", "second", "third", "fourth", "fifth"):
        lines.append(f"      - {{id: {name}, text: The {name} of {number}, why: Why {name}.")
        lines[-1] += f"{', step: ' + name if number % 2 and name in _RUNGS else ''}}}"
    return [*lines, *(_LADDER if number % 2 else [])]


_RUNGS = ("first", "second", "third")
_LADDER = [
    "    next_step: therapeutic",
    "    turns_on: The finding that decides",
    "    if_instead: [{change: Another finding, then: third}]",
    "    sequence:",
    "      - {id: first, stage: assess, do: Do the first thing, state: done}",
    "      - {id: second, stage: treat, do: Do the second thing, state: asked}",
    "      - {id: third, stage: confirm, do: Do the third thing}",
    "      - {id: last, stage: follow_up, do: Do the last thing}",
]
