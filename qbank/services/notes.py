"""What a person writes down about a question, while a block runs or long after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qbank.errors import NotFound, UsageError
from qbank.services.build import random_uuid
from qbank.store.blocks import block_by_uuid, frozen_rows
from qbank.store.notes import note_on, put_note

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.store.blocks import FrozenRow
    from qbank.store.engine import Store
    from qbank.store.types import Connection

LONGEST_NOTE = 10_000


class NoteService:
    """The notes of one learner. A note belongs to the question, whatever block it is met in."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        learner_id: int,
        new_uuid: Callable[[], str] = random_uuid,
    ) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id
        self._new_uuid = new_uuid

    def note(self, block_id: str, position: int) -> str:
        """The note on the question at a place of a block; empty where there is none."""
        with self._store.read() as connection:
            row = self._row(connection, block_id, position)
            return note_on(connection, self._learner_id, row.question_id)

    def set_note(self, block_id: str, position: int, text: str) -> None:
        """Write the note, on disk when this returns; empty takes it away.

        Raises NotFound for an unknown block or place, UsageError for a text that is too long.
        """
        note = text.strip()
        if len(note) > LONGEST_NOTE:
            raise UsageError(f"a note has up to {LONGEST_NOTE:,} characters")
        said = (self._new_uuid(), note, self._clock.read().wall_utc_ms)

        def write(connection: Connection) -> None:
            row = self._row(connection, block_id, position)
            put_note(connection, self._learner_id, row.question_id, said)

        self._store.write(write)

    def _row(self, connection: Connection, block_id: str, position: int) -> FrozenRow:
        head = block_by_uuid(connection, self._learner_id, block_id)
        if head is None:
            raise NotFound("block", block_id)
        rows = frozen_rows(connection, head.id)
        if not 1 <= position <= len(rows):
            raise NotFound("question", str(position))
        return rows[position - 1]
