"""The lower half of Home as rows: sentences behind their names, and how much is known so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qbank.reporting import home_words as say
from qbank.services.views.said import Known
from qbank.tui import safe
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, hanging, inset, muted, spread, strong
from qbank.tui.widgets.table import Column, Item

if TYPE_CHECKING:
    from qbank.services.views import HomeFigures, Told
    from qbank.services.views.said import CanSay

COLUMNS: Final = (Column(width=18), Column(), Column(width=6))
_LEFT: Final = 3
_NAME: Final = 12
_MOST_TEXT: Final = 100
_KNOWN: Final = {Known.KNOWN: "known", Known.ROUGH: "rough", Known.NEEDS: "–"}


def adding_up(width: int) -> list[Row]:
    """What stands there until the figures are counted."""
    return [_title(say.FIGURES, "", width), inset(Row((muted(say.ADDING_UP),)), _LEFT)]


def lead(figures: HomeFigures, width: int) -> list[Row]:
    """What stands before the figures, and their title."""
    rows: list[Row] = []
    for each in figures.told:
        rows += [*_told(each, width), BLANK]
    return [*rows, _title(figures.title, figures.basis, width)]


def _told(told: Told, width: int) -> list[Row]:
    """A name with its sentences beside it."""
    rows: list[Row] = []
    room = min(width - _LEFT - 1, _MOST_TEXT)
    for at, line in enumerate(told.lines):
        name = strong(fit(told.name, _NAME)) if at == 0 else gap(_NAME)
        rows += hanging((name,), safe.one_line(line), room)
    return [inset(one, _LEFT) for one in rows]


def _title(title: str, basis: str, width: int) -> Row:
    return inset(spread((strong(title),), (muted(basis),), width - _LEFT - 1), _LEFT)


def item(at: int, figure: CanSay, *, counted: bool = False) -> Item:
    """One figure: its name, its value or what is missing, how sure it is unless just `counted`."""
    ink = Ink.MUTED if figure.known is Known.NEEDS else Ink.PLAIN
    cells = (
        (muted(figure.name),),
        (Run(figure.text, ink),),
        (muted("" if counted else _KNOWN[figure.known]),),
    )
    return Item(str(at), cells)
