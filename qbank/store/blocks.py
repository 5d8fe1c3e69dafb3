"""Rows of blocks: what was fixed at their start, and what a person does with them later."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    SQLColumnExpression,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from qbank.block.model import BlockSpec, Slot
from qbank.store import spec_json
from qbank.store.tables import (
    BlockEventRow,
    BlockQuestionRow,
    BlockRow,
    PackRow,
    QuestionRow,
    QuestionVersionRow,
    RegradeRow,
    SittingRow,
)

OPEN = ("ready", "running", "paused")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a new block: the frozen version, its options in printed order, the exposure."""

    question_id: int
    version_id: int
    options: tuple[str, ...]
    exposure: int


@dataclass(frozen=True, slots=True)
class Head:
    """A block's row without its questions."""

    id: int
    uuid: str
    learner_id: int
    name: str
    status: str
    spec: str
    size: int
    time_factor: int
    created_at: int
    started_at: int | None
    closed_at: int | None
    offset_min: int
    heartbeat_at_ms: int
    boot_id: str
    elapsed_ms: int
    repeat_of: int | None
    deleted_at: int | None


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A place of a block with the version it points to.

    `content` is the version's document; `key` a regrade's corrected key, None
    where the document's own holds. `pack_title` says where to find the question:
    it is what the pack is called now.
    """

    position: int
    question_id: int
    version_id: int
    options: tuple[str, ...]
    exposure: int
    hash: str
    content: str
    several: bool
    markdown: bool
    words: int
    system: str
    task: str
    next_step: str
    question: str
    pack: str
    pack_title: str
    key: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Made:
    """Whose a new block is, what it is called and when and where it was made.

    `sitting_id` is the row of the exam day it belongs to, `sitting_number` its place there.
    """

    learner_id: int
    name: str
    created_at: int
    offset_min: int
    repeat_of: int | None = None
    sitting_id: int | None = None
    sitting_number: int | None = None


def insert_block(
    connection: Connection, spec: BlockSpec, places: Sequence[Place], made: Made
) -> int:
    """A new block, ready to begin. Returns its row id."""
    values = {
        **asdict(made),
        "uuid": spec.block_id,
        "mode": spec.mode.value,
        "spec": spec_json.write(spec),
        "size": spec.size,
        "limit_ms": spec.limit_ms,
        "time_factor": spec.time_factor,
    }
    key = connection.execute(insert(BlockRow), values).inserted_primary_key
    block_id: int = key[0] if key else 0
    rows = [
        {
            "block_id": block_id,
            "position": position,
            "question_id": place.question_id,
            "version_id": place.version_id,
            "options": json.dumps(place.options, separators=(",", ":")),
            "exposure": place.exposure,
        }
        for position, place in enumerate(places, start=1)
    ]
    connection.execute(insert(BlockQuestionRow), rows)
    return block_id


def block_by_uuid(connection: Connection, learner_id: int, uuid: str) -> Head | None:
    """A learner's block, deleted or not; None where there is none."""
    found = _heads(connection, BlockRow.learner_id == learner_id, BlockRow.uuid == uuid)
    return found[0] if found else None


def open_blocks(connection: Connection, learner_id: int) -> tuple[Head, ...]:
    """Blocks that were not closed, the latest first."""
    return _heads(
        connection,
        BlockRow.learner_id == learner_id,
        BlockRow.status.in_(OPEN),
        BlockRow.deleted_at.is_(None),
    )


def closed_blocks(connection: Connection) -> tuple[Head, ...]:
    """Every closed block of the store, deleted ones too, the latest first."""
    return _heads(connection, BlockRow.status == "closed")


def closed_count(connection: Connection, learner_id: int) -> int:
    """How many blocks a learner has taken to their end."""
    counted = select(func.count()).where(
        BlockRow.learner_id == learner_id,
        BlockRow.status == "closed",
        BlockRow.deleted_at.is_(None),
    )
    return connection.execute(counted).scalar_one()


def last_closed_at(connection: Connection, learner_id: int) -> int | None:
    """When a learner's latest block ended, deleted ones among them; None where there is none."""
    latest = select(func.max(BlockRow.closed_at)).where(BlockRow.learner_id == learner_id)
    return connection.execute(latest).scalar_one()


def begun_count(connection: Connection, learner_id: int) -> int:
    """How many blocks a learner has begun, deleted ones among them."""
    counted = select(func.count()).where(
        BlockRow.learner_id == learner_id, BlockRow.started_at.is_not(None)
    )
    return connection.execute(counted).scalar_one()


def any_open_day(connection: Connection, learner_id: int) -> bool:
    """Whether a learner has an exam day that is not over."""
    opened = exists().where(SittingRow.learner_id == learner_id, SittingRow.status != "over")
    return bool(connection.execute(select(opened)).scalar_one())


def _heads(connection: Connection, *where: ColumnElement[bool]) -> tuple[Head, ...]:
    columns = [getattr(BlockRow, name) for name in Head.__slots__]
    query = select(*columns).where(*where).order_by(BlockRow.created_at.desc(), BlockRow.id.desc())
    return tuple(Head(*row) for row in connection.execute(query))


def version_columns() -> tuple[SQLColumnExpression[Any], ...]:
    """What a FrozenRow takes from a version, its question and its pack, all to be joined."""
    version = QuestionVersionRow
    return (
        version.question_id,
        version.id.label("version_id"),
        version.hash,
        version.content,
        version.several,
        version.markdown,
        version.words,
        version.system,
        version.task,
        version.next_step,
        QuestionRow.key.label("question"),
        PackRow.uid.label("pack"),
        PackRow.title.label("pack_title"),
    )


def frozen_rows(connection: Connection, block_id: int) -> tuple[FrozenRow, ...]:
    """The places of a block in printed order, with what was frozen."""
    at, version, question, pack = BlockQuestionRow, QuestionVersionRow, QuestionRow, PackRow
    query = (
        select(at.position, at.options, at.exposure, RegradeRow.key, *version_columns())
        .join(version, version.id == at.version_id)
        .join(question, question.id == at.question_id)
        .join(pack, pack.id == question.pack_id)
        .outerjoin(RegradeRow, RegradeRow.version_id == version.id)
        .where(at.block_id == block_id)
        .order_by(at.position)
    )
    return tuple(_frozen(dict(row)) for row in connection.execute(query).mappings())


def _frozen(row: dict[str, Any]) -> FrozenRow:
    regraded = row.pop("key")
    options = tuple(json.loads(row.pop("options")))
    key = None if regraded is None else tuple(json.loads(regraded))
    return FrozenRow(**row, options=options, key=key)


def read_spec(head: Head, rows: Sequence[FrozenRow]) -> BlockSpec:
    """The spec that was fixed at a block's start."""
    slots = [Slot(row.hash, row.options, row.several) for row in rows]
    return spec_json.read(head.spec, head.uuid, slots)


def drop_unbegun(
    connection: Connection,
    learner_id: int,
    uuid: str | None = None,
    *,
    sitting: int | None = None,
) -> int:
    """Take away blocks that were never begun (or the one): nothing happened in them.

    Those of an exam day wait for their turn, unless the `sitting` is named.
    """
    unbegun = select(BlockRow.id).where(
        BlockRow.learner_id == learner_id,
        BlockRow.status == "ready",
        BlockRow.sitting_id == sitting,
        ~exists().where(BlockEventRow.block_id == BlockRow.id),
    )
    if uuid is not None:
        unbegun = unbegun.where(BlockRow.uuid == uuid)
    ids = list(connection.execute(unbegun).scalars())
    if ids:
        connection.execute(delete(BlockQuestionRow).where(BlockQuestionRow.block_id.in_(ids)))
        connection.execute(delete(BlockRow).where(BlockRow.id.in_(ids)))
    return len(ids)


def has_answer(connection: Connection, block_id: int) -> bool:
    """Whether anything was ever answered in a block."""
    answers = exists().where(BlockEventRow.block_id == block_id, BlockEventRow.kind == "answered")
    return bool(connection.execute(select(answers)).scalar_one())


def change_block(
    connection: Connection, uuid: str, learner_id: int, *, status: str = "", **values: object
) -> bool:
    """Set columns of a learner's block, of this status if one is given; whether there was one."""
    known = update(BlockRow).where(BlockRow.uuid == uuid, BlockRow.learner_id == learner_id)
    if status:
        known = known.where(BlockRow.status == status)
    return connection.execute(known, values).rowcount == 1


def in_open_day() -> ColumnElement[bool]:
    """Blocks of an exam day that is not over: nothing is told of them until it is."""
    mine = exists().where(SittingRow.id == BlockRow.sitting_id, SittingRow.status != "over")
    return mine.correlate(BlockRow)


def waits(connection: Connection, block: int) -> bool:
    """Whether a block is of an exam day that is not over."""
    found = connection.execute(select(in_open_day()).where(BlockRow.id == block))
    return bool(found.scalar())


def not_discarded() -> ColumnElement[bool]:
    """Blocks that count: not thrown away before they were answered or closed."""
    return or_(BlockRow.deleted_at.is_(None), BlockRow.closed_at.is_not(None))
