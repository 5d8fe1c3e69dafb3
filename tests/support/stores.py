"""Stores for tests: a new one, one with rows in every table, and ways to slow or break one."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text

from qbank.clock import ManualClock
from qbank.store import search
from qbank.store.chain import chain, origin
from qbank.store.engine import Store, open_store

EVENTS_A_BLOCK = 6
_SEQS = range(1, EVENTS_A_BLOCK + 1)

ROWS: Mapping[str, list[dict[str, Any]]] = {
    "meta": [{"key": "store_id", "value": "5f0c"}],
    "learner": [
        {"id": 1, "uuid": "learner-1", "name": "me", "kind": "person", "created_at": 1},
        {"id": 2, "uuid": "learner-2", "name": "simulated", "kind": "simulated", "created_at": 2},
    ],
    "preset": [{"id": 1, "learner_id": 1, "name": "mornings", "request": '{"count": 20}'}],
    "pack": [
        {
            "id": 1,
            "uid": "first-pack",
            "title": "A first pack",
            "version": "1",
            "licence": "CC-BY-4.0",
            "language": "en",
            "manifest": '{"id": "first-pack"}',
            "shipped": False,
            "imported_at": 3,
        }
    ],
    "exhibit": [
        {
            "id": 1,
            "sha256": "0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543",
            "kind": "png",
            "data": b"\x89PNG",
        }
    ],
    "import_run": [
        {
            "id": 1,
            "uuid": "run-1",
            "pack_id": 1,
            "source": "pack.yaml",
            "format": "native",
            "started_at": 3,
            "new": 3,
            "changed": 0,
            "same": 0,
            "skipped": 0,
            "removed_characters": 0,
            "detail": "{}",
        }
    ],
    "question": [
        {
            "id": n,
            "pack_id": 1,
            "key": f"q{n}",
            "place": n,
            "current_hash": f"hash-{n}",
            "system": "renal",
            "task": "management",
            "area": "",
            "next_step": "therapeutic",
            "retired_at": None,
        }
        for n in (1, 2, 3)
    ],
    "question_version": [
        {
            "id": n,
            "question_id": n,
            "hash": f"hash-{n}",
            "content": '{"key": ["a"], "stem": "A stem."}',
            "words": 40,
            "several": False,
            "markdown": False,
            "system": "renal",
            "task": "management",
            "area": "",
            "next_step": "therapeutic",
            "next_step_strict": True,
            "next_step_source": "author",
            "lead_in_code": "next_step",
            "lead_in_family": "NEXT",
            "asks": "therapeutic",
            "rule_version": "",
            "expected_correct": 0.7,
            "created_at": 3,
            "choices": 2,
            "offered": '[["a",null,"treat"],["b","too_early","test"]]',
        }
        for n in (1, 2, 3)
    ],
    "question_text": [
        {
            "question_id": n,
            "stem": f"A man of {40 + n} years has heart failure.",
            "lead_in": "What is the next best step?",
            "options": "furosemide\nmetoprolol",
            "explanation": "The secret reason is congestion.",
        }
        for n in (1, 2, 3)
    ],
    "question_tag": [
        {"kind": "topic", "value": "heart failure", "question_id": n} for n in (1, 2, 3)
    ],
    "sitting": [
        {
            "id": 1,
            "uuid": "sitting-1",
            "learner_id": 1,
            "name": "Exam day",
            "preset": "step2ck",
            "status": "over",
            "spec": "{}",
            "created_at": 9,
            "started_at": 10,
            "ended_at": 30,
            "offset_min": 60,
            "heartbeat_at_ms": 9_000,
            "boot_id": "boot-1",
            "elapsed_ms": 1,
            "interrupted": False,
        }
    ],
    "block": [
        {
            "id": n,
            "uuid": f"block-{n}",
            "learner_id": 1,
            "name": f"Block {n}",
            "mode": "timed",
            "status": "closed",
            "spec": "{}",
            "source": "",
            "size": 2,
            "limit_ms": 180_000,
            "time_factor": 100,
            "created_at": 10,
            "started_at": 10,
            "closed_at": 20 + n,
            "close_reason": "submitted",
            "offset_min": 60,
            "heartbeat_at_ms": 9_000,
            "boot_id": "boot-1",
            "awake_ms": 1,
            "elapsed_ms": 1,
            "used_ms": 9_000,
            "paused_ms": 0,
            "interrupted": False,
            "excluded": False,
            "repeat_of": 1 if n == 2 else None,
            "deleted_at": None,
            "sitting_id": 1 if n == 2 else None,
            "sitting_number": 1 if n == 2 else None,
        }
        for n in (1, 2)
    ],
    "block_question": [
        {
            "block_id": block,
            "position": position,
            "question_id": position,
            "version_id": position,
            "options": '["a", "b"]',
            "exposure": block,
        }
        for block in (1, 2)
        for position in (1, 2)
    ],
    "attempt": [
        {
            "block_id": block,
            "position": position,
            "learner_id": 1,
            "question_id": position,
            "version_id": position,
            "outcome": "correct",
            "first": '["a"]',
            "final": '["a"]',
            "key": '["a"]',
            "changes": 0,
            "clock_ms": 4_500,
            "active_ms": None,
            "away_ms": None,
            "reading_ms": 0,
            "first_visit_ms": 4_500,
            "visits": 1,
            "first_shown_at_ms": 0,
            "first_answered_at_ms": 3_000,
            "flagged": False,
            "confidence": None,
            "exposure": block,
            "closed_at": 20 + block,
        }
        for block in (1, 2)
        for position in (1, 2)
    ],
    "result_entry": [
        {
            "id": 1,
            "uuid": "result-1",
            "learner_id": 1,
            "day": "2026-12-01",
            "kind": "NBME form",
            "name": "form 12",
            "score": 221.0,
            "pass_mark": 218.0,
            "error": 9.0,
            "bands": '[["Diagnosis","lower"]]',
            "note": "",
            "entered_at": 33,
            "deleted_at": None,
        }
    ],
    "attempt_mark": [
        {"block_id": 1, "position": 1, "reason": "misread", "fault": None, "marked_at": 30}
    ],
    "note": [
        {
            "id": 1,
            "uuid": "note-1",
            "learner_id": 1,
            "question_id": 1,
            "text": "Look at the weight.",
            "written_at": 31,
        }
    ],
    "regrade": [
        {
            "id": 1,
            "uuid": "regrade-1",
            "version_id": 2,
            "key": '["b"]',
            "reason": "the guideline changed",
            "regraded_at": 32,
        }
    ],
}
"""Rows for every table but the logs, in an order that its references allow."""


def new_store(folder: Path, clock: ManualClock | None = None) -> Store:
    """A new, empty store in a folder."""
    return open_store(folder / "qbank.db", clock or ManualClock())


def fill(store: Store) -> Store:
    """Write rows into every table."""
    store.write(_fill)
    return store


def _fill(connection: Connection) -> None:
    for table, rows in ROWS.items():
        for row in rows:
            insert(connection, table, row)
    for block in (1, 2):
        for row in events(block):
            insert(connection, "block_event", row)
    for row in day_events():
        insert(connection, "sitting_event", row)
    search.index(connection, [1, 2, 3])


def insert(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    """Insert by names, as SQL: a test of a later schema may use it too."""
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'), dict(row))


def events(block: int) -> list[dict[str, Any]]:
    """The log of a block, with its chain."""
    said = [(seq * 1_000, "Answered", f'{{"position": {seq}, "v": 1}}') for seq in _SEQS]
    return _log(f"block-{block}", {"block_id": block}, said)


def day_events() -> list[dict[str, Any]]:
    """The log of the exam day, with its chain."""
    said = [(0, "day_begun", '{"v":1}'), (9_000, "day_ended", '{"reason":"ended","v":1}')]
    return _log("sitting-1", {"sitting_id": 1}, said)


def _log(
    uuid: str, owner: Mapping[str, int], said: Sequence[tuple[int, str, str]]
) -> list[dict[str, Any]]:
    rows, link = [], origin(uuid)
    for seq, (at_ms, kind, payload) in enumerate(said, start=1):
        link = chain(link, seq, at_ms, kind, payload)
        event = {"seq": seq, "at_ms": at_ms, "kind": kind, "payload": payload}
        rows.append({**owner, **event, "wall_at": 10_000 + seq, "chain": link})
    return rows


def one_event(connection: Connection, block: int, seq: int) -> None:
    """Append one event to a block's log, hanging on the last one there."""
    before = connection.execute(
        text("SELECT chain FROM block_event WHERE block_id = :block AND seq = :seq"),
        {"block": block, "seq": seq - 1},
    ).scalar()
    payload = f'{{"position": {seq}, "v": 1}}'
    row = {"block_id": block, "seq": seq, "at_ms": seq, "kind": "Answered", "payload": payload}
    link = chain(before or origin(f"block-{block}"), seq, seq, "Answered", payload)
    insert(connection, "block_event", {**row, "wall_at": 10_000 + seq, "chain": link})


def clauses(sql: str) -> frozenset[str]:
    """The text of a table as the set of its clauses: a rebuild may quote and order them anew."""
    lines = sql.replace('"', "").splitlines()
    return frozenset(line.strip().rstrip(",").strip() for line in lines if line.strip())


@contextmanager
def delayed(store: Store, seconds: float) -> Iterator[threading.Event]:
    """Every commit and read of the store takes this long; setting the event ends the delay."""
    over = threading.Event()

    def wait(_: Connection) -> None:
        over.wait(seconds)

    hooks = [(store.reading, "begin")]
    if store.writing is not None:
        hooks.append((store.writing, "commit"))
    for engine, name in hooks:
        event.listen(engine, name, wait)
    try:
        yield over
    finally:
        over.set()
        for engine, name in hooks:
            event.remove(engine, name, wait)
