"""Past blocks: the list, one by whatever it is called, and what a person does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import Mode
from qbank.errors import NotFound, UsageError
from qbank.services.views import BlockSummary
from qbank.store.blocks import change_block
from qbank.store.summaries import Name, Summary, names, summaries

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.store.engine import Store

STILL_OPEN = "Your open block waits: `qbank` goes on with it."
LONGEST_NAME = 80
_SHOWN_MATCHES = 5
_DIGITS_OF_ID = 4
"""Fewer digits alone are a block's number and never the beginning of an id."""


class HistoryService:
    """The closed blocks of one learner."""

    def __init__(self, store: Store, clock: Clock, learner_id: int) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id

    def list(self, include_deleted: bool = False) -> tuple[BlockSummary, ...]:
        """Every closed block, the latest first."""
        with self._store.read() as connection:
            found = summaries(connection, self._learner_id, include_deleted=include_deleted)
        return tuple(block_summary(each) for each in found)

    def recent(self, count: int) -> tuple[BlockSummary, ...]:
        """The latest closed blocks."""
        with self._store.read() as connection:
            found = summaries(connection, self._learner_id, limit=count)
        return tuple(block_summary(each) for each in found)

    def find(self, ref: str) -> BlockSummary:
        """A closed block by its number, its UUID or the beginning of it.

        Raises NotFound, naming the nearest, or UsageError where several begin so, or where
        the block is still open.
        """
        with self._store.read() as connection:
            known = [each for each in names(connection, self._learner_id) if not each.deleted]
            uuid = resolve(ref.strip(), known)
            if uuid in {each.uuid for each in known if not each.closed}:
                raise UsageError(f"block {ref.strip()} is still open", hint=STILL_OPEN)
            (found,) = summaries(connection, self._learner_id, uuid=uuid)
        return block_summary(found)

    def rename(self, block_id: str, name: str) -> None:
        """Call a block something else."""
        plain = " ".join(name.split())
        if not plain or len(plain) > LONGEST_NAME:
            raise UsageError(f"a name has 1 to {LONGEST_NAME} characters")
        self._change(block_id, name=plain)

    def delete(self, block_id: str) -> None:
        """Take a block out of every list; `undelete` brings it back."""
        self._change(block_id, deleted_at=self._clock.read().wall_utc_ms)

    def undelete(self, block_id: str) -> None:
        """Bring a deleted block back."""
        self._change(block_id, deleted_at=None)

    def set_excluded(self, block_id: str, excluded: bool) -> None:
        """Leave a block out of the statistics, or take it back in."""
        self._change(block_id, excluded=excluded)

    def _change(self, block_id: str, **values: object) -> None:
        known = self._store.write(
            lambda connection: change_block(
                connection, block_id, self._learner_id, status="closed", **values
            )
        )
        if not known:
            raise NotFound("block", block_id)


def block_summary(row: Summary) -> BlockSummary:
    """A block as the fronts show it."""
    return BlockSummary(
        id=row.uuid,
        number=row.number,
        name=row.name,
        mode=Mode(row.mode),
        status=row.status,
        started_at=row.started_at,
        closed_at=row.closed_at,
        offset_min=row.offset_min,
        questions=row.size,
        answered=row.correct + row.incorrect,
        correct=row.correct,
        omitted=row.omitted,
        unreached=row.unreached,
        used_ms=row.used_ms,
        paused_ms=row.paused_ms,
        limit_ms=row.limit_ms,
        time_factor=row.time_factor,
        interrupted=row.interrupted,
        excluded=row.excluded,
        next_step_correct=row.next_step_correct,
        next_step_total=row.next_step_total,
        waits=row.waits,
    )


def resolve(ref: str, known: list[Name]) -> str:
    """The UUID of the block that is meant: by number, UUID or the beginning of one.

    Raises NotFound, or UsageError where several begin so.
    """
    for each in known:
        if ref == str(each.number) or ref.lower() == each.uuid:
            return each.uuid
    if not ref or (ref.isdecimal() and len(ref) < _DIGITS_OF_ID):
        raise _unknown(ref, known)
    begun = [each for each in known if each.uuid.startswith(ref.lower())]
    if len(begun) == 1:
        return begun[0].uuid
    if begun:
        shown = ", ".join(each.uuid[:13] for each in begun[:_SHOWN_MATCHES])
        raise UsageError(
            f"{len(begun)} blocks begin with {ref!r}", hint=f"Type more of it: {shown} ..."
        )
    raise _unknown(ref, known)


def _unknown(ref: str, known: list[Name]) -> NotFound:
    """An error that names the nearest: the number next to it, or the likest beginning."""
    if not ref.isdecimal():
        return NotFound("block", ref, [each.uuid[: len(ref)] for each in known])
    error = NotFound("block", ref)
    known = [each for each in known if each.closed]
    if known:
        closest = min(known, key=lambda each: abs(each.number - int(ref)))
        error.hint = f"The block next to it is {closest.number}."
    return error
