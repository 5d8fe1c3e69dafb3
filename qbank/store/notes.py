"""Rows of notes on questions."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from qbank.store.tables import NoteRow


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
