"""Results that a person enters: own mocks and score reports, never mixed with block figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.errors import NotFound, UsageError
from qbank.reporting.day_words import read_day
from qbank.reporting.stats_words import mock
from qbank.services.views.stats import ResultView
from qbank.store.results import EXAM, ResultEntry, add_result, remove_result, results

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.store.engine import Store
    from qbank.store.types import Connection

KINDS: Mapping[str, float | None] = {
    "NBME form": 9.0,
    "Free 120": None,
    "UWSA": None,
    EXAM: None,
    "other": None,
}
"""Kinds of results, each with its published standard error where one is known."""

LONGEST_TEXT = 200
_MOST_BANDS = 40


@dataclass(frozen=True, slots=True)
class NewResult:
    """What a person enters. `error` None takes the kind's own; 0 says that none is known.

    `day` is an ISO date; `bands` are (name, text) as on the report.
    """

    day: str
    kind: str
    score: float
    name: str = ""
    pass_mark: float | None = None
    error: float | None = None
    bands: tuple[tuple[str, str], ...] = ()
    note: str = ""


class ResultService:
    """The results of one learner."""

    def __init__(
        self, store: Store, clock: Clock, learner_id: int, new_uuid: Callable[[], str]
    ) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id
        self._new_uuid = new_uuid

    def list(self) -> tuple[ResultView, ...]:
        """Every result by its date."""
        with self._store.read() as connection:
            return result_views(connection, self._learner_id)

    def add(self, new: NewResult) -> ResultView:
        """Enter a result. Raises UsageError for what cannot be one."""
        now = self._clock.read().wall_utc_ms
        entry = _entry(new, self._new_uuid())
        self._store.write(lambda connection: add_result(connection, self._learner_id, entry, now))
        return _view(entry)

    def change(self, ref: str, new: NewResult) -> ResultView:
        """Put a corrected result in the place of one; it is a new one with an id of its own.

        Raises NotFound, and UsageError as `add`.
        """
        entry = _entry(new, self._new_uuid())
        now = self._clock.read().wall_utc_ms

        def write(connection: Connection) -> None:
            if not remove_result(connection, self._learner_id, ref, now):
                raise NotFound("result", ref)
            add_result(connection, self._learner_id, entry, now)

        self._store.write(write)
        return _view(entry)

    def remove(self, ref: str) -> ResultView:
        """Take a result away, named by its id or the beginning of it; what it was.

        Raises NotFound, or UsageError where several begin so.
        """
        found = [one for one in self.list() if ref and one.id.startswith(ref.strip().lower())]
        if not found:
            raise NotFound("result", ref, [one.id[: len(ref)] for one in self.list()])
        if len(found) > 1:
            raise UsageError(f"{len(found)} results begin with {ref!r}", hint="Type more of it.")
        now = self._clock.read().wall_utc_ms
        self._store.write(
            lambda connection: remove_result(connection, self._learner_id, found[0].id, now)
        )
        return found[0]


def result_views(connection: Connection, learner_id: int) -> tuple[ResultView, ...]:
    """A learner's results as the fronts show them."""
    return tuple(map(_view, results(connection, learner_id)))


def _view(entry: ResultEntry) -> ResultView:
    return ResultView(
        id=entry.uuid,
        day=entry.day,
        kind=entry.kind,
        name=entry.name,
        score=entry.score,
        pass_mark=entry.pass_mark,
        error=entry.error,
        bands=entry.bands,
        note=entry.note,
        lines=mock(entry.score, entry.pass_mark, entry.error),
    )


def _entry(new: NewResult, uuid: str) -> ResultEntry:
    if new.kind not in KINDS:
        raise UsageError(f"{new.kind!r} is no kind of result", hint=f"One of: {', '.join(KINDS)}.")
    for value in (new.score, new.pass_mark, new.error):
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise UsageError(f"{value:g} is no score, pass mark or error")
    texts = (new.name, new.note, *(part for band in new.bands for part in band))
    if any(len(text) > LONGEST_TEXT for text in texts) or len(new.bands) > _MOST_BANDS:
        raise UsageError(
            f"a text has at most {LONGEST_TEXT} characters, a report {_MOST_BANDS} bands"
        )
    own = KINDS[new.kind] if new.error is None else new.error
    return ResultEntry(
        uuid=uuid,
        day=_day(new.day),
        kind=new.kind,
        name=_line(new.name),
        score=new.score,
        pass_mark=new.pass_mark,
        error=own or None,
        bands=tuple((_line(name), _line(text)) for name, text in new.bands),
        note=_line(new.note),
    )


def _day(text: str) -> str:
    try:
        return read_day(text).isoformat()
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no date", hint="Write it as 2026-12-01 or 1 Dec 2026."
        ) from error


def _line(text: str) -> str:
    return " ".join(text.split())
