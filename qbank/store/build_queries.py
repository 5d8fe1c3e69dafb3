"""What the builder of blocks reads: every question by its labels, and what was done with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, and_, or_, select, text

from qbank.store import bulk
from qbank.store.search import match_query
from qbank.store.tables import (
    BlockQuestionRow,
    BlockRow,
    PackRow,
    QuestionRow,
    QuestionVersionRow,
)

_IMPORTS = text(
    "SELECT (SELECT max(id) FROM import_run), (SELECT max(id) FROM question_version), "
    "(SELECT max(id) FROM pack)"
)
_BLOCKS = text(
    "SELECT count(*), count(closed_at), max(closed_at), "
    "group_concat(CASE WHEN deleted_at IS NOT NULL THEN id END), "
    "group_concat(CASE WHEN excluded THEN id END) FROM block WHERE learner_id = :learner "
    "AND (status <> 'ready' OR sitting_id IS NOT NULL)"
)
_FOUND = "SELECT rowid FROM question_fts WHERE question_fts MATCH ?"
_LABELS = "SELECT id, pack_id, system, area, task, next_step FROM question WHERE retired_at IS NULL"
_MET = (
    "SELECT question_id, outcome, flagged, closed_at FROM attempt "
    "WHERE learner_id = ? AND outcome <> 'unreached' ORDER BY question_id, closed_at"
)
_CHUNK = 500

STARTER = "starter"
"""The id of the shipped pack that a new user meets first."""


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """What a question is filtered by. Compared as an object, since it is counted so often.

    `next_step` is the kind of next step that is asked, empty where none is.
    """

    pack: str
    system: str
    area: str
    task: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Met:
    """A learner's latest attempt on a question that was on screen, and how often it was."""

    correct: bool
    flagged: bool
    closed_at: int
    times: int


@dataclass(frozen=True, slots=True)
class Current:
    """The current version of a question, ready to be frozen into a block."""

    question_id: int
    version_id: int
    hash: str
    several: bool
    system: str
    options: tuple[str, ...]
    option_order: str


def imports_stamp(connection: Connection) -> tuple[object, ...]:
    """Changes whenever questions were imported."""
    return tuple(connection.execute(_IMPORTS).one())


def blocks_stamp(connection: Connection, learner_id: int) -> tuple[object, ...]:
    """Changes whenever one of the learner's blocks was begun, closed, deleted or left out."""
    return tuple(connection.execute(_BLOCKS, {"learner": learner_id}).one())


def packs(connection: Connection) -> dict[str, str]:
    """The title of every pack by its id, those of the program first."""
    query = select(PackRow.uid, PackRow.title).order_by(PackRow.shipped.desc(), PackRow.id)
    return {row.uid: row.title for row in connection.execute(query)}


def first_pack(connection: Connection) -> str:
    """The id of the pack to begin with: the starter, else the first that came with the program.

    Empty where none came with it.
    """
    starter_first = (PackRow.uid != STARTER, PackRow.id)
    query = select(PackRow.uid).where(PackRow.shipped).order_by(*starter_first)
    return connection.execute(query).scalars().first() or ""


def labels(connection: Connection) -> dict[int, Labels]:
    """Every question that its pack still holds. Equal labels are one object."""
    names = {each.id: each.uid for each in connection.execute(select(PackRow.id, PackRow.uid))}
    rows = bulk.rows(connection, _LABELS)
    known = {
        said: Labels(names[said[0]], said[1], said[2], said[3], said[4].removeprefix("none"))
        for said in {row[1:] for row in rows}
    }
    return {row[0]: known[row[1:]] for row in rows}


def met(connection: Connection, learner_id: int) -> dict[int, Met]:
    """What the learner has met, by question; one not reached in its block was not met."""
    found: dict[int, Met] = {}
    for question, outcome, flagged, closed_at in bulk.rows(connection, _MET, learner_id):
        before = found.get(question)
        times = before.times + 1 if before else 1
        found[question] = Met(outcome == "correct", bool(flagged), closed_at, times)
    return found


def reserved(connection: Connection, learner_id: int) -> frozenset[int]:
    """Questions of blocks that were begun and are not closed, or wait for their turn in an
    exam day: they stand in no other.
    """
    query = (
        select(BlockQuestionRow.question_id)
        .join(BlockRow, BlockRow.id == BlockQuestionRow.block_id)
        .where(
            BlockRow.learner_id == learner_id,
            or_(
                BlockRow.status.in_(("running", "paused")),
                and_(BlockRow.status == "ready", BlockRow.sitting_id.is_not(None)),
            ),
            BlockRow.deleted_at.is_(None),
        )
    )
    return frozenset(connection.execute(query).scalars())


def found_by(connection: Connection, words: str) -> list[int]:
    """Questions whose stem, lead-in or options hold every word."""
    match = match_query(words)
    return [question for (question,) in bulk.rows(connection, _FOUND, match)] if match else []


def in_pack_order(connection: Connection, wanted: Iterable[int], count: int) -> list[int]:
    """The first so many of these questions, pack by pack, each in its pack's order."""
    ids = frozenset(wanted)
    row = QuestionRow
    first: list[int] = []
    for pack in connection.execute(select(PackRow.id).order_by(PackRow.id)).scalars().all():
        query = select(row.id).where(row.pack_id == pack).order_by(row.place, row.id)
        first += [each for each in connection.execute(query).scalars() if each in ids]
        if len(first) >= count:
            break
    return first[:count]


def current(connection: Connection, ids: Sequence[int]) -> list[Current]:
    """The current versions of these questions, in the order given."""
    version = QuestionVersionRow
    query = select(
        QuestionRow.id.label("question_id"),
        version.id.label("version_id"),
        version.hash,
        version.several,
        version.system,
        version.content,
    ).join(
        version,
        and_(version.question_id == QuestionRow.id, version.hash == QuestionRow.current_hash),
    )
    found: dict[int, Current] = {}
    for start in range(0, len(ids), _CHUNK):
        part = query.where(QuestionRow.id.in_(ids[start : start + _CHUNK]))
        found |= {row.question_id: _current(row) for row in connection.execute(part)}
    return [found[each] for each in ids]


def _current(row: Row[int, int, str, bool, str, str]) -> Current:
    content = json.loads(row.content)
    return Current(
        row.question_id,
        row.version_id,
        row.hash,
        row.several,
        row.system,
        tuple(option["id"] for option in content["options"]),
        content.get("option_order", "logical"),
    )
