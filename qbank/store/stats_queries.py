"""What the figures are counted from: blocks, attempts, versions, what was said; as plain tuples.

Four queries, whatever is asked: nothing here reads a document or makes an object a row. Rows
come from the driver as they are (flags as 0 and 1), in the order of the fields named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, case, func, select, type_coerce

from qbank.store.blocks import in_open_day
from qbank.store.tables import (
    AttemptMarkRow,
    AttemptRow,
    BlockRow,
    PackRow,
    QuestionRow,
    QuestionVersionRow,
    RegradeRow,
    ResultEntryRow,
    SittingRow,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Executable

_CHUNK = 500
_NO_RACE = '"race":null'


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers: of blocks closed from `since` up to `until`, of packs, a mode, a source."""

    learner_id: int
    since: int | None = None
    until: int | None = None
    packs: tuple[str, ...] = ()
    mode: str | None = None
    source: str | None = None


class BlockTuple(NamedTuple):
    """A closed block. `repeats` is the UUID of the first with its questions.

    `spec` is null where nobody was raced; `compress` is the percentage of the exam day that it
    is of, null outside a day.
    """

    id: int
    uuid: str
    mode: str
    size: int
    limit_ms: int | None
    used_ms: int
    paused_ms: int
    time_factor: int
    source: str
    closed_at: int
    offset_min: int
    interrupted: int
    excluded: int
    repeats: str | None
    spec: str | None
    compress: int | None


class AttemptTuple(NamedTuple):
    """An attempt as it stands in its table."""

    block_id: int
    position: int
    version_id: int
    question_id: int
    outcome: str
    first: str
    final: str
    key: str
    clock_ms: int
    active_ms: int | None
    reading_ms: int
    exposure: int
    visits: int
    changes: int
    flagged: int
    confidence: str | None
    first_shown_at_ms: int | None
    first_answered_at_ms: int | None
    first_visit_ms: int


class VersionTuple(NamedTuple):
    """A version that was answered: what figures ask of a question."""

    id: int
    question_id: int
    words: int
    several: int
    next_step: str
    lead_in_code: str
    lead_in_family: str
    system: str
    task: str
    area: str
    choices: int | None
    offered: str | None


def closed_blocks(connection: Connection, learner_id: int) -> list[BlockTuple]:
    """Every closed block of a learner that is not deleted, the earliest first.

    Those of an exam day count from its end on.
    """
    row, first = BlockRow, BlockRow.__table__.alias("first")
    raced = case((row.spec.contains(_NO_RACE, autoescape=True), None), else_=row.spec)
    query = (
        select(
            *(row.id, row.uuid, row.mode, row.size, row.limit_ms, row.used_ms, row.paused_ms),
            *(row.time_factor, row.source, row.closed_at, row.offset_min),
            *(_plain(row.interrupted), _plain(row.excluded), first.c.uuid, raced),
            func.json_extract(SittingRow.spec, "$.compress"),
        )
        .outerjoin(first, first.c.id == row.repeat_of)
        .outerjoin(SittingRow, SittingRow.id == row.sitting_id)
        .where(*_closed(learner_id))
        .order_by(row.closed_at, row.id)
    )
    return [BlockTuple(*each) for each in _tuples(connection, query)]


def attempts(connection: Connection, wanted: Wanted) -> list[tuple[Any, ...]]:
    """Attempts (fields of `AttemptTuple`) of the wanted blocks, by block and position."""
    row = AttemptRow
    columns = [getattr(row, name) for name in AttemptTuple._fields]
    columns[AttemptTuple._fields.index("flagged")] = _plain(row.flagged)
    query = select(*columns).where(*_asked(wanted)).order_by(row.block_id, row.position)
    return _tuples(connection, query)


def versions(connection: Connection, wanted: Wanted) -> list[tuple[Any, ...]]:
    """The versions (fields of `VersionTuple`) of those attempts."""
    row = QuestionVersionRow
    columns = [getattr(row, name) for name in VersionTuple._fields]
    columns[VersionTuple._fields.index("several")] = _plain(row.several)
    used = select(AttemptRow.version_id).where(*_asked(wanted))
    return _tuples(connection, select(*columns).where(row.id.in_(used)))


def words_in(connection: Connection, blocks: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Words and questions of these blocks, by block."""
    row, version = AttemptRow, QuestionVersionRow
    query = (
        select(row.block_id, func.sum(version.words), func.count())
        .join(version, version.id == row.version_id)
        .group_by(row.block_id)
    )
    found: dict[int, tuple[int, int]] = {}
    for start in range(0, len(blocks), _CHUNK):
        part = query.where(row.block_id.in_(blocks[start : start + _CHUNK]))
        found.update((block, (words, count)) for block, words, count in _tuples(connection, part))
    return found


def reasons(connection: Connection, learner_id: int) -> list[tuple[str, int, str]]:
    """What a person said of why an answer was not right: block's UUID, position, reason."""
    mark = AttemptMarkRow
    query = (
        select(BlockRow.uuid, mark.position, mark.reason)
        .join(BlockRow, BlockRow.id == mark.block_id)
        .where(*_closed(learner_id), mark.reason.is_not(None))
    )
    return [(uuid, position, reason) for uuid, position, reason in _tuples(connection, query)]


def stamp(connection: Connection, learner_id: int) -> tuple[Any, ...]:
    """Changes whenever something changes that figures are counted from.

    Which blocks count is told by their ids: as many may count as before, and be others.
    """
    block, mark = BlockRow, AttemptMarkRow
    closed = select(block.id, _plain(block.excluded)).where(*_closed(learner_id)).order_by(block.id)
    parts = (
        select(func.count(), func.max(mark.marked_at)),
        select(func.count(), func.max(RegradeRow.regraded_at)),
        select(func.count(), func.max(ResultEntryRow.id), func.count(ResultEntryRow.deleted_at)),
    )
    latest = (_tuples(connection, each)[0] for each in parts)
    return (tuple(_tuples(connection, closed)), *latest)


def _closed(learner_id: int) -> Iterable[ColumnElement[bool]]:
    block = BlockRow
    return (
        block.learner_id == learner_id,
        block.status == "closed",
        block.closed_at.is_not(None),
        block.deleted_at.is_(None),
        ~in_open_day(),
    )


def _asked(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    """Attempts of blocks that count and are wanted."""
    block = BlockRow
    said = [*_closed(wanted.learner_id), block.excluded.is_(False)]
    if wanted.since is not None:
        said.append(block.closed_at >= wanted.since)
    if wanted.until is not None:
        said.append(block.closed_at < wanted.until)
    if wanted.mode is not None:
        said.append(block.mode == wanted.mode)
    if wanted.source is not None:
        said.append(block.source == wanted.source)
    found = [AttemptRow.block_id.in_(select(block.id).where(*said))]
    if wanted.packs:
        held = select(QuestionRow.id).join(PackRow, PackRow.id == QuestionRow.pack_id)
        found.append(AttemptRow.question_id.in_(held.where(PackRow.uid.in_(wanted.packs))))
    return found


def _plain(flag: Any) -> Any:
    """A flag as the driver gives it."""
    return type_coerce(flag, Integer)


def _tuples(connection: Connection, query: Executable) -> list[tuple[Any, ...]]:
    """All rows as the driver gives them: a result's own rows cost as much again."""
    return list(connection.execute(query).cursor.fetchall())
