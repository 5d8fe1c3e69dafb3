"""The markdown subset of a pack that says `text: markdown`, as plain values for display.

Paragraphs, lists, tables, bold, italic, `~sub~`, `^sup^`. No links, no HTML, no headings, no
code: what is not in this list is text and is shown as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Style = Literal["plain", "bold", "italic", "sub", "sup"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style."""

    text: str
    style: Style = "plain"


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


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. Never fails: what is no mark is text."""
    return tuple(_blocks([line.rstrip() for line in text.split("\n")]))


def spans(text: str) -> Spans:
    """The spans of one line or paragraph."""
    found: list[Span] = []
    place = 0
    for match in _SPAN.finditer(text):
        found.append(Span(text[place : match.start()]))
        style = match.lastgroup or "plain"
        found.append(Span(match.group(style), _STYLES[style]))
        place = match.end()
    found.append(Span(text[place:]))
    return _join(found)


_STYLES: Final[dict[str, Style]] = {
    "plain": "plain",
    "bold": "bold",
    "italic": "italic",
    "sub": "sub",
    "sup": "sup",
}


def _join(found: list[Span]) -> Spans:
    """Neighbours of one style as one span; empty ones left out."""
    joined: list[Span] = []
    for span in found:
        if joined and joined[-1].style == span.style:
            joined[-1] = Span(joined[-1].text + span.text, span.style)
        elif span.text:
            joined.append(span)
    return tuple(joined)


def _blocks(lines: list[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line = lines[place]
        end = place + 1
        if not line.strip():
            place = end
        elif _begins_table(lines, place):
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield _table(lines[place:end])
        elif _ITEM.match(line):
            while end < len(lines) and lines[end].strip() and not _begins_table(lines, end):
                end += 1
            yield _list(lines[place:end])
        else:
            while end < len(lines) and lines[end].strip() and not _begins(lines, end):
                end += 1
            yield Paragraph(spans(" ".join(part.strip() for part in lines[place:end])))
        place = end


def _begins(lines: list[str], place: int) -> bool:
    return _ITEM.match(lines[place]) is not None or _begins_table(lines, place)


def _begins_table(lines: list[str], place: int) -> bool:
    if "|" not in lines[place] or place + 1 >= len(lines):
        return False
    below = lines[place + 1]
    return "|" in below and _RULE.fullmatch(below) is not None


def _list(lines: list[str]) -> ListBlock:
    """Items, each with the lines under it that begin no item of their own."""
    items: list[str] = []
    first = _ITEM.match(lines[0])
    for line in lines:
        item = _ITEM.match(line)
        if item:
            items.append(item["text"].strip())
        else:
            items[-1] += f" {line.strip()}"
    ordered = first is not None and first["number"] is not None
    return ListBlock(tuple(spans(item) for item in items), ordered)


def _table(lines: list[str]) -> Table:
    header = _cells(lines[0])
    rows = []
    for line in lines[2:]:
        cells = _cells(line)[: len(header)]
        rows.append(cells + ((),) * (len(header) - len(cells)))
    return Table(header, tuple(rows))


def _cells(line: str) -> tuple[Spans, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(spans(cell.strip()) for cell in re.split(r"(?<!\\)\|", inner))
