"""A closed block looked back at: its report, its questions, and what a person says of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qbank.block.machine import replay
from qbank.block.model import Phase
from qbank.block.pace import attempts_curve
from qbank.block.timeline import timeline
from qbank.errors import NotFound, UsageError
from qbank.reporting.exam_day_words import OPENS_LATER
from qbank.reporting.faults import Fault
from qbank.reporting.pace_words import rival
from qbank.reporting.review_words import REASONS, deed
from qbank.services import frozen
from qbank.services.closed_block import ClosedBlock, attempt_views, raced_in_hand
from qbank.services.history import block_summary
from qbank.services.logs import read_events
from qbank.services.meaning import meaning
from qbank.services.rebuild import Rebuilt, rebuild_attempts
from qbank.services.says import sentences
from qbank.services.views import BlockReport, Moment, QuestionReview
from qbank.services.walks import walks, went_to
from qbank.store.attempts import read_attempts
from qbank.store.block_log import read_log
from qbank.store.blocks import FrozenRow, block_by_uuid, frozen_rows, read_spec, waits
from qbank.store.marks import FaultRow, Mark, fault_rows, marks_of, put_fault, put_reason
from qbank.store.notes import note_on
from qbank.store.summaries import summaries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qbank.clock import Clock
    from qbank.reporting.why_words import Section
    from qbank.store.blocks import Head
    from qbank.store.engine import Store
    from qbank.store.types import Connection

LONGEST_FAULT = 500


class ReviewService:
    """The closed blocks of one learner, one at a time."""

    def __init__(self, store: Store, clock: Clock, learner_id: int) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id

    def report(self, block_id: str) -> BlockReport:
        """What a closed block came to. Raises NotFound, or UsageError while it is not over,
        or the exam day that it is of.
        """
        with self._store.read() as connection:
            block = self._closed_block(connection, block_id)
            said = sentences(connection, block.head, block.row)
        attempts, limit_ms = block.attempts, block.row.limit_ms
        curve = attempts_curve(attempts, limit_ms) if limit_ms is not None else None
        answered = [attempt.clock_ms for attempt in attempts if attempt.final]
        pace_ms = round(sum(answered) / len(answered)) if answered else None
        budget_ms = None if limit_ms is None else limit_ms // block.row.size
        views = attempt_views(block)
        race = read_spec(block.head, block.places).race
        return BlockReport(
            summary=block_summary(block.row),
            attempts=views,
            in_hand_ms=tuple(-round(debt) for debt in curve.debt_ms) if curve else (),
            pace_ms=pace_ms,
            budget_ms=budget_ms,
            says=said,
            went_to=went_to(views),
            walks=walks(views, budget_ms or pace_ms),
            ghost_in_hand_ms=raced_in_hand(race, limit_ms, block.row.size),
            ghost=rival(race) if race is not None else "",
        )

    def meaning(self, block_id: str) -> tuple[Section, ...]:
        """What stands behind the figures of a report. Raises as `report`."""
        return meaning(self.report(block_id))

    def question(self, block_id: str, position: int) -> QuestionReview:
        """A question as it was answered. Raises as `report`, and NotFound for no such place."""
        with self._store.read() as connection:
            block = self._closed_block(connection, block_id)
            place = _at(block.places, position)
            events = read_events(block.head, read_log(connection, block.head.id))
            note = note_on(connection, self._learner_id, place.question_id)
        spec = read_spec(block.head, block.places)
        moments = timeline(spec, events)[position - 1]
        letters = frozen.letters(place.options)
        return QuestionReview(
            text=frozen.question_text(place),
            attempt=attempt_views(block)[position - 1],
            explanation=frozen.explanation(place),
            timeline=tuple(
                Moment(each.at_ms, deed(each, letters, place.options), each.stay_ms)
                for each in moments
            ),
            note=note,
            fault=block.marks.get(position, Mark()).fault,
            highlights=replay(spec, events).cell(position).highlights,
        )

    def _closed_block(self, connection: Connection, block_id: str) -> ClosedBlock:
        head = self._closed(connection, block_id)
        (row,) = summaries(connection, self._learner_id, uuid=block_id)
        return ClosedBlock(
            head=head,
            row=row,
            places=frozen_rows(connection, head.id),
            attempts=read_attempts(connection, head.id),
            marks=marks_of(connection, head.id),
        )

    def set_reason(self, block_id: str, position: int, reason: str | None) -> None:
        """Say why a question was not right, by a name of `REASONS`; None takes it back."""
        if reason is not None and reason not in REASONS:
            raise NotFound("reason", reason, REASONS)
        now = self._clock.read().wall_utc_ms

        def write(connection: Connection) -> None:
            head = self._closed(connection, block_id)
            _at(frozen_rows(connection, head.id), position)
            put_reason(connection, head.id, position, reason, now)

        self._store.write(write)

    def set_fault(self, block_id: str, position: int, text: str) -> None:
        """Say what is wrong with a question; empty takes it back. It is sent nowhere."""
        fault = " ".join(text.split())
        if len(fault) > LONGEST_FAULT:
            raise UsageError(f"a report has up to {LONGEST_FAULT:,} characters")
        now = self._clock.read().wall_utc_ms

        def write(connection: Connection) -> None:
            head = self._closed(connection, block_id)
            _at(frozen_rows(connection, head.id), position)
            put_fault(connection, head.id, position, fault or None, now)

        self._store.write(write)

    def faults(self) -> tuple[Fault, ...]:
        """What anybody found wrong with questions, pack by pack."""
        with self._store.read() as connection:
            found = fault_rows(connection)
        return tuple(map(_fault, found))

    def rebuild(self) -> Rebuilt:
        """Score every closed block of the store anew from its log."""
        return rebuild_attempts(self._store)

    def _closed(self, connection: Connection, block_id: str) -> Head:
        head = block_by_uuid(connection, self._learner_id, block_id)
        if head is None:
            raise NotFound("block", block_id)
        if head.status != Phase.CLOSED:
            raise UsageError(f"{head.name} is not over yet", hint="Go on with it from Home.")
        if waits(connection, head.id):
            raise UsageError(f"{head.name} {OPENS_LATER}", hint="Go on with it from Home.")
        return head


def _fault(row: FaultRow) -> Fault:
    said = json.loads(row.content)
    texts = {option["id"]: option["text"] for option in said["options"]}
    return Fault(
        pack=row.pack,
        pack_title=row.pack_title,
        question=row.question,
        lead_in=said["lead_in"],
        fault=row.fault,
        marked_at=row.marked_at,
        offset_min=row.offset_min,
        chosen=tuple(texts[option] for option in row.final),
        key=tuple(texts[option] for option in row.key),
        current=row.current,
    )


def _at(rows: Sequence[FrozenRow], position: int) -> FrozenRow:
    if not 1 <= position <= len(rows):
        raise NotFound("question", str(position))
    return rows[position - 1]
