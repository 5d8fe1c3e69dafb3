"""Tables as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qbank.reporting.charts import Grid

_RUNS: Final = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""What a cell may not begin with: a spreadsheet would take it for a formula."""


def inert_cell(text: str) -> str:
    """A cell that stays text; one that would be run has an apostrophe before it."""
    bare = text.lstrip(" \u00a0\u3000\ufeff")
    return f"'{text}" if bare[:1] and bare[0] in _RUNS and not _is_number(text) else text


def _is_number(text: str) -> bool:
    """Whether a text is a plain number, which may begin with its sign."""
    return text[:1] in "+-" and text[1:].replace(".", "", 1).isdigit() and text.isascii()


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Titles and rows as CSV, each cell inert."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([inert_cell(cell) for cell in line] for line in (columns, *rows))
    return file.getvalue()


def csv_of(grid: Grid) -> str:
    """A table as CSV."""
    return csv_text(grid.columns, grid.rows)
