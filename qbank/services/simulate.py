"""Simulated learners take blocks through the real engine: history for tests and demonstrations.

The same store, profile, seed and day give the same blocks, down to their UUIDs.
Dates are evenings of the past; a block is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from qbank.block.model import Mode
from qbank.clock import Clock, ManualClock
from qbank.content.exam import presets
from qbank.errors import NotFound, UsageError
from qbank.services import frozen
from qbank.services.build import BuildService
from qbank.services.learners import simulated
from qbank.services.profiles import PROFILES
from qbank.services.run import RunService
from qbank.services.taker import Known, Taker
from qbank.services.views import BlockRequest
from qbank.store.blocks import begun_count, block_by_uuid, closed_count, frozen_rows
from qbank.store.learners import PERSON, learners

if TYPE_CHECKING:
    from qbank.store.engine import Store
    from qbank.store.types import Connection

DAY_MS = 86_400_000
MINUTE_MS = 60_000
EVENING_MIN = 19 * 60
"""Minutes after midnight at which an evening's first block begins, at the earliest."""

_REQUESTS = (
    BlockRequest(count=20),
    BlockRequest(count=10),
    BlockRequest(count=5, mode=Mode.TUTOR),
)
_REQUEST_WEIGHTS = (80, 12, 8)
_BLOCKS_AN_EVENING = (1, 1, 2, 2, 2, 3)
DIFFICULTY_SPREAD = 0.9
_RESTS = 0.15
"""Share of evenings before which a day was left out."""


class Opened(Protocol):
    """What is simulated in: an open store, and the clock that says what is past."""

    store: Store
    clock: Clock


def simulate(
    application: Opened,
    *,
    blocks: int,
    seed: int,
    profile: str = "steady",
    beside_a_person: bool = False,
) -> int:
    """Let the simulated learner take so many blocks; how many it took.

    Raises NotFound for an unknown profile, and UsageError where the store has no
    question, or holds a person's answers and `beside_a_person` was not said.
    """
    if profile not in PROFILES:
        raise NotFound("profile", profile, PROFILES)
    if not beside_a_person:
        _refuse_a_persons_store(application.store)
    return _Simulation(application, seed, profile).take(blocks)


class _Simulation:
    """One simulated learner at work."""

    def __init__(self, application: Opened, seed: int, profile: str) -> None:
        self._store = application.store
        self._profile = PROFILES[profile]
        self._seed = f"{seed}/{profile}"
        self._rng = Random(self._seed)
        self._now = application.clock.read()
        self._clock = ManualClock(self._now.wall_utc_ms, offset_min=self._now.offset_min)
        self._learner_id = simulated(application.store, self._clock, self._uuid).id
        self._disk = _Gathered(application.store)
        self._build = BuildService(
            application.store, self._clock, self._learner_id, presets(), self._uuid
        )
        self._runs = RunService(self._disk, self._clock, self._learner_id)

    def take(self, blocks: int) -> int:
        """Take blocks on evenings that end with yesterday's."""
        with self._store.read() as connection:
            done = closed_count(connection, self._learner_id)
        for number, began_at in enumerate(self._evenings(blocks), start=done + 1):
            self._rng = Random(f"{self._seed}/{number}")
            self._clock.step_wall(began_at - self._clock.read().wall_utc_ms)
            self._block(number)
        return blocks

    def _block(self, number: int) -> None:
        request = self._rng.choices(_REQUESTS, _REQUEST_WEIGHTS)[0]
        block_id = self._build.create(replace(request, seed=self._rng.getrandbits(32)))
        runner = self._runs.open(block_id)
        known = self._known(block_id)
        Taker(runner, self._clock, self._profile, self._rng, known).take(number)
        runner.close()
        self._disk.write()

    def _known(self, block_id: str) -> tuple[Known, ...]:
        """What decides whether the learner is right; a person's runner never has it."""
        with self._store.read() as connection:
            head = block_by_uuid(connection, self._learner_id, block_id)
            if head is None:
                raise NotFound("block", block_id)
            rows = frozen_rows(connection, head.id)
        return tuple(
            Known(tuple(sorted(frozen.key(row))), _difficulty(row.hash), row.next_step != "none")
            for row in rows
        )

    def _uuid(self) -> str:
        return str(UUID(int=self._rng.getrandbits(128), version=4))

    def _evenings(self, blocks: int) -> list[int]:
        """When each block begins, epoch milliseconds, in order."""
        sizes: list[int] = []
        while sum(sizes) < blocks:
            most = blocks - sum(sizes)
            sizes.append(min(most, self._rng.choice(_BLOCKS_AN_EVENING)))
        days_ago, evenings = 0, []
        for size in reversed(sizes):
            days_ago += 2 if self._rng.random() < _RESTS else 1
            evenings.append((days_ago, size))
        offset_ms = self._now.offset_min * MINUTE_MS
        local_ms = self._now.wall_utc_ms + offset_ms
        midnight = local_ms - local_ms % DAY_MS - offset_ms
        begins = []
        for days, size in reversed(evenings):
            at = midnight - days * DAY_MS + (EVENING_MIN + self._rng.randrange(60)) * MINUTE_MS
            for _ in range(size):
                begins.append(at)
                at += self._rng.randrange(50, 61) * MINUTE_MS
        return begins


class _Gathered:
    """A store whose queued jobs wait, and are then written all in one transaction."""

    read_only = False

    def __init__(self, store: Store) -> None:
        self._store = store
        self._jobs: list[tuple[Callable[[Connection], Any], Future[Any]]] = []

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that sees what was written so far."""
        return self._store.read()

    def submit(self, job: Callable[[Connection], Any]) -> Future[Any]:
        """Queue a job."""
        future: Future[Any] = Future()
        self._jobs.append((job, future))
        return future

    def write(self) -> None:
        """Write everything that is queued. Raises what the first job to fail raises."""
        jobs, self._jobs = self._jobs, []
        results = self._store.write(lambda connection: [job(connection) for job, _ in jobs])
        for (_, future), result in zip(jobs, results, strict=True):
            future.set_result(result)


def _difficulty(version: str) -> float:
    """How hard a question is, in logits: made up, and the same for every learner."""
    return Random(version).gauss(0, DIFFICULTY_SPREAD)


def _refuse_a_persons_store(store: Store) -> None:
    with store.read() as connection:
        persons = [each for each in learners(connection) if each.kind == PERSON]
        busy = [each for each in persons if begun_count(connection, each.id)]
    if busy:
        raise UsageError(
            f"this store holds answers of {busy[0].name!r}",
            hint="Choose another --data-dir, or say --as simulated to keep both in one store.",
        )
