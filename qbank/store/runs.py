"""Closed blocks as runs to compare with: their heads, and of their attempts what pace needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, func, select, type_coerce

from qbank.store.tables import AttemptRow, BlockRow, QuestionVersionRow

_CHUNK = 500
_CLOCKED = ("timed", "exam_day")


@dataclass(frozen=True, slots=True)
class RunRow:
    """A closed block with a clock.

    `repeat_of` is the row and `repeats` the UUID of the first block with its questions,
    None where it is that itself.
    """

    id: int
    uuid: str
    name: str
    mode: str
    size: int
    limit_ms: int
    used_ms: int
    paused_ms: int
    time_factor: int
    source: str
    started_at: int | None
    closed_at: int
    offset_min: int
    interrupted: bool
    excluded: bool
    spec: str
    repeat_of: int | None
    repeats: str | None


PacedRow = tuple[int, int, str, int, int | None, int, int, int]
"""Of an attempt what pace and a count of right answers need, as the driver gives it.

Its block's row, position, outcome, time on screen and in sight in ms, exposure, flag; the words
of its question.
"""


def runs(connection: Connection, learner_id: int, size: int) -> list[RunRow]:
    """A learner's closed blocks of so many questions of packs, with a clock, earliest first."""
    first = BlockRow.__table__.alias("first")
    columns = [getattr(BlockRow, name) for name in RunRow.__slots__ if name != "repeats"]
    columns.append(first.c.uuid)
    query = (
        select(*columns)
        .outerjoin(first, first.c.id == BlockRow.repeat_of)
        .where(
            BlockRow.learner_id == learner_id,
            BlockRow.status == "closed",
            BlockRow.deleted_at.is_(None),
            BlockRow.mode.in_(_CLOCKED),
            BlockRow.limit_ms.is_not(None),
            BlockRow.source == "",
            BlockRow.size == size,
        )
        .order_by(BlockRow.closed_at, BlockRow.id)
    )
    return [RunRow(*row) for row in connection.execute(query)]


def paced_rows(connection: Connection, blocks: Sequence[int]) -> list[PacedRow]:
    """The attempts of these blocks, those of a block together and in printed order."""
    row, version = AttemptRow, QuestionVersionRow
    query = (
        select(
            *(row.block_id, row.position, row.outcome, row.clock_ms, row.active_ms, row.exposure),
            *(type_coerce(row.flagged, Integer), version.words),
        )
        .join(version, version.id == row.version_id)
        .order_by(row.block_id, row.position)
    )
    found: list[PacedRow] = []
    for start in range(0, len(blocks), _CHUNK):
        part = query.where(row.block_id.in_(blocks[start : start + _CHUNK]))
        found += connection.execute(part).cursor.fetchall()
    return found


def times_on(connection: Connection, block_id: int) -> dict[int, int]:
    """Milliseconds that a closed block spent on each question, by the question's row."""
    row = AttemptRow
    query = select(row.question_id, row.clock_ms).where(row.block_id == block_id)
    return dict(connection.execute(query).all())


def right_in(connection: Connection, blocks: Iterable[int]) -> dict[int, int]:
    """How many questions were right in each of these blocks."""
    row = AttemptRow
    query = (
        select(row.block_id, func.count())
        .where(row.block_id.in_(list(blocks)), row.outcome == "correct")
        .group_by(row.block_id)
    )
    return dict(connection.execute(query).all())
