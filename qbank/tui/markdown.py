"""The markdown that a pack may use, as rows: paragraphs, lists, tables, bold, italic, ~sub~, ^sup^.

Nothing else is read: no link, no image, no raw HTML. What is not understood
stays on the screen as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content, Span

from qbank.tui import safe
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, paragraph

_INLINE: Final = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*"
    r"|\*(?P<italic>[^*\s](?:[^*\n]*[^*\s])?)\*"
    r"|~(?P<sub>[^~\s]{1,12})~"
    r"|\^(?P<sup>[^^\s]{1,12})\^"
)
_ITEM: Final = re.compile(r"(?P<mark>[-*]|\d{1,3}[.)])\s+(?P<text>.*)")
_TABLE_LINE: Final = re.compile(r"\|.*\|\s*$")
_TABLE_RULE: Final = re.compile(r"\|?[\s:|-]+\|[\s:|-]*$")
_LOW: Final = str.maketrans("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ")
_HIGH: Final = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")


def text_rows(text: str, width: int, *, markdown: bool, ink: Ink = Ink.PLAIN) -> list[Row]:
    """Text of a pack as rows, in the way its pack writes; plain words get the ink."""
    if not markdown:
        return paragraph(text, width, ink)
    rows = styled_rows(text, width)
    return [one._replace(runs=tuple(_inked(run, ink) for run in one.runs)) for one in rows]


def _inked(run: Run, ink: Ink) -> Run:
    return run._replace(ink=ink) if run.ink is Ink.PLAIN else run


def styled_rows(text: str, width: int) -> list[Row]:
    """The text as rows of at most `width` cells."""
    rows: list[Row] = []
    for block in re.split(r"\n\s*\n", safe.clean(text).strip("\n")):
        if rows:
            rows.append(BLANK)
        lines = block.split("\n")
        if all(_TABLE_LINE.match(line) for line in lines) and len(lines) > 1:
            rows += _table(lines, width)
        else:
            for lead, piece in _pieces(lines):
                rows += _wrapped(lead, _inline(piece), width)
    return rows


def _pieces(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Items of a list each by itself, the lines of a paragraph joined."""
    lead, words = "", ""
    for line in lines:
        item = _ITEM.match(line.strip())
        if item is None:
            words = f"{words} {line.strip()}".strip()
            continue
        if words:
            yield lead, words
        mark = item["mark"]
        lead, words = ("•" if mark in "-*" else mark) + " ", item["text"]
    if words:
        yield lead, words


def _inline(text: str) -> Content:
    """Text with spans named after inks."""
    plain, spans, at = "", [], 0
    for found in _INLINE.finditer(text):
        plain += text[at : found.start()]
        kind = found.lastgroup or ""
        inner = found[kind]
        start = len(plain)
        plain += _shifted(kind, inner)
        if kind in ("strong", "italic"):
            spans.append(Span(start, len(plain), kind))
        at = found.end()
    return Content(plain + text[at:], spans)


def _shifted(kind: str, inner: str) -> str:
    if kind not in ("sub", "sup"):
        return inner
    table, sign = (_LOW, "_") if kind == "sub" else (_HIGH, "^")
    moved = inner.translate(table)
    return moved if all(ord(character) in table for character in inner) else sign + inner


def _wrapped(lead: str, inked: Content, width: int) -> list[Row]:
    taken = cell_len(lead)
    rows: list[Row] = []
    for line in inked.wrap(max(2, width - taken)):
        start = Run(lead) if not rows and lead else gap(taken)
        rows.append(Row(tuple(run for run in (start, *_runs(line)) if run.text)))
    return rows


def _runs(line: Content) -> Iterator[Run]:
    text, at = line.plain, 0
    for span in sorted(line.spans):
        yield Run(text[at : span.start])
        yield Run(text[span.start : span.end], Ink(str(span.style)))
        at = span.end
    yield Run(text[at:].rstrip())


def _table(lines: Sequence[str], width: int) -> list[Row]:
    """Columns as wide as they need, cut where the screen is narrower."""
    cells = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in lines
        if not _TABLE_RULE.match(line.strip())
    ]
    columns = max(len(line) for line in cells)
    sizes = [
        max((cell_len(line[at]) for line in cells if at < len(line)), default=0)
        for at in range(columns)
    ]
    rows = []
    for number, line in enumerate(cells):
        ink = Ink.STRONG if number == 0 and len(cells) < len(lines) else Ink.PLAIN
        joined = "  ".join(fit(cell, sizes[at]) for at, cell in enumerate(line))
        rows.append(Row((Run(fit(joined.rstrip(), min(width, cell_len(joined.rstrip()))), ink),)))
    return rows
