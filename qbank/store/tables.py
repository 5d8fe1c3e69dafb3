"""Every table, as SQLAlchemy sees it. Migrations make them; a test holds the two equal.

Times are epoch milliseconds UTC (`*_at`) or milliseconds (`*_ms`). Documents
and lists are JSON text, read by Python only: no JSON function stands in the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from qbank.store.question_tables import (
    ExhibitRow,
    ImportRunRow,
    PackRow,
    QuestionRow,
    QuestionTagRow,
    QuestionTextRow,
    QuestionVersionRow,
)
from qbank.store.row_class import column
from qbank.store.table_base import Base, to

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

__all__ = [
    "AttemptMarkRow",
    "AttemptRow",
    "Base",
    "BlockEventRow",
    "BlockQuestionRow",
    "BlockRow",
    "ExhibitRow",
    "ImportRunRow",
    "LearnerRow",
    "MetaRow",
    "NoteRow",
    "PackRow",
    "PresetRow",
    "QuestionRow",
    "QuestionTagRow",
    "QuestionTextRow",
    "QuestionVersionRow",
    "RegradeRow",
    "ResultEntryRow",
    "SittingEventRow",
    "SittingRow",
]


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


class SittingRow(Base):
    """One exam day of a learner: its frozen spec and where it stands.

    `heartbeat_at_ms` is the day's time at the last sign of life, with the clock's reading
    (`boot_id`, `elapsed_ms`) at that moment. `status` is the engine's phase.
    """

    __tablename__ = "sitting"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    learner_id: Mapped[int] = column(to("learner.id"))
    name: Mapped[str]
    preset: Mapped[str]
    status: Mapped[str] = column(default="ready")
    spec: Mapped[str]
    created_at: Mapped[int]
    started_at: Mapped[int | None]
    ended_at: Mapped[int | None]
    offset_min: Mapped[int] = column(default=0)
    heartbeat_at_ms: Mapped[int] = column(default=0)
    boot_id: Mapped[str] = column(default="")
    elapsed_ms: Mapped[int] = column(default=0)
    interrupted: Mapped[bool] = column(default=False)
    __table_args__ = (
        CheckConstraint("status IN ('ready', 'tutorial', 'break', 'block', 'over')", name="status"),
        Index(None, "learner_id", "created_at"),
    )


class SittingEventRow(Base):
    """The log of an exam day, as `block_event` is that of a block, with triggers as there."""

    __tablename__ = "sitting_event"
    sitting_id: Mapped[int] = column(to("sitting.id"), primary_key=True)
    seq: Mapped[int] = column(primary_key=True)
    at_ms: Mapped[int]
    kind: Mapped[str]
    payload: Mapped[str]
    wall_at: Mapped[int]
    chain: Mapped[bytes]


class BlockRow(Base):
    """One block of a learner: its frozen spec and where it stands.

    `heartbeat_at_ms` is the engine's time at the last sign of life, with the
    clocks' reading (`boot_id`, `awake_ms`, `elapsed_ms`) at that moment.
    `used_ms`, `paused_ms` and `interrupted` are the engine's, copied when it moves.
    `sitting_number` is its place in the exam day it belongs to, if it does, from 1.
    """

    __tablename__ = "block"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    learner_id: Mapped[int] = column(to("learner.id"))
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
    repeat_of: Mapped[int | None] = column(to("block.id"))
    deleted_at: Mapped[int | None]
    sitting_id: Mapped[int | None] = column(to("sitting.id"))
    sitting_number: Mapped[int | None]
    __table_args__ = (
        CheckConstraint("status IN ('ready', 'running', 'paused', 'closed')", name="status"),
        Index(
            "uq_block_running",
            "learner_id",
            unique=True,
            sqlite_where=text("status = 'running' AND deleted_at IS NULL"),
        ),
        Index(None, "learner_id", "closed_at"),
        Index(None, "sitting_id", "sitting_number"),
    )


class BlockQuestionRow(Base):
    """A place in a block: which frozen version, options in which order.

    `exposure` counts how often the learner had met the question, this time
    included: 1 is fresh.
    """

    __tablename__ = "block_question"
    block_id: Mapped[int] = column(to("block.id"), primary_key=True)
    position: Mapped[int] = column(primary_key=True)
    question_id: Mapped[int] = column(to("question.id"))
    version_id: Mapped[int] = column(to("question_version.id"))
    options: Mapped[str]
    exposure: Mapped[int] = column(default=1)
    __table_args__ = (Index(None, "question_id"),)


class BlockEventRow(Base):
    """The log. Appended, never changed; `chain` hashes the row before and this one.

    Triggers refuse an UPDATE, and a DELETE unless the purge says so in `meta`.
    """

    __tablename__ = "block_event"
    block_id: Mapped[int] = column(to("block.id"), primary_key=True)
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
    block_id: Mapped[int] = column(to("block.id"), primary_key=True)
    position: Mapped[int] = column(primary_key=True)
    learner_id: Mapped[int] = column(to("learner.id"))
    question_id: Mapped[int] = column(to("question.id"))
    version_id: Mapped[int] = column(to("question_version.id"))
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
    block_id: Mapped[int] = column(to("block.id"), primary_key=True)
    position: Mapped[int] = column(primary_key=True)
    reason: Mapped[str | None]
    fault: Mapped[str | None]
    marked_at: Mapped[int]


class NoteRow(Base):
    """A learner's note on a question."""

    __tablename__ = "note"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    learner_id: Mapped[int] = column(to("learner.id"))
    question_id: Mapped[int] = column(to("question.id"))
    text: Mapped[str]
    written_at: Mapped[int]
    __table_args__ = (UniqueConstraint("learner_id", "question_id"),)


class RegradeRow(Base):
    """A corrected key of a frozen version, honoured when attempts are rebuilt."""

    __tablename__ = "regrade"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    version_id: Mapped[int] = column(to("question_version.id"))
    key: Mapped[str]
    reason: Mapped[str]
    regraded_at: Mapped[int]
    __table_args__ = (UniqueConstraint("version_id"),)


class PresetRow(Base):
    """A saved request for a block; `request` is JSON."""

    __tablename__ = "preset"
    id: Mapped[int] = column(primary_key=True)
    learner_id: Mapped[int] = column(to("learner.id"))
    name: Mapped[str]
    request: Mapped[str]
    __table_args__ = (UniqueConstraint("learner_id", "name"),)


class ResultEntryRow(Base):
    """A result that a person entered: an own mock or a score report. Never a block's.

    `day` is an ISO date, `error` the form's own standard error, `bands` a JSON list of
    (name, text). `deleted_at` takes it out of every list.
    """

    __tablename__ = "result_entry"
    id: Mapped[int] = column(primary_key=True)
    uuid: Mapped[str] = column(unique=True)
    learner_id: Mapped[int] = column(to("learner.id"))
    day: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    score: Mapped[float]
    pass_mark: Mapped[float | None]
    error: Mapped[float | None]
    bands: Mapped[str] = column(default="[]")
    note: Mapped[str] = column(default="")
    entered_at: Mapped[int]
    deleted_at: Mapped[int | None]
    __table_args__ = (Index(None, "learner_id", "day"),)
