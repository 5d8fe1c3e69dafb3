"""Two blocks side by side: their figures, their curves, and every question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.tui.compare_rows import COLUMNS, above_rows, called, pair_items, pairs
from qbank.tui.ink import gap, muted, row, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Table

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import BlockReport


class Compare(Page):
    """Reads both reports in a thread; a row opens its question as it was answered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", "Back", id="compare.back"),
    ]

    def __init__(self, one: str, other: str) -> None:
        super().__init__()
        self._ids = (one, other)

    def body(self) -> Iterable[Widget]:
        """Figures and curves above, and the questions."""
        yield Table(id="questions")

    def on_mount(self) -> None:
        """Fetch both."""
        self.head([strong("Compare")])
        table = self.query_one(Table)
        table.lead(lambda _: [row(gap(3), muted("Adding up …"))])
        table.focus()
        self.foot([Hint("⏎", "open", "screen.choose_row"), Hint("Esc", "back", "screen.back")])
        review = self.qbank.application.review
        one, other = self._ids
        self.fetch(lambda: (review.report(one), review.report(other)), self._fill)

    def _fill(self, reports: tuple[BlockReport, BlockReport]) -> None:
        one, other = reports
        self.head([strong("Compare"), muted(f"   {called(one)}  and  {called(other)}")])
        table = self.query_one(Table)
        table.lead(lambda width: above_rows(one, other, width, self.size.height))
        table.show(pair_items(pairs(one, other)[0]), COLUMNS)

    def chosen(self, table: Table, key: str) -> None:
        """Open the question as it was answered in the block that the row is of."""
        from qbank.tui.screens.review import Review

        which, _, position = key.partition(":")
        at = int(position)
        self.open(Review(self._ids[int(which) - 1], (at,), at))
