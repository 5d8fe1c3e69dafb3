"""What a learner owns, in a form that another store can take in: `qbank-export/1`.

One JSON document. Rows are objects with their table's columns under their own
names; row ids stay behind, and what they referred to is named as others know it:
a learner, a block and an exam day by UUID, a question by pack and key, a version by its hash.
Attempts are not in it: the logs give them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, LargeBinary, Table

from qbank.store.tables import Base

if TYPE_CHECKING:
    from sqlalchemy import Row

FORMAT = "qbank-export/1"

Item = dict[str, Any]

INTERNAL = {
    "id",
    "learner_id",
    "pack_id",
    "question_id",
    "version_id",
    "block_id",
    "sitting_id",
    "repeat_of",
}
"""Columns that mean something inside one store only."""

LOCAL: Mapping[str, set[str]] = {
    "pack": {"shipped", "imported_at"},
    "question_version": {"choices", "offered"},
}
"""Columns that say how something came into one store, or that follow from others."""

REFERENCES: Mapping[str, tuple[str, ...]] = {
    "question": ("pack",),
    "note": ("pack", "question"),
    "regrade": ("pack", "question", "version"),
    "block": ("repeat_of", "sitting"),
    "block_question": ("pack", "question", "version"),
}
"""What an item of a table names instead."""

_MAY_BE_NONE = {"repeat_of", "sitting"}

PARTS: Mapping[str, str] = {
    "packs": "pack",
    "exhibits": "exhibit",
    "questions": "question",
    "regrades": "regrade",
    "notes": "note",
    "presets": "preset",
    "results": "result_entry",
    "sittings": "sitting",
    "blocks": "block",
}
"""The lists of the document, in its order, and whose rows they hold."""

INSIDE: Mapping[str, Mapping[str, str]] = {
    "question": {"versions": "question_version"},
    "sitting": {"events": "sitting_event"},
    "block": {
        "questions": "block_question",
        "events": "block_event",
        "marks": "attempt_mark",
    },
}
"""The lists inside an item, and whose rows these hold."""


def table(name: str) -> Table:
    """A table by name."""
    return Base.metadata.tables[name]


def columns(name: str) -> tuple[Column[Any], ...]:
    """The columns of a table that travel."""
    left_behind = INTERNAL | LOCAL.get(name, set())
    return tuple(column for column in table(name).columns if column.name not in left_behind)


def named(name: str, row: Row[Any] | Mapping[str, Any]) -> Item:
    """A row as an item; bytes become hex."""
    values = row if isinstance(row, Mapping) else row._mapping
    return {
        column.name: values[column.name].hex()
        if isinstance(column.type, LargeBinary)
        else values[column.name]
        for column in columns(name)
    }


def faults(document: Item) -> Iterator[tuple[str, str]]:
    """What keeps a document from being taken in: where, and what is wrong. Nothing: it has shape.

    Looks at names and kinds of values alone; whether the rows fit together shows
    when they are put in.
    """
    yield from _misnamed("", document, {"format", "exported_at", "learner", *PARTS})
    if not isinstance(document.get("exported_at"), int):
        yield "exported_at", "a number of milliseconds is expected"
    yield from _item_faults("learner", "learner", document.get("learner"))
    for part, name in PARTS.items():
        yield from _list_faults(part, name, document.get(part))


def _list_faults(where: str, name: str, items: object) -> Iterator[tuple[str, str]]:
    if not isinstance(items, list):
        yield where, "a list is expected"
        return
    for number, item in enumerate(items):
        yield from _item_faults(f"{where}[{number}]", name, item)


def _item_faults(where: str, name: str, item: object) -> Iterator[tuple[str, str]]:
    if not isinstance(item, dict):
        yield where, "an object is expected"
        return
    lists = INSIDE.get(name, {})
    ours = columns(name)
    references = REFERENCES.get(name, ())
    yield from _misnamed(where, item, {*(each.name for each in ours), *references, *lists})
    for column in ours:
        if column.name in item and not _fits(column, item[column.name]):
            yield f"{where}.{column.name}", "a value of another kind is expected"
    for reference in references:
        value = item.get(reference, "")
        if not (isinstance(value, str) or (value is None and reference in _MAY_BE_NONE)):
            yield f"{where}.{reference}", "a name is expected"
    for part, inner in lists.items():
        if part in item:
            yield from _list_faults(f"{where}.{part}", inner, item[part])


def _misnamed(where: str, item: Item, wanted: set[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(wanted - item.keys()):
        yield f"{where}.{name}".lstrip("."), "is missing"
    for name in sorted(item.keys() - wanted):
        yield f"{where}.{name}".lstrip("."), "is not known"


def _fits(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, LargeBinary):
        return isinstance(value, str) and _is_hex(value)
    kind = column.type.python_type
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return type(value) is int and -(2**63) <= value < 2**63
    return type(value) is kind


def _is_hex(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True


def values(name: str, item: Item) -> Item:
    """An item's own columns as a row; hex becomes bytes."""
    return {
        column.name: bytes.fromhex(item[column.name])
        if isinstance(column.type, LargeBinary)
        else item[column.name]
        for column in columns(name)
    }
