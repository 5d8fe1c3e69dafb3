"""Lines as values: runs of text with an ink, what a press on them means, and their layout.

Widgets build rows of runs and nothing else; the base widget paints them. An ink
names a role, never a colour: colours live in `styles/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from qbank.tui import safe
from qbank.tui.wrapping import breaks


class Ink(StrEnum):
    """What a piece of text is, for the eye."""

    PLAIN = "plain"
    MUTED = "muted"
    STRONG = "strong"
    ITALIC = "italic"
    HEAD = "head"
    KEY = "key"
    ACCENT = "accent"
    GOOD = "good"
    BAD = "bad"
    FLAG = "flag"
    STRUCK = "struck"
    LOUD = "loud"
    RULE = "rule"
    CURSOR = "cursor"
    CHOSEN = "chosen"
    MARKED = "marked"
    WORD = "word"


class Run(NamedTuple):
    """A piece of a line. `target` says what a press on it means, empty for nothing."""

    text: str
    ink: Ink = Ink.PLAIN
    target: str = ""


class Row(NamedTuple):
    """A line: its runs, the ink under them, what a press elsewhere on it means.

    The fill lies under the runs that begin in the cells from `left` to before
    `until`; without an end it runs to the edge.
    """

    runs: tuple[Run, ...] = ()
    fill: Ink = Ink.PLAIN
    target: str = ""
    left: int = 0
    until: int = 0

    @property
    def width(self) -> int:
        """Cells taken by the runs."""
        return sum(cell_len(run.text) for run in self.runs)

    @property
    def text(self) -> str:
        """What stands on the line."""
        return "".join(run.text for run in self.runs)


BLANK = Row()


def row(*runs: Run | str, fill: Ink = Ink.PLAIN, target: str = "") -> Row:
    """A row of runs; a plain string is a run of plain ink."""
    made = (run if isinstance(run, Run) else Run(run) for run in runs)
    return Row(tuple(run for run in made if run.text), fill, target)


def muted(text: str) -> Run:
    """Text of lesser weight."""
    return Run(text, Ink.MUTED)


def strong(text: str) -> Run:
    """Text of greater weight."""
    return Run(text, Ink.STRONG)


def gap(cells: int) -> Run:
    """Empty cells."""
    return Run(" " * max(0, cells))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Text of exactly `width` cells: shortened with an ellipsis, or filled with spaces."""
    shown = shorten(text, width)
    blank = " " * (width - cell_len(shown))
    return blank + shown if right else shown + blank


def shorten(text: str, width: int) -> str:
    """Text of at most `width` cells; what is too long ends with its last whole word and `…`.

    A word that takes more than two thirds of the room is cut where the room ends.
    """
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    kept = set_cell_size(text, width - 1).rstrip()
    if text[len(kept) : len(kept) + 1] != " ":
        words = kept.rpartition(" ")[0]
        kept = words if cell_len(words) * 3 >= width else kept
    return kept.rstrip(" ,;:·–(") + "…"


def inset(one: Row, left: int, width: int = 0) -> Row:
    """A row moved to the right; with a width, its fill ends there."""
    if not one.runs:
        return one
    if not width:
        return one._replace(runs=(gap(left), *one.runs))
    runs = (gap(left), *one.runs, gap(width - one.width))
    return one._replace(runs=tuple(r for r in runs if r.text), left=left, until=left + width)


def spread(left: Iterable[Run], right: Iterable[Run], width: int) -> Row:
    """One line with something at either edge; where both do not fit, the left one is cut."""
    right = tuple(right)
    room = width - sum(cell_len(run.text) for run in right)
    kept = cut(left, room - 1 if right else room)
    taken = sum(cell_len(run.text) for run in kept)
    return Row((*kept, gap(room - taken), *right))


def cut(runs: Iterable[Run], width: int) -> tuple[Run, ...]:
    """The runs as far as they fit, the last one with an ellipsis."""
    kept: list[Run] = []
    room = width
    for run in runs:
        size = cell_len(run.text)
        if size > room:
            if room > 0:
                kept.append(run._replace(text=fit(run.text, room)))
            break
        kept.append(run)
        room -= size
    return tuple(kept)


@lru_cache(512)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Text from anywhere as clean lines of at most `width` cells; empty lines stay."""
    clean = safe.clean(text)
    return tuple(clean[begin:end] for begin, end in breaks(clean, width)) if clean else ()


def paragraph(text: str, width: int, ink: Ink = Ink.PLAIN) -> list[Row]:
    """Wrapped text as rows of one ink."""
    return [row(Run(line, ink)) for line in wrap(text, width)]


def hanging(lead: Iterable[Run], text: str, width: int, ink: Ink = Ink.PLAIN) -> list[Row]:
    """Wrapped text behind a lead, further lines indented by the lead's width."""
    lead = tuple(lead)
    taken = sum(cell_len(run.text) for run in lead)
    return hung(lead, [row(Run(line, ink)) for line in wrap(text, width - taken)])


def hung(lead: Iterable[Run], rows: Sequence[Row]) -> list[Row]:
    """Rows behind a lead, further ones indented by the lead's width; a lead alone stays."""
    lead = tuple(lead)
    taken = sum(cell_len(run.text) for run in lead)
    first = rows[0].runs if rows else ()
    return [row(*lead, *first), *(row(gap(taken), *one.runs) for one in rows[1:])]


def trailing(rows: Sequence[Row], run: Run, width: int, indent: int) -> list[Row]:
    """Rows and a few words at the end of the last; on a line of their own where it is full."""
    last = rows[-1]
    if last.width + 2 + cell_len(run.text) > width:
        return [*rows, row(gap(indent), run)]
    return [*rows[:-1], last._replace(runs=(*last.runs, gap(2), run))]
