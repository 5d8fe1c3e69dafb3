"""The store cannot be opened: what is the matter, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.tui.screens.dialogs import Ask, Choice

if TYPE_CHECKING:
    from qbank.errors import QbankError


class Refused(Ask):
    """Gives `look`, or the exit code to leave with."""

    def __init__(self, error: QbankError, *, may_look: bool) -> None:
        choices = [Choice(str(error.exit_code), "Leave", "nothing is changed")]
        if may_look:
            look = Choice("look", "Look only", "results and questions; blocks do not start")
            choices.insert(0, look)
        sentence = error.message[:1].upper() + error.message[1:]
        super().__init__(f"{sentence}.".replace("..", "."), [error.hint], choices)
        self._code = str(error.exit_code)

    def action_leave(self) -> None:
        """Esc leaves."""
        self.give(self._code)
