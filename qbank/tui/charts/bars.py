"""Bars under each other, each in one part or several; counts of two by two as dots."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rich.cells import cell_len

from qbank.reporting.charts import Bar, BarChart, Quadrants, said
from qbank.tui.charts.frame import filled, legend, title_rows
from qbank.tui.ink import Ink, Row, Run, fit, gap, muted, row

_SIGNS: Final = ("█", "░", "▒")
_INKS: Final = (Ink.ACCENT, Ink.MUTED, Ink.FLAG)
_LEVEL: Final = "┃"
_MOST_NAME: Final = 26
_ROUND: Final = (1, 2, 5)


def bar_rows(chart: BarChart, width: int) -> list[Row]:
    """A title, what the parts are, a row a bar with its values; each `width` cells wide."""
    names = min(_MOST_NAME, max(cell_len(bar.name) for bar in chart.bars), width // 2)
    values = [" + ".join(said(each, chart.scale) for each in bar.lengths) for bar in chart.bars]
    behind = max(map(cell_len, values))
    cells = max(1, width - names - 2 - behind - 2)
    most = max(max(sum(bar.lengths), bar.level or 0) for bar in chart.bars)
    rows = [*title_rows(chart.title, width), *legend(_entries(chart), width)]
    for bar, value in zip(chart.bars, values, strict=True):
        lead = [muted(fit(bar.name, names)), gap(2)]
        rows.append(filled([*lead, *_bar(bar, most, cells), Run(f"  {value}")], width))
    return rows


def _entries(chart: BarChart) -> list[list[Run]]:
    """Each part by its sign, where there are several; the level where the bars have one."""
    parts = chart.parts if len(chart.parts) > 1 or chart.level_name else ()
    entries = [
        [Run(f"{sign} ", ink), muted(part)]
        for sign, ink, part in zip(_SIGNS, _INKS, parts, strict=False)
    ]
    level = [[Run(f"{_LEVEL} ", Ink.STRONG), muted(chart.level_name)]] if chart.level_name else []
    return entries + level


def _bar(bar: Bar, most: float, cells: int) -> list[Run]:
    """The parts one after the other, with the level over them."""
    runs = _parts(bar, most, cells)
    if bar.level is None:
        return runs
    at = max(0, min(cells - 1, round(bar.level / most * cells) - 1))
    line = [Run(sign, run.ink) for run in runs for sign in run.text]
    line += [Run(" ")] * (at + 1 - len(line))
    line[at] = Run(_LEVEL, Ink.STRONG)
    return line


def _parts(bar: Bar, most: float, cells: int) -> list[Run]:
    """The parts one after the other; what is more than nothing has a cell at least."""
    edges = [0]
    total = 0.0
    for length in bar.lengths:
        total += length
        edges.append(max(edges[-1] + (1 if length else 0), round(total / most * cells)))
    over = max(0, edges[-1] - cells)
    edges[-1] -= over
    sizes = [max(0, to - at) for at, to in pairwise(edges)]
    return [
        Run(sign * size, ink) for sign, ink, size in zip(_SIGNS, _INKS, sizes, strict=False) if size
    ]


def quadrant_rows(chart: Quadrants, width: int) -> list[Row]:
    """Four fields with a dot for each answer, or for every few; each row `width` cells wide."""
    names = max(cell_len(name) for name in chart.rows) + 2
    field = max(1, (width - names - 3) // 2)
    worth = _worth(max(chart.counts), field)
    rows = title_rows(chart.title, width)
    rows.append(filled([gap(names + 1), muted(fit(chart.columns[0], field + 1))], width))
    heads = [muted(fit(name, field)) for name in chart.columns]
    rows[-1] = filled([gap(names + 1), heads[0], gap(1), heads[1]], width)
    rule = "─" * field
    rows.append(_edge("┌┬┐", rule, names, width))
    for at, name in enumerate(chart.rows):
        pair = chart.counts[2 * at : 2 * at + 2]
        rows += _fields(name, pair, worth, field, names, width)
        rows.append(_edge("├┼┤" if at == 0 else "└┴┘", rule, names, width))
    key = "● is " + ("one answer" if worth == 1 else f"{worth} answers")
    return [*rows, filled([gap(min(names + 1, width - len(key))), muted(key)], width)]


def _edge(signs: str, rule: str, left: int, width: int) -> Row:
    return filled([gap(left), Run(rule.join(signs), Ink.RULE)], width)


def _fields(
    name: str, counts: Sequence[int], worth: int, field: int, names: int, width: int
) -> list[Row]:
    """Two fields beside each other: the count, and under it its dots."""
    dots = [_dots(count, worth, field) for count in counts]
    figures = [Run(fit(f" {count}", field), Ink.STRONG) for count in counts]
    side = Run("│", Ink.RULE)
    rows = [row(muted(fit(name, names)), side, figures[0], side, figures[1], side)]
    for line in range(max(map(len, dots))):
        cells = [
            Run(fit(each[line] if line < len(each) else "", field), Ink.ACCENT) for each in dots
        ]
        rows.append(row(gap(names), side, cells[0], side, cells[1], side))
    return [filled(each.runs, width) for each in rows]


def _dots(count: int, worth: int, field: int) -> list[str]:
    number = -(-count // worth)
    line = max(1, field - 2)
    return [" " + "●" * min(line, number - at) for at in range(0, number, line)]


def _worth(most: int, field: int) -> int:
    """How many answers a dot stands for, so that no field takes more than two lines."""
    room = max(1, 2 * (field - 2))
    power = 1
    while True:
        for tens in _ROUND:
            if most <= room * tens * power:
                return tens * power
        power *= 10
