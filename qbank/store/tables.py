"""Every table, as SQLAlchemy sees it. Migrations make them; a test holds the two equal.

Times are epoch milliseconds UTC (`*_at`) or milliseconds (`*_ms`). Documents
and lists are JSON text, read by Python only: no JSON function stands in the schema.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)

from qbank.store.row_class import TableClass, column

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Epoch milliseconds need 64 bits; on SQLite every integer has them, and only a
# column called INTEGER can be the row's own key.
WHOLE = BigInteger().with_variant(Integer(), "sqlite")


class Base(metaclass=TableClass):
    """Names every constraint, so that a migration can find it."""

    metadata = MetaData(naming_convention=CONVENTION)
    types = MappingProxyType(
        {"int": WHOLE, "str": Text(), "bytes": LargeBinary(), "float": Float(), "bool": Boolean()}
    )


def _to(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="RESTRICT")


class MetaRow(Base):
    """Facts about the store itself: its id, when it was made, the last clean end."""

    __tablename__ = "meta"
    key: Mapped[str] = column(primary_key=True)
    value: Mapped[str]


class LearnerRow(Base):
    """Somebody who answers. `kind` is person or simulated."""

    __tablename__ = "learner"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    name: Mapped[str] = column(unique=True)
    kind: Mapped[str] = column(default="person")
    created_at: Mapped[int]
    __table_args__ = (CheckConstraint("kind IN ('person', 'simulated')", name="kind"),)


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
    pack_id: Mapped[int] = column(_to("pack.id"))
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
    rule or user and `rule_version` the rules' version (empty for an author's).
    """

    __tablename__ = "question_version"
    id: Mapped[int] = column(primary_key=True)
    question_id: Mapped[int] = column(_to("question.id"))
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
    __table_args__ = (UniqueConstraint("question_id", "hash"),)


class QuestionTextRow(Base):
    """Searchable words of the current version; full-text search reads this table. No key."""

    __tablename__ = "question_text"
    question_id: Mapped[int] = column(_to("question.id"), primary_key=True)
    stem: Mapped[str]
    lead_in: Mapped[str]
    options: Mapped[str]
    explanation: Mapped[str]


class QuestionTagRow(Base):
    """Labels of the current version: kind is discipline, overlay, topic or tag."""

    __tablename__ = "question_tag"
    kind: Mapped[str] = column(primary_key=True)
    value: Mapped[str] = column(primary_key=True)
    question_id: Mapped[int] = column(_to("question.id"), primary_key=True)
    __table_args__ = (Index(None, "question_id"), {"sqlite_with_rowid": False})


class ImportRunRow(Base):
    """One import: what came of it. `detail` is JSON: skipped rows and what the gate removed."""

    __tablename__ = "import_run"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    pack_id: Mapped[int | None] = column(_to("pack.id"))
    source: Mapped[str]
    format: Mapped[str]
    started_at: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]
    skipped: Mapped[int]
    removed_characters: Mapped[int]
    detail: Mapped[str]


class BlockRow(Base):
    """One block of a learner: its frozen spec and where it stands.

    `heartbeat_at_ms` is the engine's time at the last sign of life, with the
    clocks' reading (`boot_id`, `awake_ms`, `elapsed_ms`) at that moment.
    `used_ms`, `paused_ms` and `interrupted` are the engine's, copied when it moves.
    """

    __tablename__ = "block"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    learner_id: Mapped[int] = column(_to("learner.id"))
    name: Mapped[str]
    mode: Mapped[str]
    status: Mapped[str] = column(default="ready")
    spec: Mapped[str]
    source: Mapped[str] = column(default="")
    size: Mapped[int]
    limit_ms: Mapped[int | None]
    time_factor: Mapped[int] = column(default=100)
    created_at: Mapped[int]
    started_at: Mapped[int | None]
    closed_at: Mapped[int | None]
    close_reason: Mapped[str | None]
    offset_min: Mapped[int] = column(default=0)
    heartbeat_at_ms: Mapped[int] = column(default=0)
    boot_id: Mapped[str] = column(default="")
    awake_ms: Mapped[int] = column(default=0)
    elapsed_ms: Mapped[int] = column(default=0)
    used_ms: Mapped[int] = column(default=0)
    paused_ms: Mapped[int] = column(default=0)
    interrupted: Mapped[bool] = column(default=False)
    excluded: Mapped[bool] = column(default=False)
    repeat_of: Mapped[int | None] = column(_to("block.id"))
    deleted_at: Mapped[int | None]
    __table_args__ = (
        CheckConstraint("status IN ('ready', 'running', 'paused', 'closed')", name="status"),
        Index(
            "uq_block_running",
            "learner_id",
            unique=True,
            sqlite_where=text("status = 'running' AND deleted_at IS NULL"),
        ),
        Index(None, "learner_id", "closed_at"),
    )


class BlockQuestionRow(Base):
    """A place in a block: which frozen version, options in which order.

    `exposure` counts how often the learner had met the question, this time
    included: 1 is fresh.
    """

    __tablename__ = "block_question"
    block_id: Mapped[int] = column(_to("block.id"), primary_key=True)
    position: Mapped[int] = column(primary_key=True)
    question_id: Mapped[int] = column(_to("question.id"))
    version_id: Mapped[int] = column(_to("question_version.id"))
    options: Mapped[str]
    exposure: Mapped[int] = column(default=1)
    __table_args__ = (Index(None, "question_id"),)


class BlockEventRow(Base):
    """The log. Appended, never changed; `chain` hashes the row before and this one.

    Triggers refuse an UPDATE, and a DELETE unless the purge says so in `meta`.
    """

    __tablename__ = "block_event"
    block_id: Mapped[int] = column(_to("block.id"), primary_key=True)
    seq: Mapped[int] = column(primary_key=True)
    at_ms: Mapped[int]
    kind: Mapped[str]
    payload: Mapped[str]
    wall_at: Mapped[int]
    chain: Mapped[bytes]


class AttemptRow(Base):
    """One question of a closed block, scored. Rebuilt from the log at any time.

    `first`, `final` and `key` are sorted JSON lists of option ids. `away_ms`
    and `active_ms` are unknown (null) where the terminal did not report focus.
    """

    __tablename__ = "attempt"
    block_id: Mapped[int] = column(_to("block.id"), primary_key=True)
    position: Mapped[int] = column(primary_key=True)
    learner_id: Mapped[int] = column(_to("learner.id"))
    question_id: Mapped[int] = column(_to("question.id"))
    version_id: Mapped[int] = column(_to("question_version.id"))
    outcome: Mapped[str]
    first: Mapped[str]
    final: Mapped[str]
    key: Mapped[str]
    changes: Mapped[int]
    clock_ms: Mapped[int]
    active_ms: Mapped[int | None]
    away_ms: Mapped[int | None]
    reading_ms: Mapped[int]
    first_visit_ms: Mapped[int]
    visits: Mapped[int]
    first_shown_at_ms: Mapped[int | None]
    first_answered_at_ms: Mapped[int | None]
    flagged: Mapped[bool]
    confidence: Mapped[str | None]
    exposure: Mapped[int]
    closed_at: Mapped[int]
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('correct', 'incorrect', 'omitted', 'unreached')", name="outcome"
        ),
        Index(None, "learner_id", "question_id", "closed_at", "outcome", "flagged"),
    )


class AttemptMarkRow(Base):
    """What a person said of an attempt afterwards: the reason of a miss, a faulty question."""

    __tablename__ = "attempt_mark"
    block_id: Mapped[int] = column(_to("block.id"), primary_key=True)
    position: Mapped[int] = column(primary_key=True)
    reason: Mapped[str | None]
    fault: Mapped[str | None]
    marked_at: Mapped[int]


class NoteRow(Base):
    """A learner's note on a question."""

    __tablename__ = "note"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    learner_id: Mapped[int] = column(_to("learner.id"))
    question_id: Mapped[int] = column(_to("question.id"))
    text: Mapped[str]
    written_at: Mapped[int]
    __table_args__ = (UniqueConstraint("learner_id", "question_id"),)


class RegradeRow(Base):
    """A corrected key of a frozen version, honoured when attempts are rebuilt."""

    __tablename__ = "regrade"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    version_id: Mapped[int] = column(_to("question_version.id"))
    key: Mapped[str]
    reason: Mapped[str]
    regraded_at: Mapped[int]
    __table_args__ = (UniqueConstraint("version_id"),)


class PresetRow(Base):
    """A saved request for a block; `request` is JSON."""

    __tablename__ = "preset"
    id: Mapped[int] = column(primary_key=True)
    learner_id: Mapped[int] = column(_to("learner.id"))
    name: Mapped[str]
    request: Mapped[str]
    __table_args__ = (UniqueConstraint("learner_id", "name"),)
