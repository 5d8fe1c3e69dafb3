"""The markdown subset of a pack that says `text: markdown`, as plain values for display.

Paragraphs, lists, tables, bold, italic, `~sub~`, `^sup^`. No links, no HTML, no headings, no
code: what is not in this list is text and is shown as it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final, Literal, NamedTuple

Style = Literal["plain", "bold", "italic", "sub", "sup"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `at` says where each of its characters stands in the source."""

    text: str
    style: Style = "plain"
    at: Sequence[int] = field(default=(), compare=False, repr=False)


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; a line break in the source is a space."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, numbered from 1 where `ordered`."""

    items: tuple[Spans, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of as many cells as the header has."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


Block = Paragraph | ListBlock | Table

_ITEM: Final = re.compile(r"\s{0,3}(?:[-*•]|(?P<number>\d{1,3})[.)])\s+(?P<text>.+)")
_BAR: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
# A backslash makes the next sign plain. Marks hold no space at their inner edges; those of
# sub and sup hold none at all.
_SPAN: Final = re.compile(
    r"\\(?P<plain>[\\*~^|_-])"
    r"|\*\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*\*"
    r"|(?<!\w)\*(?P<italic>[^\s*](?:[^*\n]*[^\s*])?)\*(?!\w)"
    r"|~(?P<sub>[^\s~]{1,40})~"
    r"|\^(?P<sup>[^\s^]{1,40})\^"
)


_LOW: Final = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
)
_HIGH: Final = str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
_SCRIPT: Final = re.compile(r"~[^\s~]{1,40}~|\^[^\s^]{1,40}\^")


class _Piece(NamedTuple):
    """A part of the source, or several joined, with the place of each character."""

    text: str
    at: Sequence[int]

    def slice(self, begin: int, end: int) -> "_Piece":
        return _Piece(self.text[begin:end], self.at[begin:end])

    def strip(self) -> "_Piece":
        begin = len(self.text) - len(self.text.lstrip())
        return self.slice(begin, begin + len(self.text.strip()))


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. Never fails: what is no mark is text."""
    lines: list[_Piece] = []
    begin = 0
    for line in text.split("\n"):
        kept = line.rstrip()
        lines.append(_Piece(kept, range(begin, begin + len(kept))))
        begin += len(line) + 1
    return tuple(_blocks(lines))


def spans(text: str) -> Spans:
    """The spans of one line or paragraph."""
    return _spans(_Piece(text, range(len(text))))


def set_off(span: Span) -> str:
    """Text of a sub- or superscript in signs that stand lower or higher: `₂`, `⁺`.

    What cannot be set so stands behind `_` or `^`, a character longer.
    """
    table, sign = (_LOW, "_") if span.style == "sub" else (_HIGH, "^")
    signs = all(ord(character) in table for character in span.text)
    return span.text.translate(table) if signs else sign + span.text


def without_scripts(text: str) -> str:
    """The text with its sub- and superscripts as signs, its other marks as they are."""
    return _SCRIPT.sub(lambda found: "".join(_set_off_all(found[0])), text)


def _set_off_all(text: str) -> Iterator[str]:
    for span in spans(text):
        yield set_off(span) if span.style in ("sub", "sup") else span.text


def plain_text(text: str) -> str:
    """The words of a text without its marks, a line each paragraph, item and row of a table.

    A cell stands behind its column's name: `drug warfarin; dose 5 mg`.
    """
    return "\n".join(line for block in parse(text) for line in _plain_lines(block))


def _plain_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(said):
            yield _text(said)
        case ListBlock(items, ordered):
            for number, item in enumerate(items, start=1):
                yield f"{f'{number}.' if ordered else '-'} {_text(item)}"
        case Table(header, rows):
            for row in rows:
                named = zip(header, row, strict=True)
                yield "; ".join(f"{_text(name)} {_text(cell)}".strip() for name, cell in named)


def _text(said: Spans) -> str:
    return "".join(span.text for span in said)


def _spans(piece: _Piece) -> Spans:
    found: list[Span] = []
    place = 0
    for match in _SPAN.finditer(piece.text):
        style = match.lastgroup or "plain"
        found.append(_span(piece.slice(place, match.start()), "plain"))
        found.append(_span(piece.slice(*match.span(style)), _STYLES[style]))
        place = match.end()
    found.append(_span(piece.slice(place, len(piece.text)), "plain"))
    return _join(found)


def _span(piece: _Piece, style: Style) -> Span:
    return Span(piece.text, style, piece.at)


_STYLES: Final[dict[str, Style]] = {
    "plain": "plain",
    "bold": "bold",
    "italic": "italic",
    "sub": "sub",
    "sup": "sup",
}


def _join(found: list[Span]) -> Spans:
    """Neighbours of one style as one span; empty ones left out."""
    joined = []
    for style, group in groupby((span for span in found if span.text), lambda span: span.style):
        alike = list(group)
        at = alike[0].at if len(alike) == 1 else [place for span in alike for place in span.at]
        joined.append(Span("".join(span.text for span in alike), style, at))
    return tuple(joined)


def _joined(pieces: list[_Piece]) -> _Piece:
    """Lines as one, a space for every line's end."""
    text = " ".join(piece.text for piece in pieces)
    at: list[int] = []
    for piece in pieces:
        at += [at[-1] + 1] if at else []
        at += piece.at
    return _Piece(text, at)


def _blocks(lines: list[_Piece]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line = lines[place].text
        end = place + 1
        if not line.strip():
            place = end
        elif _begins_table(lines, place):
            while end < len(lines) and "|" in lines[end].text:
                end += 1
            yield _table(lines[place:end])
        elif _ITEM.match(line):
            while end < len(lines) and lines[end].text.strip() and not _begins_table(lines, end):
                end += 1
            yield _list(lines[place:end])
        else:
            while end < len(lines) and lines[end].text.strip() and not _begins(lines, end):
                end += 1
            yield Paragraph(_spans(_joined([part.strip() for part in lines[place:end]])))
        place = end


def _begins(lines: list[_Piece], place: int) -> bool:
    return _ITEM.match(lines[place].text) is not None or _begins_table(lines, place)


def _begins_table(lines: list[_Piece], place: int) -> bool:
    if "|" not in lines[place].text or place + 1 >= len(lines):
        return False
    below = lines[place + 1].text
    return "|" in below and _RULE.fullmatch(below) is not None


def _list(lines: list[_Piece]) -> ListBlock:
    """Items, each with the lines under it that begin no item of their own."""
    items: list[list[_Piece]] = []
    first = _ITEM.match(lines[0].text)
    for line in lines:
        item = _ITEM.match(line.text)
        if item:
            items.append([line.slice(*item.span("text")).strip()])
        else:
            items[-1].append(line.strip())
    ordered = first is not None and first["number"] is not None
    return ListBlock(tuple(_spans(_joined(item)) for item in items), ordered)


def _table(lines: list[_Piece]) -> Table:
    header = _cells(lines[0])
    rows = []
    for line in lines[2:]:
        cells = _cells(line)[: len(header)]
        rows.append(cells + ((),) * (len(header) - len(cells)))
    return Table(header, tuple(rows))


def _cells(line: _Piece) -> tuple[Spans, ...]:
    inner = line.strip()
    begin = 1 if inner.text.startswith("|") else 0
    end = len(inner.text) - (1 if inner.text.endswith("|") and len(inner.text) > begin else 0)
    edges = [begin - 1, *(bar.start() for bar in _BAR.finditer(inner.text, begin, end)), end]
    pairs = pairwise(edges)
    return tuple(_spans(inner.slice(left + 1, right).strip()) for left, right in pairs)
