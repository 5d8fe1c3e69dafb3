"""A page to read: rows that scroll under the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qbank.tui.ink import Row


class Scroll(Lines):
    """Rows made for a width; a new text starts at its top, unless it is to stay in its place."""

    DEFAULT_CSS = "Scroll { height: 1fr; }"
    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", "Up", id="scroll.up", show=False),
        Binding("down", "line(1)", "Down", id="scroll.down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="scroll.pageup", show=False),
        Binding("pagedown,space", "page(1)", "Page down", id="scroll.pagedown", show=False),
        Binding("home", "edge(0)", "Top", id="scroll.top", show=False),
        Binding("end", "edge(1)", "End", id="scroll.end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[Row]] = lambda _: ()

    def show(self, make: Callable[[int], Sequence[Row]], *, stay: bool = False) -> None:
        """Show the rows that `make` gives for a width."""
        self._make = make
        if not stay:
            self.show_from(0)
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The rows."""
        return self._make(width)

    def action_line(self, rows: int) -> None:
        """Scroll by a line."""
        self.scroll_rows(rows)

    def action_page(self, pages: int) -> None:
        """Scroll by a page, two lines kept in sight."""
        self.scroll_rows(pages * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        """To the top or the end."""
        self.show_from(len(self.rows) if end else 0)
