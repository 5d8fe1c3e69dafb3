"""Which questions a request comes to, and whether it can be asked at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qbank.block.model import BASE_FACTOR, Mode
from qbank.content.exam import short_labels
from qbank.content.names import AREAS, NEXT_STEPS
from qbank.errors import NotFound, UsageError
from qbank.services.pool import NEXT_STEP, Pool
from qbank.services.views import Seen
from qbank.store import build_queries
from qbank.store.blocks import block_by_uuid, frozen_rows

if TYPE_CHECKING:
    from qbank.services.views import BlockRequest
    from qbank.store.types import Connection

MOST_QUESTIONS = 500
MOST_MINUTES = 24 * 60
FACTORS = (100, 125, 150, 200)
ORDERS = ("shuffled", "pack")


@dataclass(frozen=True, slots=True)
class Choosing:
    """The questions of a block in their order.

    Of a block taken again: `repeat_of` is the row of the block it repeats, and
    `base_ms` the limit that one had, without extra time.
    """

    ids: tuple[int, ...]
    repeat_of: int | None = None
    base_ms: int | None = None


Draw = Callable[[Sequence[int], int], tuple[int, ...]]
"""Takes so many of these questions at random, in an order good for a block."""


def choose(
    connection: Connection,
    pool: Pool,
    request: BlockRequest,
    found: Sequence[int] | None,
    draw: Draw,
) -> Choosing:
    """The questions of a request, whose search words are in those `found`.

    Raises UsageError where none matches.
    """
    matching: Sequence[int] = pool.matching(request, found)
    if may_fill(request, len(matching)):
        seen = [each for each in pool.matching(any_seen(request), found) if pool.times_met(each)]
        wanted = request.count - len(matching)
        matching = [*matching, *_to_look_at_again_then_oldest(pool, seen)[:wanted]]
    if not matching:
        raise UsageError("no question matches", hint="Ask for less at a time, or import a pack.")
    taken = min(request.count, len(matching))
    if request.order == "pack":
        return Choosing(tuple(build_queries.in_pack_order(connection, matching, taken)))
    return Choosing(draw(matching, taken))


def same_questions(connection: Connection, learner_id: int, block_id: str) -> Choosing:
    """The questions of an earlier block in the order they stood. Raises NotFound."""
    head = block_by_uuid(connection, learner_id, block_id)
    if head is None:
        raise NotFound("block", block_id)
    ids = tuple(row.question_id for row in frozen_rows(connection, head.id))
    limit_ms: int | None = json.loads(head.spec)["limit_ms"]
    base_ms = None if limit_ms is None else limit_ms * BASE_FACTOR // head.time_factor
    return Choosing(ids, head.repeat_of or head.id, base_ms)


def may_fill(request: BlockRequest, matching: int) -> bool:
    """Whether seen questions take the place of unused ones: where none is left, or on request."""
    short = matching < request.count if request.fill else not matching
    return short and request.seen == (Seen.UNUSED,)


def any_seen(request: BlockRequest) -> BlockRequest:
    """The request whatever was done with a question."""
    return replace(request, seen=())


def check(request: BlockRequest, presets: Mapping[str, object], packs: Iterable[str]) -> None:
    """Raise UsageError for a figure out of range, NotFound for an unknown name."""
    if not 1 <= request.count <= MOST_QUESTIONS:
        raise UsageError(f"a block has 1 to {MOST_QUESTIONS} questions, not {request.count}")
    if request.mode is Mode.EXAM_DAY:
        raise UsageError("a whole exam day cannot be taken as one block")
    if request.time_factor not in FACTORS:
        allowed = ", ".join(map(str, FACTORS))
        raise UsageError(f"time is {allowed} percent, not {request.time_factor}")
    if request.minutes is not None and not 0 < request.minutes <= MOST_MINUTES:
        raise UsageError(f"a limit is up to {MOST_MINUTES:,} minutes, not {request.minutes:g}")
    labels = frozenset(short_labels()) | {""}
    _known("order", [request.order], ORDERS)
    _known("preset", [request.preset] if request.preset else [], presets)
    _known("pack", request.packs, packs)
    _known("system", request.systems, labels)
    _known("area", request.areas, {area for areas in AREAS.values() for area in areas})
    _known("task", request.tasks, labels | {NEXT_STEP})
    _known("next step", request.next_steps, NEXT_STEPS)


def _known(what: str, asked: Iterable[str], known: Iterable[str]) -> None:
    for each in asked:
        if each not in known:
            raise NotFound(what, each, known)


def _to_look_at_again_then_oldest(pool: Pool, questions: Sequence[int]) -> list[int]:
    def order(question: int) -> tuple[bool, int]:
        met = pool.met[question]
        return met.correct, met.closed_at

    return sorted(questions, key=order)
