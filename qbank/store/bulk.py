"""Plain rows by the ten thousand: the driver's own, without a layer that names their columns."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from qbank.store.faults import store_fault

if TYPE_CHECKING:
    from sqlalchemy import Connection


def rows(connection: Connection, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Every row of a query with `?` for its parameters. Raises the store's errors."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
    except sqlite3.DatabaseError as error:
        raise store_fault(error) or error from error
    finally:
        cursor.close()
