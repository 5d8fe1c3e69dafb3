"""The pictures of questions, for whoever shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.errors import NotFound
from qbank.services.views import ExhibitData
from qbank.store.exhibits import read_picture

if TYPE_CHECKING:
    from qbank.store.engine import Store


class ExhibitService:
    """Reads pictures out of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def picture(self, sha256: str) -> ExhibitData:
        """The picture of a hash. Raises NotFound where the store has none."""
        with self._store.read() as connection:
            found = read_picture(connection, sha256)
        if found is None:
            raise NotFound("picture", sha256[:12])
        return ExhibitData(found.kind, found.data)
