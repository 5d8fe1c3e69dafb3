"""A closed block as it was read, and its attempts as a front shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from qbank.services import frozen
from qbank.services.causes import causes
from qbank.services.views import AttemptView
from qbank.services.walks import reasons_for
from qbank.store.marks import Mark

if TYPE_CHECKING:
    from qbank.block.model import Race
    from qbank.block.scoring import Attempt
    from qbank.store.blocks import FrozenRow, Head
    from qbank.store.summaries import Summary


@dataclass(frozen=True, slots=True)
class ClosedBlock:
    """What the store holds of a closed block: its rows, its attempts, what was said of them."""

    head: Head
    row: Summary
    places: Sequence[FrozenRow]
    attempts: Sequence[Attempt]
    marks: Mapping[int, Mark]


def attempt_views(block: ClosedBlock) -> tuple[AttemptView, ...]:
    """A line of the result for each question, in printed order."""
    found = causes(block.row, block.places, block.attempts)
    lines = zip(block.places, block.attempts, found, strict=True)
    return tuple(
        _view(place, attempt, cause, block.marks.get(attempt.position, Mark()).reason)
        for place, attempt, cause in lines
    )


def raced_in_hand(race: Race | None, limit_ms: int | None, questions: int) -> tuple[int, ...]:
    """The time in hand of the run that was raced, after each question or each first answer.

    Empty without a race or a limit.
    """
    if race is None or limit_ms is None:
        return ()
    clocks_ms = accumulate(race.times_ms) if race.times_ms else race.marks_ms
    return tuple(
        limit_ms * done // questions - clock_ms for done, clock_ms in enumerate(clocks_ms, start=1)
    )


def _view(row: FrozenRow, attempt: Attempt, cause: str, reason: str) -> AttemptView:
    view = AttemptView(
        position=attempt.position,
        question=row.question,
        pack=row.pack,
        outcome=attempt.outcome,
        first=attempt.first,
        final=attempt.final,
        key=attempt.key,
        changes=attempt.changes,
        clock_ms=attempt.clock_ms,
        active_ms=attempt.active_ms,
        away_ms=attempt.away_ms,
        reading_ms=attempt.reading_ms,
        first_visit_ms=attempt.first_visit_ms,
        visits=attempt.visits,
        flagged=attempt.flagged,
        confidence=attempt.confidence and attempt.confidence.value,
        next_step=row.next_step,
        task=row.task,
        system=row.system,
        topic=frozen.topic(row),
        letters=frozen.letters(row.options),
        cause=cause,
        reason=reason,
    )
    return replace(view, reasons=reasons_for(view))
