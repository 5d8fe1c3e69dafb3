"""Simulated learners take blocks through the real engine: history for tests and demonstrations.

The same store, profile and seed give the same blocks on any day and any machine, down to
their UUIDs: a first run ends on a fixed evening, a later one begins on the evening after
the learner's last block, and all of it is told in UTC. A block is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
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
from qbank.store.blocks import (
    begun_count,
    block_by_uuid,
    frozen_rows,
    last_closed_at,
)
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
LAST_EVENING_MS = 20_088 * DAY_MS
"""Midnight before the last evening of a first run, epoch milliseconds: 31 December 2024."""

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

    Raises NotFound for an unknown profile, and UsageError where the store has too few
    questions, where the blocks would reach into the future, or where it holds a person's
    answers and `beside_a_person` was not said.
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
        self._today = application.clock.read().wall_utc_ms
        self._clock = ManualClock(LAST_EVENING_MS)
        self._learner_id = simulated(application.store, self._clock, self._uuid).id
        self._disk = _Gathered(application.store)
        self._build = BuildService(
            application.store, self._clock, self._learner_id, presets(), self._uuid
        )
        self._runs = RunService(self._disk, self._clock, self._learner_id)

    def take(self, blocks: int) -> int:
        """Take blocks, one after the other."""
        with self._store.read() as connection:
            done = begun_count(connection, self._learner_id)
            last = last_closed_at(connection, self._learner_id)
        self._rng = Random(f"{self._seed}/evenings after {done}")
        begins = self._evenings(blocks, last)
        if begins[-1] >= self._today - self._today % DAY_MS:
            raise UsageError(
                f"so many blocks would end in the future: the last was on {_date(last)}",
                hint="Ask for fewer, or choose another --data-dir.",
            )
        for number, began_at in enumerate(begins, start=done + 1):
            self._rng = Random(f"{self._seed}/{number}")
            self._clock.step_wall(began_at - self._clock.read().wall_utc_ms)
            self._block(number)
        return blocks

    def _block(self, number: int) -> None:
        block_id = self._build.create(self._request())
        runner = self._runs.open(block_id)
        known = self._known(block_id)
        Taker(runner, self._clock, self._profile, self._rng, known).take(number)
        runner.close()
        self._disk.write()

    def _request(self) -> BlockRequest:
        """What the learner asks for: repeats where fresh questions run out, never half a block."""
        wanted = self._rng.choices(_REQUESTS, _REQUEST_WEIGHTS)[0]
        request = replace(wanted, seed=self._rng.getrandbits(32), fill=True)
        there = self._build.preview(replace(request, seen=())).matching
        if 2 * there >= request.count:
            return request
        if 2 * there >= min(each.count for each in _REQUESTS):
            return replace(request, count=there)
        raise UsageError(f"{there} questions are too few to simulate", hint="Import a pack first.")

    def _known(self, block_id: str) -> tuple[Known, ...]:
        """What decides whether the learner is right; a person's runner never has it."""
        with self._store.read() as connection:
            head = block_by_uuid(connection, self._learner_id, block_id)
            if head is None:
                raise NotFound("block", block_id)
            rows = frozen_rows(connection, head.id)
        return tuple(
            Known(
                tuple(sorted(frozen.key(row))),
                _difficulty(row.hash),
                row.next_step != "none",
                tuple(
                    option.id
                    for option in frozen.explanation(row).options
                    if option.error == "too_early"
                ),
            )
            for row in rows
        )

    def _uuid(self) -> str:
        return str(UUID(int=self._rng.getrandbits(128), version=4))

    def _evenings(self, blocks: int, last: int | None) -> list[int]:
        """When each block begins, epoch milliseconds, in order; `last` is when one last ended."""
        evenings: list[tuple[int, int]] = []
        day = 0
        while blocks:
            day += 2 if self._rng.random() < _RESTS else 1
            size = min(blocks, self._rng.choice(_BLOCKS_AN_EVENING))
            evenings.append((day, size))
            blocks -= size
        before = LAST_EVENING_MS - day * DAY_MS if last is None else last - last % DAY_MS
        begins = []
        for day, size in evenings:
            at = before + day * DAY_MS + (EVENING_MIN + self._rng.randrange(60)) * MINUTE_MS
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


def _date(wall_ms: int | None) -> str:
    """A day in UTC, as `2024-12-31`."""
    at = LAST_EVENING_MS if wall_ms is None else wall_ms
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d}"


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
