"""What a chart shows, before anybody draws it: values, their unit, and the words that stand by.

The terminal draws these in cells and a saved picture in strokes; `numbers` says the same
without a picture. Shares lie in 0 to 1, times are milliseconds, counts are counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

NONE = "–"
"""What stands where there is no value."""


class Scale(StrEnum):
    """What the values of a chart count, which says how they are written."""

    SHARE = "share"
    POINTS = "points"
    TIME = "time"
    COUNT = "count"
    ABOUT = "about"


class Mark(StrEnum):
    """How a series is drawn: told apart by shape, never by colour alone."""

    POINTS = "points"
    OTHER_POINTS = "other points"
    LINE = "line"
    GHOST = "ghost"


@dataclass(frozen=True, slots=True)
class Series:
    """Values along one axis, None where there is none; `name` is what the legend says."""

    name: str
    values: tuple[float | None, ...]
    mark: Mark = Mark.POINTS


@dataclass(frozen=True, slots=True)
class Limit:
    """A level that means something: `name` says what (`in time below this`)."""

    value: float
    name: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over the same places. `along` names the places (`block`), `places` are their words."""

    title: str
    scale: Scale
    along: str
    places: tuple[str, ...]
    series: tuple[Series, ...]
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A value with its interval, None where it has none; `said` is what stands behind it."""

    name: str
    value: float
    low: float | None
    high: float | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Values under each other, each with its interval; `limit` is a level to see them by."""

    title: str
    scale: Scale
    rows: tuple[IntervalRow, ...]
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: one length a part, in the order of the chart's parts; a `level` to hold it against."""

    name: str
    lengths: tuple[float, ...]
    level: float | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under each other. With several `parts`, each bar is made of them.

    `level_name` says what the bars' levels are.
    """

    title: str
    scale: Scale
    bars: tuple[Bar, ...]
    parts: tuple[str, ...]
    level_name: str = ""


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Counts of two by two: `counts` row by row, from the upper left."""

    title: str
    columns: tuple[str, str]
    rows: tuple[str, str]
    counts: tuple[int, int, int, int]


Chart = LineChart | IntervalChart | BarChart | Quadrants


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words: its title, those of its columns, and a cell for each.

    The first column is text and the others are figures, written to the right, unless `texts`
    has their place (from 0).
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = (0,)


def said(value: float | None, scale: Scale) -> str:
    """A value as it is written beside a picture: `64 %`, `+12`, `86 s`, `4:20`, `17`, `about 3`."""
    if value is None:
        return NONE
    if scale is Scale.SHARE:
        return f"{round(value * 100)} %"
    if scale is Scale.POINTS:
        points = round(value * 100)
        return f"{points:+d}" if points else "0"
    if scale is Scale.TIME:
        return _time(round(value / 1000))
    if scale is Scale.ABOUT:
        return f"about {round(value)}"
    return f"{value:g}" if abs(value - round(value)) < 1e-9 else f"{value:.1f}"


def _time(seconds: int) -> str:
    if abs(seconds) < 180:
        return f"{seconds} s"
    sign = "-" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}:{abs(seconds) % 60:02}"


def between(low: float | None, high: float | None, scale: Scale) -> str:
    """An interval as it is written, `64–72` or `-18 to 4`; empty where there is none."""
    if low is None or high is None:
        return ""
    unit = " %" if scale is Scale.SHARE else ""
    ends = [said(end, scale).removesuffix(unit) for end in (low, high)]
    if scale is Scale.TIME and all(end.endswith(" s") for end in ends):
        ends[0] = ends[0].removesuffix(" s")
    joint = "–" if scale is Scale.SHARE else " to "
    return joint.join(ends)


def has_data(chart: Chart) -> bool:
    """Whether there is anything to draw."""
    if isinstance(chart, LineChart):
        return any(value is not None for each in chart.series for value in each.values)
    if isinstance(chart, IntervalChart):
        return bool(chart.rows)
    if isinstance(chart, BarChart):
        return any(any(bar.lengths) for bar in chart.bars)
    return any(chart.counts)


def numbers(chart: Chart) -> Grid:
    """A chart as a table, for who does not see it."""
    if isinstance(chart, LineChart):
        return _line_numbers(chart)
    if isinstance(chart, IntervalChart):
        rows = [
            (each.name, said(each.value, chart.scale), between(each.low, each.high, chart.scale))
            for each in chart.rows
        ]
        level = _level(chart.limit, chart.scale)
        return Grid(chart.title, ("", "value", "interval"), (*rows, *level))
    if isinstance(chart, BarChart):
        return _bar_numbers(chart)
    pairs = (chart.counts[:2], chart.counts[2:])
    rows_said = [(name, *map(str, pair)) for name, pair in zip(chart.rows, pairs, strict=True)]
    return Grid(chart.title, ("", *chart.columns), tuple(rows_said))


def _bar_numbers(chart: BarChart) -> Grid:
    levels = [(said(bar.level, Scale.ABOUT),) if chart.level_name else () for bar in chart.bars]
    rows = tuple(
        (bar.name, *(said(each, chart.scale) for each in bar.lengths), *level)
        for bar, level in zip(chart.bars, levels, strict=True)
    )
    name = (chart.level_name,) if chart.level_name else ()
    return Grid(chart.title, ("", *chart.parts, *name), rows)


def _line_numbers(chart: LineChart) -> Grid:
    columns = (chart.along, *(each.name for each in chart.series))
    rows = [
        (place, *(said(_at(each.values, at), chart.scale) for each in chart.series))
        for at, place in enumerate(chart.places)
    ]
    wide = [(*one, *("",) * (len(columns) - 2)) for one in _level(chart.limit, chart.scale, 2)]
    return Grid(chart.title, columns, (*rows, *wide))


def _at(values: Sequence[float | None], at: int) -> float | None:
    return values[at] if at < len(values) else None


def _level(limit: Limit | None, scale: Scale, cells: int = 3) -> list[tuple[str, ...]]:
    if limit is None:
        return []
    return [(limit.name, said(limit.value, scale), *("",) * (cells - 2))]
