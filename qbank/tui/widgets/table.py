"""A list with a cursor: doors of Home, rows of a result, blocks, packs, questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from qbank.tui.ink import BLANK, Ink, Row, Run, cut, gap, muted
from qbank.tui.widgets.lines import FocusedLines, Lines

Above = Callable[[int], Sequence[Row]]
"""Rows for a width."""

_GAP = 2
_LEAD = 3
_ROW = "row:"
_SORT = "sort:"


class Column(NamedTuple):
    """A column: `width` in cells, 0 for one that takes what is left, shared evenly.

    A `key` makes its title sort. Where room is short, columns of high `rank` go first;
    those of rank 0 stay. `least` is what a column of what is left has to have before that.
    """

    title: str = ""
    width: int = 0
    right: bool = False
    key: str = ""
    rank: int = 0
    least: int = 12


class Item(NamedTuple):
    """A row: its key and, for each column, its runs."""

    key: str
    cells: tuple[tuple[Run, ...], ...]


class _OfRow(Message):
    """Something about a row, by its key, or a column, by its own."""

    def __init__(self, table: Table, key: str) -> None:
        super().__init__()
        self.table = table
        self.key = key

    @property
    def control(self) -> Table:
        """Who says it."""
        return self.table


class Table(FocusedLines):
    """Rows to move about in. With `one_press` a press opens; without, a double one does.
    A row ahead of the titles opens by one press in either case.

    The cursor is marked where the keys go; a table that `holds` keeps a mark of
    another shape, because what is beside it depends on its row.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", id="table.up", show=False),
        Binding("down", "move(1)", "Down", id="table.down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="table.pageup", show=False),
        Binding("pagedown,space", "page(1)", "Page down", id="table.pagedown", show=False),
        Binding("home", "edge(0)", "First", id="table.first", show=False),
        Binding("end", "edge(-1)", "Last", id="table.last", show=False),
    ]

    class Chosen(_OfRow):
        """A row was pressed. Enter is the page's own key, so that keys keep their order."""

    class Moved(_OfRow):
        """The cursor came to another row."""

    class Sorted(_OfRow):
        """A title was pressed: sort by its column."""

    def __init__(
        self,
        columns: Sequence[Column] = (Column(),),
        *,
        one_press: bool = False,
        holds: bool = False,
        id: str | None = None,  # noqa: A002 - textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._one_press = one_press
        self._holds = holds
        self._items: tuple[Item, ...] = ()
        self._cursor = 0
        self._lead: Above | None = None
        self._ahead: tuple[Item, ...] = ()
        self._made: tuple[int, list[Row], list[int]] = (-1, [], [])
        self._titled = False
        self._title()

    def _title(self) -> None:
        """Titles stay in sight, unless something stands above them."""
        self._titled = any(column.title for column in self._columns)
        self.fixed = 1 if self._titled and self._lead is None and not self._ahead else 0

    # --- what it shows -------------------------------------------------------------

    def lead(self, above: Above) -> None:
        """Rows above the list that scroll away with it; the titles then do, too."""
        self._lead = above
        self._title()
        self._made = (-1, [], [])
        self.update()

    def show(
        self,
        items: Sequence[Item],
        columns: Sequence[Column] | None = None,
        *,
        ahead: Sequence[Item] = (),
        first: bool = False,
    ) -> None:
        """Show rows; the cursor stays on its key where that is still there, or goes `first`.

        Rows `ahead` stand above the titles and have one cell that takes the whole width.
        """
        before = "" if first else self.key
        self._ahead = tuple(ahead)
        self._items = (*self._ahead, *items)
        self._columns = self._columns if columns is None else tuple(columns)
        self._title()
        self._made = (-1, [], [])
        keys = [item.key for item in self._items]
        here = 0 if first else self._cursor
        at = keys.index(before) if before in keys else min(here, len(keys) - 1)
        self._cursor = max(0, at)
        self.update()
        self._follow()

    def turn_to(self, key: str) -> None:
        """Put the cursor on a row."""
        self._put([item.key for item in self._items].index(key))

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty without rows."""
        return self._items[self._cursor].key if self._items else ""

    def build(self, width: int, height: int) -> Sequence[Row]:
        """What leads, the titles, where there are any, and the rows."""
        if self._made[0] != width:
            self._made = (width, *self._all_rows(width))
        rows = list(self._made[1])
        if self._items:
            at = self._made[2][self._cursor]
            rows[at] = self._marked(rows[at], width)
        return rows

    def _marked(self, here: Row, width: int) -> Row:
        if self.has_focus:
            runs = (gap(1), Run("▸ ", Ink.KEY), *here.runs[1:])
            return here._replace(runs=runs, fill=Ink.CURSOR, left=1, until=width - 1)
        if self._holds:
            return here._replace(runs=(gap(1), muted("• "), *here.runs[1:]))
        return here

    def _all_rows(self, width: int) -> tuple[list[Row], list[int]]:
        """All rows without the cursor, and where each item stands among them."""
        rows = list(self._lead(width)) if self._lead else []
        places = []
        sizes = _sizes(self._columns, width - _LEAD - 1)
        for at, item in enumerate(self._items):
            if at == len(self._ahead):
                rows += self._titles(sizes)
            places.append(len(rows))
            rows.append(Row(self._runs(at, item, sizes, width), target=f"{_ROW}{at}"))
        if len(self._items) == len(self._ahead):
            rows += self._titles(sizes)
        return rows, places

    def _titles(self, sizes: Sequence[int]) -> list[Row]:
        """The titles, where there are any; a line of air parts them from what is ahead."""
        if not self._titled:
            return []
        titles = tuple(
            (Run(column.title, Ink.MUTED, _SORT + column.key if column.key else ""),)
            for column in self._columns
        )
        air = [BLANK] if self._ahead else []
        return [*air, Row(tuple(_cells(titles, self._columns, sizes)))]

    def _runs(self, at: int, item: Item, sizes: Sequence[int], width: int) -> tuple[Run, ...]:
        if at < len(self._ahead):
            kept = cut(item.cells[0], width - _LEAD - 1)
            return (gap(_LEAD), *kept, gap(width - _LEAD - sum(cell_len(r.text) for r in kept)))
        return (*_cells(item.cells, self._columns, sizes), gap(1))

    # --- moving ----------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._put(self._cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move by what is in sight."""
        self._put(self._cursor + pages * max(1, self.size.height - self.fixed - 1))

    def action_edge(self, at: int) -> None:
        """Move to the first or the last row."""
        self._put(len(self._items) - 1 if at else 0)

    def _put(self, at: int) -> None:
        at = max(0, min(at, len(self._items) - 1))
        if at != self._cursor and self._items:
            self._cursor = at
            self._follow()
            self.update()
            self.post_message(self.Moved(self, self.key))

    def _follow(self) -> None:
        if self._cursor == 0:
            self.show_from(0)
        elif self._made[2]:
            at = self._made[2][self._cursor] - self.fixed
            self.keep_in_sight(at, at)

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on a title sorts, on a row moves or opens."""
        event.stop()
        if event.target.startswith(_SORT):
            self.post_message(self.Sorted(self, event.target.removeprefix(_SORT)))
            return
        at = int(event.target.removeprefix(_ROW))
        self._put(at)
        if self._one_press or event.twice or at < len(self._ahead):
            self.post_message(self.Chosen(self, self.key))


def _sizes(columns: Sequence[Column], room: int) -> list[int]:
    """Cells for each column; 0 for one that has to go."""
    shown = list(columns)

    def needed() -> int:
        return sum((column.width or column.least) + _GAP for column in shown) - _GAP

    while needed() > room and any(column.rank for column in shown):
        shown.remove(max(reversed(shown), key=lambda column: column.rank))
    free = [column for column in shown if not column.width]
    left = room - sum(column.width for column in shown) - _GAP * (len(shown) - 1)
    share = max(1, left // len(free)) if free else 0
    return [(column.width or share) if column in shown else 0 for column in columns]


def _cells(
    cells: Sequence[tuple[Run, ...]], columns: Sequence[Column], sizes: Sequence[int]
) -> list[Run]:
    runs = [gap(_LEAD)]
    for cell, column, size in zip(cells, columns, sizes, strict=True):
        if not size:
            continue
        if len(runs) > 1:
            runs.append(gap(_GAP))
        kept = cut(cell, size)
        blank = gap(size - sum(cell_len(run.text) for run in kept))
        runs += [blank, *kept] if column.right else [*kept, blank]
    return [runs[0], *(run for run in runs[1:] if run.text)]
