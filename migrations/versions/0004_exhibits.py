"""Pictures of questions, once each, by the hash of their bytes.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

USER_VERSION = 4

# What this migration takes away or changes on purpose; anything else that is
# missing or different afterwards fails it.
DROPS: frozenset[str] = frozenset()
RECOUNTS: frozenset[str] = frozenset()

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """No pack could bring a picture before."""
    op.create_table(
        "exhibit",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
        sa.UniqueConstraint("sha256", name=op.f("uq_exhibit_sha256")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA user_version = {USER_VERSION}")
