"""What all charts share: a title, a legend, rows filled to the width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from qbank.tui.ink import Ink, Row, Run, cut, gap, paragraph, row

_BETWEEN = 3


def filled(runs: Iterable[Run], width: int) -> Row:
    """Runs as a row of exactly `width` cells; what is too long is cut with a sign."""
    kept = cut(runs, width)
    return row(*kept, gap(width - sum(cell_len(run.text) for run in kept)))


def title_rows(title: str, width: int) -> list[Row]:
    """The title, wrapped where it is too long."""
    return [filled(line.runs, width) for line in paragraph(title, width, Ink.STRONG)]


def legend(entries: Sequence[Sequence[Run]], width: int) -> list[Row]:
    """What each shape is, as many on a line as fit; no line without an entry."""
    lines: list[list[Run]] = []
    for entry in entries:
        before = [*lines[-1], gap(_BETWEEN)] if lines else []
        wider = [*before, *entry]
        if lines and sum(cell_len(run.text) for run in wider) <= width:
            lines[-1] = wider
        else:
            lines.append(list(entry))
    return [filled(line, width) for line in lines]
