"""A block as it was read from the store, before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.block.events import Answered
from qbank.block.machine import replay
from qbank.services.logs import read_events
from qbank.store.block_log import Entry, read_log
from qbank.store.blocks import FrozenRow, Head, frozen_rows, read_spec

if TYPE_CHECKING:
    from qbank.block.model import BlockSpec
    from qbank.block.pace import Habit
    from qbank.block.state import BlockState
    from qbank.clock import Reading
    from qbank.store.types import Connection


@dataclass(frozen=True, slots=True)
class Opened:
    """A block as it was read: its row, its frozen questions, its log and what that comes to.

    `last_answer` is how it stood at its latest answer, `habit` the learner's pace before it;
    in `first_blocks` neither is spoken of. `left`: the person went away on purpose, and in an
    exam day the clock ran on.
    """

    head: Head
    rows: tuple[FrozenRow, ...]
    spec: BlockSpec
    entries: tuple[Entry, ...]
    state: BlockState
    last_answer: BlockState | None
    first_blocks: bool = False
    habit: Habit | None = None
    left: bool = False


def read_opened(connection: Connection, head: Head) -> Opened:
    """Read the rest of a block. Raises StoreCorrupt where its log is damaged."""
    log = read_log(connection, head.id)
    rows = frozen_rows(connection, head.id)
    spec = read_spec(head, rows)
    events = read_events(head, log)
    answers = [at for at, event in enumerate(events, start=1) if isinstance(event, Answered)]
    return Opened(
        head=head,
        rows=rows,
        spec=spec,
        entries=tuple(row.entry for row in log),
        state=replay(spec, events),
        last_answer=replay(spec, events[: answers[-1]]) if answers else None,
    )


def away(head: Head, state: BlockState, now: Reading) -> int | None:
    """Milliseconds from the last sign of life of a block to now; None across a reboot.

    An event is a sign of life too; between heartbeats only its place on the axis is known.
    """
    if head.boot_id != now.boot_id:
        return None
    since_ms = max(0, state.at_ms - head.heartbeat_at_ms)
    return max(0, now.elapsed_ms - head.elapsed_ms - since_ms)
