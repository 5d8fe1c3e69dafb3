"""Text of a pack, laid out in lines whose every character knows its place in the source.

Plain text and the markdown of `content.markdown` (paragraphs, lists, tables, bold, italic,
~sub~, ^sup^) become lines of bits; bits become rows, with marks painted over them by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, islice
from typing import Final, NamedTuple

from rich.cells import cell_len

from qbank.content.markdown import Block, ListBlock, Paragraph, Span, Spans, Table, parse, set_off
from qbank.tui import safe
from qbank.tui.ink import Ink, Row, Run
from qbank.tui.wrapping import breaks

_BETWEEN: Final = 2
_NARROWEST: Final = 6
"""A column of a table is not made narrower than this; then its rows become lists."""
_INKS: Final = {"bold": Ink.STRONG, "italic": Ink.ITALIC}


class Bit(NamedTuple):
    """A piece of a line; `at` is the place of each character in the source, if it stands there.

    `target` is what a press on it means, empty for nothing.
    """

    text: str
    ink: Ink = Ink.PLAIN
    at: Sequence[int] = ()
    target: str = ""


Line = tuple[Bit, ...]

Paint = tuple[int, int, Ink]
"""From and to in the source, and the ink over what was there; of two the earlier one counts."""


@lru_cache(256)
def lay(text: str, width: int, *, markdown: bool, base: int = 0) -> tuple[Line, ...]:
    """The text as lines of at most `width` cells. Its first character has the place `base`."""
    clean = safe.clean(text)
    if not markdown:
        return tuple(
            (Bit(clean[begin:end], Ink.PLAIN, range(base + begin, base + end)),)
            if end > begin
            else ()
            for begin, end in (breaks(clean, width) if clean else ())
        )
    lines: list[Line] = []
    before: Block | None = None
    for block in parse(clean):
        hugs = isinstance(block, ListBlock) and isinstance(before, Paragraph)
        if before is not None and not hugs:
            lines.append(())
        lines += _block(block, width)
        before = block
    return tuple(_moved(line, base) for line in lines) if base else tuple(lines)


def painted(line: Line, paint: Sequence[Paint] = (), ink: Ink = Ink.PLAIN) -> Row:
    """A line as a row. Plain words take the ink; what is painted over takes the paint's."""
    runs: list[Run] = []
    for bit in line:
        own = ink if bit.ink is Ink.PLAIN else bit.ink
        touched = [each for each in paint if bit.at and _touches(bit.at, each)]
        runs += _parts(bit, own, touched) if touched else [Run(bit.text, own, bit.target)]
    return Row(tuple(runs))


def place_at(line: Line, x: int) -> int | None:
    """The place in the source of what stands at a cell of a line, or next to it."""
    found: int | None = None
    for bit in line:
        places: Sequence[int | None] = bit.at or [None] * len(bit.text)
        for character, at in zip(bit.text, places, strict=True):
            if at is not None:
                found = at
            x -= cell_len(character)
            if x < 0 and found is not None:
                return found
    return found


def _touches(at: Sequence[int], paint: Paint) -> bool:
    return at[0] < paint[1] and at[-1] >= paint[0]


def _parts(bit: Bit, own: Ink, paint: Sequence[Paint]) -> Iterator[Run]:
    def ink_at(pair: tuple[str, int]) -> Ink:
        return next((ink for begin, end, ink in paint if begin <= pair[1] < end), own)

    for ink, pairs in groupby(zip(bit.text, bit.at, strict=True), ink_at):
        yield Run("".join(character for character, _ in pairs), ink)


def _moved(line: Line, base: int) -> Line:
    return tuple(bit._replace(at=[base + place for place in bit.at]) for bit in line)


# --- markdown -----------------------------------------------------------------------------


def _block(block: Block, width: int) -> list[Line]:
    match block:
        case Paragraph():
            return _wrapped(block.spans, width)
        case ListBlock():
            lines: list[Line] = []
            for number, item in enumerate(block.items, start=1):
                lead = f"{number}. " if block.ordered else "• "
                lines += _hung(lead, _wrapped(item, width - cell_len(lead)))
            return lines
        case Table():
            return _table(block, width)


def _bits(spans: Iterable[Span], *, bold: bool = False) -> list[Bit]:
    """Spans as bits; what cannot be set lower or higher stands behind its sign."""
    bits = []
    for span in spans:
        text, at = span.text, list(span.at)
        if span.style in ("sub", "sup"):
            text = set_off(span)
            at = at if len(text) == len(at) else [at[0], *at]
        ink = _INKS.get(span.style, Ink.STRONG if bold else Ink.PLAIN)
        bits.append(Bit(text, ink, at))
    return bits


def _wrapped(spans: Spans, width: int, *, bold: bool = False) -> list[Line]:
    return _broken(_bits(spans, bold=bold), width)


def _broken(bits: Sequence[Bit], width: int) -> list[Line]:
    """Bits that follow each other as lines; each bit is looked at once, or once a line."""
    ends = list(accumulate(len(bit.text) for bit in bits))
    lines = []
    first = 0
    for begin, end in breaks("".join(bit.text for bit in bits), width):
        line = []
        while first < len(bits) and ends[first] <= begin:
            first += 1
        for bit, last in islice(zip(bits, ends, strict=True), first, None):
            start = last - len(bit.text)
            if start >= end:
                break
            part = slice(max(0, begin - start), end - start)
            line.append(Bit(bit.text[part], bit.ink, bit.at[part]))
        lines.append(tuple(line))
    return lines


def _hung(lead: str, lines: Sequence[Line]) -> list[Line]:
    """Lines behind a lead, further ones as far in."""
    blank = Bit(" " * cell_len(lead))
    first = lines[0] if lines else ()
    return [(Bit(lead), *first), *((blank, *line) for line in lines[1:])]


def _table(table: Table, width: int) -> list[Line]:
    """Columns side by side, cells wrapped where the screen is narrow; else a list of each row."""
    sizes = _sizes(table, width)
    if not sizes:
        return _listed(table, width)
    lines = _abreast(table.header, sizes, bold=True)
    lines.append((Bit((" " * _BETWEEN).join("─" * size for size in sizes), Ink.RULE),))
    for cells in table.rows:
        lines += _abreast(cells, sizes)
    return lines


def _sizes(table: Table, width: int) -> list[int]:
    """The width of every column; none where there is no room for them side by side."""
    rows = [table.header, *table.rows]
    room = width - _BETWEEN * (len(table.header) - 1)
    sizes = [
        min(room, max(1, *(cell_len("".join(bit.text for bit in _bits(row[at]))) for row in rows)))
        for at in range(len(table.header))
    ]
    least = [
        max(min(size, _NARROWEST), _longest_word(name))
        for size, name in zip(sizes, table.header, strict=True)
    ]
    if sum(least) > room:
        return []
    while sum(sizes) > room:
        spare = [size - few for size, few in zip(sizes, least, strict=True)]
        widest = max((size for size, left in zip(sizes, spare, strict=True) if left), default=0)
        at = next(at for at, left in enumerate(spare) if left and sizes[at] == widest)
        sizes[at] -= 1
    return sizes


def _longest_word(name: Spans) -> int:
    """The cells of the longest word of a head: such a word is never broken."""
    return max(map(cell_len, "".join(bit.text for bit in _bits(name)).split()), default=0)


def _abreast(cells: Sequence[Spans], sizes: Sequence[int], *, bold: bool = False) -> list[Line]:
    """One row of a table, as many lines as its longest cell needs."""
    columns = [_wrapped(cell, size, bold=bold) for cell, size in zip(cells, sizes, strict=True)]
    lines = []
    for number in range(max(len(column) for column in columns)):
        line: list[Bit] = []
        gap = 0
        for column, size in zip(columns, sizes, strict=True):
            bits = column[number] if number < len(column) else ()
            if bits:
                line += [Bit(" " * gap)] if gap else []
                line += bits
                gap = 0
            gap += size - sum(cell_len(bit.text) for bit in bits) + _BETWEEN
        lines.append(tuple(line))
    return lines


def _listed(table: Table, width: int) -> list[Line]:
    """Every row as lines of `name value`."""
    lines: list[Line] = []
    for cells in table.rows or [((),) * len(table.header)]:
        lines += [()] if lines else []
        for name, cell in zip(table.header, cells, strict=True):
            named = [*_bits(name, bold=True), Bit("  "), *_bits(cell)]
            lines += _broken(named, width)
    return lines
