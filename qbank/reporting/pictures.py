"""Charts as SVG: self-contained, without script, link or style that reaches out.

Every text is escaped. The same chart gives the same picture, wherever it is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from qbank.reporting.charts import (
    BarChart,
    Chart,
    IntervalChart,
    Limit,
    LineChart,
    Mark,
    Quadrants,
    Series,
    numbers,
    said,
)
from qbank.reporting.scales import axis

_WIDTH: Final = 720
_EDGE: Final = 16
_LINE: Final = 26
_TITLE: Final = 34
_PLOT: Final = 240
_TICKS: Final = 7
_LETTER: Final = 7.2
"""Pixels a letter of 13 pixels takes, on the safe side."""
_INK, _MUTED, _ACCENT, _SECOND, _PALE = "#1f2933", "#5f6b7a", "#1d4ed8", "#b45309", "#c7d2e0"
_FONT: Final = "font-family='system-ui, sans-serif' font-size='13'"


class _Span(NamedTuple):
    """Where values from `low` to `high` lie between two pixels."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        return self.begin + (value - self.low) / (self.high - self.low) * (self.end - self.begin)


def svg(chart: Chart) -> str:
    """A chart as the text of an SVG file; its title and its numbers stand in it as text, too."""
    body, height = _DRAWERS[type(chart)](chart)
    table = numbers(chart)
    spoken = "; ".join(", ".join(cell for cell in line if cell) for line in table.rows)
    return "\n".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {height:g}' "
            f"width='{_WIDTH}' height='{height:g}' role='img' aria-label={quoteattr(chart.title)} "
            f"{_FONT}>",
            f"<title>{escape(chart.title)}</title>",
            f"<desc>{escape(spoken)}</desc>",
            f"<rect width='{_WIDTH}' height='{height:g}' fill='#ffffff'/>",
            _text(_EDGE, 22, chart.title, weight="bold"),
            *body,
            "</svg>\n",
        ]
    )


# --- strokes ------------------------------------------------------------------------------------


def _text(
    x: float, y: float, words: str, *, fill: str = _INK, anchor: str = "start", weight: str = ""
) -> str:
    bold = " font-weight='600'" if weight else ""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{fill}' text-anchor='{anchor}'{bold}>"
        f"{escape(words)}</text>"
    )


def _stroke(
    x: float, y: float, to_x: float, to_y: float, *, ink: str = _PALE, dash: str = ""
) -> str:
    dashed = f" stroke-dasharray='{dash}'" if dash else ""
    return (
        f"<line x1='{x:.1f}' y1='{y:.1f}' x2='{to_x:.1f}' y2='{to_y:.1f}' "
        f"stroke='{ink}' stroke-width='1.5'{dashed}/>"
    )


def _box(x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> str:
    stroke = f" stroke='{edge}'" if edge else ""
    return (
        f"<rect x='{x:.1f}' y='{y:.1f}' width='{max(0.0, width):.1f}' height='{height:.1f}' "
        f"fill='{fill}'{stroke}/>"
    )


def _dot(x: float, y: float, mark: Mark = Mark.POINTS) -> str:
    """A point by its shape: a disc, a hollow square, a small ring."""
    if mark is Mark.OTHER_POINTS:
        return _box(x - 4, y - 4, 8, 8, "#ffffff", _SECOND)
    if mark is Mark.GHOST:
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='2.5' fill='none' stroke='{_MUTED}'/>"
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{_ACCENT}'/>"


# --- the charts ---------------------------------------------------------------------------------


def _lines(chart: LineChart) -> tuple[list[str], float]:
    values = [value for each in chart.series for value in each.values if value is not None]
    levels = [*values, *([chart.limit.value] if chart.limit else [])]
    ticks = axis(levels, chart.scale, _TICKS).ticks
    top = _TITLE + (_LINE if len(chart.series) > 1 else 0)
    down = _Span(ticks[0], ticks[-1], top + _PLOT, top + 8)
    across = _Span(0, max(1, len(chart.places) - 1), 84.0, _WIDTH - 32.0)
    body = _legend(chart.series)
    for tick in ticks:
        y = down.at(tick)
        body += [_stroke(68, y, _WIDTH - _EDGE, y, ink="#e8edf3")]
        body += [_text(60, y + 4, said(tick, chart.scale), fill=_MUTED, anchor="end")]
    body += _level(chart.limit, down)
    for each in chart.series:
        body += _series(each, across, down)
    return [*body, *_places(chart, across, down.begin + 20)], down.begin + 52


def _legend(series: Sequence[Series]) -> list[str]:
    """Each series by its shape, where there are several."""
    body, x = [], 84.0
    for each in series if len(series) > 1 else ():
        sample = (
            _stroke(x - 8, _TITLE + 8, x + 8, _TITLE + 8, ink=_INK)
            if each.mark is Mark.LINE
            else _dot(x, _TITLE + 8, each.mark)
        )
        body += [sample, _text(x + 14, _TITLE + 12, each.name, fill=_MUTED)]
        x += 44 + len(each.name) * _LETTER
    return body


def _level(limit: Limit | None, down: _Span) -> list[str]:
    if limit is None:
        return []
    y = down.at(limit.value)
    return [
        _stroke(68, y, _WIDTH - _EDGE, y, ink=_MUTED, dash="6 4"),
        _text(_WIDTH - _EDGE, y - 6, limit.name, fill=_MUTED, anchor="end"),
    ]


def _series(each: Series, across: _Span, down: _Span) -> list[str]:
    spots = [
        (across.at(at), down.at(value)) for at, value in enumerate(each.values) if value is not None
    ]
    if each.mark is not Mark.LINE:
        return [_dot(x, y, each.mark) for x, y in spots]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    return [f"<polyline points='{points}' fill='none' stroke='{_INK}' stroke-width='1.5'/>"]


def _places(chart: LineChart, across: _Span, y: float) -> list[str]:
    """The names of as many places as have room, and what they are."""
    size = (max(map(len, chart.places)) + 2) * _LETTER
    every = max(1, math.ceil(size * len(chart.places) / (across.end - across.begin)))
    named = [at for at in range(len(chart.places)) if at % every == 0]
    body = [_text(across.at(at), y, chart.places[at], fill=_MUTED, anchor="middle") for at in named]
    return [*body, _text(_WIDTH - _EDGE, y + 20, chart.along, fill=_MUTED, anchor="end")]


def _intervals(chart: IntervalChart) -> tuple[list[str], float]:
    ends = [end for each in chart.rows for end in (each.value, each.low, each.high)]
    known = [end for end in ends if end is not None]
    ticks = axis([*known, *([chart.limit.value] if chart.limit else [])], chart.scale, _TICKS).ticks
    names = 24 + max(len(each.name) for each in chart.rows) * _LETTER
    behind = 24 + max(len(each.said) for each in chart.rows) * _LETTER
    across = _Span(ticks[0], ticks[-1], names, _WIDTH - behind - _EDGE)
    bottom = _TITLE + _LINE * len(chart.rows) + 8.0
    body = [_stroke(across.at(tick), _TITLE, across.at(tick), bottom) for tick in ticks]
    for tick in ticks:
        label = said(tick, chart.scale)
        body.append(_text(across.at(tick), bottom + 18, label, fill=_MUTED, anchor="middle"))
    if chart.limit is not None:
        x = across.at(chart.limit.value)
        name = f"{chart.limit.name} {said(chart.limit.value, chart.scale)}"
        body.append(_stroke(x, _TITLE, x, bottom, ink=_MUTED, dash="4 4"))
        body.append(_text(_EDGE, bottom + 38, f"- - {name}", fill=_MUTED))
    for at, each in enumerate(chart.rows):
        y = _TITLE + _LINE * (at + 0.5) + 4
        body.append(_text(_EDGE, y + 4, each.name))
        if each.low is not None and each.high is not None:
            low, high = across.at(each.low), across.at(each.high)
            body.append(_stroke(low, y, high, y, ink=_MUTED))
            body += [_stroke(x, y - 4, x, y + 4, ink=_MUTED) for x in (low, high)]
        body += [_dot(across.at(each.value), y), _text(_WIDTH - behind, y + 4, each.said)]
    return body, bottom + 52


_FILLS: Final = (_ACCENT, _PALE, _SECOND)


def _bars(chart: BarChart) -> tuple[list[str], float]:
    most = max(max(sum(bar.lengths), bar.level or 0) for bar in chart.bars)
    names = 24 + max(len(bar.name) for bar in chart.bars) * _LETTER
    values = [" + ".join(said(each, chart.scale) for each in bar.lengths) for bar in chart.bars]
    across = _Span(0, most, names, _WIDTH - 32 - max(map(len, values)) * _LETTER)
    parts = chart.parts if len(chart.parts) > 1 or chart.level_name else ()
    top = _TITLE + (_LINE if parts else 0)
    body, x = [], names
    for fill, part in zip(_FILLS, parts, strict=False):
        body += [_box(x, _TITLE, 12, 12, fill), _text(x + 18, _TITLE + 11, part, fill=_MUTED)]
        x += 48 + len(part) * _LETTER
    if chart.level_name:
        body.append(_text(x, _TITLE + 11, f"| {chart.level_name}", fill=_MUTED))
    for at, (bar, value) in enumerate(zip(chart.bars, values, strict=True)):
        y, begin = top + _LINE * at + 4.0, 0.0
        body.append(_text(_EDGE, y + 14, bar.name))
        for fill, length in zip(_FILLS, bar.lengths, strict=False):
            left = across.at(begin)
            body.append(_box(left, y, across.at(begin + length) - left, 18, fill))
            begin += length
        end = across.at(max(begin, bar.level or 0))
        body.append(_text(end + 8, y + 14, value))
        if bar.level is not None:
            level = across.at(bar.level)
            body.append(_stroke(level, y - 2, level, y + 20, ink=_INK))
    return body, top + _LINE * len(chart.bars) + 16.0


def _quadrants(chart: Quadrants) -> tuple[list[str], float]:
    """Four fields, each with a square as large as its count."""
    left, field, tall = 110.0, (_WIDTH - 110 - _EDGE) / 2, 120.0
    most = max(chart.counts)
    top = _TITLE + 20.0
    body = [
        _text(left + field * at + 10, top - 6, name, fill=_MUTED)
        for at, name in enumerate(chart.columns)
    ]
    for at, count in enumerate(chart.counts):
        x, y = left + field * (at % 2), top + tall * (at // 2)
        side = math.sqrt(count / most) * 80
        body += [
            _box(x, y, field, tall, "#ffffff", _PALE),
            _box(x + field - side - 20, y + (tall - side) / 2, side, side, _ACCENT),
            _text(x + 12, y + 24, str(count), weight="bold"),
        ]
    body += [
        _text(_EDGE, top + tall * at + 24, name, fill=_MUTED) for at, name in enumerate(chart.rows)
    ]
    return body, top + 2 * tall + 16


_DRAWERS: Final[dict[type, Callable[..., tuple[list[str], float]]]] = {
    LineChart: _lines,
    IntervalChart: _intervals,
    BarChart: _bars,
    Quadrants: _quadrants,
}
