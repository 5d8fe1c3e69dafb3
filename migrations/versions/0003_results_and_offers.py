"""Results that a person enters; what a version offers, so that figures read no documents.

Revision ID: 0003
Revises: 0002
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

USER_VERSION = 3

# What this migration takes away or changes on purpose; anything else that is
# missing or different afterwards fails it.
DROPS: frozenset[str] = frozenset()
RECOUNTS: frozenset[str] = frozenset()

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 1_000


def upgrade() -> None:
    """Every version learns its options' codes from its document."""
    with op.batch_alter_table("question_version", recreate="always") as version:
        version.add_column(sa.Column("choices", WHOLE, nullable=True))
        version.add_column(sa.Column("offered", sa.Text(), nullable=True))
    _fill(op.get_bind())
    _result_entry()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA user_version = {USER_VERSION}")


def _fill(connection: sa.Connection) -> None:
    version = sa.table(
        "question_version",
        *(sa.column(name) for name in ("id", "content", "choices", "offered")),
    )
    change = (
        sa.update(version)
        .where(version.c.id == sa.bindparam("row"))
        .values(choices=sa.bindparam("options"), offered=sa.bindparam("codes"))
    )
    last = 0
    query = sa.select(version.c.id, version.c.content).order_by(version.c.id).limit(_BATCH)
    while rows := connection.execute(query.where(version.c.id > last)).all():
        last = rows[-1].id
        connection.execute(change, [{"row": row.id, **_offer(row.content)} for row in rows])


def _offer(content: str) -> dict[str, Any]:
    """Number of options and their codes; a document without options has neither."""
    coded = list(_coded(json.loads(content)))
    known = any(error or action for _, error, action in coded)
    codes = json.dumps(coded, ensure_ascii=False, separators=(",", ":")) if known else None
    return {"options": len(coded) or None, "codes": codes}


def _coded(said: Any) -> Iterator[tuple[str, str | None, str | None]]:
    for option in said.get("options", ()):
        yield option["id"], option.get("error"), option.get("action")


def _result_entry() -> None:
    words = ("day", "kind", "name")
    op.create_table(
        "result_entry",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("learner_id", WHOLE, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in words),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("pass_mark", sa.Float(), nullable=True),
        sa.Column("error", sa.Float(), nullable=True),
        sa.Column("bands", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_at", WHOLE, nullable=False),
        sa.Column("deleted_at", WHOLE, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_entry")),
        sa.UniqueConstraint("uuid", name=op.f("uq_result_entry_uuid")),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learner.id"],
            name=op.f("fk_result_entry_learner_id_learner"),
            ondelete="RESTRICT",
        ),
    )
    op.create_index(op.f("ix_result_entry_learner_id_day"), "result_entry", ["learner_id", "day"])
