"""The presets: what a block of each exam is, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import build_words
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.content.exam import Preset

_COLUMNS = (
    Column("a block of", 0),
    Column("questions", 9, right=True),
    Column("minutes", 7, right=True),
    Column("blocks", 6, right=True, rank=1),
    Column("", 1),
)


class Presets(Page):
    """Gives the id of one, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "leave", "Back to the form", id="presets.back"),
    ]

    def __init__(self, presets: Sequence[Preset], at: str) -> None:
        super().__init__()
        self._presets = {preset.id: preset for preset in presets}
        self._at = at

    def body(self) -> Iterable[Widget]:
        """The list, and under it what is known of the one under the cursor."""
        yield Table(_COLUMNS, one_press=True, id="list")
        yield Sentences(id="known")

    def on_mount(self) -> None:
        """The cursor on the one the form has."""
        self.head([strong("Presets")], [Run("? ", Ink.FLAG), muted(build_words.CHECK)])
        table = self.query_one(Table)
        table.show([_item(preset) for preset in self._presets.values()])
        table.turn_to(self._at)
        table.focus()
        self._tell(self._at)
        self.foot([Hint("⏎", "take it", "screen.choose_row"), Hint("Esc", "back", "screen.leave")])

    def on_table_moved(self, event: Table.Moved) -> None:
        """Say what is known of this one."""
        self._tell(event.key)

    def _tell(self, key: str) -> None:
        preset = self._presets[key]
        held = [Run(safe.one_line(build_words.in_force(preset)), Ink.PLAIN)]
        notes = [muted(safe.one_line(preset.note))] if preset.note else []
        self.query_one("#known", Sentences).show([held, notes] if notes else [held])

    def chosen(self, table: Table, key: str) -> None:
        """Take it."""
        self.give(key)

    def action_leave(self) -> None:
        """Take none."""
        self.give(None)


def _item(preset: Preset) -> Item:
    cells = (
        (Run(safe.one_line(preset.name)),),
        (Run(str(preset.questions)),),
        (Run(str(preset.minutes)),),
        (muted(str(preset.blocks)),),
        (Run("?" if preset.uncertain else "", Ink.FLAG),),
    )
    return Item(preset.id, cells)
