"""A page of Statistics as rows: sentences, pictures, tables; the last two beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from qbank.reporting.charts import Chart, numbers
from qbank.tui.charts.draw import chart_rows
from qbank.tui.charts.frame import filled
from qbank.tui.charts.grids import grid_rows, natural_width
from qbank.tui.ink import BLANK, Ink, Row, gap, inset, paragraph, row

if TYPE_CHECKING:
    from qbank.services.pages.page import TabPage
    from qbank.tui.charts.canvas import Dots

_MARGIN: Final = 3
_BETWEEN: Final = 5
_BESIDE: Final = 106
"""Cells from which pictures and tables stand beside each other."""
_LEAST_PICTURE: Final = 50
_MOST_TEXT: Final = 100
_MOST_ALONE: Final = 96
"""Cells beyond which a picture or table that stands alone does not grow."""


def page_rows(
    page: TabPage, width: int, height: int, dots: Dots, *, in_words: bool = False
) -> list[Row]:
    """The page in `width` cells of a screen of `height` lines; `in_words`: no pictures."""
    inner = width - 2 * _MARGIN
    rows: list[Row] = []
    for at, sentence in enumerate(page.sentences):
        ink = Ink.STRONG if at == 0 else Ink.PLAIN
        rows += paragraph(sentence, min(inner, _MOST_TEXT), ink)
    rows.append(BLANK)
    field = max(6, min(14, height // 3))
    beside = inner >= _BESIDE and bool(page.pictures) and bool(page.tables)
    left = right = min(inner, _MOST_ALONE)
    if beside:
        wanted = max(map(natural_width, page.tables))
        right = min(max(wanted, inner * 2 // 5), inner - _BETWEEN - _LEAST_PICTURE)
        left = inner - _BETWEEN - right
    pictures = _stacked(
        [_picture(each, left, field, dots, in_words=in_words) for each in page.pictures]
    )
    tables = _stacked([grid_rows(each, right) for each in page.tables])
    if beside:
        rows += _side_by_side(pictures, tables, left)
    else:
        rows += [*pictures, *tables]
    return [inset(one, _MARGIN) for one in rows]


def _picture(chart: Chart, width: int, field: int, dots: Dots, *, in_words: bool) -> list[Row]:
    if in_words:
        return grid_rows(numbers(chart), width)
    return chart_rows(chart, width, field, dots)


def _stacked(groups: Sequence[Sequence[Row]]) -> list[Row]:
    """Groups of rows under each other, with air after each."""
    return [line for group in groups for line in (*group, BLANK)]


def _side_by_side(left: Sequence[Row], right: Sequence[Row], width: int) -> list[Row]:
    return [
        row(*filled(one.runs, width).runs, gap(_BETWEEN), *other.runs)
        for one, other in zip_longest(left, right, fillvalue=BLANK)
    ]
