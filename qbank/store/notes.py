"""Rows of what a person says after a block: notes on questions, reasons of misses."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from qbank.store.tables import AttemptMarkRow, NoteRow


def note_on(connection: Connection, learner_id: int, question_id: int) -> str:
    """A learner's note on a question; empty where there is none."""
    mine = (NoteRow.learner_id == learner_id, NoteRow.question_id == question_id)
    return connection.execute(select(NoteRow.text).where(*mine)).scalar() or ""


def put_note(
    connection: Connection, learner_id: int, question_id: int, note: tuple[str, str, int]
) -> None:
    """Write a learner's note on a question; an empty one takes it away.

    `note` is (uuid for a new one, text, epoch milliseconds).
    """
    uuid, text, now = note
    mine = (NoteRow.learner_id == learner_id, NoteRow.question_id == question_id)
    if not text:
        connection.execute(delete(NoteRow).where(*mine))
        return
    said = {"text": text, "written_at": now}
    if connection.execute(update(NoteRow).where(*mine).values(said)).rowcount == 0:
        whose = {"uuid": uuid, "learner_id": learner_id, "question_id": question_id}
        connection.execute(insert(NoteRow), {**whose, **said})


def put_reason(
    connection: Connection, block_id: int, position: int, reason: str | None, now: int
) -> None:
    """Write the reason of a miss; what was said of the question itself stays."""
    row = AttemptMarkRow
    mine = (row.block_id == block_id, row.position == position)
    said = {"reason": reason, "marked_at": now}
    if connection.execute(update(row).where(*mine).values(said)).rowcount == 0:
        connection.execute(insert(row), {"block_id": block_id, "position": position, **said})


def reason_of(connection: Connection, block_id: int, position: int) -> str | None:
    """The reason a person gave for a miss."""
    row = AttemptMarkRow
    mine = (row.block_id == block_id, row.position == position)
    return connection.execute(select(row.reason).where(*mine)).scalar()
