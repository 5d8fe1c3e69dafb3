"""How events are written down: (kind, payload), the payload a JSON object with a version.

`at_ms` stands beside them in the store and is not repeated. A later program reads an
earlier log; an earlier one refuses what it does not know.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Generic, TypeVar, get_args

from qbank.block.events import Event
from qbank.block.model import CloseReason, Confidence, GapKind
from qbank.errors import QbankError

VERSION = 1

E = TypeVar("E")

Reader = Callable[[Any], Any]
"""Reads one value of a payload. Raises TypeError or ValueError where it is none of its kind."""


class Codec(Generic[E]):
    """Writes and reads the events of one kind of log; `read` says how each field is read."""

    def __init__(self, events: Iterable[type[E]], read: Mapping[str, Reader]) -> None:
        self.kinds: Mapping[str, type[E]] = {_kind(event): event for event in events}
        """Every stored kind and its event."""
        self._names = {event: kind for kind, event in self.kinds.items()}
        self._fields = {event: _fields(event) for event in self._names}
        self._read = read

    def encode(self, event: E) -> tuple[str, str]:
        """The event's kind and its payload as compact JSON with sorted keys."""
        body: dict[str, Any] = {name: getattr(event, name) for name in self._fields[type(event)]}
        body["v"] = VERSION
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return self._names[type(event)], text

    def decode(self, kind: str, payload: str, at_ms: int) -> E:
        """The event that was encoded. Raises QbankError where it cannot be read."""
        event = self.kinds.get(kind)
        if event is None:
            raise _newer(f"an event of the unknown kind {kind!r}")
        body = _object(kind, payload)
        try:
            version = whole(body.pop("v", None))
            if version > VERSION:
                raise _newer(f"{kind} in version {version}")
            if version != VERSION or body.keys() != set(self._fields[event]):
                raise _damaged(kind)
            values = {name: self._read[name](value) for name, value in body.items()}
            make: Callable[..., E] = event
            return make(at_ms=at_ms, **values)
        except (TypeError, ValueError) as bad:
            raise _damaged(kind) from bad


def _kind(event: type[object]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", event.__name__).lower()


def _fields(event: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(event) if each.name != "at_ms")


def _object(kind: str, payload: str) -> dict[str, Any]:
    try:
        body = json.loads(payload)
    except (ValueError, RecursionError) as bad:
        raise _damaged(kind) from bad
    if not isinstance(body, dict):
        raise _damaged(kind)
    return body


def exactly(wanted: type) -> Reader:
    """Reads values of exactly this type."""

    def read(value: Any) -> Any:
        if type(value) is not wanted:
            raise TypeError(f"{wanted.__name__} expected")
        return value

    return read


whole = exactly(int)
yes_no = exactly(bool)
_text = exactly(str)
_list = exactly(list)


def _span(value: Any) -> tuple[int, int]:
    begin, end = _list(value)
    return whole(begin), whole(end)


_READ: Mapping[str, Reader] = {
    "position": whole,
    "options": lambda value: tuple(_text(item) for item in _list(value)),
    "option": _text,
    "level": lambda value: None if value is None else Confidence(value),
    "spans": lambda value: tuple(_span(item) for item in _list(value)),
    "ms": whole,
    "kind": GapKind,
    "charged": yes_no,
    "reason": CloseReason,
}

BLOCK: Codec[Event] = Codec(get_args(Event), _READ)
"""The events of a block."""

KINDS = BLOCK.kinds
encode = BLOCK.encode
decode = BLOCK.decode


def _newer(what: str) -> QbankError:
    return QbankError(
        f"a log holds {what}", hint="It was made by a newer qbank: upgrade the program."
    )


def _damaged(kind: str) -> QbankError:
    return QbankError(
        f"a log holds an unreadable {kind!r} event",
        hint="Run `qbank doctor`, or restore a backup.",
    )
