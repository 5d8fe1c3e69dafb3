"""The log of a block and the columns of its row that follow it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from qbank.errors import ConcurrentRun
from qbank.store.event_log import Entry, EventLog, Logged

__all__ = ["Beat", "Entry", "Logged", "Standing", "append", "beat", "read_log", "stand"]

_LOG = EventLog("block_event", "block_id", "block")
append = _LOG.append
read_log = _LOG.read

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
