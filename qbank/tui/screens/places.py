"""The main places: what leads from each to the others. They are made when first gone to."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint

PLACES = (
    Hint("1", "Home", "screen.place('home')"),
    Hint("2", "History", "screen.place('history')"),
    Hint("3", "Statistics", "screen.place('statistics')"),
    Hint("4", "Questions", "screen.place('questions')"),
)


class Place(Page):
    """A page that the digits lead to; `NAME` is its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(hint.key, hint.action.removeprefix("screen."), hint.label, id=f"place.{hint.key}")
        for hint in PLACES
    ]
    BINDINGS.append(Binding("comma", "settings", "Settings", id="place.settings"))
    NAME: ClassVar[str] = ""

    def others(self) -> tuple[Hint, ...]:
        """The places that this one leads to, and the key to all keys."""
        there = (hint for hint in PLACES if f"'{self.NAME}'" not in hint.action)
        return (*there, Hint("?", "", "screen.keys"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """No key leads to where one is."""
        return (action, *parameters) != ("place", self.NAME)

    async def action_place(self, name: str) -> None:
        """Go to one of the main places."""
        if self.qbank.is_open:
            await self.qbank.go(_made(name))

    async def action_settings(self) -> None:
        """Look at the settings."""
        from qbank.tui.screens.settings import SettingsPage

        await self.app.push_screen(SettingsPage())


def _made(name: str) -> Page | None:
    """A new page for a place; Home is always there and needs none."""
    if name == "history":
        from qbank.tui.screens.history import History

        return History()
    if name == "statistics":
        from qbank.tui.screens.statistics import Statistics

        return Statistics()
    if name == "questions":
        from qbank.tui.screens.questions import Questions

        return Questions()
    return None
