"""The note on a question while a block runs: kept however the box is closed, also by the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from textual.widgets import Input

from qbank.errors import QbankError
from qbank.services.notes import LONGEST_NOTE
from qbank.tui import safe
from qbank.tui.screens.dialogs import Buttons, Dialog, Said

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.worker import WorkType

    from qbank.tui.app import QbankApp

_TITLE = "Note on this question"
_HINT = "Kept when this closes; shown again in the review."


class Note(Dialog[str]):
    """A line to write in. `read` and `keep` are called in threads, `keep` for a changed text only.

    What is typed before the note on disk was read is added to it.
    """

    def __init__(self, read: Callable[[], str], keep: Callable[[str], None]) -> None:
        super().__init__()
        self._read = read
        self._keep = keep
        self._kept: str | None = None
        self._text = ""

    def body(self) -> Iterable[Widget]:
        """The line."""
        yield Said(_TITLE, _HINT)
        yield Input(max_length=LONGEST_NOTE, select_on_focus=False, id="text")
        yield Buttons(("leave", "⏎", "keep and close"))

    def on_mount(self) -> None:
        """Write at once; what was there comes a moment later."""
        self.query_one(Input).focus()
        filling: WorkType[None] = self._fill
        self.run_worker(filling, exit_on_error=False)

    async def _fill(self) -> None:
        kept = await self._on_disk()
        field = self.query_one(Input)
        field.value = _joined(kept, field.value)
        field.cursor_position = len(field.value)
        self._kept = kept

    async def _on_disk(self) -> str:
        return safe.one_line(await asyncio.to_thread(self._read))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Know the text, also when the line is gone."""
        self._text = event.value

    def on_input_submitted(self) -> None:
        """Enter closes it."""
        self.give(None)

    async def on_unmount(self) -> None:
        """Put a changed text on disk before the page below goes on."""
        try:
            if self._kept is not None and self._text.strip() != self._kept:
                await asyncio.to_thread(self._keep, self._text)
            elif self._kept is None and self._text.strip():
                text = _joined(await self._on_disk(), self._text)
                await asyncio.to_thread(self._keep, text)
        except QbankError as error:
            cast("QbankApp", self.app).failed(error)


def _joined(kept: str, typed: str) -> str:
    return " ".join(filter(None, (kept, typed)))
