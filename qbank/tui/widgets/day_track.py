"""An exam day at a glance: what runs now, how long it lasts, and a cell for every block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from qbank.tui.day_face import rules, standing
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, inset, muted, paragraph, row, strong
from qbank.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qbank.services.views import DayClock

_LEFT: Final = 3
_MOST, _LEAST = 6, 3
_DONE, _HERE, _COMES, _LOST = "●", "◆", "·", "–"


class DayTrack(Lines):
    """Changes once a second; only the lines that differ are painted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._clock: DayClock | None = None
        self._behind: tuple[bool, ...] = ()

    def show(self, clock: DayClock, behind: Sequence[bool]) -> None:
        """Show this moment; `behind` says of every block that is over whether it was lost."""
        self._clock, self._behind = clock, tuple(behind)
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The clock that runs, what it means, and the blocks."""
        clock = self._clock
        if clock is None:
            return ()
        said = standing(clock)
        rows = [BLANK]
        if said is not None and said.loud:
            rows += [
                row(gap(_LEFT - 1), Run(f" {said.figure} ", Ink.LOUD), Run(f" {said.meaning}")),
                BLANK,
            ]
        elif said is not None:
            rows += [row(gap(_LEFT), strong(said.figure), muted(f"  {said.meaning}")), BLANK]
        rows += self._cells(clock, width)
        room = width - _LEFT - 1
        told = [line for each in rules(clock) for line in paragraph(each, room, Ink.MUTED)]
        rows += [BLANK, *(inset(line, _LEFT) for line in told)] if told else []
        return [*rows, BLANK]

    def _cells(self, clock: DayClock, width: int) -> list[Row]:
        """Numbers above, signs below; on further lines where a day has more blocks than room."""
        size = max(_LEAST, min(_MOST, (width - 2 * _LEFT) // clock.blocks))
        a_line = max(1, (width - 2 * _LEFT) // size)
        rows = []
        for first in range(1, clock.blocks + 1, a_line):
            numbers = range(first, min(first + a_line, clock.blocks + 1))
            rows.append(row(gap(_LEFT), *(self._number(clock, at, size) for at in numbers)))
            rows.append(row(gap(_LEFT), *(self._sign(clock, at, size) for at in numbers)))
        return rows

    def _number(self, clock: DayClock, number: int, size: int) -> Run:
        return Run(fit(str(number), size), Ink.STRONG if number == clock.number else Ink.MUTED)

    def _sign(self, clock: DayClock, number: int, size: int) -> Run:
        if number == clock.number:
            return Run(fit(_HERE, size), Ink.ACCENT)
        if number > len(self._behind):
            return Run(fit(_COMES, size), Ink.MUTED)
        lost = self._behind[number - 1]
        return Run(fit(_LOST if lost else _DONE, size), Ink.FLAG if lost else Ink.KEY)
