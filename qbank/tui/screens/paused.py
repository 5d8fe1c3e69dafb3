"""A paused block: the question is covered and the clock stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import words
from qbank.tui.ink import muted, strong
from qbank.tui.screens.overview import OverBlock
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget


class Paused(OverBlock):
    """Gives `go on`; every way out of here but leaving qbank is going on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p,P", "go_on", "Go on", id="paused.on"),
    ]

    def body(self) -> Iterable[Widget]:
        """That it is paused, and the way on."""
        yield Sentences(id="said")
        yield Table((Column(width=10), Column()), one_press=True)

    def on_mount(self) -> None:
        """Say so."""
        self.query_one(Sentences).show([[strong("Paused")], [muted(words.PAUSED)]])
        table = self.query_one(Table)
        table.show([Item("on", ((strong("Go on"),), (muted("the clock goes on with you"),)))])
        table.focus()
        self.foot([Hint("P ⏎", "go on", "screen.go_on"), Hint("^q", "leave", "app.quit")])

    def chosen(self, table: Table, key: str) -> None:
        """On with it."""
        self.action_go_on()

    def action_leave(self) -> None:
        """Esc goes on, too."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """On with it."""
        self.give("go on")
