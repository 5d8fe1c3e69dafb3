"""Runs one migration inside the transaction that `qbank.store.migrate` has begun."""

from alembic import context

from qbank.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
