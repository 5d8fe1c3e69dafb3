"""Who answers: the person at this machine, or a simulated learner."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qbank.errors import NotFound
from qbank.store.blocks import closed_count
from qbank.store.learners import (
    PERSON,
    SIMULATED,
    Learner,
    add_learner,
    learner_by_name,
    learners,
)

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.store.engine import Store
    from qbank.store.types import Connection

PERSON_NAME = "me"
SIMULATED_NAME = "simulated"
_NOBODY = Learner(0, "", PERSON_NAME, PERSON)
"""Stands in where a store that may not be written to has no learner yet."""


class LearnerService:
    """The learners of a store, and the one whose blocks are meant."""

    def __init__(self, store: Store, chosen: Learner) -> None:
        self._store = store
        self._chosen = chosen

    def me(self) -> Learner:
        """Whose blocks are shown and taken."""
        return self._chosen

    def list(self) -> tuple[Learner, ...]:
        """Every learner, persons first."""
        with self._store.read() as connection:
            return learners(connection)

    def label(self) -> str:
        """What to say beside figures that are not the person's; empty for the person's own."""
        chosen = self._chosen
        if chosen.kind == SIMULATED:
            return f"These are blocks of the simulated learner {chosen.name!r}."
        return "" if chosen.name == PERSON_NAME else f"These are blocks of {chosen.name}."


def person(store: Store, clock: Clock, new_uuid: Callable[[], str]) -> Learner:
    """The person of this store; made at the first start."""
    with store.read() as connection:
        found = _first_person(connection)
    if found is not None:
        return found
    if store.read_only:
        return _NOBODY
    now = clock.read().wall_utc_ms
    return store.write(lambda connection: _make(connection, PERSON_NAME, PERSON, new_uuid(), now))


def simulated(store: Store, clock: Clock, new_uuid: Callable[[], str]) -> Learner:
    """The simulated learner; made when it is first asked for."""
    now = clock.read().wall_utc_ms
    return store.write(
        lambda connection: _make(connection, SIMULATED_NAME, SIMULATED, new_uuid(), now)
    )


def choose(
    store: Store, clock: Clock, wanted: str, new_uuid: Callable[[], str], *, reading: bool
) -> Learner:
    """Whose blocks are meant: the wanted learner's, else the person's.

    A command that only reads takes the simulated learner's where the person has
    no block and it has. Raises NotFound for an unknown name.
    """
    with store.read() as connection:
        known = learners(connection)
        by_name = learner_by_name(connection, wanted) if wanted else None
        only = _only_one_with_blocks(connection, known) if reading else None
    if wanted and by_name is None:
        error = NotFound("learner", wanted, [each.name for each in known])
        error.hint = error.hint or f"There is {', '.join(repr(each.name) for each in known)}."
        raise error
    return by_name or only or person(store, clock, new_uuid)


def _only_one_with_blocks(connection: Connection, known: tuple[Learner, ...]) -> Learner | None:
    busy = [each for each in known if closed_count(connection, each.id)]
    return busy[0] if busy and all(each.kind == SIMULATED for each in busy) else None


def _first_person(connection: Connection) -> Learner | None:
    return next((each for each in learners(connection) if each.kind == PERSON), None)


def _make(connection: Connection, name: str, kind: str, uuid: str, now: int) -> Learner:
    return learner_by_name(connection, name) or add_learner(connection, uuid, name, kind, now)
