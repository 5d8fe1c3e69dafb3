"""Tables as text: comma, semicolon, tab or bar between the cells, a header or the bare six columns.

The cells stay as they are in the source. What a table program has already changed (a ratio
that became a date) cannot be told from what was meant, so nothing is changed back.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from qbank.content.text import gate
from qbank.importers.base import Reading, ReadOptions
from qbank.importers.layout import LETTERS, Layout, find_layout, headerless
from qbank.importers.lines import TextLines
from qbank.importers.rows import Row, read_rows
from qbank.importers.source import Source, label, refused

DELIMITERS: Final = (",", ";", "\t", "|")
FIELD_LIMIT: Final = 1_000_000
SNIFFED_RECORDS: Final = 50
HEADER_ROWS: Final = 20
FEWEST_CELLS: Final = 4
MOST_CELLS: Final = 12
MOST_ALIKE: Final = 0.7
"""Share of the first rows that have to look alike where there is no header."""
NAME_SHOWN: Final = 60
"""Characters of a column's name that are kept."""
_QUOTE: Final = '"'
_EXTENSIONS: Final = {".csv": 70, ".tsv": 70, ".tab": 70, ".txt": 10}
_NAMES_FIX: Final = (
    "Give the first row names: question, A, B, C, D, answer (and explanation, tags, id)."
)


class CsvImporter:
    """Tables with one question a row."""

    name = "csv"

    def identify(self, source: Source) -> int:
        """By the ending of the name; text that begins as JSON does is none."""
        if not source.start or source.start.startswith((b"{", b"[", b"\0")):
            return 0
        return _EXTENSIONS.get(source.suffix, 0)

    def read(self, source: Source, options: ReadOptions) -> Iterable[Reading]:
        """One pack, named after the file; PackError where the table is broken."""
        yield read_rows(TableRows(source, options), self.name, options)


class TableRows:
    """The rows of a table below its header, blank ones left out."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self.name = source.name
        self._lines = TextLines(source, options.encoding)
        self._delimiter = sniff_delimiter(self._lines)
        self._header_row, self._names = self._find_header()
        self._layout = find_layout(self._names)

    def layout(self, row: Row) -> Layout:
        """The same for all rows: what the columns mean."""
        return self._layout

    def notes(self) -> list[str]:
        """Which columns were read as what, and which lines were not UTF-8."""
        unread = [name for name in self._names if name and name not in self._layout.read]
        said = f"Columns left out: {', '.join(unread)}." if unread else ""
        return [note for note in (said, self._lines.note()) if note]

    def __iter__(self) -> Iterator[Row]:
        width = len(self._names)
        for number, (line, cells) in enumerate(self._records(), start=1):
            if line <= self._header_row or not any(cell.strip() for cell in cells):
                continue
            fields, removed = self._fields(cells)
            if not fields.keys() & self._layout.read:
                continue
            extra = any(cell.strip() for cell in cells[width:])
            problem = f"{len(cells)} cells where the header has {width}" if extra else ""
            # A table program counts rows, and a cell may have several lines.
            yield Row(line, fields, problem, removed, "" if number == line else f"row {number}")

    def _fields(self, cells: list[str]) -> tuple[dict[str, object], int]:
        """The cells that are read, gated, by the name of their column; empty ones left out."""
        fields: dict[str, object] = {}
        removed = 0
        for name, cell in zip(self._names, cells, strict=False):
            if name in self._layout.read and name not in fields and cell.strip():
                gated = gate(cell)
                fields[name] = gated.text
                removed += gated.removed
        return fields, removed

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """(line on which it begins, cells) of every record."""
        with _field_limit():
            reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
            line = 1
            try:
                for cells in reader:
                    yield line, cells
                    line = reader.line_num + 1
            except csv.Error as error:
                problem = f"the row that begins here is broken: {error}"
                fix = "Close every quotation mark; write one inside a text twice."
                raise refused(self.name, line, problem, fix) from error

    def _find_header(self) -> tuple[int, tuple[str, ...]]:
        """The line of the header and its names; line 0 where there is none."""
        first: list[list[str]] = []
        for line, cells in self._records():
            names = tuple(label(cell)[:NAME_SHOWN] if cell.strip() else "" for cell in cells)
            if len(first) < HEADER_ROWS and find_layout(names).whole:
                return line, names
            if any(cells):
                first.append(cells)
            if len(first) >= SNIFFED_RECORDS:
                break
        width = _headerless_width(first)
        if width is None:
            seen = ", ".join(first[0])[:120] if first else ""
            problem = f"no header is recognised in: {seen}" if seen else "is empty"
            raise refused(self.name, 1, problem, _NAMES_FIX)
        return 0, headerless(width)


def sniff_delimiter(lines: Iterable[str]) -> str:
    """The sign that stands equally often in most of the first records, outside quotes."""
    counts: list[dict[str, int]] = []
    quoted = False
    current = dict.fromkeys(DELIMITERS, 0)
    for line in lines:
        for part, piece in enumerate(line.split(_QUOTE)):
            if part:
                quoted = not quoted
            if not quoted:
                for sign in DELIMITERS:
                    current[sign] += piece.count(sign)
        if not quoted:
            counts.append(current)
            current = dict.fromkeys(DELIMITERS, 0)
        if len(counts) >= SNIFFED_RECORDS:
            break
    return max(DELIMITERS, key=lambda sign: _evenness(sign, counts))


def _evenness(sign: str, counts: list[dict[str, int]]) -> tuple[int, int]:
    """How many records have the most common number of `sign` above none, and that number."""
    found = [count[sign] for count in counts if count[sign]]
    if not found:
        return 0, 0
    common = max(set(found), key=lambda number: (found.count(number), number))
    return found.count(common), common


def _headerless_width(records: list[list[str]]) -> int | None:
    """The number of cells where most rows are question, options and the letter of one."""
    if not records:
        return None
    widths = [len(cells) for cells in records]
    width = max(set(widths), key=widths.count)
    letters = set(LETTERS[: width - 2])
    alike = [cells for cells in records if len(cells) == width and cells[-1].strip() in letters]
    most = len(alike) >= MOST_ALIKE * len(records)
    return width if most and FEWEST_CELLS <= width <= MOST_CELLS else None


@contextmanager
def _field_limit() -> Iterator[None]:
    """The csv module has one limit for the whole process: set it, and put it back."""
    before = csv.field_size_limit(FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)
