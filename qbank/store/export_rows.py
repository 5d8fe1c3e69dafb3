"""Reads out of the store what a learner owns, item by item, as `portable` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, union

from qbank.store.portable import Item, named
from qbank.store.tables import (
    AttemptMarkRow,
    BlockEventRow,
    BlockQuestionRow,
    BlockRow,
    ExhibitRow,
    LearnerRow,
    NoteRow,
    PackRow,
    PresetRow,
    QuestionRow,
    QuestionVersionRow,
    RegradeRow,
    ResultEntryRow,
    SittingEventRow,
    SittingRow,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select


def learner(connection: Connection, learner_id: int) -> Item:
    """Whose it is."""
    row = connection.execute(select(LearnerRow.__table__).where(LearnerRow.id == learner_id)).one()
    return named("learner", row)


def parts(connection: Connection, learner_id: int) -> Iterator[tuple[str, Iterator[Item]]]:
    """Every list of the document, in its order, with its items one after the other."""
    wanted = _questions_of(learner_id)
    yield "packs", _packs(connection, wanted)
    yield "exhibits", _exhibits(connection, wanted)
    yield "questions", _questions(connection, wanted)
    yield "regrades", _regrades(connection, wanted)
    yield "notes", _notes(connection, learner_id)
    yield "presets", _presets(connection, learner_id)
    yield "results", _results(connection, learner_id)
    yield "sittings", _sittings(connection, learner_id)
    yield "blocks", _blocks(connection, learner_id)


def _questions_of(learner_id: int) -> Select[int]:
    """Ids of the questions a learner met in a block or wrote a note on."""
    met = (
        select(BlockQuestionRow.question_id)
        .join(BlockRow, BlockRow.id == BlockQuestionRow.block_id)
        .where(BlockRow.learner_id == learner_id)
    )
    noted = select(NoteRow.question_id).where(NoteRow.learner_id == learner_id)
    return select(union(met, noted).subquery().c.question_id)


def _packs(connection: Connection, wanted: Select[int]) -> Iterator[Item]:
    held = select(QuestionRow.pack_id).where(QuestionRow.id.in_(wanted))
    query = select(PackRow.__table__).where(PackRow.id.in_(held)).order_by(PackRow.id)
    for row in connection.execute(query):
        yield named("pack", row)


def _exhibits(connection: Connection, wanted: Select[int]) -> Iterator[Item]:
    """The pictures that any version of the questions shows, each once."""
    version, picture = QuestionVersionRow, ExhibitRow
    pictured = version.content.contains('"sha256"')
    query = select(version.content).where(version.question_id.in_(wanted), pictured)
    documents = (json.loads(content) for content in connection.execute(query).scalars())
    shown = {each["sha256"] for said in documents for each in said.get("exhibits", ())}
    for sha256 in sorted(shown):
        found = select(picture.__table__).where(picture.sha256 == sha256)
        for row in connection.execute(found):
            yield named("exhibit", row)


def _questions(connection: Connection, wanted: Select[int]) -> Iterator[Item]:
    """Each question with the versions that a block froze, and its current one."""
    query = (
        select(QuestionRow.__table__, PackRow.uid.label("pack"))
        .join(PackRow, PackRow.id == QuestionRow.pack_id)
        .where(QuestionRow.id.in_(wanted))
        .order_by(QuestionRow.id)
    )
    frozen = select(BlockQuestionRow.version_id)
    for row in connection.execute(query).all():
        version = QuestionVersionRow
        used = or_(version.hash == row.current_hash, version.id.in_(frozen))
        versions = connection.execute(
            select(version.__table__)
            .where(version.question_id == row.id, used)
            .order_by(version.id)
        )
        yield {
            "pack": row.pack,
            **named("question", row),
            "versions": [named("question_version", each) for each in versions],
        }


def _regrades(connection: Connection, wanted: Select[int]) -> Iterator[Item]:
    query = _with_version(RegradeRow).where(QuestionRow.id.in_(wanted)).order_by(RegradeRow.id)
    for row in connection.execute(query):
        yield {**_about(row), "version": row.version, **named("regrade", row)}


def _with_version(rows: Any) -> Select[Any]:
    """Rows that point to a version, with the names of pack, question and version."""
    return (
        select(
            rows.__table__,
            PackRow.uid.label("pack"),
            QuestionRow.key.label("question"),
            QuestionVersionRow.hash.label("version"),
        )
        .join(QuestionVersionRow, QuestionVersionRow.id == rows.version_id)
        .join(QuestionRow, QuestionRow.id == QuestionVersionRow.question_id)
        .join(PackRow, PackRow.id == QuestionRow.pack_id)
    )


def _notes(connection: Connection, learner_id: int) -> Iterator[Item]:
    query = (
        select(NoteRow.__table__, PackRow.uid.label("pack"), QuestionRow.key.label("question"))
        .join(QuestionRow, QuestionRow.id == NoteRow.question_id)
        .join(PackRow, PackRow.id == QuestionRow.pack_id)
        .where(NoteRow.learner_id == learner_id)
        .order_by(NoteRow.id)
    )
    for row in connection.execute(query):
        yield {**_about(row), **named("note", row)}


def _about(row: Row[Any]) -> Item:
    return {"pack": row.pack, "question": row.question}


def _presets(connection: Connection, learner_id: int) -> Iterator[Item]:
    query = select(PresetRow.__table__).where(PresetRow.learner_id == learner_id)
    for row in connection.execute(query.order_by(PresetRow.id)):
        yield named("preset", row)


def _results(connection: Connection, learner_id: int) -> Iterator[Item]:
    query = select(ResultEntryRow.__table__).where(ResultEntryRow.learner_id == learner_id)
    for row in connection.execute(query.order_by(ResultEntryRow.id)):
        yield named("result_entry", row)


def _sittings(connection: Connection, learner_id: int) -> Iterator[Item]:
    query = select(SittingRow.__table__).where(SittingRow.learner_id == learner_id)
    for row in connection.execute(query.order_by(SittingRow.created_at, SittingRow.id)).all():
        events = _rows(connection, SittingEventRow.sitting_id, row.id, SittingEventRow.seq)
        yield {**named("sitting", row), "events": events}


def _blocks(connection: Connection, learner_id: int) -> Iterator[Item]:
    first = BlockRow.__table__.alias("first")
    query = (
        select(BlockRow.__table__, first.c.uuid.label("repeats"), SittingRow.uuid.label("sitting"))
        .outerjoin(first, first.c.id == BlockRow.repeat_of)
        .outerjoin(SittingRow, SittingRow.id == BlockRow.sitting_id)
        .where(BlockRow.learner_id == learner_id)
        .order_by(BlockRow.created_at, BlockRow.id)
    )
    for row in connection.execute(query).all():
        yield {
            **named("block", row),
            "repeat_of": row.repeats,
            "sitting": row.sitting,
            "questions": _places(connection, row.id),
            "events": _rows(connection, BlockEventRow.block_id, row.id, BlockEventRow.seq),
            "marks": _rows(connection, AttemptMarkRow.block_id, row.id, AttemptMarkRow.position),
        }


def _places(connection: Connection, block_id: int) -> list[Item]:
    query = _with_version(BlockQuestionRow).where(BlockQuestionRow.block_id == block_id)
    return [
        {**_about(row), "version": row.version, **named("block_question", row)}
        for row in connection.execute(query.order_by(BlockQuestionRow.position))
    ]


def _rows(connection: Connection, owner: Any, row_id: int, order: Any) -> list[Item]:
    rows = owner.table
    query = select(rows).where(owner == row_id).order_by(order)
    return [named(rows.name, row) for row in connection.execute(query)]
