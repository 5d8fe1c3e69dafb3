"""Opens blocks: reads one from the store once, and says which ones wait to be gone on with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.block.model import Mode, Phase
from qbank.errors import ConcurrentRun, NotFound, UsageError
from qbank.services.ghosts import habit_before
from qbank.services.log_copy import FORMAT, is_copy, read_copy
from qbank.services.logs import count_missing, take_back
from qbank.services.opened import Opened, away, read_opened
from qbank.services.runner import BlockRunner
from qbank.services.views import ImportSummary, Resumable
from qbank.store.block_log import read_log
from qbank.store.blocks import (
    block_by_uuid,
    closed_count,
    open_blocks,
)

if TYPE_CHECKING:
    from qbank.clock import Clock, Reading
    from qbank.services.saving import Disk
    from qbank.store.types import Connection

STARTING_MARKS = 3
"""A learner's first blocks set a mark; the words of the pace stay away in them."""


class RunService:
    """Opens and lists the blocks of one learner that are not closed."""

    def __init__(self, store: Disk, clock: Clock, learner_id: int) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id
        self._live: dict[str, BlockRunner] = {}

    def open(self, block_id: str, *, sitting: str = "", left: bool = False) -> BlockRunner:
        """Open a block by its UUID: a new one ready to begin, a left one where it was left.

        A block of an exam day is opened by its day alone, which gives its own UUID as
        `sitting` and says whether its person `left` on purpose.

        Raises NotFound for an unknown block, UsageError for a closed one,
        ConcurrentRun where it, or another one, is running, StoreCorrupt where
        its log is damaged.
        """
        if self._store.read_only:
            raise ConcurrentRun(
                "no block can be taken: the store is open for reading only",
                hint="Another qbank has it.",
            )
        if block_id in self._live:
            raise ConcurrentRun("this block is open already")
        with self._store.read() as connection:
            opened = replace(self._read(connection, block_id), left=left)
        if (opened.spec.sitting or "") != sitting:
            raise UsageError(
                f"{opened.head.name} belongs to an exam day", hint="Go on with the day."
            )
        runner = BlockRunner(self._store, self._clock, opened, self._forget)
        self._live[block_id] = runner
        if opened.entries:
            runner.resumed = _resumable(opened, self._clock.read(), runner)
        return runner

    def resumable(self) -> tuple[Resumable, ...]:
        """Begun blocks that wait for their person, the one that was cut off first.

        Those of an exam day wait inside it.
        """
        now = self._clock.read()
        with self._store.read() as connection:
            opened = [
                read_opened(connection, head)
                for head in open_blocks(connection, self._learner_id)
                if head.status != Phase.READY and head.uuid not in self._live
            ]
        found = [_resumable(each, now) for each in opened if each.spec.sitting is None]
        return tuple(sorted(found, key=lambda block: not block.crashed))

    def recognises(self, path: Path) -> bool:
        """Whether a file is the saved copy of a block's log."""
        return is_copy(path)

    def take_back(self, path: Path, *, dry_run: bool = False) -> ImportSummary:
        """Put the events of a saved copy into the store that lacks them: `new` counts these.

        Raises UsageError where the file is no copy, NotFound where the block is not
        here, ConcurrentRun where it went on differently.
        """
        block_id, entries = read_copy(path)
        if block_id in self._live:
            raise ConcurrentRun("this block is open", hint="Leave it first.")
        with self._store.read() as connection:
            head = block_by_uuid(connection, self._learner_id, block_id)
            if head is None:
                raise NotFound("block", block_id)
            missing = count_missing(read_log(connection, head.id), entries)
        if missing and not dry_run:
            self._store.submit(lambda there: take_back(there, head, entries)).result()
        return ImportSummary(
            pack="",
            title=f"Events of {head.name}",
            format=FORMAT,
            new=missing,
            changed=0,
            same=len(entries) - missing,
            skipped=(),
            dry_run=dry_run,
        )

    def close_all(self) -> None:
        """Leave every block that is open; the end of the program."""
        for runner in tuple(self._live.values()):
            runner.leave()

    def _forget(self, block_id: str) -> None:
        self._live.pop(block_id, None)

    def _read(self, connection: Connection, block_id: str) -> Opened:
        head = block_by_uuid(connection, self._learner_id, block_id)
        if head is None or head.deleted_at is not None:
            raise NotFound("block", block_id)
        if head.status == Phase.CLOSED:
            raise UsageError(f"{head.name} is over", hint="Its result stands in History.")
        for other in open_blocks(connection, self._learner_id):
            if other.status == Phase.RUNNING and other.uuid != block_id:
                raise ConcurrentRun(
                    f"{other.name} is running", hint="Go on with it or close it first."
                )
        first = closed_count(connection, self._learner_id) < STARTING_MARKS
        opened = read_opened(connection, head)
        if first or opened.spec.mode is Mode.EXAM_DAY:
            return replace(opened, first_blocks=first)
        habit = habit_before(connection, self._learner_id, opened.spec, head.repeat_of)
        return replace(opened, habit=habit)


def _resumable(opened: Opened, now: Reading, runner: BlockRunner | None = None) -> Resumable:
    """What a begun block comes to, as it would be on going on with it."""
    head, state = opened.head, runner.state if runner else opened.state
    at_ms = state.at_ms if runner else max(state.at_ms, head.heartbeat_at_ms)
    crashed = opened.state.phase is Phase.RUNNING
    return Resumable(
        id=head.uuid,
        name=head.name,
        position=state.shown or 1,
        answered=state.answered,
        questions=state.spec.size,
        remaining_ms=state.remaining_ms(at_ms),
        used_ms=state.used_ms(at_ms),
        away_ms=away(head, opened.state, now) if crashed else None,
        crashed=crashed,
    )
