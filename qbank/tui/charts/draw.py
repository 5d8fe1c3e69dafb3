"""Any chart as rows: the one way in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from qbank.reporting.charts import BarChart, Chart, IntervalChart, LineChart, has_data
from qbank.tui.charts.bars import bar_rows, quadrant_rows
from qbank.tui.charts.canvas import Dots
from qbank.tui.charts.intervals import interval_rows
from qbank.tui.charts.lines import line_rows

if TYPE_CHECKING:
    from qbank.tui.ink import Row

LEAST_WIDTH: Final = 24
"""Cells below which no chart can be read."""

_NO_BRAILLE: Final = ("linux", "vt", "ansi")


def chart_rows(chart: Chart, width: int, height: int, dots: Dots = Dots.BRAILLE) -> list[Row]:
    """A chart in `width` cells, a field of `height` rows where it has one; none without data."""
    if not has_data(chart):
        return []
    width = max(LEAST_WIDTH, width)
    if isinstance(chart, LineChart):
        return line_rows(chart, width, height, dots)
    if isinstance(chart, IntervalChart):
        return interval_rows(chart, width)
    if isinstance(chart, BarChart):
        return bar_rows(chart, width)
    return quadrant_rows(chart, width)


def dots_for(wanted: str) -> Dots:
    """What to draw with: as wanted, or with `auto` what this terminal is known to show."""
    if wanted != "auto":
        return Dots(wanted)
    encoding = (getattr(sys.__stderr__, "encoding", None) or "utf-8").lower()
    plain = "utf" not in encoding or os.environ.get("TERM", "").startswith(_NO_BRAILLE)
    return Dots.BLOCKS if plain else Dots.BRAILLE
