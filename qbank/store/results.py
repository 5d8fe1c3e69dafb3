"""Rows of results that a person entered: own mocks and score reports."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from qbank.store.tables import ResultEntryRow

if TYPE_CHECKING:
    from sqlalchemy import Connection


EXAM = "Step 2 CK"
"""The kind of the exam's own report."""


@dataclass(frozen=True, slots=True)
class ResultEntry:
    """A result as it was entered; `day` is an ISO date, `bands` are (name, text)."""

    uuid: str
    day: str
    kind: str
    name: str
    score: float
    pass_mark: float | None
    error: float | None
    bands: tuple[tuple[str, str], ...] = ()
    note: str = ""


_PLAIN = ("uuid", "day", "kind", "name", "score", "pass_mark", "error", "note")


def add_result(connection: Connection, learner_id: int, entry: ResultEntry, now: int) -> None:
    """Write a result down."""
    row = {name: getattr(entry, name) for name in _PLAIN}
    bands = json.dumps(entry.bands, ensure_ascii=False, separators=(",", ":"))
    owner = {"learner_id": learner_id, "entered_at": now, "bands": bands}
    connection.execute(insert(ResultEntryRow), {**row, **owner})


def results(connection: Connection, learner_id: int) -> tuple[ResultEntry, ...]:
    """A learner's results by date, those taken away left out."""
    row = ResultEntryRow
    query = (
        select(*(getattr(row, name) for name in _PLAIN), row.bands)
        .where(row.learner_id == learner_id, row.deleted_at.is_(None))
        .order_by(row.day, row.id)
    )
    return tuple(
        ResultEntry(
            **dict(zip(_PLAIN, values, strict=True)),
            bands=tuple((name, text) for name, text in json.loads(bands)),
        )
        for *values, bands in connection.execute(query)
    )


def check_entry(row: Mapping[str, Any], bands: Any) -> None:
    """Raise ValueError for a row from elsewhere that is no result; `bands` as they were read."""
    date.fromisoformat(row["day"])
    if not all(math.isfinite(row[name] or 0) for name in ("score", "pass_mark", "error")):
        raise ValueError("a score, pass mark or error is no number")
    for name, text in bands:
        if not (isinstance(name, str) and isinstance(text, str)):
            raise ValueError("a band is no text")


def exam_result_since(
    connection: Connection, learner_id: int, day: str
) -> tuple[float, float | None] | None:
    """Score and pass mark of the latest report of the exam from a day (ISO date) on."""
    row = ResultEntryRow
    query = (
        select(row.score, row.pass_mark)
        .where(row.learner_id == learner_id, row.deleted_at.is_(None))
        .where(row.kind == EXAM, row.day >= day)
        .order_by(row.day.desc(), row.id.desc())
        .limit(1)
    )
    found = connection.execute(query).one_or_none()
    return None if found is None else (found.score, found.pass_mark)


def remove_result(connection: Connection, learner_id: int, uuid: str, now: int) -> bool:
    """Take a result out of the list; False where there is none of that id."""
    row = ResultEntryRow
    mine = (row.learner_id == learner_id) & (row.uuid == uuid) & row.deleted_at.is_(None)
    return connection.execute(update(row).where(mine).values(deleted_at=now)).rowcount > 0
