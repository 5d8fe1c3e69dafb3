"""The app: it paints its frame, opens the store in a thread, and moves between screens."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter, NoColor

from qbank.errors import QbankError
from qbank.tui import safe
from qbank.tui.memory import Memory
from qbank.tui.screens.home import Home
from qbank.tui.screens.page import Page
from qbank.tui.themes import COLOURED, NONE, THEMES, theme_name
from qbank.tui.tty import Title, has_terminal

if TYPE_CHECKING:
    from textual.screen import Screen

    from qbank.bootstrap import Application
    from qbank.services.views import SittingRequest
    from qbank.settings import Settings
    from qbank.tui.graphics import Graphics

MIN_WIDTH, MIN_HEIGHT = 80, 24
_LOOK_S = 2.0
_STYLES = Path(__file__).with_name("styles")


class Opener(Protocol):
    """Wires the application; slow, so it is called in a thread."""

    def __call__(self, *, write: bool = True) -> Application:
        """Open the store, to write in it or only to look."""
        ...


class QbankApp(App[None]):
    """Blocks of questions in a terminal."""

    TITLE = "qbank"
    CSS_PATH = [_STYLES / name for name in ("app.tcss", "forms.tcss", "tools.tcss")]
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "palette", "All commands", id="app.palette", show=False),
        Binding("ctrl+t", "next_theme", "Colours", id="app.theme", show=False),
    ]

    def __init__(
        self,
        open_application: Opener,
        settings: Settings,
        when_filled: Callable[[], None] = lambda: None,
        first: str | SittingRequest | None = None,
    ) -> None:
        self._plain = settings.theme == "none"
        super().__init__(ansi_color=True if self._plain else None)
        self.settings = settings
        self.memory = Memory(settings.paths.data_dir / "screen")
        self._open_application = open_application
        self._when_filled = when_filled
        self.graphics: Graphics | str | None = None
        """The terminal's own graphics, where asked for; words where there are none."""
        self.first = first
        """The block, or the exam day, to ask about first; None: Home."""
        self._application: Application | None = None
        self._held: list[events.Key] | None = []
        self.exit_code = 0
        """What to leave with: not 0 while the store could not be opened."""
        self.keymap: dict[str, str] = {}
        """Keys that the person chose, by the id of what they do."""
        self.terminal_title = Title(self, wanted=settings.title)
        self._inert = (safe.Inert(), NoColor()) if self._plain else (safe.Inert(),)
        self._begin_with(self._first_theme())
        self._take_first_keys()
        self._take_motion()

    def _begin_with(self, name: str) -> None:
        """Take a theme before anything is styled, so that nothing is styled twice."""
        for theme in THEMES:
            self.register_theme(theme)
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    def _first_theme(self) -> str:
        if self._plain:
            return NONE.name
        if self.settings.theme != "auto":
            return theme_name(self.settings.theme)
        return theme_name(self.memory.text("theme", "dark"))

    def set(self, name: str, value: Any) -> None:
        """Take a setting that was changed; what can change at once does."""
        changed: dict[str, Any] = {name: value}
        self.settings = replace(self.settings, **changed)
        if name == "theme":
            self._change_theme()
        elif name == "keys":
            from qbank.tui.keymap import held

            self.take_keys(held(dict(self.settings.keys)).keys)
        elif name == "motion":
            self._take_motion()
        elif name == "title":
            self.terminal_title = Title(self, wanted=self.settings.title)

    def _change_theme(self) -> None:
        if self._plain or self.settings.theme == "none":
            self.notify("Colours change to or from none at the next start.", markup=False)
        else:
            self.theme = self._first_theme()

    def _take_first_keys(self) -> None:
        """The person's keys for the first paint; Home holds them against every page's."""
        if self.settings.keys:
            from qbank.tui.keymap import keymap

            self.take_keys(keymap(dict(self.settings.keys)))

    def take_keys(self, keys: dict[str, str]) -> None:
        """Put the person's keys in the place of the bindings' own."""
        self.keymap = keys
        self.set_keymap(keys)

    def _take_motion(self) -> None:
        self.animation_level = "full" if self.settings.motion else "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for a theme that does not name them."""
        return dict(THEMES[0].variables)

    def get_default_screen(self) -> Screen[Any]:
        """Home is the first thing there is."""
        return Home()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that lets nothing steer the terminal."""
        return [*super().get_line_filters(), *self._inert]

    # --- the application ------------------------------------------------------------

    @property
    def application(self) -> Application:
        """The opened application; screens beyond Home exist only once it is there."""
        if self._application is None:
            raise RuntimeError("the store is not open yet")
        return self._application

    @property
    def is_open(self) -> bool:
        """Whether the store is open."""
        return self._application is not None

    def open_store(self, *, write: bool = True) -> Application:
        """Open the store; called in a thread, once Home has painted its frame."""
        self._application = self._open_application(write=write)
        self.exit_code = 0
        return self._application

    def close_application(self) -> None:
        """Close the store, after the app has gone."""
        self.memory.write()
        if self._application is not None:
            self._application.close()

    # --- keys ------------------------------------------------------------------------

    @property
    def too_small(self) -> bool:
        """Whether the terminal is smaller than any screen needs."""
        return self.size.width < MIN_WIDTH or self.size.height < MIN_HEIGHT

    @property
    def holds_keys(self) -> bool:
        """Whether keys wait for Home to be filled."""
        return self._held is not None

    async def on_event(self, event: events.Event) -> None:
        """Keep keys until Home is filled; let none through to a screen that cannot be seen."""
        if isinstance(event, events.Key) and not event.is_forwarded and event.key != "ctrl+q":
            if self._held is not None:
                self._held.append(_as_typed(event))
                return
            if self.too_small:
                return
        await super().on_event(event)

    def release_keys(self) -> None:
        """Home is filled (or cannot be): hand on what was typed meanwhile."""
        self._when_filled()
        held, self._held = self._held or [], None
        for event in held:
            self.post_message(event)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small; the screen below keeps its place."""
        self.set_class(event.size.width < MIN_WIDTH or event.size.height < MIN_HEIGHT, "-small")

    def action_next_theme(self) -> None:
        """Change the colours and remember them."""
        if self._plain:
            return
        at = COLOURED.index(self.theme) if self.theme in COLOURED else -1
        self.theme = COLOURED[(at + 1) % len(COLOURED)]
        self.memory.keep("theme", self.theme.removeprefix("qbank-"))

    async def action_palette(self) -> None:
        """Every command of the page in front, by name."""
        page = self.screen
        if not isinstance(page, Page) or self.holds_keys:
            return
        from qbank.tui.screens.palette import Palette

        async def do(action: str | None) -> None:
            if action:
                await self.run_action(action, page)

        await self.push_screen(Palette(page), do)

    async def action_quit(self) -> None:
        """Leave, if the screen that has something to lose agrees."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Page) and not await screen.may_leave():
                return
        self.leave()

    def leave(self) -> None:
        """Leave at once, with the exit code that says why."""
        self.exit(return_code=self.exit_code)

    def action_help_quit(self) -> None:
        """Ctrl+C is no way out of a block; say which key is."""
        self.notify("^q leaves qbank.", markup=False, timeout=3)

    async def go(self, screen: Page | None) -> None:
        """Go Home and, where there is a screen, from there to it."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if screen is not None:
            await self.push_screen(screen)

    # --- failures -----------------------------------------------------------------------

    def on_mount(self) -> None:
        """Leave in good order when the terminal closes or the system asks."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name, act in (("SIGTERM", self.leave), ("SIGHUP", self._leave_if_there)):
            number = getattr(signal, name, None)
            if number is not None:
                # Windows' loop has no such handlers; what was answered is on disk all the same.
                with contextlib.suppress(NotImplementedError):
                    loop.add_signal_handler(number, act)
        if isinstance(self.graphics, str):
            self.notify(self.graphics, markup=False, timeout=10)
        self.set_interval(_LOOK_S, self._look_for_terminal)

    def _leave_if_there(self) -> None:
        """Hung up: in good order where the terminal still takes that, else at once."""
        self._look_for_terminal()
        self.leave()

    def _look_for_terminal(self) -> None:
        """End where the terminal has gone, also where no signal said so.

        Nothing is written any more: Textual's writer has ended with the terminal, and whoever
        writes through it waits for ever.
        """
        if not has_terminal():
            self.close_application()
            os._exit(0)

    def failed(self, error: BaseException) -> None:
        """A worker failed: say what happened and what to do. The one place for it."""
        from qbank.tui.screens.dialogs import Failure

        if isinstance(error, QbankError):
            self.show_dialog(Failure(error.message, error.hint))
            return
        where = self._write_trace(error)
        said = f"Something went wrong inside qbank ({type(error).__name__})."
        self.show_dialog(Failure(said, where))

    def show_dialog(self, dialog: Screen[Any]) -> None:
        """Put a dialog over the page as soon as this message is done with."""
        self.call_next(self.push_screen, dialog)

    def _write_trace(self, error: BaseException) -> str:
        """Note where it arose: files and lines, no message and no value; says where that is."""
        import traceback

        log = self.settings.paths.log
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        try:
            with log.open("a", encoding="utf-8") as file:
                file.write("\n".join((type(error).__name__, *lines, "")))
        except OSError:
            return "The log cannot be written."
        return f"Where it arose is noted in {log}."

    def _fatal_error(self) -> None:
        """Textual's way out of an exception would print local variables: stems, keys, answers."""
        error: Any = self._exception
        where = self._write_trace(error) if error is not None else ""
        kind = type(error).__name__
        said = f"qbank stopped ({kind}). Every answer shown as saved is saved. {where}"
        self._exit_renderables.append(Text(said))
        self._close_messages_no_wait()


def _as_typed(event: events.Key) -> events.Key:
    """Before the app has the terminal to itself, the terminal makes a line's end of Enter."""
    return events.Key("enter", "\r") if event.key == "ctrl+j" else event
