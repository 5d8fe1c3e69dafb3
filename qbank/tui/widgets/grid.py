"""The overview's cells: a question each, to see at a glance and to jump to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from qbank.reporting.words import FLAGGED
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap
from qbank.tui.widgets.clockline import GO
from qbank.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qbank.tui.running import Seen

_CELL = 14
_MARGIN = 2


class Grid(Lines):
    """Cells with a cursor; the digits of a number move to it, a press chooses."""

    DEFAULT_CSS = "Grid { height: 1fr; }"
    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Left", id="grid.left", show=False),
        Binding("right", "move(1)", "Right", id="grid.right", show=False),
        Binding("up", "line(-1)", "Up", id="grid.up", show=False),
        Binding("down", "line(1)", "Down", id="grid.down", show=False),
        Binding("home", "move(-999)", "First", id="grid.first", show=False),
        Binding("end", "move(999)", "Last", id="grid.last", show=False),
    ]

    class Chosen(Message):
        """A question to go to, by its position."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._cells: tuple[Seen, ...] = ()
        self._here = 1
        self._across = 1
        self._digits = ""

    def show(self, cells: Sequence[Seen], at: int) -> None:
        """Show the questions, the cursor on a position."""
        self._cells, self._here = tuple(cells), at
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """Rows of cells, with air between them where there is room."""
        fitting = (width - 2 * _MARGIN) // _CELL
        self._across = across = next((n for n in (10, 5) if n <= fitting), max(1, fitting))
        rows: list[Row] = [BLANK]
        for start in range(0, len(self._cells), across):
            runs = [gap(_MARGIN)]
            for cell in self._cells[start : start + across]:
                runs += _cell(cell, here=cell.position == self._here)
            rows += [Row(tuple(runs)), BLANK]
        return rows

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._digits = ""
        self._put(max(1, min(self._here + step, len(self._cells))))

    def action_line(self, lines: int) -> None:
        """Move the cursor up or down, as far as there is a cell."""
        at = self._here + lines * self._across
        if 1 <= at <= len(self._cells):
            self._digits = ""
            self._put(at)

    @property
    def here(self) -> int:
        """The position under the cursor."""
        return self._here

    def digit(self, digit: str) -> None:
        """One more digit of a number moves the cursor to it; one too many begins a new number."""
        for typed in (self._digits + digit, digit):
            if 1 <= int(typed) <= len(self._cells):
                self._digits = typed
                self._put(int(typed))
                return

    def _put(self, at: int) -> None:
        self._here = at
        line = 1 + 2 * ((at - 1) // self._across)
        self.keep_in_sight(line, line + 1)
        self.update()

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press goes there."""
        event.stop()
        self.post_message(self.Chosen(int(event.target.removeprefix(GO))))


def _cell(cell: Seen, *, here: bool) -> list[Run]:
    target = f"{GO}{cell.position}"
    sign, ink = ("●", Ink.KEY) if cell.answered else ("○", Ink.STRONG)
    if not cell.visited:
        sign, ink = "·", Ink.MUTED
    lead = "▸" if here else " "
    number = Run(f"{lead}{cell.position:>3} ", Ink.KEY if here else Ink.PLAIN, target)
    flag = Run(FLAGGED if cell.flagged else " ", Ink.FLAG, target)
    time = Run(fit(cell.time, 5, right=True), Ink.MUTED, target)
    return [number, Run(sign, ink, target), time, gap(1), flag, gap(_CELL - 5 - 1 - 5 - 2)]
