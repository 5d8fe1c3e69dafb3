"""The store cannot be opened: what is the matter, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.errors import ConcurrentRun, StoreReadOnly
from qbank.reporting import words
from qbank.tui.screens.dialogs import Ask, Choice

if TYPE_CHECKING:
    from qbank.errors import QbankError


class Refused(Ask):
    """Gives `look`, `end` or `leave`; what can be done depends on what is the matter."""

    def __init__(self, error: QbankError) -> None:
        choices = [Choice("leave", "Leave", "nothing is changed")]
        if isinstance(error, ConcurrentRun):
            end = Choice("end", "Ask it to end", "its answers are kept; then open here")
            choices.insert(0, end)
        if isinstance(error, ConcurrentRun | StoreReadOnly):
            look = Choice("look", "Look only", "results and questions; blocks do not start")
            choices.insert(0, look)
        super().__init__(words.sentence(error.message), [error.hint], choices)

    def action_leave(self) -> None:
        """Esc leaves."""
        self.give("leave")
