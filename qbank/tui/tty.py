"""The terminal: whether it is still there, and its title, which says the block and its time."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Final

from qbank.tui import safe

if TYPE_CHECKING:
    from textual.app import App

_KEEP: Final = "\x1b[22;2t"
_BACK: Final = "\x1b]2;\x07\x1b[23;2t"
_LONGEST: Final = 80


def has_terminal() -> bool:
    """Whether there is still a terminal to read from and to write to."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


class Title:
    """Says a title when it changed. Only what qbank itself says, cleaned like a pack's text."""

    def __init__(self, app: App[None], *, wanted: bool) -> None:
        self._app = app
        self._wanted = wanted
        self._said = ""

    def say(self, text: str) -> None:
        """Show a title; an empty one gives the terminal its own back."""
        line = safe.one_line(text)[:_LONGEST]
        if not self._wanted or line == self._said:
            return
        keep = _KEEP if not self._said else ""
        self._said = line
        self._write(f"{keep}\x1b]2;{line}\x07" if line else _BACK)

    def give_back(self) -> None:
        """After the app has gone, and Textual no longer writes: the terminal's own title again.

        Not before: a write to a terminal that was closed ends Textual's writer, and what it
        writes at its end then waits for ever.
        """
        if self._said and sys.__stderr__ is not None:
            with contextlib.suppress(OSError):
                sys.__stderr__.write(_BACK)
                sys.__stderr__.flush()

    def _write(self, text: str) -> None:
        # Textual has no public way to a title; its own bell goes the same way.
        driver = self._app._driver
        if driver is not None and not self._app.is_headless:
            driver.write(text)
