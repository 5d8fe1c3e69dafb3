"""A report as Markdown: sentences and tables; what a picture shows stands as its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qbank.reporting.charts import numbers
from qbank.reporting.inert import plain

if TYPE_CHECKING:
    from qbank.reporting.charts import Grid
    from qbank.reporting.report_model import Report


def markdown(report: Report) -> str:
    """The file's text."""
    return "\n\n".join(_blocks(report)) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {_line(report.title)}"
    yield from map(_line, report.scope)
    for part in report.parts:
        yield f"## {_line(part.title)}"
        yield from map(_line, part.sentences)
        for grid in (*map(numbers, part.charts), *part.grids):
            yield _table(grid)
        yield from map(_line, part.notes)


def _table(grid: Grid) -> str:
    rule = ["---" if place in grid.texts else "---:" for place in range(len(grid.columns))]
    lines = [_cells(grid.columns), f"| {' | '.join(rule)} |", *map(_cells, grid.rows)]
    title = f"**{_line(grid.title)}**\n\n" if grid.title else ""
    return title + "\n".join(lines)


def _cells(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_line, cells))} |"


def _line(text: str) -> str:
    return plain(" ".join(text.split()))
