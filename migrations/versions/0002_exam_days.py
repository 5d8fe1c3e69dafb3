"""Exam days: a table for the day, one for what happened on it, and the day of a block.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

USER_VERSION = 2

# What this migration takes away or changes on purpose; anything else that is
# missing or different afterwards fails it.
DROPS: frozenset[str] = frozenset()
RECOUNTS: frozenset[str] = frozenset()

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _whole(*names: str, null: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, WHOLE, nullable=null) for name in names]


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """A block learns which day it belongs to; those that are there belong to none."""
    _sitting()
    _sitting_event()
    with op.batch_alter_table("block") as block:
        block.add_column(sa.Column("sitting_id", WHOLE, nullable=True))
        block.add_column(sa.Column("sitting_number", WHOLE, nullable=True))
        block.create_foreign_key(
            op.f("fk_block_sitting_id_sitting"),
            "sitting",
            ["sitting_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    op.create_index(
        op.f("ix_block_sitting_id_sitting_number"), "block", ["sitting_id", "sitting_number"]
    )
    if op.get_bind().dialect.name == "sqlite":
        _log_is_append_only()
        op.execute(f"PRAGMA user_version = {USER_VERSION}")


def _sitting() -> None:
    phases = "'ready', 'tutorial', 'break', 'block', 'over'"
    op.create_table(
        "sitting",
        *_whole("id"),
        *_words("uuid"),
        *_whole("learner_id"),
        *_words("name", "preset", "status", "spec"),
        *_whole("created_at"),
        *_whole("started_at", "ended_at", null=True),
        *_whole("offset_min", "heartbeat_at_ms"),
        *_words("boot_id"),
        *_whole("elapsed_ms"),
        sa.Column("interrupted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sitting_uuid")),
        sa.CheckConstraint(f"status IN ({phases})", name=op.f("ck_sitting_status")),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learner.id"],
            name=op.f("fk_sitting_learner_id_learner"),
            ondelete="RESTRICT",
        ),
    )
    op.create_index(
        op.f("ix_sitting_learner_id_created_at"), "sitting", ["learner_id", "created_at"]
    )


def _sitting_event() -> None:
    op.create_table(
        "sitting_event",
        *_whole("sitting_id", "seq", "at_ms"),
        *_words("kind", "payload"),
        *_whole("wall_at"),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sitting_id", "seq", name=op.f("pk_sitting_event")),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["sitting.id"],
            name=op.f("fk_sitting_event_sitting_id_sitting"),
            ondelete="RESTRICT",
        ),
    )


def _log_is_append_only() -> None:
    op.execute(
        "CREATE TRIGGER sitting_event_no_update BEFORE UPDATE ON sitting_event "
        "BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER sitting_event_no_delete BEFORE DELETE ON sitting_event "
        "WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'purging') "
        "BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END"
    )
