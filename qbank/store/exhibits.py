"""Pictures of questions: kept once each, found by the hash of their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select

from qbank.store.tables import ExhibitRow

if TYPE_CHECKING:
    from sqlalchemy import Connection


class StoredPicture(NamedTuple):
    """A picture: hex SHA-256 of its bytes, its kind (png, jpeg, gif, webp), the bytes."""

    sha256: str
    kind: str
    data: bytes


def keep_pictures(connection: Connection, pictures: Sequence[StoredPicture]) -> None:
    """Put in those that are not there yet."""
    for picture in pictures:
        known = select(ExhibitRow.id).where(ExhibitRow.sha256 == picture.sha256)
        if connection.execute(known).first() is None:
            connection.execute(insert(ExhibitRow), picture._asdict())


def read_picture(connection: Connection, sha256: str) -> StoredPicture | None:
    """The picture of a hash; None where there is none."""
    row = ExhibitRow
    query = select(row.sha256, row.kind, row.data).where(row.sha256 == sha256)
    found = connection.execute(query).first()
    return None if found is None else StoredPicture(*found)
