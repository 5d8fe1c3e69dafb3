"""Blocks as rows of a table: the same on Home and in History."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.reporting import exam_day_words, words
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, muted
from qbank.tui.widgets.table import Column, Item

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from qbank.services.views import BlockSummary

NAME_CELLS = 19
"""Cells for the longest name that qbank itself gives to a block."""

BLOCK_COLUMNS = (
    Column("Latest blocks", 0, least=NAME_CELLS + 5),
    Column("when", 12, rank=1),
    Column("mode", 8, rank=2),
    Column("right", 9, right=True),
    Column("time", 6, right=True),
)

HISTORY_COLUMNS = (
    Column("#", 4, right=True, key="number"),
    Column("name", 0, key="name", least=NAME_CELLS),
    Column("when", 12, key="when", rank=1),
    Column("mode", 8, key="mode", rank=2),
    Column("right", 8, right=True, key="right"),
    Column(f"{words.NEXT_STEP} right", 8, right=True, key="next_step", rank=1),
    Column("time", 5, right=True, key="time"),
    Column("s/q", 4, right=True, key="pace", rank=3),
    Column("", 2),
)
SORTS: dict[str, Callable[[BlockSummary], tuple[float | str, ...]]] = {
    "number": lambda block: (block.number,),
    "name": lambda block: (block.name.casefold(), block.number),
    "when": lambda block: (block.started_at or 0,),
    "mode": lambda block: (words.mode(block.mode), block.number),
    "right": lambda block: (_share(block.correct, block.questions), block.number),
    "next_step": lambda block: (_share(block.next_step_correct, block.next_step_total),),
    "time": lambda block: (block.used_ms,),
    "pace": lambda block: (_share(block.used_ms, block.answered),),
}
"""What each column sorts by."""


def _share(part: int, whole: int) -> float:
    return part / whole if whole else -1.0


def block_item(block: BlockSummary) -> Item:
    """A block in a row."""
    cells = (
        (
            muted(f"{block.number:>3}  "),
            *(Run(f"{sign} ", Ink.FLAG) for sign, _ in apart(block)),
            Run(safe.one_line(block.name)),
        ),
        (muted(words.date(block.started_at, block.offset_min)),),
        (muted(words.mode(block.mode)),),
        (Run(words.right_of(block.correct, block.questions)),),
        (muted(words.clock(block.used_ms)),),
    )
    return Item(block.id, cells)


def history_item(block: BlockSummary, marked: Collection[str] = ()) -> Item:
    """A block in History, every figure in a column of its own; `marked` ids have a sign."""
    steps = words.right_of(block.next_step_correct, block.next_step_total)
    cells = (
        (Run("●" if block.id in marked else "", Ink.KEY), muted(f"{block.number:>3}")),
        (Run(safe.one_line(block.name)),),
        (muted(words.date(block.started_at, block.offset_min)),),
        (muted(words.mode(block.mode)),),
        (muted("later") if block.waits else Run(words.right_of(block.correct, block.questions)),),
        (Run(steps if block.next_step_total and not block.waits else ""),),
        (muted(words.clock(block.used_ms)),),
        (muted(words.seconds_each(block.used_ms, block.answered)),),
        tuple(Run(sign, Ink.FLAG) for sign, _ in apart(block)),
    )
    return Item(block.id, cells)


def apart(block: BlockSummary) -> tuple[tuple[str, str], ...]:
    """What sets a block apart: a sign and what it means."""
    tags = []
    if block.waits:
        tags.append(("▸", exam_day_words.OPENS_LATER))
    if block.excluded:
        tags.append(("∅", "left out of the statistics"))
    if block.interrupted:
        tags.append(("↯", "interrupted"))
    return tuple(tags)
