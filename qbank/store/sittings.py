"""Rows of exam days: what was fixed at their start, where they stand, which blocks they have."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, case, delete, exists, func, insert, select, update

from qbank.block.sitting_model import Session, SittingSpec
from qbank.store import spec_json
from qbank.store.blocks import drop_unbegun
from qbank.store.event_log import EventLog
from qbank.store.tables import AttemptRow, BlockRow, SittingEventRow, SittingRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

LOG = EventLog("sitting_event", "sitting_id", "exam day")


@dataclass(frozen=True, slots=True)
class DayHead:
    """The row of an exam day."""

    id: int
    uuid: str
    learner_id: int
    name: str
    preset: str
    status: str
    spec: str
    created_at: int
    started_at: int | None
    ended_at: int | None
    offset_min: int
    heartbeat_at_ms: int
    boot_id: str
    elapsed_ms: int
    interrupted: bool


@dataclass(frozen=True, slots=True)
class DayBeat:
    """A sign of life: the day's time, and the clock at that moment."""

    heartbeat_at_ms: int
    boot_id: str
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class DayStanding:
    """Where a day stands after some events."""

    status: str
    interrupted: bool
    started_at: int | None
    ended_at: int | None
    offset_min: int


@dataclass(frozen=True, slots=True)
class DayBlock:
    """A block of a day, with what came of it once it is closed."""

    number: int
    id: int
    uuid: str
    status: str
    size: int
    limit_ms: int | None
    used_ms: int
    deleted: bool
    correct: int
    answered: int


def insert_sitting(
    connection: Connection, learner_id: int, name: str, spec: SittingSpec, now: int
) -> int:
    """A new day, ready to begin. Returns its row id."""
    values = {
        "uuid": spec.sitting_id,
        "learner_id": learner_id,
        "name": name,
        "preset": spec.preset,
        "spec": write_spec(spec),
        "created_at": now,
    }
    key = connection.execute(insert(SittingRow), values).inserted_primary_key
    return key[0] if key else 0


def sitting_by_uuid(connection: Connection, learner_id: int, uuid: str) -> DayHead | None:
    """A learner's day; None where there is none."""
    found = _heads(connection, SittingRow.learner_id == learner_id, SittingRow.uuid == uuid)
    return found[0] if found else None


def sittings(connection: Connection, learner_id: int, *, over: bool = False) -> tuple[DayHead, ...]:
    """A learner's days that are not over (or those that are), the latest first."""
    status = SittingRow.status == "over" if over else SittingRow.status != "over"
    return _heads(connection, SittingRow.learner_id == learner_id, status)


def has_open_day(connection: Connection, learner_id: int) -> bool:
    """Whether a learner has begun a day that is not over."""
    begun = SittingRow.status.not_in(("ready", "over"))
    query = select(exists().where(SittingRow.learner_id == learner_id, begun))
    return bool(connection.execute(query).scalar())


def blocks_of(connection: Connection, sitting: int) -> tuple[DayBlock, ...]:
    """The blocks of a day that are there, in their order."""
    block, attempt = BlockRow, AttemptRow
    right = func.count(case((attempt.outcome == "correct", 1)))
    answered = func.count(case((attempt.outcome.in_(("correct", "incorrect")), 1)))
    query = (
        select(
            block.sitting_number.label("number"),
            *(getattr(block, name) for name in ("id", "uuid", "status", "size", "limit_ms")),
            block.used_ms,
            block.deleted_at.is_not(None).label("deleted"),
            right.label("correct"),
            answered.label("answered"),
        )
        .outerjoin(attempt, attempt.block_id == block.id)
        .where(block.sitting_id == sitting)
        .group_by(block.id)
        .order_by(block.sitting_number)
    )
    return tuple(DayBlock(**dict(row)) for row in connection.execute(query).mappings())


def beat(connection: Connection, sitting: int, sign: DayBeat) -> None:
    """Note a sign of life."""
    connection.execute(update(SittingRow).where(SittingRow.id == sitting), asdict(sign))


def stand(connection: Connection, sitting: int, standing: DayStanding, sign: DayBeat) -> None:
    """Copy where a day stands onto its row."""
    values = {**asdict(standing), **asdict(sign)}
    connection.execute(update(SittingRow).where(SittingRow.id == sitting), values)


def set_limit(connection: Connection, uuid: str, limit_ms: int) -> None:
    """Fix the limit of a block of a day, at the moment at which it begins and not later."""
    this = (BlockRow.uuid == uuid, BlockRow.status == "ready")
    text = connection.execute(select(BlockRow.spec).where(*this)).scalar()
    if text is not None:
        values = {"limit_ms": limit_ms, "spec": spec_json.with_limit(text, limit_ms)}
        connection.execute(update(BlockRow).where(*this), values)


def drop_never_begun(connection: Connection, learner_id: int) -> None:
    """Take days away that were made and not begun, with their blocks."""
    idle = select(SittingRow.id).where(
        SittingRow.learner_id == learner_id,
        SittingRow.status == "ready",
        ~exists().where(SittingEventRow.sitting_id == SittingRow.id),
    )
    for sitting in connection.execute(idle).scalars().all():
        drop_unbegun(connection, learner_id, sitting=sitting)
        connection.execute(delete(SittingRow).where(SittingRow.id == sitting))


def write_spec(spec: SittingSpec) -> str:
    """What is fixed of a day, as JSON; its id stands beside it."""
    said = asdict(spec)
    del said["sitting_id"], said["preset"]
    said["sessions"] = [[each.limit_ms, each.sizes] for each in spec.sessions]
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def read_spec(head: DayHead) -> SittingSpec:
    """The spec that was fixed at a day's start."""
    said = json.loads(head.spec)
    sessions = tuple(Session(limit_ms, tuple(sizes)) for limit_ms, sizes in said.pop("sessions"))
    return SittingSpec(head.uuid, head.preset, sessions, **said)


def _heads(connection: Connection, *where: ColumnElement[bool]) -> tuple[DayHead, ...]:
    columns = [getattr(SittingRow, name) for name in DayHead.__slots__]
    query = select(*columns).where(and_(*where))
    latest = query.order_by(SittingRow.created_at.desc(), SittingRow.id.desc())
    return tuple(DayHead(*row) for row in connection.execute(latest))
