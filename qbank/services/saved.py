"""Forms of New block to begin with: the drill, and those that a person saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from qbank.block.model import Mode, RaceKind
from qbank.errors import NotFound, UsageError
from qbank.reporting import build_words
from qbank.services.ghosts import EVEN
from qbank.services.pool import NEXT_STEP
from qbank.services.views import BlockRequest, Seen, Template
from qbank.store.presets import drop_preset, presets, put_preset

if TYPE_CHECKING:
    from qbank.store.engine import Store

LONGEST_NAME = 40
DRILL_SIZE = 10
DRILL: Final = BlockRequest(count=DRILL_SIZE, tasks=(NEXT_STEP,), name=build_words.DRILL)
"""A short block of next steps alone, of every kind until some are chosen."""

_RACES = ("", EVEN, RaceKind.BEST, RaceKind.LAST, RaceKind.MEDIAN)


class SavedService:
    """The saved forms of one learner."""

    def __init__(self, store: Store, learner_id: int) -> None:
        self._store = store
        self._learner_id = learner_id

    def templates(self) -> tuple[Template, ...]:
        """The drill, and then what was saved, by name; one that cannot be read is left out."""
        with self._store.read() as connection:
            known = presets(connection, self._learner_id)
        read = [(name, _read(text)) for name, text in known]
        saved = [
            Template(name, replace(request, name=name), saved=True)
            for name, request in read
            if request is not None
        ]
        return (Template(build_words.DRILL, DRILL, saved=False), *saved)

    def save(self, name: str, request: BlockRequest) -> str:
        """Save a request under a name, in the place of what stood there; the name as kept.

        A run to race, a block taken again and a seed are not part of it. Raises UsageError
        for a name that is empty, too long or taken by the program.
        """
        plain = " ".join(name.split())
        if not plain or len(plain) > LONGEST_NAME:
            raise UsageError(f"a name has 1 to {LONGEST_NAME} characters")
        if plain.casefold() == build_words.DRILL.casefold():
            raise UsageError(f"{build_words.DRILL} is there already", hint="Choose another name.")
        text = _write(request)
        self._store.write(lambda there: put_preset(there, self._learner_id, plain, text))
        return plain

    def delete(self, name: str) -> None:
        """Forget what was saved under a name. Raises NotFound."""
        if not self._store.write(lambda there: drop_preset(there, self._learner_id, name)):
            raise NotFound("preset", name)


def _exactly(*wanted: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) not in wanted:
            raise TypeError(f"one of {wanted} expected")
        return value

    return read


_text, _number = _exactly(str), _exactly(int)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in _exactly(list)(value))


def _race(value: Any) -> str:
    return value if value in _RACES else ""


_READ: Mapping[str, Callable[[Any], Any]] = {
    "mode": Mode,
    "count": _number,
    "minutes": _exactly(int, float, type(None)),
    "preset": _text,
    "time_factor": _number,
    "seen": lambda value: tuple(Seen(each) for each in _texts(value)),
    "packs": _texts,
    "systems": _texts,
    "areas": _texts,
    "tasks": _texts,
    "next_steps": _texts,
    "search": _text,
    "order": _text,
    "race": _race,
    "fill": _exactly(bool),
}
"""What is kept of a request, and how each field is read; a field that is absent is usual."""


def _write(request: BlockRequest) -> str:
    said = {name: value for name, value in asdict(request).items() if name in _READ}
    said["race"] = _race(said["race"])
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _read(text: str) -> BlockRequest | None:
    """The request that was saved, perhaps on another machine; None where it is none."""
    try:
        said = _exactly(dict)(json.loads(text))
        known = {name: read(said[name]) for name, read in _READ.items() if name in said}
    except (TypeError, ValueError, RecursionError):
        return None
    return BlockRequest(**known)
