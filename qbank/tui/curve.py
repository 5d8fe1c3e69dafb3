"""The time in hand over a block as lines of box characters. Pure: figures in, rows out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from qbank.reporting import words
from qbank.tui.ink import Ink, Row, Run, cut, fit, muted, row, shorten, strong

_UNITS_S: Final = (5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600)
_LABEL: Final = 7
_MOST_NAME: Final = 16
_ENOUGH_CELLS: Final = 2
_MOST_CELLS: Final = 4
_LEAST_HEIGHT: Final = 4


class Line(NamedTuple):
    """One line: its name, and the time in hand after each question in milliseconds."""

    name: str
    in_hand_ms: Sequence[int]


class _Pen(NamedTuple):
    """What a line is drawn with: along, up, down, and between two levels."""

    along: str
    rises: str
    arrives: str
    falls: str
    lands: str
    between: str
    ink: Ink


_OWN: Final = _Pen("─", "╯", "╭", "╮", "╰", "│", Ink.ACCENT)
_RACED: Final = _Pen("·", "·", "·", "·", "·", "·", Ink.FLAG)
_EVEN: Final = "even"
_TITLE: Final = "Time in hand"


def curve_rows(
    own: Line, questions: int, width: int, height: int, raced: Line | None = None
) -> list[Row]:
    """A titled chart, `height` lines with the questions below; empty where there is no figure.

    The run that was raced lies dotted under the person's own line. The lines are named at
    their ends, or in the title where there is no room for that.
    """
    if not own.in_hand_ms or height < _LEAST_HEIGHT:
        return []
    lines = [own, raced] if raced is not None and raced.in_hand_ms else [own]
    named = [
        Run(shorten(line.name, _MOST_NAME), pen.ink)
        for line, pen in zip(lines, (_OWN, _RACED), strict=False)
    ]
    room = width - _LABEL - 2
    beside = room - 1 - max(cell_len(" ".join(run.text for run in named)), len(_EVEN))
    at_ends = beside // questions >= max(1, min(_ENOUGH_CELLS, room // questions))
    cells = max(1, min(_MOST_CELLS, (beside if at_ends else room) // questions))
    shown = [line.in_hand_ms[: room // cells] for line in lines]
    unit_ms, low, high = _scale([value for values in shown for value in values], height - 1)
    canvas = _Canvas(cells * max(map(len, shown)) + 1, low, high)
    ends: dict[int, list[Run]] = {}
    for values, run, pen in reversed(list(zip(shown, named, (_OWN, _RACED), strict=False))):
        levels = [round(value / unit_ms) for value in values]
        canvas.draw(levels, cells, pen)
        ends.setdefault(levels[-1], []).insert(0, run._replace(text=f" {run.text}"))
    ends.setdefault(0, [muted(f" {_EVEN}")])
    rows = [
        row(*_edge(level, unit_ms), *canvas.runs(level), *(ends.get(level, ()) if at_ends else ()))
        for level in range(high, low - 1, -1)
    ]
    title = row(*cut((strong(_TITLE), *(() if at_ends else _legend(named))), width))
    return [title, *rows, _axis(questions, cells, canvas.width)]


def _legend(named: Sequence[Run]) -> list[Run]:
    """What each line is, by how it is drawn."""
    signs = zip(named, (_OWN, _RACED), strict=False)
    return [Run(f"  {pen.along} {run.text}", run.ink) for run, pen in signs]


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


class _Canvas:
    """Cells by level; a later line lies over an earlier one."""

    def __init__(self, width: int, low: int, high: int) -> None:
        self.width = width
        self._cells = {
            level: [Run("╌" if level == 0 and x % 2 else " ", Ink.RULE) for x in range(width)]
            for level in range(low, high + 1)
        }

    def draw(self, levels: Sequence[int], cells: int, pen: _Pen) -> None:
        """A line from zero through every level, a step at each question."""
        before = 0
        for at, level in enumerate(levels):
            self._step(at * cells, before, level, pen)
            for x in range(at * cells + 1, (at + 1) * cells + 1):
                self._put(x, level, pen.along, pen)
            before = level

    def _step(self, x: int, before: int, level: int, pen: _Pen) -> None:
        """From one level to another in one column."""
        if before == level:
            self._put(x, level, pen.along, pen)
            return
        up = level > before
        self._put(x, before, pen.rises if up else pen.falls, pen)
        self._put(x, level, pen.arrives if up else pen.lands, pen)
        for between in range(min(before, level) + 1, max(before, level)):
            self._put(x, between, pen.between, pen)

    def _put(self, x: int, level: int, sign: str, pen: _Pen) -> None:
        self._cells[level][x] = Run(sign, pen.ink)

    def runs(self, level: int) -> Sequence[Run]:
        """What stands at a level."""
        return self._cells[level]


def _edge(level: int, unit_ms: int) -> tuple[Run, Run]:
    label = fit(words.in_hand(level * unit_ms), _LABEL - 1, right=True)
    return muted(f"{label} "), Run("┼" if level == 0 else "┤", Ink.RULE)


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
