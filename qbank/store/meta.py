"""Facts about the store itself, by name."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from qbank.store.tables import MetaRow


def get(connection: Connection, key: str) -> str | None:
    """The value of a fact, None where it was never said."""
    return connection.execute(select(MetaRow.value).where(MetaRow.key == key)).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Say a fact, or say it anew."""
    connection.execute(delete(MetaRow).where(MetaRow.key == key))
    connection.execute(insert(MetaRow), {"key": key, "value": value})
