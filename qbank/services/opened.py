"""A block as it was read from the store, before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.block.machine import replay
from qbank.services.logs import read_events
from qbank.store.block_log import Entry, read_log
from qbank.store.blocks import FrozenRow, Head, frozen_rows, read_spec

if TYPE_CHECKING:
    from qbank.block.model import BlockSpec
    from qbank.block.state import BlockState
    from qbank.clock import Reading
    from qbank.store.types import Connection


@dataclass(frozen=True, slots=True)
class Opened:
    """A block as it was read: its row, its frozen questions, its log and what that comes to."""

    head: Head
    rows: tuple[FrozenRow, ...]
    spec: BlockSpec
    entries: tuple[Entry, ...]
    state: BlockState
    first_blocks: bool


def read_opened(connection: Connection, head: Head, *, first_blocks: bool) -> Opened:
    """Read the rest of a block. Raises StoreCorrupt where its log is damaged."""
    log = read_log(connection, head.id)
    rows = frozen_rows(connection, head.id)
    spec = read_spec(head, rows)
    state = replay(spec, read_events(head, log))
    return Opened(head, rows, spec, tuple(row.entry for row in log), state, first_blocks)


def away(head: Head, state: BlockState, now: Reading) -> int | None:
    """Milliseconds from the last sign of life of a block to now; None across a reboot.

    An event is a sign of life too; between heartbeats only its place on the axis is known.
    """
    if head.boot_id != now.boot_id:
        return None
    since_ms = max(0, state.at_ms - head.heartbeat_at_ms)
    return max(0, now.elapsed_ms - head.elapsed_ms - since_ms)
