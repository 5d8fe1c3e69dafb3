"""Where a question's text and its options lie on a screen: one pane, or two that scroll apart.

Everything under each other where it fits. Else side by side on a wide screen, or the options at
the foot with what they answer, and the stem scrolling above them. Only options that leave the
stem no room scroll with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from qbank.tui.face import asked_lines, option_rows, stem_lines, together
from qbank.tui.ink import BLANK, Ink, Row, Run, gap
from qbank.tui.prose import Paint, painted

if TYPE_CHECKING:
    from qbank.tui.face import Face
    from qbank.tui.prose import Line

READING_WIDTH: Final = 96
BESIDE_FROM: Final = 120
_MARGIN: Final = 2
_BETWEEN: Final = 5
_MOST_BESIDE: Final = 160
_AIRY_FROM: Final = 36
_LEAST_STEM: Final = 6
_SHARES: Final = ((3, 5), (1, 2), (2, 5))
"""The stem's share of the width, side by side; the first one is kept where none is better."""


class Pane(NamedTuple):
    """A part of the screen: text that knows its words, then rows that do not."""

    left: int
    top: int
    width: int
    height: int
    lines: Sequence[Line]
    rows: Sequence[Row] = ()

    @property
    def size(self) -> int:
        """How many rows there are, in sight or not."""
        return len(self.lines) + len(self.rows)

    @property
    def most(self) -> int:
        """How many rows can be out of sight above."""
        return max(0, self.size - self.height)

    def row(self, number: int, paint: Sequence[Paint]) -> Row:
        """The row of a number, marks painted over it; an empty one behind the last."""
        if number < len(self.lines):
            return painted(self.lines[number], paint)
        number -= len(self.lines)
        return self.rows[number] if number < len(self.rows) else BLANK

    def covers(self, x: int, y: int) -> bool:
        """Whether a cell of the screen is in it."""
        return 0 <= x - self.left < self.width and 0 <= y - self.top < self.height


class Sheet(NamedTuple):
    """The panes of a question. The options are in the last one, from one row to another each.

    `divider` is the row between a stem and options at the foot, None where there is none.
    """

    panes: tuple[Pane, ...]
    options: tuple[tuple[int, int], ...]
    divider: int | None = None


def column(width: int) -> tuple[int, int]:
    """Where the text column lies on a screen so wide: (left, width), in the middle."""
    text = min(READING_WIDTH, width - 2 * _MARGIN)
    return (width - text) // 2, text


def arrange(face: Face, width: int, height: int, below: Sequence[Row] = ()) -> Sheet:
    """The panes at a size. With rows `below`, such as an explanation, there is one pane."""
    airy = _whole(face, width, height, airy=True) if height >= _AIRY_FROM else None
    whole = _whole(face, width, height, airy=False)
    if below:
        (pane,) = whole.panes
        return whole._replace(panes=(pane._replace(rows=[*pane.rows, *below]),))
    tries = (airy, whole) if airy else (whole,)
    for sheet in tries:
        if not sheet.panes[0].most:
            return sheet
    return _beside(face, width, height) or _pinned(face, width, height) or whole


def _whole(face: Face, width: int, height: int, *, airy: bool) -> Sheet:
    """Everything under each other, in one pane."""
    left, text = column(width)
    lines = together(stem_lines(face.text, text), asked_lines(face.text, text))
    options = option_rows(face, text, airy=airy)
    blank = [BLANK] if lines else []
    pane = Pane(left, 0, text, height, lines, [*blank, *options.rows])
    return Sheet((pane,), _moved(options.spans, len(lines) + len(blank)))


def _pinned(face: Face, width: int, height: int) -> Sheet | None:
    """The options at the foot, if possible with what they answer; None where they are too tall."""
    left, text = column(width)
    stem, asked = stem_lines(face.text, text), asked_lines(face.text, text)
    options = option_rows(face, text)
    for upper, lower in ((stem, asked), (together(stem, asked), ())):
        rows = [*([BLANK] if lower else []), *options.rows]
        foot = len(lower) + len(rows)
        room = height - foot - 1
        if upper and room >= max(_LEAST_STEM, height // 3):
            above = Pane(left, 0, text, room, upper)
            below = Pane(left, room + 1, text, foot, lower, rows)
            return Sheet((above, below), _moved(options.spans, foot - len(options.rows)), room)
    return None


def _beside(face: Face, width: int, height: int) -> Sheet | None:
    """Stem and options side by side, where that shows both whole or the stem is long."""
    if width < BESIDE_FROM:
        return None
    sheets = [_split(face, width, height, share) for share in _SHARES]
    best = min(sheets, key=lambda sheet: sum(pane.most for pane in sheet.panes))
    stem_is_long = len(stem_lines(face.text, column(width)[1])) > height // 2
    return best if stem_is_long or not any(pane.most for pane in best.panes) else None


def _split(face: Face, width: int, height: int, share: tuple[int, int]) -> Sheet:
    total = min(_MOST_BESIDE, width - 2 * _MARGIN)
    left = (width - total) // 2
    first = min(READING_WIDTH, (total - _BETWEEN) * share[0] // share[1])
    second = min(READING_WIDTH, total - _BETWEEN - first)
    right = left + first + _BETWEEN
    stem, asked = stem_lines(face.text, first), asked_lines(face.text, second)
    if not stem:
        stem, asked = asked_lines(face.text, first), ()
    options = option_rows(face, second)
    rows = [*([BLANK] if asked else []), *options.rows]
    panes = Pane(left, 0, first, height, stem), Pane(right, 0, second, height, asked, rows)
    return Sheet(panes, _moved(options.spans, len(asked) + len(rows) - len(options.rows)))


def _moved(spans: Sequence[tuple[int, int]], by: int) -> tuple[tuple[int, int], ...]:
    return tuple((first + by, last + by) for first, last in spans)


def in_place(parts: Sequence[tuple[Pane, Row]]) -> Row:
    """The rows that panes have on one line of the screen, each in its place."""
    whole = Row(tuple(run for run in _runs(parts) if run.text))
    for pane, one in parts:
        if one.target or one.fill is not Ink.PLAIN:
            until = pane.left + pane.width
            return whole._replace(fill=one.fill, target=one.target, left=pane.left, until=until)
    return whole


def _runs(parts: Sequence[tuple[Pane, Row]]) -> Iterator[Run]:
    x = 0
    for pane, one in parts:
        if not one.runs:
            continue
        yield gap(pane.left - x)
        yield from one.runs
        x = pane.left + one.width
        if one.fill is not Ink.PLAIN:
            yield gap(pane.left + pane.width - x)
            x = pane.left + pane.width
