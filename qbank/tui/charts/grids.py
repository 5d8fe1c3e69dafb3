"""A table of words as rows: titles, cells, and a sign where something had to be cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from qbank.tui.charts.frame import filled, title_rows
from qbank.tui.ink import Ink, Row, Run, fit, gap, muted

if TYPE_CHECKING:
    from qbank.reporting.charts import Grid

_BETWEEN: Final = 2
_LEAST: Final = 8


def grid_rows(grid: Grid, width: int) -> list[Row]:
    """A title, the titles of the columns and a line a row; each `width` cells wide."""
    sizes = _sizes(grid, width)
    rows = title_rows(grid.title, width)
    if any(grid.columns):
        rows.append(filled(_cells(grid, grid.columns, sizes, Ink.MUTED), width))
    return rows + [filled(_cells(grid, one, sizes, Ink.PLAIN), width) for one in grid.rows]


def natural_width(grid: Grid) -> int:
    """The cells a table would take if it had all it wants."""
    lines = (grid.columns, *grid.rows)
    longest = [max(cell_len(line[at]) for line in lines) for at in range(len(grid.columns))]
    return max(cell_len(grid.title), sum(longest) + _BETWEEN * (len(longest) - 1))


def _sizes(grid: Grid, width: int) -> list[int]:
    """Each column as wide as its longest cell; where room is short, the widest text gives way."""
    lines = (grid.columns, *grid.rows)
    sizes = [max(cell_len(line[at]) for line in lines) for at in range(len(grid.columns))]
    while sum(sizes) + _BETWEEN * (len(sizes) - 1) > width:
        widest = max(range(len(sizes)), key=lambda at: (at in grid.texts, sizes[at]))
        if sizes[widest] <= _LEAST:
            widest = max(range(len(sizes)), key=sizes.__getitem__)
        if sizes[widest] <= 1:
            break
        sizes[widest] -= 1
    return sizes


def _cells(grid: Grid, line: tuple[str, ...], sizes: list[int], ink: Ink) -> list[Run]:
    runs: list[Run] = []
    for at, (text, size) in enumerate(zip(line, sizes, strict=True)):
        text_column = at in grid.texts
        said = fit(text, size, right=not text_column)
        shown = muted(said) if text_column and at else Run(said, ink)
        runs += [gap(_BETWEEN), shown] if runs else [shown]
    return runs
