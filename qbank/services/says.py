"""Which sentences hold for a closed block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import Mode
from qbank.reporting import words
from qbank.services.verdicts import verdict
from qbank.store.summaries import earlier_results

if TYPE_CHECKING:
    from qbank.store.blocks import Head
    from qbank.store.summaries import Summary
    from qbank.store.types import Connection


def sentences(connection: Connection, head: Head, row: Summary) -> tuple[str, ...]:
    """What is said of a block, the most important first."""
    answered = row.correct + row.incorrect
    said = list(verdict(connection, head.learner_id, row)) if row.mode == Mode.TIMED else []
    if row.omitted or row.unreached:
        said.append(words.blanks(answered, row.unreached, row.omitted))
    if row.unreached and row.limit_ms is not None:
        said.append(words.TWO_LEFT_RULE)
    if not earlier_results(connection, head.learner_id, row):
        said.append(words.NOT_A_SCORE)
    return tuple(said)
