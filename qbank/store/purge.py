"""Erases what was deleted for good: the one place that takes events out of the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, func, select, update

from qbank.store import meta
from qbank.store.check import PURGED
from qbank.store.tables import (
    AttemptMarkRow,
    AttemptRow,
    BlockEventRow,
    BlockQuestionRow,
    BlockRow,
    MetaRow,
    ResultEntryRow,
    SittingEventRow,
    SittingRow,
)

_DELETED = select(BlockRow.id).where(BlockRow.deleted_at.is_not(None))
_KEPT = exists().where(BlockRow.sitting_id == SittingRow.id, BlockRow.deleted_at.is_(None))
_EMPTY_DAYS = select(SittingRow.id).where(SittingRow.status == "over", ~_KEPT)
"""Exam days that are over and of which no block is kept."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was erased (or would be)."""

    blocks: int
    events: int
    results: int


def purgeable(connection: Connection) -> Purged:
    """What a purge would erase now."""
    blocks = select(func.count()).select_from(_DELETED.subquery())
    logs = (
        select(func.count()).where(BlockEventRow.block_id.in_(_DELETED)),
        select(func.count()).where(SittingEventRow.sitting_id.in_(_EMPTY_DAYS)),
    )
    events = sum(connection.execute(each).scalar_one() for each in logs)
    results = select(func.count(ResultEntryRow.deleted_at))
    return Purged(
        connection.execute(blocks).scalar_one(), events, connection.execute(results).scalar_one()
    )


def purge(connection: Connection) -> Purged:
    """Erase deleted results, and blocks with all that was said in them; pages are overwritten.

    An exam day goes with the last of its blocks.
    """
    erased = purgeable(connection)
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        # The log's triggers let a row go only while this mark stands.
        meta.put(connection, "purging", "")
        for table in (AttemptRow, AttemptMarkRow, BlockEventRow, BlockQuestionRow):
            connection.execute(delete(table).where(table.block_id.in_(_DELETED)))
        connection.execute(
            update(BlockRow).where(BlockRow.repeat_of.in_(_DELETED)).values(repeat_of=None)
        )
        connection.execute(delete(BlockRow).where(BlockRow.deleted_at.is_not(None)))
        days = connection.execute(_EMPTY_DAYS).scalars().all()
        connection.execute(delete(SittingEventRow).where(SittingEventRow.sitting_id.in_(days)))
        connection.execute(delete(SittingRow).where(SittingRow.id.in_(days)))
        connection.execute(delete(ResultEntryRow).where(ResultEntryRow.deleted_at.is_not(None)))
        connection.execute(delete(MetaRow).where(MetaRow.key == "purging"))
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    _remember(connection, erased.events)
    return erased


def _remember(connection: Connection, events: int) -> None:
    """Count what was erased on purpose, so that a check can tell it from what was lost."""
    meta.put(connection, PURGED, str(int(meta.get(connection, PURGED) or 0) + events))
