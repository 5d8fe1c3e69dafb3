"""The highlighter: the words of a text as they stand on the screen, and ways between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from qbank.tui.prose import Line

_WORD: Final = re.compile(r"\S+")


class Word(NamedTuple):
    """A word of the source that is on the screen: its place, its line, its first cell there."""

    begin: int
    end: int
    line: int
    x: int


def words(source: str, lines: Sequence[Line]) -> tuple[Word, ...]:
    """Every word of the source that the lines show, in the order of the eye."""
    spans = [found.span() for found in _WORD.finditer(source)]
    begins = [begin for begin, _ in spans]
    found: dict[int, Word] = {}
    for number, line in enumerate(lines):
        x = 0
        for bit in line:
            for character, place in zip(bit.text, bit.at, strict=False):
                which = bisect_right(begins, place) - 1
                if which >= 0 and place < spans[which][1]:
                    found.setdefault(which, Word(*spans[which], number, x))
                x += cell_len(character)
            x += 0 if bit.at else cell_len(bit.text)
    return tuple(found.values())


def at_place(words: Sequence[Word], place: int) -> int:
    """The word at a place of the source, else the nearest before it, else the first one."""
    before = (at for at, word in enumerate(words) if word.begin <= place)
    return max(before, key=lambda at: words[at].begin, default=0)


def beside(words: Sequence[Word], place: int, step: int) -> Word:
    """The word before or behind the one at a place, as far as there is one."""
    return words[max(0, min(at_place(words, place) + step, len(words) - 1))]


def over(words: Sequence[Word], place: int, step: int) -> Word:
    """The word above or below the one at a place: on the next line with words, the nearest."""
    here = words[at_place(words, place)]
    further = [word for word in words if (word.line - here.line) * step > 0]
    if not further:
        return words[0] if step < 0 else words[-1]
    return min(further, key=lambda word: (abs(word.line - here.line), abs(word.x - here.x)))


def between(words: Sequence[Word], one: int, other: int) -> tuple[int, int]:
    """From and to of all words from one place of the source to another, whichever is first."""
    ends = words[at_place(words, one)], words[at_place(words, other)]
    return min(word.begin for word in ends), max(word.end for word in ends)
