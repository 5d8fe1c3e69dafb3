"""What the library shows: packs with their counts, questions as lines, one question whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    column,
    false,
    func,
    select,
    table,
    text,
)

from qbank.store.blocks import FrozenRow, version_columns
from qbank.store.search import RANKED_UP_TO, match_query
from qbank.store.tables import (
    AttemptRow,
    PackRow,
    QuestionRow,
    QuestionTextRow,
    QuestionVersionRow,
)

OPENING: Final = 160
"""Characters of a stem that stand in a line of the list."""

_FTS: Final = table("question_fts", column("rowid"), column("rank"))
_MATCHES: Final = text("question_fts MATCH :match")


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack: how many questions it holds, how many were never met, how many ask for a step."""

    uid: str
    title: str
    version: str
    licence: str
    language: str
    shipped: bool
    imported_at: int
    questions: int
    fresh: int
    next_steps: int


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list. `outcome` and `flagged` are the latest attempt's; None: never met."""

    pack: str
    key: str
    lead_in: str
    opening: str
    system: str
    task: str
    next_step: str
    outcome: str | None
    flagged: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions: of one pack (empty: all) and with all these words (empty: any)."""

    pack: str = ""
    words: str = ""


def pack_lines(connection: Connection, learner_id: int) -> list[PackLine]:
    """Every pack, those of the program first, then as they came."""
    question, pack, met = QuestionRow, PackRow, _met(learner_id).subquery()
    query = (
        select(
            pack.uid,
            pack.title,
            pack.version,
            pack.licence,
            pack.language,
            pack.shipped,
            pack.imported_at,
            func.count(question.id).label("questions"),
            _sum(question.id.is_not(None) & met.c.question_id.is_(None)).label("fresh"),
            _sum(question.next_step != "none").label("next_steps"),
        )
        .outerjoin(question, and_(question.pack_id == pack.id, question.retired_at.is_(None)))
        .outerjoin(met, met.c.question_id == question.id)
        .group_by(pack.id)
        .order_by(pack.shipped.desc(), pack.id)
    )
    return [PackLine(**row) for row in connection.execute(query).mappings()]


def question_lines(
    connection: Connection, learner_id: int, wanted: Wanted, *, limit: int, offset: int = 0
) -> list[QuestionLine]:
    """Questions in the order of their packs; with words, those that hold all, the best first."""
    question, said = QuestionRow, QuestionTextRow
    query = _narrowed(
        select(
            question.id,
            PackRow.uid.label("pack"),
            question.key,
            said.lead_in,
            func.substr(said.stem, 1, OPENING).label("opening"),
            question.system,
            question.task,
            question.next_step,
        ).join(said, said.question_id == question.id),
        wanted,
    )
    # Ranking reads every match; where there are very many, the order of the packs has to do.
    if wanted.words and count_questions(connection, wanted) <= RANKED_UP_TO:
        query = query.order_by(_FTS.c.rank)
    query = query.order_by(question.pack_id, question.place, question.id)
    rows = connection.execute(query.limit(limit).offset(offset), _match(wanted)).mappings().all()
    latest = _latest(connection, learner_id, [row["id"] for row in rows])
    return [_line(dict(row), latest) for row in rows]


def count_questions(connection: Connection, wanted: Wanted) -> int:
    """How many questions there are of these."""
    query = _narrowed(select(func.count(QuestionRow.id)), wanted)
    return int(connection.execute(query, _match(wanted)).scalar_one())


def current_row(connection: Connection, pack: str, key: str) -> FrozenRow | None:
    """The current version of a question, its options in the author's order; None: unknown."""
    question, version = QuestionRow, QuestionVersionRow
    query = (
        select(*version_columns())
        .join(question, question.id == version.question_id)
        .join(PackRow, PackRow.id == question.pack_id)
        .where(version.hash == question.current_hash, PackRow.uid == pack, question.key == key)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    options = tuple(option["id"] for option in json.loads(row["content"])["options"])
    return FrozenRow(**row, position=0, exposure=0, options=options, key=None)


def pack_ids(connection: Connection) -> list[str]:
    """The id of every pack."""
    return list(connection.execute(select(PackRow.uid).order_by(PackRow.uid)).scalars())


def question_keys(connection: Connection, pack: str) -> list[str]:
    """The key of every question of a pack."""
    query = select(QuestionRow.key).join(PackRow, PackRow.id == QuestionRow.pack_id)
    return list(connection.execute(query.where(PackRow.uid == pack)).scalars())


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """The query over the questions that are wanted and that their packs still hold."""
    query = query.join(PackRow, PackRow.id == QuestionRow.pack_id)
    query = query.where(QuestionRow.retired_at.is_(None))
    if wanted.pack:
        query = query.where(PackRow.uid == wanted.pack)
    if wanted.words:
        found = _MATCHES if match_query(wanted.words) else false()
        query = query.join(_FTS, _FTS.c.rowid == QuestionRow.id).where(found)
    return query


def _match(wanted: Wanted) -> dict[str, str]:
    match = match_query(wanted.words)
    return {"match": match} if match else {}


def _met(learner_id: int) -> Select[int, int]:
    """The questions that were on a learner's screen, each once."""
    row = AttemptRow
    query = select(row.question_id, func.max(row.closed_at).label("closed_at"))
    query = query.where(row.learner_id == learner_id, row.outcome != "unreached")
    return query.group_by(row.question_id)


def _latest(
    connection: Connection, learner_id: int, ids: Sequence[int]
) -> dict[int, tuple[str, bool]]:
    """Outcome and flag of the latest attempt on each of these questions that was met."""
    row = AttemptRow
    query = (
        select(row.question_id, row.outcome, row.flagged)
        .where(row.learner_id == learner_id, row.outcome != "unreached", row.question_id.in_(ids))
        .order_by(row.closed_at)
    )
    return {each.question_id: (each.outcome, each.flagged) for each in connection.execute(query)}


def _line(row: dict[str, Any], latest: dict[int, tuple[str, bool]]) -> QuestionLine:
    outcome, flagged = latest.get(row.pop("id"), (None, False))
    return QuestionLine(**row, outcome=outcome, flagged=flagged)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
