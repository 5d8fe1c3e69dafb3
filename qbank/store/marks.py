"""Rows of what a person says of an attempt afterwards: the reason of a miss, a faulty question."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from qbank.store.tables import (
    AttemptMarkRow,
    AttemptRow,
    BlockQuestionRow,
    BlockRow,
    PackRow,
    QuestionRow,
    QuestionVersionRow,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What was said of one attempt; empty for nothing."""

    reason: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A fault that was found in a question, and how the question was answered then.

    `content` is the document of the version that was shown, `final` the response and `key`
    what it was scored by; `current` says whether the pack still has that version.
    """

    pack: str
    pack_title: str
    question: str
    fault: str
    marked_at: int
    offset_min: int
    content: str
    final: tuple[str, ...]
    key: tuple[str, ...]
    current: bool


def put_reason(
    connection: Connection, block_id: int, position: int, reason: str | None, now: int
) -> None:
    """Write the reason of a miss, None takes it back; what was said of the question stays."""
    _put(connection, block_id, position, {"reason": reason, "marked_at": now})


def put_fault(
    connection: Connection, block_id: int, position: int, fault: str | None, now: int
) -> None:
    """Write what is wrong with a question, None takes it back; the reason of a miss stays."""
    _put(connection, block_id, position, {"fault": fault, "marked_at": now})


def _put(connection: Connection, block_id: int, position: int, said: dict[str, object]) -> None:
    row = AttemptMarkRow
    mine = (row.block_id == block_id, row.position == position)
    if connection.execute(update(row).where(*mine).values(said)).rowcount == 0:
        connection.execute(insert(row), {"block_id": block_id, "position": position, **said})


def marks_of(connection: Connection, block_id: int) -> dict[int, Mark]:
    """What was said of a block's attempts, by position."""
    row = AttemptMarkRow
    query = select(row.position, row.reason, row.fault).where(row.block_id == block_id)
    return {
        position: Mark(reason or "", fault or "")
        for position, reason, fault in connection.execute(query)
    }


def fault_rows(connection: Connection) -> list[FaultRow]:
    """Every fault that anybody found in a question, pack by pack, question by question."""
    mark, at, version = AttemptMarkRow, BlockQuestionRow, QuestionVersionRow
    columns = (
        PackRow.uid.label("pack"),
        PackRow.title.label("pack_title"),
        QuestionRow.key.label("question"),
        mark.fault,
        mark.marked_at,
        BlockRow.offset_min,
        version.content,
        (version.hash == QuestionRow.current_hash).label("current"),
        AttemptRow.final,
        AttemptRow.key,
    )
    attempt = (AttemptRow.block_id == mark.block_id, AttemptRow.position == mark.position)
    query = (
        select(*columns)
        .join(at, and_(at.block_id == mark.block_id, at.position == mark.position))
        .join(AttemptRow, and_(*attempt))
        .join(BlockRow, BlockRow.id == mark.block_id)
        .join(version, version.id == at.version_id)
        .join(QuestionRow, QuestionRow.id == at.question_id)
        .join(PackRow, PackRow.id == QuestionRow.pack_id)
        .where(mark.fault.is_not(None))
        .order_by(PackRow.id, QuestionRow.place, mark.marked_at)
    )
    return [_fault(dict(row)) for row in connection.execute(query).mappings()]


def _fault(row: dict[str, Any]) -> FaultRow:
    lists = {name: tuple(json.loads(row[name])) for name in ("final", "key")}
    return FaultRow(**{**row, **lists, "current": bool(row["current"])})
