"""The first tables, the search index and the rules of the log.

Revision ID: 0001
Revises:
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

USER_VERSION = 1

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _whole(*names: str, null: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, WHOLE, nullable=null) for name in names]


def _words(*names: str, null: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=null) for name in names]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _table(
    name: str,
    columns: Sequence[sa.Column[Any]],
    *rules: sa.Constraint,
    key: Sequence[str] = ("id",),
    rowid: bool = True,
) -> None:
    primary = sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}"))
    op.create_table(name, *columns, primary, *rules, sqlite_with_rowid=rowid)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="RESTRICT")


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def upgrade() -> None:
    """Make everything, and mark the file as ours."""
    _people()
    _questions()
    _question_versions()
    _blocks()
    _attempts()
    _after_the_block()
    if op.get_bind().dialect.name == "sqlite":
        _search()
        _log_is_append_only()
        op.execute("PRAGMA application_id = 0x51424E4B")
        op.execute(f"PRAGMA user_version = {USER_VERSION}")


def _people() -> None:
    _table("meta", _words("key", "value"), key=("key",))
    _table(
        "learner",
        [*_whole("id"), *_words("uuid", "name", "kind"), *_whole("created_at")],
        _unique("learner", "uuid"),
        _unique("learner", "name"),
        _one_of("learner", "kind", "person", "simulated"),
    )
    _table(
        "preset",
        [*_whole("id", "learner_id"), *_words("name", "request")],
        _to("preset", "learner_id", "learner"),
        _unique("preset", "learner_id", "name"),
    )


def _questions() -> None:
    _table(
        "pack",
        [
            *_whole("id"),
            *_words("uid", "title", "version", "licence", "language", "manifest"),
            *_flags("shipped"),
            *_whole("imported_at"),
        ],
        _unique("pack", "uid"),
    )
    _table(
        "import_run",
        [
            *_whole("id"),
            *_words("uuid"),
            *_whole("pack_id", null=True),
            *_words("source", "format"),
            *_whole("started_at", "new", "changed", "same", "skipped", "removed_characters"),
            *_words("detail"),
        ],
        _to("import_run", "pack_id", "pack"),
        _unique("import_run", "uuid"),
    )
    _table(
        "question",
        [
            *_whole("id", "pack_id"),
            *_words("key"),
            *_whole("place"),
            *_words("current_hash", "system", "task", "area", "next_step"),
            *_whole("retired_at", null=True),
        ],
        _to("question", "pack_id", "pack"),
        _unique("question", "pack_id", "key"),
    )
    _index("question", "system", "task", "next_step")


def _question_versions() -> None:
    _table(
        "question_version",
        [
            *_whole("id", "question_id"),
            *_words("hash", "content"),
            *_whole("words"),
            *_flags("several", "markdown"),
            *_words("system", "task", "area", "next_step"),
            *_flags("next_step_strict"),
            *_words("next_step_source", "lead_in_code", "lead_in_family", "asks", "rule_version"),
            sa.Column("expected_correct", sa.Float(), nullable=True),
            *_whole("created_at"),
        ],
        _to("question_version", "question_id", "question"),
        _unique("question_version", "question_id", "hash"),
    )
    _table(
        "question_text",
        [*_whole("question_id"), *_words("stem", "lead_in", "options", "explanation")],
        _to("question_text", "question_id", "question"),
        key=("question_id",),
    )
    _table(
        "question_tag",
        [*_words("kind", "value"), *_whole("question_id")],
        _to("question_tag", "question_id", "question"),
        key=("kind", "value", "question_id"),
        rowid=False,
    )
    _index("question_tag", "question_id")


def _blocks() -> None:
    _table(
        "block",
        [
            *_whole("id"),
            *_words("uuid"),
            *_whole("learner_id"),
            *_words("name", "mode", "status", "spec", "source"),
            *_whole("size"),
            *_whole("limit_ms", null=True),
            *_whole("time_factor", "created_at"),
            *_whole("started_at", "closed_at", null=True),
            *_words("close_reason", null=True),
            *_whole("offset_min", "heartbeat_at_ms"),
            *_words("boot_id"),
            *_whole("awake_ms", "elapsed_ms", "used_ms", "paused_ms"),
            *_flags("interrupted", "excluded"),
            *_whole("repeat_of", "deleted_at", null=True),
        ],
        _to("block", "learner_id", "learner"),
        _to("block", "repeat_of", "block"),
        _unique("block", "uuid"),
        _one_of("block", "status", "ready", "running", "paused", "closed"),
    )
    _index("block", "learner_id", "closed_at")
    running = sa.text("status = 'running' AND deleted_at IS NULL")
    op.create_index(
        "uq_block_running",
        "block",
        ["learner_id"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    _table(
        "block_question",
        [
            *_whole("block_id", "position", "question_id", "version_id"),
            *_words("options"),
            *_whole("exposure"),
        ],
        _to("block_question", "block_id", "block"),
        _to("block_question", "question_id", "question"),
        _to("block_question", "version_id", "question_version"),
        key=("block_id", "position"),
    )
    _index("block_question", "question_id")
    _table(
        "block_event",
        [
            *_whole("block_id", "seq", "at_ms"),
            *_words("kind", "payload"),
            *_whole("wall_at"),
            sa.Column("chain", sa.LargeBinary(), nullable=False),
        ],
        _to("block_event", "block_id", "block"),
        key=("block_id", "seq"),
    )


def _attempts() -> None:
    _table(
        "attempt",
        [
            *_whole("block_id", "position", "learner_id", "question_id", "version_id"),
            *_words("outcome", "first", "final", "key"),
            *_whole("changes", "clock_ms"),
            *_whole("active_ms", "away_ms", null=True),
            *_whole("reading_ms", "first_visit_ms", "visits"),
            *_whole("first_shown_at_ms", "first_answered_at_ms", null=True),
            *_flags("flagged"),
            *_words("confidence", null=True),
            *_whole("exposure", "closed_at"),
        ],
        _to("attempt", "block_id", "block"),
        _to("attempt", "learner_id", "learner"),
        _to("attempt", "question_id", "question"),
        _to("attempt", "version_id", "question_version"),
        _one_of("attempt", "outcome", "correct", "incorrect", "omitted", "unreached"),
        key=("block_id", "position"),
    )
    _index("attempt", "learner_id", "question_id", "closed_at", "outcome", "flagged")


def _after_the_block() -> None:
    _table(
        "attempt_mark",
        [
            *_whole("block_id", "position"),
            *_words("reason", "fault", null=True),
            *_whole("marked_at"),
        ],
        _to("attempt_mark", "block_id", "block"),
        key=("block_id", "position"),
    )
    _table(
        "note",
        [
            *_whole("id"),
            *_words("uuid"),
            *_whole("learner_id", "question_id"),
            *_words("text"),
            *_whole("written_at"),
        ],
        _to("note", "learner_id", "learner"),
        _to("note", "question_id", "question"),
        _unique("note", "uuid"),
        _unique("note", "learner_id", "question_id"),
    )
    _table(
        "regrade",
        [
            *_whole("id"),
            *_words("uuid"),
            *_whole("version_id"),
            *_words("key", "reason"),
            *_whole("regraded_at"),
        ],
        _to("regrade", "version_id", "question_version"),
        _unique("regrade", "uuid"),
        _unique("regrade", "version_id"),
    )


def _search() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE question_fts USING fts5("
        "stem, lead_in, options, explanation, content='question_text', "
        "content_rowid='question_id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )


def _log_is_append_only() -> None:
    op.execute(
        "CREATE TRIGGER block_event_no_update BEFORE UPDATE ON block_event "
        "BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER block_event_no_delete BEFORE DELETE ON block_event "
        "WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'purging') "
        "BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END"
    )
