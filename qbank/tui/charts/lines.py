"""Series over blocks: points, lines and ghosts, a limit, axes with their units."""

from __future__ import annotations

from typing import Final, NamedTuple

from rich.cells import cell_len

from qbank.reporting.charts import Limit, LineChart, Mark, Series, said
from qbank.reporting.scales import Axis, axis
from qbank.tui.charts.canvas import Canvas, Dots
from qbank.tui.charts.frame import filled, legend, title_rows
from qbank.tui.ink import Ink, Row, Run, fit, gap, muted

_LEAST_ROWS: Final = 4
_ROWS_A_TICK: Final = 2
_SIGNS: Final = {Mark.POINTS: "●", Mark.OTHER_POINTS: "○", Mark.LINE: "─", Mark.GHOST: "·"}
_INKS: Final = {
    Mark.POINTS: Ink.ACCENT,
    Mark.OTHER_POINTS: Ink.FLAG,
    Mark.LINE: Ink.KEY,
    Mark.GHOST: Ink.MUTED,
}
_RULE: Final = "╌"


class _Plot(NamedTuple):
    """A canvas with the axis of its rows; places are spread over the whole width."""

    canvas: Canvas
    axis: Axis
    places: int

    def column(self, at: int, cells: int) -> int:
        """The column of a place among so many."""
        return round(at * (cells - 1) / (self.places - 1)) if self.places > 1 else cells // 2

    def row(self, value: float, cells: int) -> int:
        """The row of a value among so many, from the top."""
        return cells - 1 - self.axis.place(value, cells)


def line_rows(chart: LineChart, width: int, height: int, dots: Dots) -> list[Row]:
    """A title, a legend, `height` rows to draw on, an axis; each row `width` cells wide."""
    height = max(_LEAST_ROWS, height)
    values = [value for each in chart.series for value in each.values if value is not None]
    levels = [*values, *([chart.limit.value] if chart.limit else [])]
    made = axis(levels, chart.scale, (height - 1) // _ROWS_A_TICK + 1)
    # Ticks as far from each other as from the next: the field is a little lower where need be.
    between = len(made.ticks) - 1
    height = between * max(1, (height - 1) // between) + 1
    labels = {tick: said(tick, chart.scale) for tick in made.ticks}
    edge = max(map(cell_len, (chart.along, *labels.values())))
    plot = _Plot(Canvas(max(1, width - edge - 2), height, dots), made, len(chart.places))
    # Points before lines: the mark that is put down first stays.
    for series in sorted(chart.series, key=lambda each: list(Mark).index(each.mark)):
        _draw(plot, series)
    named = chart.limit is None or _limit(plot, chart.limit, chart.scale.value)
    ticks = {plot.row(tick, height): label for tick, label in labels.items()}
    rows = title_rows(chart.title, width)
    rows += legend(_legend(chart, named=named), width)
    for y in range(height):
        sign = "┤" if y in ticks else "│"
        rows.append(
            filled(
                [
                    muted(fit(ticks.get(y, ""), edge, right=True)),
                    Run(f" {sign}", Ink.RULE),
                    *plot.canvas.runs(y),
                ],
                width,
            )
        )
    return [*rows, *_foot(chart, plot, edge, width)]


def _draw(plot: _Plot, series: Series) -> None:
    """Points as marks where each has a cell of its own, else as dots; lines through what is."""
    across, down = plot.canvas.dots
    known = [(at, value) for at, value in enumerate(series.values) if value is not None]
    ink = _INKS[series.mark]
    spots = [(plot.column(at, across), plot.row(value, down)) for at, value in known]
    if series.mark is Mark.LINE:
        plot.canvas.line(spots, ink)
        if len(spots) == 1:
            plot.canvas.dot(*spots[0], ink)
        return
    for at, value in known:
        x = plot.column(at, plot.canvas.width)
        plot.canvas.mark(x, plot.row(value, plot.canvas.height), _SIGNS[series.mark], ink)


def _limit(plot: _Plot, limit: Limit, scale: str) -> bool:
    """The limit's level; its name stands on it where nothing is in the way. Says whether so."""
    canvas = plot.canvas
    y = plot.row(limit.value, canvas.height)
    for x in range(canvas.width):
        canvas.rule(x, y, _RULE)
    text = f" {limit.name} "
    places = range(canvas.width - len(text) - 1, -1, -1)
    return any(canvas.word(x, y, text, Ink.MUTED) for x in places)


def _legend(chart: LineChart, *, named: bool) -> list[list[Run]]:
    """Each series by how it is drawn, where there are several; the limit where it has no room."""
    shown = chart.series if len(chart.series) > 1 else ()
    entries = [[Run(f"{_SIGNS[each.mark]} ", _INKS[each.mark]), muted(each.name)] for each in shown]
    if chart.limit is not None and not named:
        entries.append([Run(f"{_RULE} ", Ink.RULE), muted(chart.limit.name)])
    return entries


def _foot(chart: LineChart, plot: _Plot, edge: int, width: int) -> list[Row]:
    """The axis below, with as many places named as have room."""
    cells = plot.canvas.width
    line, words = ["─"] * cells, [" "] * (cells + edge + 2)
    free = 0
    every = _every(chart, cells)
    last = len(chart.places) - 1
    for at, name in enumerate(chart.places):
        column = plot.column(at, cells)
        begin = min(max(0, edge + 2 + column - (len(name) - 1) // 2), len(words) - len(name))
        if (at == 0 or (at + 1) % every == 0 or at == last) and begin >= free:
            line[column] = "┬"
            words[begin : begin + len(name)] = name
            free = begin + len(name) + 1
    named = "".join(words).rstrip()
    along = [muted(f"  {chart.along}")] if len(named) + 2 + len(chart.along) <= width else []
    if not along and len(chart.along) <= edge:
        named = chart.along + named[len(chart.along) :]
    axis_row = filled([gap(edge + 1), Run("└" + "".join(line), Ink.RULE)], width)
    return [axis_row, filled([muted(named), *along], width)]


def _every(chart: LineChart, cells: int) -> int:
    """Every so many places one is named: each, or every second, fifth, tenth ..."""
    longest = max(map(len, chart.places)) + 2
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if len(chart.places) * longest <= cells * step:
            return step
    return len(chart.places)
