"""An exam day as it was read from the store, before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.block.model import Phase
from qbank.block.sitting import replay
from qbank.block.sitting_codec import DAY
from qbank.block.sitting_model import DayPhase
from qbank.errors import StoreCorrupt
from qbank.services.opened import read_opened
from qbank.store.blocks import block_by_uuid
from qbank.store.chain import first_break
from qbank.store.sittings import LOG, DayBlock, DayHead, blocks_of, read_spec

if TYPE_CHECKING:
    from qbank.block.sitting_model import SittingSpec
    from qbank.block.sitting_state import SittingState
    from qbank.block.state import BlockState
    from qbank.store.types import Connection


@dataclass(frozen=True, slots=True)
class OpenedDay:
    """A day as it was read: its row, its blocks, its log and what that comes to.

    `closed` is the block that runs by the day's log and has ended by its own.
    """

    head: DayHead
    spec: SittingSpec
    state: SittingState
    events: int
    blocks: tuple[DayBlock, ...]
    closed: BlockState | None = None

    @property
    def block_ids(self) -> Mapping[int, str]:
        """The UUID of every block by its number."""
        return {block.number: block.uuid for block in self.blocks}

    @property
    def cut_off_ms(self) -> int:
        """What had been charged to the block that runs, at its last sign of life."""
        running = self.state.phase is DayPhase.BLOCK
        mine = (each for each in self.blocks if running and each.number == self.state.number)
        return next((each.used_ms for each in mine), 0)


def read_day(connection: Connection, head: DayHead) -> OpenedDay:
    """Read the rest of a day. Raises StoreCorrupt where its log is damaged."""
    log = LOG.read(connection, head.id)
    broken = first_break(head.uuid, (row.link for row in log))
    if broken is not None:
        raise StoreCorrupt(
            f"the log of {head.name} is damaged at event {broken}",
            hint="Run `qbank doctor`, or `qbank restore` with a backup.",
        )
    entries = [row.entry for row in log]
    spec = read_spec(head)
    state = replay(spec, [DAY.decode(each.kind, each.payload, each.at_ms) for each in entries])
    blocks = blocks_of(connection, head.id)
    running = [each for each in blocks if each.number == state.number]
    closed = None
    if running and running[0].status == Phase.CLOSED and state.phase is DayPhase.BLOCK:
        block = block_by_uuid(connection, head.learner_id, running[0].uuid)
        closed = read_opened(connection, block).state if block else None
    return OpenedDay(head, spec, state, len(entries), blocks, closed)
