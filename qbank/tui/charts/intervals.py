"""Values under each other, each a dot on its interval, against one axis."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

from qbank.reporting.charts import IntervalChart, IntervalRow, said
from qbank.reporting.scales import Axis, axis
from qbank.tui.charts.frame import filled, title_rows
from qbank.tui.ink import Ink, Row, Run, fit, gap, muted

_CELLS_A_TICK: Final = 10
_LEAST: Final = 12
_MOST_NAME: Final = 24


def interval_rows(chart: IntervalChart, width: int) -> list[Row]:
    """A title, a row a value, an axis; each row `width` cells wide."""
    behind = max(cell_len(each.said) for each in chart.rows)
    names = max(cell_len(each.name) for each in chart.rows)
    names = min(_MOST_NAME, names, max(width // 3, width - behind - 2 * _LEAST))
    cells = width - names - 2 - (behind + 2 if behind else 0)
    if cells < _LEAST:
        behind, cells = 0, max(1, width - names - 2)
    ends = [end for each in chart.rows for end in (each.value, each.low, each.high)]
    levels = [end for end in ends if end is not None]
    levels += [chart.limit.value] if chart.limit else []
    made = axis(levels, chart.scale, max(2, cells // _CELLS_A_TICK + 1))
    level = made.place(chart.limit.value, cells) if chart.limit else None
    rows = title_rows(chart.title, width)
    for each in chart.rows:
        runs = [muted(fit(each.name, names)), gap(2), *_track(each, made, cells, level)]
        runs += [gap(2), Run(fit(each.said, behind))] if behind else []
        rows.append(filled(runs, width))
    return [*rows, *_foot(chart, made, names + 2, cells, width)]


def _track(each: IntervalRow, made: Axis, cells: int, level: int | None) -> list[Run]:
    """The dot on its interval, with the level shining through where nothing lies."""
    line = [Run(" ", Ink.RULE)] * cells
    if level is not None:
        line[level] = Run("┊", Ink.RULE)
    if each.low is not None and each.high is not None:
        low, high = made.place(each.low, cells), made.place(each.high, cells)
        line[low : high + 1] = [Run("─", Ink.MUTED)] * (high - low + 1)
        line[low], line[high] = Run("├", Ink.MUTED), Run("┤", Ink.MUTED)
    line[made.place(each.value, cells)] = Run("●", Ink.ACCENT)
    return line


def _foot(chart: IntervalChart, made: Axis, left: int, cells: int, width: int) -> list[Row]:
    """The axis with its numbers, and what the level is."""
    line, words = ["─"] * cells, [" "] * width
    free = 0
    for tick in made.ticks:
        at, label = made.place(tick, cells), said(tick, chart.scale)
        line[at] = "┬"
        begin = min(max(0, left + at - len(label) // 2), width - len(label))
        if begin >= free:
            words[begin : begin + len(label)] = label
            free = begin + len(label) + 1
    rows = [
        filled([gap(left), Run("".join(line), Ink.RULE)], width),
        filled([muted("".join(words).rstrip())], width),
    ]
    if chart.limit is not None:
        name = f"┊ {chart.limit.name} {said(chart.limit.value, chart.scale)}"
        rows.append(filled([gap(left), muted(name)], width))
    return rows
