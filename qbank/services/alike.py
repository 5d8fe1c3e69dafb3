"""More like this: short blocks of questions that share something with one that was answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qbank.block.model import Mode
from qbank.errors import NotFound
from qbank.reporting import review_words as say
from qbank.reporting.build_words import NEXT_STEPS
from qbank.reporting.label_words import area_label, label
from qbank.services import frozen
from qbank.services.views import BlockRequest
from qbank.services.views.alike import Alike
from qbank.store.blocks import block_by_uuid, frozen_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qbank.services.build import BuildService
    from qbank.services.views import Explanation
    from qbank.store.blocks import FrozenRow
    from qbank.store.engine import Store

COUNT = 5
"""Questions of such a block, where there are so many."""


class AlikeService:
    """Finds them for one learner."""

    def __init__(self, store: Store, learner_id: int, build: BuildService) -> None:
        self._store = store
        self._learner_id = learner_id
        self._build = build

    def like(self, block_id: str, position: int, *, timed: bool = False) -> tuple[Alike, ...]:
        """The ways in which there are others like the question at a place, the nearest first.

        In tutor mode, or `timed` at the usual pace. Raises NotFound for no such place.
        """
        with self._store.read() as connection:
            head = block_by_uuid(connection, self._learner_id, block_id)
            rows = frozen_rows(connection, head.id) if head is not None else ()
        row = next((each for each in rows if each.position == position), None)
        if row is None:
            raise NotFound("question", str(position))
        base = BlockRequest(mode=Mode.TIMED if timed else Mode.TUTOR, count=COUNT)
        ways = _ways(row, frozen.explanation(row), base)
        found = [self._look(what, shared, request) for what, shared, request in ways]
        return tuple(each for each in found if each is not None)

    def _look(self, what: str, shared: str, request: BlockRequest) -> Alike | None:
        """What a way would give; None where it would give this very question alone."""
        named = replace(request, name=say.more_like(shared))
        preview = self._build.preview(named)
        fresh = preview.matching
        if not fresh and preview.taken < 2:
            return None
        return Alike(what, shared, fresh, named, preview.sentence)


def _ways(
    row: FrozenRow, said: Explanation, base: BlockRequest
) -> Iterator[tuple[str, str, BlockRequest]]:
    """What is shared, in words, and the request for others that share it."""
    if said.area:
        yield say.SAME_AREA, area_label(said.area), replace(base, areas=(said.area,))
    if row.system:
        yield say.SAME_SYSTEM, label(row.system), replace(base, systems=(row.system,))
    if row.next_step != "none":
        kind = NEXT_STEPS.get(row.next_step, row.next_step)
        yield say.SAME_STEP, kind, replace(base, next_steps=(row.next_step,))
    if row.task:
        yield say.SAME_TASK, label(row.task), replace(base, tasks=(row.task,))
