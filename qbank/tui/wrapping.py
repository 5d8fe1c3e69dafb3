"""Where lines end: text as pairs of places, so that a cell on the screen leads back to its word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, chop_cells

# A space that joins (U+00A0, U+2007, U+202F) is no place to end a line.
_WORD: Final = re.compile("[^ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000\n]+")


@lru_cache(512)
def breaks(text: str, width: int) -> tuple[tuple[int, int], ...]:
    """The lines of a text as (from, to), each of at most `width` cells, at least 2.

    A line of the source begins a new one and keeps its indentation; the space at which a
    line was broken belongs to none. A word that is longer than a line goes on in the next.
    """
    size = len if text.isascii() else cell_len
    lines: list[tuple[int, int]] = []
    begin = 0
    for source in text.split("\n"):
        end = begin + len(source)
        lines += _broken(text, (begin, end), max(2, width), size)
        begin = end + 1
    return tuple(lines)


def _broken(
    text: str, line: tuple[int, int], width: int, size: Callable[[str], int]
) -> Iterator[tuple[int, int]]:
    """One line of the source."""
    begin, end = line[0], line[0]
    used = 0
    for word in _WORD.finditer(text, *line):
        length = size(word[0])
        gap = size(text[end : word.start()])
        if used + gap + length <= width:
            used += gap + length
            end = word.end()
            continue
        if end > begin:
            yield begin, end
        begin, end, used = *word.span(), length
        if length > width:
            *whole, rest = chop_cells(word[0], width)
            for piece in whole:
                yield begin, begin + len(piece)
                begin += len(piece)
            used = size(rest)
    yield begin, end
