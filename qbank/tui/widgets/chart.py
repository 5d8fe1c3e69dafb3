"""The curve of time in hand, with its title."""

from __future__ import annotations

from collections.abc import Sequence

from qbank.tui.curve import curve_rows
from qbank.tui.ink import BLANK, Row, inset, muted, row, strong
from qbank.tui.widgets.lines import Lines

_MARGIN = 3


class Curve(Lines):
    """How the clock stood at each question; nothing where there was no limit."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._in_hand_ms: tuple[int, ...] = ()
        self._questions = 0
        self._lines = 0

    def show(self, in_hand_ms: Sequence[int], questions: int, lines: int) -> None:
        """Show the figures on so many lines."""
        self._in_hand_ms, self._questions, self._lines = tuple(in_hand_ms), questions, lines
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """Title and chart."""
        inner = width - 2 * _MARGIN
        chart = curve_rows(self._in_hand_ms, self._questions, inner, self._lines)
        if not chart:
            return ()
        title = row(strong("Time in hand"), muted("  after each question, against the even pace"))
        return [inset(one, _MARGIN) for one in (title, *chart)] + [BLANK]
