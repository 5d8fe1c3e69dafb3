"""The head of a running block: where one is, what is done, and the clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from qbank.reporting import words
from qbank.tui.ink import Ink, Row, Run, gap, row
from qbank.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qbank.tui.running import Clockface

GO = "go:"
_MOST = 60


class Clockline(Lines):
    """One line. A press on the bar goes to that question."""

    DEFAULT_CSS = "Clockline { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._face: Clockface | None = None

    def show(self, face: Clockface) -> None:
        """Show this moment."""
        self._face = face
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The line; only what differs is painted, so a tick costs one line."""
        face = self._face
        if face is None:
            return ()
        where = words.question_of(face.position, face.size)
        right = [_time(face)] if face.time else []
        if face.this_one:
            right += [gap(3), Run(face.this_one, Ink.MUTED)]
        taken = cell_len(where) + sum(cell_len(run.text) for run in right)
        bar = _bar(face, min(_MOST, width - 2 - taken - 4))
        rest = width - 2 - taken - 2 - sum(cell_len(run.text) for run in bar)
        return (row(gap(1), Run(where, Ink.STRONG), gap(2), *bar, gap(rest), *right, gap(1)),)


def _time(face: Clockface) -> Run:
    """The clock: loud near the end, a stopwatch is quiet."""
    if face.loud:
        return Run(f" ◔ {face.time} ", Ink.STRONG if face.plain else Ink.LOUD)
    return Run(face.time, Ink.MUTED if face.stopwatch else Ink.STRONG)


def _bar(face: Clockface, room: int) -> list[Run]:
    """A cell for each question, or several, or as many questions to a cell as there must be."""
    cells = max(1, room // face.size)
    key = Ink.MUTED if face.plain else Ink.KEY
    if room < face.size:
        filled = sum(face.done) * room // face.size
        return [Run("━" * filled, key), Run("─" * (room - filled), Ink.RULE)]
    cells = min(cells, 3)
    bar = []
    for at, done in enumerate(face.done):
        here = at + 1 == face.position
        ink = Ink.STRONG if here else key if done else Ink.RULE
        piece = ("━" if done else "─") * cells
        if here:
            piece = "◆" + piece[1:]
        bar.append(Run(piece, ink, f"{GO}{at + 1}"))
    return bar
