"""What each closed block came to, counted by the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, func, or_, select

from qbank.store.blocks import in_open_day, not_discarded
from qbank.store.tables import AttemptRow, BlockRow, QuestionVersionRow

_FROM_BLOCK = (
    "id",
    "uuid",
    "name",
    "mode",
    "status",
    "started_at",
    "closed_at",
    "offset_min",
    "size",
    "used_ms",
    "paused_ms",
    "limit_ms",
    "time_factor",
    "interrupted",
    "excluded",
    "deleted_at",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A block with its counts. `number` counts a learner's blocks from 1 as they were made.

    `waits` says that it is of an exam day that is not over.
    """

    id: int
    uuid: str
    name: str
    mode: str
    status: str
    started_at: int | None
    closed_at: int | None
    offset_min: int
    size: int
    used_ms: int
    paused_ms: int
    limit_ms: int | None
    time_factor: int
    interrupted: bool
    excluded: bool
    deleted_at: int | None
    number: int
    waits: bool
    correct: int
    incorrect: int
    omitted: int
    unreached: int
    next_step_correct: int
    next_step_total: int


@dataclass(frozen=True, slots=True)
class Name:
    """What a block may be called by."""

    number: int
    uuid: str
    name: str
    deleted: bool
    closed: bool


def names(connection: Connection, learner_id: int) -> tuple[Name, ...]:
    """Number, UUID and name of every block that a learner has begun."""
    numbered = _numbered(learner_id).subquery()
    deleted = numbered.c.deleted_at.is_not(None)
    closed = numbered.c.status == "closed"
    columns = (numbered.c.number, numbered.c.uuid, numbered.c.name, deleted, closed)
    begun = numbered.c.status != "ready"
    query = select(*columns).where(begun).order_by(numbered.c.number)
    return tuple(Name(*row) for row in connection.execute(query))


def summaries(
    connection: Connection,
    learner_id: int,
    *,
    uuid: str | None = None,
    limit: int | None = None,
    include_deleted: bool = False,
) -> tuple[Summary, ...]:
    """Closed blocks, the latest first; or the one with this UUID, in whatever state it is."""
    numbered = _numbered(learner_id).subquery()
    chosen = select(numbered)
    if uuid is not None:
        chosen = chosen.where(numbered.c.uuid == uuid)
    else:
        chosen = chosen.where(numbered.c.status == "closed")
        if not include_deleted:
            chosen = chosen.where(numbered.c.deleted_at.is_(None))
        chosen = chosen.order_by(numbered.c.number.desc()).limit(limit)
    block = chosen.subquery()
    next_step = QuestionVersionRow.next_step != "none"
    query = (
        select(
            block,
            *(_sum(AttemptRow.outcome == outcome) for outcome in _OUTCOMES),
            _sum(next_step & (AttemptRow.outcome == "correct")),
            _sum(next_step),
        )
        .outerjoin_from(block, AttemptRow, AttemptRow.block_id == block.c.id)
        .outerjoin(QuestionVersionRow, QuestionVersionRow.id == AttemptRow.version_id)
        .group_by(*block.c)
        .order_by(block.c.number.desc())
    )
    return tuple(Summary(*row) for row in connection.execute(query))


def earlier_results(connection: Connection, learner_id: int, block: Summary) -> int:
    """How many blocks of any kind were closed before."""
    before = or_(
        BlockRow.closed_at < block.closed_at,
        and_(BlockRow.closed_at == block.closed_at, BlockRow.id < block.id),
    )
    mine = (BlockRow.learner_id == learner_id, BlockRow.status == "closed", before)
    return connection.execute(select(func.count()).where(*mine)).scalar_one()


_OUTCOMES = ("correct", "incorrect", "omitted", "unreached")


def _numbered(learner_id: int):  # type: ignore[no-untyped-def]  # an anonymous row type
    number = func.row_number().over(order_by=(BlockRow.created_at, BlockRow.id))
    columns = [getattr(BlockRow, name) for name in _FROM_BLOCK]
    return select(*columns, number.label("number"), in_open_day().label("waits")).where(
        BlockRow.learner_id == learner_id,
        not_discarded(),
        # Blocks that wait for their turn in an exam day have no number yet.
        or_(BlockRow.sitting_id.is_(None), BlockRow.status != "ready"),
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0, type_=Integer)
