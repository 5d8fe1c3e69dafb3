"""The tables of packs and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Index, UniqueConstraint

from qbank.store.row_class import column
from qbank.store.table_base import Base, to

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


class PackRow(Base):
    """A pack as last imported. `uid` is its manifest's id, else the file's stem."""

    __tablename__ = "pack"
    id: Mapped[int] = column(primary_key=True)
    uid: Mapped[str] = column(unique=True)
    title: Mapped[str]
    version: Mapped[str]
    licence: Mapped[str]
    language: Mapped[str]
    manifest: Mapped[str]
    shipped: Mapped[bool] = column(default=False)
    imported_at: Mapped[int]


class QuestionRow(Base):
    """Who a question is, with what is filtered on taken from its current version.

    `key` is the author's id, else the identity hash; `place` its place in the
    pack, from 1. `retired_at` is set while the pack no longer holds it.
    """

    __tablename__ = "question"
    id: Mapped[int] = column(primary_key=True)
    pack_id: Mapped[int] = column(to("pack.id"))
    key: Mapped[str]
    place: Mapped[int]
    current_hash: Mapped[str]
    system: Mapped[str] = column(default="")
    task: Mapped[str] = column(default="")
    area: Mapped[str] = column(default="")
    next_step: Mapped[str] = column(default="none")
    retired_at: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("pack_id", "key"),
        Index(None, "system", "task", "next_step"),
    )


class QuestionVersionRow(Base):
    """Immutable content by hash: what a block points to.

    `next_step` is the author's, else the rules'; `next_step_source` is author,
    rule or user and `rule_version` the rules' version (empty for an author's). `choices`
    counts the options; `offered` is a JSON list of [id, error, action] of each, null where
    no option has either: so that figures need not read documents.
    """

    __tablename__ = "question_version"
    id: Mapped[int] = column(primary_key=True)
    question_id: Mapped[int] = column(to("question.id"))
    hash: Mapped[str]
    content: Mapped[str]
    words: Mapped[int]
    several: Mapped[bool] = column(default=False)
    markdown: Mapped[bool] = column(default=False)
    system: Mapped[str] = column(default="")
    task: Mapped[str] = column(default="")
    area: Mapped[str] = column(default="")
    next_step: Mapped[str] = column(default="none")
    next_step_strict: Mapped[bool] = column(default=False)
    next_step_source: Mapped[str] = column(default="author")
    lead_in_code: Mapped[str] = column(default="other")
    lead_in_family: Mapped[str] = column(default="OTHER")
    asks: Mapped[str] = column(default="none")
    rule_version: Mapped[str] = column(default="")
    expected_correct: Mapped[float | None]
    created_at: Mapped[int]
    choices: Mapped[int | None]
    offered: Mapped[str | None]
    __table_args__ = (UniqueConstraint("question_id", "hash"),)


class ExhibitRow(Base):
    """A picture that versions name by the SHA-256 of its bytes; kind is png, jpeg, gif or webp."""

    __tablename__ = "exhibit"
    id: Mapped[int] = column(primary_key=True)
    sha256: Mapped[str] = column(unique=True)
    kind: Mapped[str]
    data: Mapped[bytes]


class QuestionTextRow(Base):
    """Searchable words of the current version; full-text search reads this table. No key."""

    __tablename__ = "question_text"
    question_id: Mapped[int] = column(to("question.id"), primary_key=True)
    stem: Mapped[str]
    lead_in: Mapped[str]
    options: Mapped[str]
    explanation: Mapped[str]


class QuestionTagRow(Base):
    """Labels of the current version: kind is discipline, overlay, topic or tag."""

    __tablename__ = "question_tag"
    kind: Mapped[str] = column(primary_key=True)
    value: Mapped[str] = column(primary_key=True)
    question_id: Mapped[int] = column(to("question.id"), primary_key=True)
    __table_args__ = (Index(None, "question_id"), {"sqlite_with_rowid": False})


class ImportRunRow(Base):
    """One import: what came of it. `detail` is JSON: skipped rows and what the gate removed."""

    __tablename__ = "import_run"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    pack_id: Mapped[int | None] = column(to("pack.id"))
    source: Mapped[str]
    format: Mapped[str]
    started_at: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]
    skipped: Mapped[int]
    removed_characters: Mapped[int]
    detail: Mapped[str]
