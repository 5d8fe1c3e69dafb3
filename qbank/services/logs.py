"""A block's log as events: read with its chain checked, and made whole from a copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.block.codec import decode
from qbank.block.machine import replay
from qbank.block.model import Phase
from qbank.block.scoring import score
from qbank.errors import ConcurrentRun, StoreCorrupt
from qbank.services import frozen
from qbank.store.attempts import write_attempts
from qbank.store.block_log import Beat, Entry, Logged, Standing, append, read_log, stand
from qbank.store.blocks import frozen_rows, read_spec
from qbank.store.chain import first_break

if TYPE_CHECKING:
    from qbank.block import events as e
    from qbank.block.state import BlockState
    from qbank.store.blocks import Head
    from qbank.store.types import Connection


def read_events(head: Head, log: Sequence[Logged]) -> tuple[e.Event, ...]:
    """A block's events in order. Raises StoreCorrupt where a row was changed or lost."""
    broken = first_break(head.uuid, (row.link for row in log))
    if broken is not None:
        raise StoreCorrupt(
            f"the log of {head.name} is damaged at event {broken}",
            hint="Run `qbank doctor`, or `qbank restore` with a backup.",
        )
    return tuple(decode(row.entry.kind, row.entry.payload, row.entry.at_ms) for row in log)


def count_missing(log: Sequence[Logged], entries: Sequence[Entry]) -> int:
    """How many events of a copy the store lacks.

    Raises ConcurrentRun where the two went different ways.
    """
    for stored, copied in zip(log, entries, strict=False):
        here = stored.entry
        if (here.at_ms, here.kind, here.payload) != (copied.at_ms, copied.kind, copied.payload):
            raise ConcurrentRun(
                f"the block went on differently here from event {here.seq} on",
                hint="It stays as it is, and so does the copy.",
            )
    return max(0, len(entries) - len(log))


def standing(state: BlockState, started_at: int | None, offset_min: int, last_at: int) -> Standing:
    """Where a block stands after an event of the date `last_at`."""
    return Standing(
        status=state.phase.value,
        interrupted=state.interrupted,
        started_at=started_at,
        offset_min=offset_min,
        closed_at=last_at if state.phase is Phase.CLOSED else None,
        close_reason=state.close_reason and state.close_reason.value,
    )


def take_back(connection: Connection, head: Head, entries: Sequence[Entry]) -> None:
    """Append what a copy of a block's log has more than the store, and score a closed block."""
    append(connection, head.id, head.uuid, entries)
    log = read_log(connection, head.id)
    rows = frozen_rows(connection, head.id)
    state = replay(read_spec(head, rows), read_events(head, log))
    stands = standing(state, entries[0].wall_at, head.offset_min, entries[-1].wall_at)
    # No clock's reading belongs to the copy: whoever goes on with it finds another boot.
    sign = Beat(state.at_ms, "", 0, 0, state.used_ms(state.at_ms), state.paused_ms)
    stand(connection, head.id, stands, sign)
    if stands.closed_at is not None:
        write_attempts(connection, head, stands.closed_at, rows, score(state, frozen.keys(rows)))
