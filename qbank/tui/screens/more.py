"""More like this: which likeness, with or without a clock; then the block begins as any other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import review_words as say
from qbank.tui import safe
from qbank.tui.ink import Run, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views.alike import Alike

_COLUMNS = (Column("shares", 10), Column("", 0), Column("fresh", 8, right=True))


class More(Page):
    """Lists the ways in which other questions are like one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,T", "clock", "With a clock, or explained one by one", id="more.clock"),
        Binding("escape,backspace", "back", "Back", id="more.back"),
    ]

    def __init__(self, block_id: str, position: int) -> None:
        super().__init__()
        self._block_id = block_id
        self._position = position
        self._timed = False
        self._found: tuple[Alike, ...] = ()

    def body(self) -> Iterable[Widget]:
        """What they share, and what would be begun."""
        yield Sentences(id="title")
        yield Table(_COLUMNS, one_press=True, id="ways")
        yield Sentences(id="what")

    def on_mount(self) -> None:
        """Look for them."""
        self.head([strong("More like this")], [muted(f"question {self._position}")])
        self.query_one(Table).focus()
        self._look()

    def _look(self) -> None:
        alike = self.qbank.application.alike
        self.fetch(
            lambda: alike.like(self._block_id, self._position, timed=self._timed), self._fill
        )

    def _fill(self, found: tuple[Alike, ...]) -> None:
        self._found = found
        rows = [
            Item(
                str(at),
                (
                    (muted(each.what),),
                    (Run(safe.one_line(each.shared)),),
                    (muted(f"{each.fresh:,}"),),
                ),
            )
            for at, each in enumerate(found)
        ]
        table = self.query_one(Table)
        table.show(rows)
        table.display = bool(found)
        self.query_one("#title", Sentences).show([[muted(say.MORE)]] if found else [])
        self.on_table_moved()
        begin = [Hint("⏎", "begin", "screen.choose_row")] if found else []
        other = "explain each" if self._timed else "with a clock"
        turn = [Hint("T", other, "screen.clock")] if found else []
        self.foot([*begin, *turn, Hint("Esc", "back", "screen.back")])

    def on_table_moved(self) -> None:
        """Say what would be begun."""
        key = self.query_one(Table).key
        said = self._found[int(key)].sentence if key else say.NONE_LIKE
        self.query_one("#what", Sentences).show([[Run(said)]])

    def action_clock(self) -> None:
        """With a clock, or without."""
        self._timed = not self._timed
        self._look()

    def chosen(self, table: Table, key: str) -> None:
        """Begin a block of these."""
        from qbank.tui.screens.begin import Begin

        self.open(Begin(request=self._found[int(key)].request), instead=True)
