"""An exam day at a glance: what runs now, how long it lasts, and a cell for every block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, inset, muted, paragraph, row, strong
from qbank.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qbank.tui.day_face import DayFace

_LEFT: Final = 3
_MOST, _LEAST = 6, 3
_DONE, _HERE, _COMES, _LOST = "●", "◆", "·", "–"


class DayTrack(Lines):
    """Changes once a second; only the lines that differ are painted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._face: DayFace | None = None

    def show(self, face: DayFace) -> None:
        """Show this moment."""
        self._face = face
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The clock that runs, what it means, and the blocks."""
        face = self._face
        if face is None:
            return ()
        said, rows = face.standing, list[Row]()
        if said is not None and said.loud:
            figure = Run(f" {said.figure} ", Ink.LOUD)
            rows += [row(gap(_LEFT - 1), figure, gap(1), Run(said.meaning)), BLANK]
        elif said is not None:
            rows += [row(gap(_LEFT), strong(said.figure), gap(2), muted(said.meaning)), BLANK]
        rows += _cells(face, width)
        room = width - _LEFT - 1
        told = [line for each in face.rules for line in paragraph(each, room, Ink.MUTED)]
        rows += [BLANK, *(inset(line, _LEFT) for line in told)] if told else []
        return [*rows, BLANK]


def _cells(face: DayFace, width: int) -> list[Row]:
    """Numbers above, signs below; on further lines where a day has more blocks than room."""
    size = max(_LEAST, min(_MOST, (width - 2 * _LEFT) // face.blocks))
    a_line = max(1, (width - 2 * _LEFT) // size)
    rows = []
    for first in range(1, face.blocks + 1, a_line):
        numbers = range(first, min(first + a_line, face.blocks + 1))
        rows.append(row(gap(_LEFT), *(_number(face, at, size) for at in numbers)))
        rows.append(row(gap(_LEFT), *(_sign(face, at, size) for at in numbers)))
    return rows


def _number(face: DayFace, number: int, size: int) -> Run:
    return Run(fit(str(number), size), Ink.STRONG if number == face.number else Ink.MUTED)


def _sign(face: DayFace, number: int, size: int) -> Run:
    if number == face.number:
        return Run(fit(_HERE, size), Ink.ACCENT)
    if number > len(face.behind):
        return Run(fit(_COMES, size), Ink.MUTED)
    lost = face.behind[number - 1]
    return Run(fit(_LOST if lost else _DONE, size), Ink.FLAG if lost else Ink.KEY)
