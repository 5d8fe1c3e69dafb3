"""Rows in panes that scroll apart, on one widget, so that a key still paints single lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.tui.ink import Ink, Row, Run, gap, row
from qbank.tui.panes import Sheet, in_place
from qbank.tui.widgets.bars import rule
from qbank.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual import events

    from qbank.tui.prose import Paint


class Paned(Lines):
    """Paints the sheet that `sheet` gives: the text in the first pane, options in the last.

    The rules around the widget say how much of the text is out of sight; the pane of the
    options says it itself, on its first and last row.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._sheet = Sheet((), ())
        self._tops = [0, 0]

    # --- for subclasses -----------------------------------------------------------------

    def sheet(self, width: int, height: int) -> Sheet:
        """The panes at this size."""
        raise TypeError(f"{type(self).__name__} does not say what it shows")

    def paint(self) -> tuple[Paint, ...]:
        """What is painted over the text."""
        return ()

    # --- painting -------------------------------------------------------------------------

    def build(self, width: int, height: int) -> Sequence[Row]:
        """What is in sight of every pane, line by line."""
        self._sheet = self.sheet(width, height)
        panes = self._sheet.panes
        self._tops = [min(top, pane.most) for top, pane in zip(self._tops, panes, strict=False)]
        self._tops += [0] * (2 - len(self._tops))
        paint = self.paint()
        return [self._composed(y, paint) for y in range(height)]

    def _composed(self, y: int, paint: Sequence[Paint]) -> Row:
        panes = self._sheet.panes
        if y == self._sheet.divider:
            upper = panes[0]
            return in_place([(upper, rule(upper.width, upper.most - self._tops[0], below=True))])
        return in_place(
            [
                (pane, self._row_of(which, y - pane.top, paint))
                for which, pane in enumerate(panes)
                if 0 <= y - pane.top < pane.height
            ]
        )

    def _row_of(self, which: int, number: int, paint: Sequence[Paint]) -> Row:
        """What a pane has on its row of a number."""
        pane, top = self._sheet.panes[which], self._tops[which]
        if which and top and number == 0:
            return _more("▲", top + 1, "up")
        if which and top < pane.most and number == pane.height - 1:
            return _more("▼", pane.most - top + 1, "down")
        return pane.row(top + number, paint)

    def _tell(self) -> None:
        """The rules say what is hidden of the text; a divider says its own part."""
        above = below = 0
        if self._sheet.panes:
            above = self._tops[0]
            divided = self._sheet.divider is not None
            below = 0 if divided else self._sheet.panes[0].most - above
        if (above, below) != self._told:
            self._told = (above, below)
            self.post_message(self.Scrolled(self, above, below))

    # --- scrolling ------------------------------------------------------------------------

    def scroll_rows(self, rows: int) -> bool:
        """Move the text by so many rows; says whether anything moved."""
        return self.show_from(self._tops[0] + rows)

    def show_from(self, top: int) -> bool:
        """Bring a row of the text to its upper edge; says whether anything moved."""
        return self._scroll(0, top)

    def page(self, pages: int) -> None:
        """Move the text by a page, two lines kept in sight."""
        if self._sheet.panes:
            self.scroll_rows(pages * max(1, self._sheet.panes[0].height - 2))

    def page_options(self, pages: int) -> None:
        """Move the options by a page, where they scroll."""
        which = len(self._sheet.panes) - 1
        if which > 0:
            step = max(1, self._sheet.panes[which].height - 2)
            self._scroll(which, self._tops[which] + pages * step)

    def edge(self, end: int) -> None:
        """To the top or the end of the text."""
        self.show_from(self._sheet.panes[0].size if end and self._sheet.panes else 0)

    def show_option(self, place: int) -> None:
        """Scroll no further than needed to see an option."""
        if place < len(self._sheet.options):
            self.see(len(self._sheet.panes) - 1, *self._sheet.options[place])

    def see(self, which: int, first: int, last: int) -> None:
        """Rows of a pane in sight, clear of the lines that say there is more."""
        pane, top = self._sheet.panes[which], self._tops[which]
        sign = 1 if which else 0
        if first < top + (sign if top else 0):
            self._scroll(which, first - sign)
        elif last >= top + pane.height - (sign if top < pane.most else 0):
            self._scroll(which, min(first - sign, last - pane.height + 1 + sign))

    def _scroll(self, which: int, top: int) -> bool:
        if which >= len(self._sheet.panes):
            return False
        before = self._tops[which]
        self._tops[which] = max(0, min(top, self._sheet.panes[which].most))
        if self._tops[which] == before:
            return False
        self.update()
        return True

    # --- the mouse ------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves what is under it."""
        self._wheel(event, 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves what is under it."""
        self._wheel(event, -2)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        """Options that are all in sight leave the wheel to the text."""
        event.stop()
        event.prevent_default()
        for which, pane in enumerate(self._sheet.panes):
            if pane.covers(event.x, event.y) and pane.most:
                self._scroll(which, self._tops[which] + rows)
                return
        self.scroll_rows(rows)


def _more(sign: str, hidden: int, way: str) -> Row:
    lines = "line" if hidden == 1 else "lines"
    return row(gap(2), Run(f"{sign} {hidden} more {lines}", Ink.ACCENT), target=f"options-{way}")
