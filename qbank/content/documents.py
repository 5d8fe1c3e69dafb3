"""YAML and JSON text as plain data in which every scalar stays text, with line numbers.

Nothing is guessed: `NO`, `1:30` and `012` stay what they are, numbers keep their digits, and
the question model decides the types. What could hide content is refused with its line:
a name that stands twice, aliases, anchors, merges, tags, several documents, deep nesting.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NoReturn

from qbank.content.text import DEPTH_LIMIT, gate
from qbank.errors import Finding, PackError

Path = tuple[str | int, ...]
EventKind = Literal["map", "seq", "end", "value"]


@dataclass(frozen=True, slots=True)
class Event:
    """One step through a document: a mapping or list begins or ends, or a scalar stands."""

    kind: EventKind
    line: int
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value begins (counted from 1), and the marks of what it holds."""

    line: int
    children: Mapping[str | int, "Mark"] | None = None

    def at(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest one around it."""
        mark = self
        for step in path:
            inner = (mark.children or {}).get(step)
            if inner is None:
                break
            mark = inner
        return mark.line


@dataclass(frozen=True)
class Document:
    """A document's data, gated, and its lines.

    `start` is the line on which its value begins, `removed` what the gate took away.
    `find_marks` is called when the first line is asked for: a scan of the text that is only
    worth it where something has to be pointed at.
    """

    file: str
    data: object
    start: int
    removed: int
    find_marks: Callable[[], Mark]

    @cached_property
    def marks(self) -> Mark:
        """Where the values stand."""
        return self.find_marks()

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest one around it."""
        return self.marks.at(path) if path else self.start


def refuse(file: str, line: int | None, problem: str, fix: str) -> NoReturn:
    """Raise a PackError with one finding about the document as a whole."""
    finding = Finding(file, line, "", problem, fix)
    raise PackError(f"{file} cannot be read as a pack", [finding])


def decode(data: bytes, file: str) -> str:
    """UTF-8 text, with or without a byte order mark; anything else raises PackError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        refuse(file, line, "a character is not UTF-8", "Save the file as UTF-8.")


@dataclass(slots=True)
class _Open:
    """A mapping or list being filled; `name` is a mapping's name that waits for its value."""

    data: dict[str, object] | list[object]
    places: dict[str | int, Mark]
    name: str | None = None


class Builder:
    """Puts events together to one value, refusing what a pack may not contain."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[_Open] = []
        self._root = Mark(1)
        self._result: object = None
        self.removed = 0

    def build(self, events: Iterator[Event]) -> Document:
        """Use up the events; raises PackError at the first that is refused."""
        for event in events:
            if event.kind == "end":
                self._open.pop()
            elif event.kind == "value":
                self._value(event)
            else:
                self._begin(event)
        return Document(self._file, self._result, self._root.line, self.removed, lambda: self._root)

    def _begin(self, event: Event) -> None:
        if len(self._open) >= DEPTH_LIMIT:
            refuse(
                self._file,
                event.line,
                f"more than {DEPTH_LIMIT} levels inside each other",
                "Write it flatter: a pack needs no more than six.",
            )
        data: dict[str, object] | list[object] = {} if event.kind == "map" else []
        places: dict[str | int, Mark] = {}
        self._place(data, Mark(event.line, places))
        self._open.append(_Open(data, places))

    def _value(self, event: Event) -> None:
        text = event.value
        if text is not None:
            gated = gate(text)
            text = gated.text
            self.removed += gated.removed
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.data, dict) and parent.name is None:
            self._take_name(parent, text or "", event.line)
        else:
            self._place(text, Mark(event.line))

    def _take_name(self, parent: _Open, name: str, line: int) -> None:
        if name in parent.places:
            first = parent.places[name].line
            refuse(
                self._file,
                line,
                f"{name!r} stands twice, first on line {first}",
                "Keep one of them.",
            )
        if name == "<<":
            refuse(self._file, line, "a merge (<<)", "Write the fields out.")
        parent.name = name

    def _place(self, value: object, mark: Mark) -> None:
        if not self._open:
            self._result, self._root = value, mark
            return
        parent = self._open[-1]
        if isinstance(parent.data, list):
            parent.places[len(parent.data)] = mark
            parent.data.append(value)
            return
        if parent.name is None:
            refuse(self._file, mark.line, "a name that is no text", "Use plain words as names.")
        parent.places[parent.name] = mark
        if value is not None:
            parent.data[parent.name] = value
        parent.name = None
