"""What there is to look at in a closed block, list by list, and where its questions went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.block.model import Confidence, Outcome
from qbank.reporting import review_words as say
from qbank.services.views import Walk, WentTo

if TYPE_CHECKING:
    from qbank.services.views import AttemptView

LONG_FROM = 1.5
"""So many times a question's even share is long."""


def walks(attempts: Sequence[AttemptView], share_ms: int | None) -> tuple[Walk, ...]:
    """The lists of a block that hold anything, the one to begin with first.

    `share_ms` is a question's even share of the time; None where nothing counts as long.
    """
    found = [_to_look_at(attempts), _sure(attempts), _flagged(attempts), _changed(attempts)]
    if share_ms is not None:
        found.append(_long(attempts, long_from_ms(share_ms)))
    return tuple(walk for walk in found if walk.positions)


def long_from_ms(share_ms: int) -> int:
    """From when on a question took long, by its even share."""
    return round(share_ms * LONG_FROM)


def went_to(attempts: Sequence[AttemptView]) -> tuple[WentTo, ...]:
    """Each question not right under its reason, the person's before the log's; by the rule's order.

    A question for which neither says anything is left out.
    """
    total: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    for attempt in attempts:
        reason = attempt.reason or attempt.cause
        if reason and not _right(attempt):
            total[reason] += 1
            steps[reason] += _asks_step(attempt)
    return tuple(WentTo(each, total[each], steps[each]) for each in say.REASONS if total[each])


def reasons_for(attempt: AttemptView) -> tuple[str, ...]:
    """The reasons that may be given for an attempt, by name; none where it is right."""
    if _right(attempt):
        return ()
    if not attempt.final:
        return ("not_answered", "knowledge", "misread")
    left_out = {"not_answered"}
    if attempt.first != attempt.key:
        left_out.add("changed_away")
    if not _asks_step(attempt):
        left_out.update(say.STEP_REASONS)
    return tuple(each for each in say.REASONS if each not in left_out)


def _to_look_at(attempts: Sequence[AttemptView]) -> Walk:
    """Those not right: sure ones first, then next steps, then changed ones, then the rest."""
    groups: tuple[list[int], ...] = ([], [], [], [])
    for attempt in attempts:
        if not _right(attempt):
            groups[_rank(attempt)].append(attempt.position)
    positions = tuple(position for group in groups for position in group)
    meaning = say.in_this_order(*map(len, groups))
    return Walk("to_look_at", positions, say.to_look_at(len(positions)), meaning)


def _rank(attempt: AttemptView) -> int:
    if _sure_of(attempt):
        return 0
    if _asks_step(attempt):
        return 1
    return 2 if attempt.changes else 3


def _sure(attempts: Sequence[AttemptView]) -> Walk:
    found = [each for each in attempts if not _right(each) and _sure_of(each)]
    return Walk("sure", _positions(found), say.sure_not_right(len(found)))


def _flagged(attempts: Sequence[AttemptView]) -> Walk:
    found = [each for each in attempts if each.flagged]
    return Walk("flagged", _positions(found), *say.flagged(len(found), sum(map(_right, found))))


def _changed(attempts: Sequence[AttemptView]) -> Walk:
    found = [each for each in attempts if each.changes and each.first != each.final]
    to_right = sum(map(_right, found))
    away = sum(each.first == each.key for each in found)
    said = say.changed(to_right, away, len(found) - to_right - away)
    return Walk("changed", _positions(found), *said)


def _long(attempts: Sequence[AttemptView], over_ms: int) -> Walk:
    found = [each for each in attempts if each.clock_ms > over_ms]
    said = say.slow(len(found), over_ms, sum(map(_right, found)))
    return Walk("slow", _positions(found), *said)


def _positions(attempts: Sequence[AttemptView]) -> tuple[int, ...]:
    return tuple(attempt.position for attempt in attempts)


def _right(attempt: AttemptView) -> bool:
    return attempt.outcome is Outcome.CORRECT


def _sure_of(attempt: AttemptView) -> bool:
    return attempt.confidence == Confidence.SURE and bool(attempt.final)


def _asks_step(attempt: AttemptView) -> bool:
    return attempt.next_step not in ("", "none")
