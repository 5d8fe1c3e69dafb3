"""The main places by their names, made when first gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.tui.screens.page import Page


def place(name: str) -> Page | None:
    """A new page for a place; Home is always there and needs none."""
    if name == "history":
        from qbank.tui.screens.history import History

        return History()
    if name == "questions":
        from qbank.tui.screens.questions import Questions

        return Questions()
    return None
