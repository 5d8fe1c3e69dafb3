"""The log of a block and the columns of its row that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from qbank.errors import ConcurrentRun, StoreCorrupt
from qbank.store.chain import chain, origin
from qbank.store.tables import BlockEventRow

if TYPE_CHECKING:
    from qbank.store.chain import Link

_TIP = text("SELECT seq, chain FROM block_event WHERE block_id = :block ORDER BY seq DESC LIMIT 1")
_SAME = text(
    "SELECT seq, at_ms, kind, payload, chain FROM block_event "
    "WHERE block_id = :block AND seq >= :first ORDER BY seq"
)
_APPEND = text(
    "INSERT INTO block_event (block_id, seq, at_ms, kind, payload, wall_at, chain) "
    "VALUES (:block, :seq, :at_ms, :kind, :payload, :wall_at, :chain)"
)
_BEAT = text(
    "UPDATE block SET heartbeat_at_ms = :at_ms, boot_id = :boot_id, awake_ms = :awake_ms, "
    "elapsed_ms = :elapsed_ms, used_ms = :used_ms, paused_ms = :paused_ms WHERE id = :block"
)
_STAND = text(
    "UPDATE block SET heartbeat_at_ms = :at_ms, boot_id = :boot_id, awake_ms = :awake_ms, "
    "elapsed_ms = :elapsed_ms, used_ms = :used_ms, paused_ms = :paused_ms, status = :status, "
    "interrupted = :interrupted, started_at = :started_at, offset_min = :offset_min, "
    "closed_at = :closed_at, close_reason = :close_reason "
    "WHERE id = :block AND deleted_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a row: its place in the log from 1, the engine's time, what, and the date."""

    seq: int
    at_ms: int
    kind: str
    payload: str
    wall_at: int


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as it stands in the store, with the link that holds it to the one before."""

    entry: Entry
    chain: bytes

    @property
    def link(self) -> Link:
        """The row as the chain sees it."""
        return self.entry.seq, self.entry.at_ms, self.entry.kind, self.entry.payload, self.chain


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life: the engine's time, the clocks at that moment, and the block's times."""

    at_ms: int
    boot_id: str
    awake_ms: int
    elapsed_ms: int
    used_ms: int
    paused_ms: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a block stands after some events."""

    status: str
    interrupted: bool
    started_at: int | None
    offset_min: int
    closed_at: int | None
    close_reason: str | None


def append(connection: Connection, block_id: int, uuid: str, entries: Sequence[Entry]) -> None:
    """Add to the end of a block's log.

    Entries that stand there already, and equal, are a retry and succeed. Raises
    ConcurrentRun where somebody else wrote in their place, StoreCorrupt where
    the entries before them are gone.
    """
    first = entries[0].seq
    tip = connection.execute(_TIP, {"block": block_id}).first()
    last, link = (0, origin(uuid)) if tip is None else (tip.seq, tip.chain)
    if last < first - 1:
        raise StoreCorrupt(
            f"the store has lost {first - 1 - last} events of this block",
            hint="Was the file replaced? Save a copy of this block, then run `qbank doctor`.",
        )
    if last >= first:
        _compare(connection, block_id, entries)
        entries = [entry for entry in entries if entry.seq > last]
    rows = []
    for entry in entries:
        link = chain(link, entry.seq, entry.at_ms, entry.kind, entry.payload)
        rows.append(
            {
                "block": block_id,
                "seq": entry.seq,
                "at_ms": entry.at_ms,
                "kind": entry.kind,
                "payload": entry.payload,
                "wall_at": entry.wall_at,
                "chain": link,
            }
        )
    if rows:
        connection.execute(_APPEND, rows)


def beat(connection: Connection, block_id: int, sign: Beat) -> None:
    """Note a sign of life."""
    connection.execute(_BEAT, {"block": block_id, **asdict(sign)})


def stand(connection: Connection, block_id: int, standing: Standing, sign: Beat) -> None:
    """Copy where a block stands onto its row.

    Raises ConcurrentRun where the block is gone, or where it would run beside
    another one of the same learner.
    """
    values = {"block": block_id, **asdict(sign), **asdict(standing)}
    try:
        done = connection.execute(_STAND, values)
    except IntegrityError as clash:
        raise ConcurrentRun(
            "another block is running", hint="Go on with it or close it, then begin this one."
        ) from clash
    if done.rowcount != 1:
        raise ConcurrentRun("this block was deleted while it was open")


def read_log(connection: Connection, block_id: int) -> tuple[Logged, ...]:
    """Every event of a block in order."""
    row = BlockEventRow
    query = select(row.seq, row.at_ms, row.kind, row.payload, row.wall_at, row.chain)
    found = connection.execute(query.where(row.block_id == block_id).order_by(row.seq))
    return tuple(
        Logged(Entry(seq, at_ms, kind, payload, wall_at), link)
        for seq, at_ms, kind, payload, wall_at, link in found
    )


def _compare(connection: Connection, block_id: int, entries: Sequence[Entry]) -> None:
    found = connection.execute(_SAME, {"block": block_id, "first": entries[0].seq})
    theirs = {row.seq: (row.at_ms, row.kind, row.payload) for row in found}
    ours = {entry.seq: (entry.at_ms, entry.kind, entry.payload) for entry in entries}
    if theirs.keys() - ours.keys() or any(ours[seq] != row for seq, row in theirs.items()):
        raise ConcurrentRun(
            "this block is open elsewhere",
            hint="What was done there is kept; close this one and go on there.",
        )
