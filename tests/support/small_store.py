"""A small store with made-up questions in it, written straight into the tables."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from qbank.clock import ManualClock
from qbank.content.derive import derive
from qbank.content.dump import to_document
from qbank.content.identity import content_hash
from qbank.content.names import SYSTEMS
from qbank.content.question import Question
from qbank.store import search
from qbank.store.engine import Store, open_store
from qbank.store.learners import Learner, add_learner
from qbank.store.tables import PackRow, QuestionRow, QuestionTextRow, QuestionVersionRow

PERSON_UUID = "00000000-0000-4000-8000-000000000001"

LEAD_INS = (
    "Which of the following is the most appropriate next step in management?",
    "Which of the following is the most likely diagnosis?",
)


def question(number: int, *, key: str = "b", order: str = "logical", why: str = "") -> Question:
    """A question whose right answer is `key` of a to e; even numbers ask for the next step."""
    said = {
        "id": f"q{number:03d}",
        "stem": f"A {20 + number}-year-old woman comes because of finding {number}.",
        "lead_in": LEAD_INS[number % 2],
        "key": key,
        "options": [
            {"id": each, "text": f"Choice {each} of {number}", "why": why} for each in "abcde"
        ],
        "option_order": order,
        "system": SYSTEMS[number % len(SYSTEMS)],
        "explanation": f"Because of {number}.",
        "topic": f"topic {number}",
    }
    return Question.model_validate(said)


def questions(count: int) -> list[Question]:
    """Questions 1 to count."""
    return [question(number) for number in range(1, count + 1)]


def put_pack(
    connection: Connection,
    asked: Sequence[Question],
    *,
    uid: str = "pack-a",
    shipped: bool = True,
    now: int = 0,
) -> list[int]:
    """A pack with these questions, new or in the place of what it held; the questions' row ids."""
    pack_id = connection.execute(select(PackRow.id).where(PackRow.uid == uid)).scalar()
    if pack_id is None:
        pack = {
            "uid": uid,
            "title": f"Pack {uid}",
            "version": "1",
            "licence": "CC0-1.0",
            "language": "en",
            "manifest": "{}",
            "shipped": shipped,
            "imported_at": now,
        }
        made = connection.execute(insert(PackRow), pack).inserted_primary_key
        pack_id = made[0] if made else 0
    return [
        _put(connection, each, pack_id, place, now) for place, each in enumerate(asked, start=1)
    ]


def _put(connection: Connection, asked: Question, pack_id: int, place: int, now: int) -> int:
    known = derive(asked)
    labels = {
        "system": known.system,
        "task": known.task,
        "area": known.area,
        "next_step": known.next_step,
    }
    hashed = content_hash(asked)
    key = asked.id or hashed
    where = (QuestionRow.pack_id == pack_id, QuestionRow.key == key)
    row = connection.execute(select(QuestionRow.id).where(*where)).scalar()
    if row is None:
        values = {"pack_id": pack_id, "key": key, "place": place, "current_hash": hashed, **labels}
        made = connection.execute(insert(QuestionRow), values).inserted_primary_key
        row = made[0] if made else 0
        texts = {
            "question_id": row,
            "stem": asked.stem,
            "lead_in": asked.lead_in,
            "options": "\n".join(option.text for option in asked.options),
            "explanation": asked.explanation,
        }
        connection.execute(insert(QuestionTextRow), texts)
        search.index(connection, [row])
    else:
        changed = {"current_hash": hashed, "place": place, **labels}
        connection.execute(update(QuestionRow).where(QuestionRow.id == row), changed)
    version = {
        "question_id": row,
        "hash": hashed,
        "content": json.dumps(to_document(asked)),
        "words": known.words,
        "created_at": now,
        **labels,
    }
    connection.execute(insert(QuestionVersionRow), version)
    return row


@dataclass
class Small:
    """A store, its clock and its one person."""

    store: Store
    clock: ManualClock
    learner: Learner


def small_store(folder: Path, count: int = 20, clock: ManualClock | None = None) -> Small:
    """A store in this folder with `count` questions of one shipped pack."""
    clock = clock or ManualClock()
    store = open_store(folder / "qbank.db", clock)

    def fill(connection: Connection) -> Learner:
        if count:
            put_pack(connection, questions(count))
        return add_learner(connection, PERSON_UUID, "me", "person", clock.read().wall_utc_ms)

    return Small(store, clock, store.write(fill))
