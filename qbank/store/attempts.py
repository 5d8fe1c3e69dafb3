"""Rows of attempts: what a closed block came to, scored from its log and rebuilt at will."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from qbank.block.model import Confidence, Outcome
from qbank.block.scoring import Attempt
from qbank.store.tables import AttemptRow, QuestionVersionRow

if TYPE_CHECKING:
    from qbank.store.blocks import FrozenRow, Head

_PLAIN = (
    "position",
    "changes",
    "clock_ms",
    "active_ms",
    "away_ms",
    "reading_ms",
    "first_visit_ms",
    "visits",
    "first_shown_at_ms",
    "first_answered_at_ms",
    "flagged",
)
"""Columns that hold an attempt's field as it is."""


def write_attempts(
    connection: Connection,
    head: Head,
    closed_at: int,
    places: Sequence[FrozenRow],
    attempts: Sequence[Attempt],
) -> None:
    """Put a block's attempts in the place of those it has. Nothing a person said is on them."""
    connection.execute(delete(AttemptRow).where(AttemptRow.block_id == head.id))
    rows = [
        {
            **{name: getattr(attempt, name) for name in _PLAIN},
            "block_id": head.id,
            "learner_id": head.learner_id,
            "question_id": place.question_id,
            "version_id": place.version_id,
            "outcome": attempt.outcome.value,
            "first": _list(attempt.first),
            "final": _list(attempt.final),
            "key": _list(attempt.key),
            "confidence": attempt.confidence and attempt.confidence.value,
            "exposure": place.exposure,
            "closed_at": closed_at,
        }
        for place, attempt in zip(places, attempts, strict=True)
    ]
    connection.execute(insert(AttemptRow), rows)


def read_attempts(connection: Connection, block_id: int) -> tuple[Attempt, ...]:
    """A block's attempts in printed order, as they were scored."""
    row = AttemptRow
    plain = [getattr(row, name) for name in _PLAIN]
    query = (
        select(
            QuestionVersionRow.hash,
            row.outcome,
            row.first,
            row.final,
            row.key,
            row.confidence,
            *plain,
        )
        .join(QuestionVersionRow, QuestionVersionRow.id == row.version_id)
        .where(row.block_id == block_id)
        .order_by(row.position)
    )
    return tuple(
        Attempt(
            question=question,
            outcome=Outcome(outcome),
            first=_options(first),
            final=_options(final),
            key=_options(key),
            confidence=None if confidence is None else Confidence(confidence),
            **dict(zip(_PLAIN, rest, strict=True)),
        )
        for question, outcome, first, final, key, confidence, *rest in connection.execute(query)
    )


def _list(options: Sequence[str]) -> str:
    return json.dumps(sorted(options), separators=(",", ":"), ensure_ascii=False)


def _options(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
