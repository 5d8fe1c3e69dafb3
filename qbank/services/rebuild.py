"""Attempts made anew from the logs: they hold nothing that the log and the key do not say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from qbank.block.machine import replay
from qbank.block.scoring import score
from qbank.services import frozen
from qbank.services.logs import read_events
from qbank.store.attempts import read_attempts, write_attempts
from qbank.store.block_log import read_log
from qbank.store.blocks import closed_blocks, frozen_rows, read_spec

if TYPE_CHECKING:
    from qbank.store.blocks import Head
    from qbank.store.engine import Store
    from qbank.store.types import Connection


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many blocks and attempts were scored anew, and how many attempts came out otherwise."""

    blocks: int
    attempts: int
    changed: int


def rebuild_attempts(store: Store) -> Rebuilt:
    """Score every closed block from its log, by its frozen keys and the regrades of these.

    Block by block, each in one transaction. Raises StoreCorrupt at a damaged log.
    """
    with store.read() as connection:
        heads = closed_blocks(connection)
    scored = changed = 0
    for head in heads:
        number, others = store.write(partial(rebuild_block, head=head))
        scored += number
        changed += others
    return Rebuilt(len(heads), scored, changed)


def rebuild_block(connection: Connection, head: Head) -> tuple[int, int]:
    """Score one closed block from its log; how many attempts it has, how many came out otherwise.

    Raises StoreCorrupt at a damaged log.
    """
    rows = frozen_rows(connection, head.id)
    events = read_events(head, read_log(connection, head.id))
    attempts = score(replay(read_spec(head, rows), events), frozen.keys(rows))
    before = read_attempts(connection, head.id)
    if attempts == before:
        return len(attempts), 0
    write_attempts(connection, head, head.closed_at or 0, rows, attempts)
    return len(attempts), sum(attempt not in before for attempt in attempts)
