"""How events are written down: (kind, payload), the payload a JSON object with a version.

`at_ms` stands beside them in the store and is not repeated. A later program reads an
earlier log; an earlier one refuses what it does not know.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, get_args

from qbank.block.events import Event
from qbank.block.model import CloseReason, Confidence, GapKind
from qbank.errors import QbankError

VERSION = 1


def _kind(event: type[Event]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", event.__name__).lower()


KINDS: Mapping[str, type[Event]] = {_kind(event): event for event in get_args(Event)}
"""Every stored kind and its event."""

_NAMES = {event: kind for kind, event in KINDS.items()}
_FIELDS = {
    event: tuple(f.name for f in fields(event) if f.name != "at_ms") for event in KINDS.values()
}


def encode(event: Event) -> tuple[str, str]:
    """The event's kind and its payload as compact JSON with sorted keys."""
    body: dict[str, Any] = {name: getattr(event, name) for name in _FIELDS[type(event)]}
    body["v"] = VERSION
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return _NAMES[type(event)], text


def decode(kind: str, payload: str, at_ms: int) -> Event:
    """The event that was encoded. Raises QbankError where it cannot be read."""
    event = KINDS.get(kind)
    if event is None:
        raise _newer(f"an event of the unknown kind {kind!r}")
    body = _object(kind, payload)
    try:
        version = _int(body.pop("v", None))
        if version > VERSION:
            raise _newer(f"{kind} in version {version}")
        if version != VERSION or body.keys() != set(_FIELDS[event]):
            raise _damaged(kind)
        return event(at_ms, **{name: _READ[name](value) for name, value in body.items()})
    except (TypeError, ValueError) as bad:
        raise _damaged(kind) from bad


def _object(kind: str, payload: str) -> dict[str, Any]:
    try:
        body = json.loads(payload)
    except (ValueError, RecursionError) as bad:
        raise _damaged(kind) from bad
    if not isinstance(body, dict):
        raise _damaged(kind)
    return body


def _exactly(wanted: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not wanted:
            raise TypeError(f"{wanted.__name__} expected")
        return value

    return read


_int = _exactly(int)
_text = _exactly(str)


_list = _exactly(list)


def _span(value: Any) -> tuple[int, int]:
    begin, end = _list(value)
    return _int(begin), _int(end)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "position": _int,
    "options": lambda value: tuple(_text(item) for item in _list(value)),
    "option": _text,
    "level": lambda value: None if value is None else Confidence(value),
    "spans": lambda value: tuple(_span(item) for item in _list(value)),
    "ms": _int,
    "kind": GapKind,
    "charged": _exactly(bool),
    "reason": CloseReason,
}


def _newer(what: str) -> QbankError:
    return QbankError(
        f"a block's log holds {what}", hint="It was made by a newer qbank: upgrade the program."
    )


def _damaged(kind: str) -> QbankError:
    return QbankError(
        f"a block's log holds an unreadable {kind!r} event",
        hint="Run `qbank doctor`, or restore a backup.",
    )
