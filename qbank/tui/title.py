"""The terminal's title: which block runs and how long it still has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qbank.tui import safe

if TYPE_CHECKING:
    from textual.app import App

_KEEP: Final = "\x1b[22;2t"
_GIVE_BACK: Final = "\x1b[23;2t"
_LONGEST: Final = 80


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
        self._write(f"{keep}\x1b]2;{line}\x07" if line else f"\x1b]2;\x07{_GIVE_BACK}")

    def _write(self, text: str) -> None:
        # Textual has no public way to a title; its own bell goes the same way.
        driver = self._app._driver
        if driver is not None and not self._app.is_headless:
            driver.write(text)
