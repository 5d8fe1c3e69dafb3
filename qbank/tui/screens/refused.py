"""The store cannot be opened: what is the matter, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.reporting import words
from qbank.tui.screens.dialogs import Ask, Choice

if TYPE_CHECKING:
    from qbank.errors import QbankError


class Refused(Ask):
    """Gives `look`, `end`, or the exit code to leave with."""

    def __init__(self, error: QbankError, *, may_look: bool) -> None:
        choices = [Choice(str(error.exit_code), "Leave", "nothing is changed")]
        if may_look:
            look = Choice("look", "Look only", "results and questions; blocks do not start")
            end = Choice("end", "Ask it to end", "its answers are kept; then open here")
            choices = [look, end, *choices]
        super().__init__(words.sentence(error.message), [error.hint], choices)
        self._code = str(error.exit_code)

    def action_leave(self) -> None:
        """Esc leaves."""
        self.give(self._code)
