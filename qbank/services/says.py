"""Which sentences hold for a closed block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import Mode
from qbank.reporting import words
from qbank.store.summaries import earlier_marks, earlier_results

if TYPE_CHECKING:
    from qbank.store.blocks import Head
    from qbank.store.summaries import Summary
    from qbank.store.types import Connection

MARKS = 3
"""So many first blocks of a kind set a mark; there is nothing to beat in them."""

_CHANCE_SIZE = 20


def sentences(connection: Connection, head: Head, row: Summary) -> tuple[str, ...]:
    """What is said of a block, the most important first."""
    answered = row.correct + row.incorrect
    said: list[str] = []
    if row.mode == Mode.TIMED:
        mark = earlier_marks(connection, head.learner_id, row) + 1
        if mark <= MARKS:
            left_ms = None if row.limit_ms is None else row.limit_ms - row.used_ms
            said.append(words.starting_mark(mark, row.correct, row.size, answered, left_ms))
            if row.size == _CHANCE_SIZE:
                said.append(words.CHANCE)
    if row.omitted or row.unreached:
        said.append(words.blanks(answered, row.unreached, row.omitted))
    if not earlier_results(connection, head.learner_id, row):
        said.append(words.NOT_A_SCORE)
    return tuple(said)
