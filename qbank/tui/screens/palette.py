"""Every command by name: type some letters of it, Enter does it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.fuzzy import Matcher
from textual.widgets import Input

from qbank.tui.ink import Ink, Run
from qbank.tui.screens.dialogs import Dialog
from qbank.tui.screens.keys import Deed, deeds
from qbank.tui.widgets.bars import Rule
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.tui.screens.page import Page
    from qbank.tui.widgets.lines import Lines

_NOT_HERE = ("app.palette", "choose_row")
"""What makes no sense from a list that lies over the page."""


class Palette(Dialog[str]):
    """Gives the action of the command that was chosen. No letter typed here answers a question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", id="palette.up", show=False),
        Binding("down", "move(1)", "Down", id="palette.down", show=False),
        Binding("ctrl+p", "leave", "Close", id="palette.close", show=False),
    ]

    def __init__(self, page: Page) -> None:
        super().__init__()
        more = [Deed("", what, action) for what, action in page.more_commands()]
        keys = (deed for deed in deeds(page) if deed.action not in _NOT_HERE)
        self._deeds = tuple(
            deed
            for deed in (*more, *keys)
            if deed.action and not deed.action.startswith("focused.")
        )

    def body(self) -> Iterable[Widget]:
        """The words, and what they find."""
        yield Input(placeholder="a command, by some letters of it", id="words")
        yield Table((Column(), Column(width=8, right=True)), one_press=True, holds=True, id="found")
        yield Rule(below=True)

    def on_mount(self) -> None:
        """Everything, until something is typed."""
        self.query_one(Input).focus()
        self._find("")

    def on_lines_scrolled(self, event: Lines.Scrolled) -> None:
        """Say that there is more below."""
        self.query_one(Rule).show(event.below, key="↓")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        self._find(event.value)

    def _find(self, words: str) -> None:
        found = list(enumerate(self._deeds))
        if words.strip():
            matcher = Matcher(words.strip())
            scores = {at: matcher.match(deed.what) for at, deed in found}
            found = [each for each in found if scores[each[0]]]
            found.sort(key=lambda each: -scores[each[0]])
        items = [
            Item(str(at), ((Run(deed.what),), (Run(deed.keys, Ink.KEY),))) for at, deed in found
        ]
        self.query_one(Table).show(items, first=True)

    def action_move(self, rows: int) -> None:
        """Move in the list while the words keep the keys."""
        self.query_one(Table).action_move(rows)

    def on_input_submitted(self) -> None:
        """Do what the mark is on; nothing where nothing was found."""
        self._take(self.query_one(Table).key)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """A press does it, too."""
        self._take(event.key)

    def _take(self, key: str) -> None:
        if key:
            self.give(self._deeds[int(key)].action)
