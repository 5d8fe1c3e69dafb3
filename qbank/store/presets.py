"""Requests for blocks that a learner saved under a name."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from qbank.store.tables import PresetRow


def presets(connection: Connection, learner_id: int) -> list[tuple[str, str]]:
    """Name and request (JSON) of every preset, in the order of their names."""
    row = PresetRow
    query = select(row.name, row.request).where(row.learner_id == learner_id)
    return [(each.name, each.request) for each in connection.execute(query.order_by(row.name))]


def put_preset(connection: Connection, learner_id: int, name: str, request: str) -> None:
    """Save a request under a name, in the place of what stood there."""
    drop_preset(connection, learner_id, name)
    row = {"learner_id": learner_id, "name": name, "request": request}
    connection.execute(insert(PresetRow), row)


def drop_preset(connection: Connection, learner_id: int, name: str) -> bool:
    """Forget a preset; whether there was one."""
    mine = (PresetRow.learner_id == learner_id, PresetRow.name == name)
    return connection.execute(delete(PresetRow).where(*mine)).rowcount == 1
