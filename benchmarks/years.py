"""A store of many years, written straight into its tables, and the same learner's rows in it."""

import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from random import Random
from sqlite3 import Connection, connect
from typing import Any

from sqlalchemy.sql.schema import ScalarElementColumnDefault

from benchmarks.imagined import BLOCKS_A_DAY, OPTIONS, SIZE, learner, somebody
from qbank.analytics.rows import AnalysedBlock, Facts
from qbank.block.model import BlockSpec, Mode, Slot
from qbank.bootstrap import open_app
from qbank.content.exam import outline_of_100
from qbank.services.profiles import PROFILES
from qbank.settings import Settings
from qbank.store import spec_json
from qbank.store.tables import (
    AttemptRow,
    Base,
    BlockQuestionRow,
    BlockRow,
    PackRow,
    QuestionRow,
    QuestionVersionRow,
)

DAY_MS = 86_400_000
PACK = FIRST = 1_000_000
"""Rows have ids that no other row of the store has."""
AT_ONCE = 200
"""After so many blocks the same answers are given again."""

Row = Mapping[str, Any]


def fill(settings: Settings, questions: int, blocks: int) -> None:
    """A new store with so many questions, and so many closed blocks of twenty of the learner."""
    open_app(settings).close()
    chance = Random("years")
    taken = learner(
        somebody(PROFILES["steady"], chance), chance, min(AT_ONCE, blocks), outline_of_100()
    )
    facts = [one.facts for block in taken for one in block.attempts]
    with closing(connect(settings.paths.database)) as connection, connection:
        (learner_id,) = connection.execute("SELECT id FROM learner").fetchone()
        connection.execute("PRAGMA foreign_keys = off")
        _put(connection, PackRow, [_pack()])
        _put(connection, QuestionRow, (_question(n, facts) for n in range(questions)))
        _put(connection, QuestionVersionRow, (_version(n, facts) for n in range(questions)))
        _put(connection, BlockRow, (_block(n, taken, learner_id) for n in range(blocks)))
        places = [divmod(place, SIZE) for place in range(blocks * SIZE)]
        _put(connection, BlockQuestionRow, (_place(n, place, questions) for n, place in places))
        frozen = ((n, place, _place(n, place, questions)) for n, place in places)
        _put(connection, AttemptRow, (_attempt(*each, taken, learner_id) for each in frozen))
        connection.execute("ANALYZE")


def _put(connection: Connection, table: type[Base], rows: Iterable[Row]) -> None:
    """Insert rows that all name the same columns; the others have their defaults."""
    usual = {
        column.name: column.default.arg
        for column in table.__table__.columns
        if isinstance(column.default, ScalarElementColumnDefault)
    }
    listed = ({**usual, **row} for row in rows)
    first = next(listed)
    names, marks = ", ".join(f'"{name}"' for name in first), ", ".join("?" * len(first))
    statement = f"INSERT INTO {table.__table__.name} ({names}) VALUES ({marks})"  # noqa: S608  # our own names
    connection.execute(statement, tuple(first.values()))
    connection.executemany(statement, (tuple(row.values()) for row in listed))


def _pack() -> Row:
    return {
        "id": PACK,
        "uid": "years",
        "title": "Years",
        "version": "1",
        "licence": "CC0-1.0",
        "language": "en",
        "manifest": "{}",
        "shipped": False,
        "imported_at": 0,
    }


def _question(number: int, facts: list[Facts]) -> Row:
    known = facts[number % len(facts)]
    return {
        "id": FIRST + number,
        "pack_id": PACK,
        "key": f"q{number}",
        "place": number + 1,
        "current_hash": f"{number:064x}",
        "system": known.system,
        "next_step": known.next_step,
        "task": "mixed_management" if known.asks_next_step else "diagnosis",
        "area": "",
    }


def _version(number: int, facts: list[Facts]) -> Row:
    known = facts[number % len(facts)]
    options = [{"id": each, "text": f"Choice {each}"} for each in OPTIONS]
    return {
        "id": FIRST + number,
        "question_id": FIRST + number,
        "hash": f"{number:064x}",
        "content": json.dumps({"stem": "word " * 140, "lead_in": "What?", "options": options}),
        "words": known.words,
        "system": known.system,
        "task": "mixed_management" if known.asks_next_step else "diagnosis",
        "next_step": known.next_step,
        "lead_in_code": known.lead_in_code,
        "lead_in_family": known.lead_in_family,
        "created_at": 0,
        "choices": known.choices,
        "offered": json.dumps([[one.id, one.error, one.action] for one in known.offered])
        if known.offered
        else None,
    }


def _block(number: int, taken: list[AnalysedBlock], learner_id: int) -> Row:
    block = taken[number % len(taken)]
    uuid = f"00000000-0000-4000-8000-{number:012d}"
    slots = tuple(Slot(one.facts.question, OPTIONS) for one in block.attempts)
    spec = BlockSpec(uuid, Mode.TIMED, slots, block.limit_ms)
    at_ms = _closed_at(number, taken)
    return {
        "id": FIRST + number,
        "uuid": uuid,
        "learner_id": learner_id,
        "name": "Block",
        "mode": block.mode.value,
        "status": "closed",
        "spec": spec_json.write(spec),
        "size": block.size,
        "limit_ms": block.limit_ms,
        "created_at": at_ms - (block.limit_ms or 0),
        "started_at": at_ms - (block.limit_ms or 0),
        "closed_at": at_ms,
        "close_reason": "submitted",
        "used_ms": block.used_ms,
        "paused_ms": int(block.paused),
    }


def _closed_at(number: int, taken: list[AnalysedBlock]) -> int:
    """Blocks that are given again lie so much later; the evenings go on."""
    rounds, place = divmod(number, len(taken))
    return taken[place].closed_at - 15_000 * DAY_MS + rounds * len(taken) // BLOCKS_A_DAY * DAY_MS


def _place(number: int, place: int, questions: int) -> Row:
    times, question = divmod(number * SIZE + place, questions)
    return {
        "block_id": FIRST + number,
        "position": place + 1,
        "question_id": FIRST + question,
        "version_id": FIRST + question,
        "options": json.dumps(OPTIONS),
        "exposure": 1 + times,
    }


def _attempt(
    number: int, place: int, frozen: Row, taken: list[AnalysedBlock], learner_id: int
) -> Row:
    one = taken[number % len(taken)].attempts[place]
    away = None if one.active_ms is None else one.clock_ms - one.active_ms
    return {
        **{name: value for name, value in frozen.items() if name != "options"},
        "learner_id": learner_id,
        "outcome": one.outcome.value,
        "first": json.dumps(one.first),
        "final": json.dumps(one.final),
        "key": json.dumps(one.key),
        "changes": one.changes,
        "clock_ms": one.clock_ms,
        "active_ms": one.active_ms,
        "away_ms": away,
        "reading_ms": 0,
        "first_visit_ms": one.clock_ms,
        "visits": one.visits,
        "first_shown_at_ms": one.arrived_ms,
        "first_answered_at_ms": one.answered_ms,
        "flagged": one.flagged,
        "confidence": one.confidence and one.confidence.value,
        "closed_at": _closed_at(number, taken),
    }
