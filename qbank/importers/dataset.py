"""Data sets: JSON Lines, and JSON with its records in a list, in a mapping or further down."""

import json
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from qbank.content.json_reader import read_json
from qbank.errors import PackError
from qbank.importers.base import Reading, ReadOptions
from qbank.importers.layout import Layout, find_layout
from qbank.importers.lines import TextLines
from qbank.importers.rows import Row, read_rows
from qbank.importers.source import DOCUMENT_LIMIT, Source, check_density

FIELDS_LIMIT: Final = 500
"""A mapping with more names is no record, but perhaps one of records."""
_BRACKET: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{\[]', re.DOTALL)
_NESTED: Final = "question"


class JsonLinesImporter:
    """One object a line; a line that cannot be read is skipped with its number."""

    name = "jsonl"

    def identify(self, source: Source) -> int:
        """A first line that is a whole object."""
        first, _, rest = source.start.partition(b"\n")
        if not first.startswith(b"{"):
            return 0
        named = source.suffix in (".jsonl", ".ndjson")
        if _is_object(first):
            return 80 if named or rest.lstrip().startswith(b"{") else 40
        return 60 if named else 0

    def read(self, source: Source, options: ReadOptions) -> Iterable[Reading]:
        """One pack, named after the file."""
        yield read_rows(
            _LineRows(source.name, TextLines(source, options.encoding)), self.name, options
        )


class JsonImporter:
    """One JSON document with the records somewhere inside."""

    name = "json"

    def identify(self, source: Source) -> int:
        """Text that begins as JSON does."""
        return 50 if source.start.startswith((b"{", b"[")) else 0

    def read(self, source: Source, options: ReadOptions) -> Iterable[Reading]:
        """One pack, named after the file; PackError where it is no JSON."""
        yield read_rows(_DocumentRows(source, options), self.name, options)


class _Records:
    """Rows whose fields may differ from one to the next."""

    def __init__(self, name: str, lines: TextLines) -> None:
        self.name = name
        self._lines = lines

    def layout(self, row: Row) -> Layout:
        """What the fields of this row mean."""
        return find_layout(tuple(row.fields))

    def notes(self) -> list[str]:
        """Which lines were not UTF-8."""
        return [note for note in (self._lines.note(),) if note]


class _LineRows(_Records):
    """The lines of a JSON Lines file."""

    def __iter__(self) -> Iterator[Row]:
        for number, line in enumerate(self._lines, start=1):
            if line.strip():
                yield self._row(number, line)

    def _row(self, number: int, line: str) -> Row:
        try:
            document = read_json(line, self.name, number)
        except PackError as error:
            return Row(number, {}, error.findings[0].problem)
        if not isinstance(document.data, dict):
            return Row(number, {}, "the line is no object")
        return Row(number, _opened(document.data), removed=document.removed)


class _DocumentRows(_Records):
    """The records of one JSON document, in its order."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        whole = {"limit": DOCUMENT_LIMIT, "line_limit": DOCUMENT_LIMIT}
        lines = TextLines(source, options.encoding, **whole)
        super().__init__(source.name, lines)
        text = "".join(lines)
        check_density(source.name, map(text.count, "[{"))
        self._document = read_json(text, source.name)
        self._starts = _bracket_lines(text)
        self._one_line = "\n" not in text.strip()

    def __iter__(self) -> Iterator[Row]:
        removed = self._document.removed
        for number, row in enumerate(self._walk(self._document.data, 0), start=1):
            # What the gate took is known for the document as a whole: it stands at the first row.
            yield replace(row, removed=removed, also=f"entry {number}" if self._one_line else "")
            removed = 0

    def _walk(self, value: object, opened: int) -> Iterator[Row]:
        """The rows in `value`, which is the bracket number `opened` of the text."""
        if not isinstance(value, dict | list):
            return
        if isinstance(value, dict) and _asks(value):
            yield Row(self._starts[opened], _opened(value))
            return
        named = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        pairs = list(named)
        are_rows = any(_asks(item) for _, item in pairs)
        opened += 1
        for place, (name, item) in enumerate(pairs, start=1):
            if are_rows and isinstance(item, dict):
                yield self._row(name, item, opened)
            elif are_rows:
                line = self._starts[min(opened, len(self._starts) - 1)]
                yield Row(line, {}, f"entry {place} is no object")
            else:
                yield from self._walk(item, opened)
            opened += _brackets(item)

    def _row(self, name: str | None, record: dict[str, object], opened: int) -> Row:
        fields = _opened(record)
        if name is not None and not find_layout(tuple(fields)).id:
            fields = {"id": name, **fields}
        return Row(self._starts[opened], fields)


def _asks(item: object) -> bool:
    if not isinstance(item, dict) or len(item) > FIELDS_LIMIT:
        return False
    return find_layout(tuple(_opened(item))).asks


def _opened(record: dict[str, object]) -> dict[str, object]:
    """The record; where its question is an object itself, with the fields of that."""
    nested = record.get(_NESTED)
    if not isinstance(nested, dict):
        return record
    return {**nested, **{name: value for name, value in record.items() if name != _NESTED}}


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _brackets(value: object) -> int:
    """How many lists and mappings a value opens, itself included."""
    if isinstance(value, dict):
        return 1 + sum(map(_brackets, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_brackets, value))
    return 0


def _bracket_lines(text: str) -> "array[int]":
    """The line of every opening bracket, in order."""
    lines = array("L")
    line, scanned = 1, 0
    for token in _BRACKET.finditer(text):
        if token.group()[0] != '"':
            line += text.count("\n", scanned, token.start())
            scanned = token.start()
            lines.append(line)
    return lines
