"""Rows of learners."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from qbank.store.tables import LearnerRow

PERSON = "person"
SIMULATED = "simulated"

_COLUMNS = (LearnerRow.id, LearnerRow.uuid, LearnerRow.name, LearnerRow.kind)


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who answers; `kind` is person or simulated."""

    id: int
    uuid: str
    name: str
    kind: str


def learners(connection: Connection) -> tuple[Learner, ...]:
    """Every learner, persons first, then as they came."""
    rows = connection.execute(select(*_COLUMNS).order_by(LearnerRow.kind, LearnerRow.id))
    return tuple(Learner(*row) for row in rows)


def learner_by_name(connection: Connection, name: str) -> Learner | None:
    """The learner of that name, or None."""
    row = connection.execute(select(*_COLUMNS).where(LearnerRow.name == name)).first()
    return None if row is None else Learner(*row)


def add_learner(connection: Connection, uuid: str, name: str, kind: str, now: int) -> Learner:
    """A new learner; `now` is epoch milliseconds."""
    values = {"uuid": uuid, "name": name, "kind": kind, "created_at": now}
    key = connection.execute(insert(LearnerRow), values).inserted_primary_key
    return Learner(key[0] if key else 0, uuid, name, kind)
