"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}

USER_VERSION = ${int(up_revision)}

# What this migration takes away or changes on purpose; anything else that is
# missing or different afterwards fails it.
DROPS: frozenset[str] = frozenset()
RECOUNTS: frozenset[str] = frozenset()


def upgrade() -> None:
    """Say here what changes and why."""
    ${upgrades if upgrades else "pass"}
    op.execute(f"PRAGMA user_version = {USER_VERSION}")
