"""The time in hand over a block as a line of box characters. Pure: figures in, rows out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qbank.reporting import words
from qbank.tui.ink import Ink, Row, Run, fit, muted, row

_UNITS_S: Final = (5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600)
_LABEL: Final = 7
_NAME: Final = 5
_MOST_CELLS: Final = 4


def curve_rows(in_hand_ms: Sequence[int], questions: int, width: int, height: int) -> list[Row]:
    """A chart `height` lines high with the questions below it; empty where there is no figure."""
    if not in_hand_ms or height < 4:
        return []
    room = width - _LABEL - 1 - _NAME
    cells = max(1, min(_MOST_CELLS, room // questions))
    shown = in_hand_ms[: room // cells]
    unit_ms, low, high = _scale(shown, height - 1)
    levels = [round(value / unit_ms) for value in shown]
    canvas = _draw(levels, low, high, cells)
    rows = [
        _line(level, unit_ms, canvas[high - level], levels[-1])
        for level in range(high, low - 1, -1)
    ]
    return [*rows, _axis(questions, cells, len(canvas[0]))]


def _scale(values: Sequence[int], rows: int) -> tuple[int, int, int]:
    """Milliseconds a row, the lowest level and the highest; zero lies between them."""
    for unit_s in _UNITS_S:
        unit_ms = unit_s * 1000
        low = min(0, round(min(values) / unit_ms))
        high = max(0, round(max(values) / unit_ms))
        if high - low + 1 <= rows:
            break
    spare = rows - (high - low + 1)
    if spare >= 2:
        low, high = low - 1, high + 1
    return unit_ms, low, high


def _draw(levels: Sequence[int], low: int, high: int, cells: int) -> list[list[str]]:
    """The line from zero through every level, a step at each question."""
    width = cells * len(levels) + 1
    canvas = [[" "] * width for _ in range(high - low + 1)]
    before = 0
    for at, level in enumerate(levels):
        _step(canvas, at * cells, high - before, high - level)
        for x in range(at * cells + 1, (at + 1) * cells + 1):
            if x < width:
                canvas[high - level][x] = "─"
        before = level
    return canvas


def _step(canvas: list[list[str]], x: int, y: int, to: int) -> None:
    """From one row to another in one column; rows count downward."""
    if y == to:
        canvas[y][x] = "─"
        return
    up = to < y
    canvas[y][x] = "╯" if up else "╮"
    canvas[to][x] = "╭" if up else "╰"
    for between in range(min(y, to) + 1, max(y, to)):
        canvas[between][x] = "│"


def _line(level: int, unit_ms: int, cells: Sequence[str], last: int) -> Row:
    label = fit(words.in_hand(level * unit_ms), _LABEL - 1, right=True)
    runs = [muted(f"{label} "), Run("┼" if level == 0 else "┤", Ink.RULE)]
    name = " you" if level == last else " even" if level == 0 else ""
    for x, cell in enumerate(cells):
        if cell != " ":
            runs.append(Run(cell, Ink.ACCENT))
        elif level == 0:
            runs.append(Run("╌" if x % 2 else " ", Ink.RULE))
        else:
            runs.append(Run(" "))
    return row(*runs, Run(name, Ink.ACCENT if level == last else Ink.MUTED))


def _axis(questions: int, cells: int, width: int) -> Row:
    """The numbers of some questions, each under the end of its step."""
    line = [" "] * (width + 4)
    step = 5 if questions > 10 else 2 if questions > 5 else 1
    for number in range(step, questions + 1, step):
        said = str(number)
        at = number * cells - len(said) + 1
        if at >= 0 and at + len(said) <= len(line):
            line[at : at + len(said)] = said
    return row(muted(" " * (_LABEL + 1) + "".join(line).rstrip()))
