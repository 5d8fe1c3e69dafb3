"""A field of cells to draw on: thin lines of dots, marks that lie over them, and rules below."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

from qbank.tui.ink import Ink, Run

_BRAILLE: Final = 0x2800
_BRAILLE_BITS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLOCKS: Final = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_BLOCK_BITS: Final = ((1, 2), (4, 8))


class Dots(StrEnum):
    """What a terminal can show: braille, or blocks where its letters have no braille."""

    BRAILLE = "braille"
    BLOCKS = "blocks"


class Canvas:
    """`width` x `height` cells, each with 2 x 4 dots of braille or 2 x 2 blocks."""

    def __init__(self, width: int, height: int, dots: Dots) -> None:
        self.width = width
        self.height = height
        self._braille = dots is Dots.BRAILLE
        self._table = _BRAILLE_BITS if self._braille else _BLOCK_BITS
        self._bits: dict[tuple[int, int], int] = {}
        self._inks: dict[tuple[int, int], Ink] = {}
        self._marks: dict[tuple[int, int], Run] = {}
        self._rules: dict[tuple[int, int], Run] = {}

    @property
    def dots(self) -> tuple[int, int]:
        """Dots across and down."""
        return self.width * 2, self.height * len(self._table)

    def rule(self, x: int, y: int, sign: str) -> None:
        """A sign under everything else."""
        self._rules[x, y] = Run(sign, Ink.RULE)

    def mark(self, x: int, y: int, sign: str, ink: Ink) -> None:
        """A sign over everything else; the first one at a cell stays."""
        self._marks.setdefault((x, y), Run(sign, ink))

    def word(self, x: int, y: int, text: str, ink: Ink) -> bool:
        """Words over the rules; False, and nothing written, where anything is drawn already."""
        cells = [(x + at, y) for at in range(len(text))]
        taken = any(cell in self._marks or cell in self._bits for cell in cells)
        if x < 0 or x + len(text) > self.width or taken:
            return False
        for cell, letter in zip(cells, text, strict=True):
            self._rules[cell] = Run(letter, ink)
        return True

    def dot(self, x: int, y: int, ink: Ink) -> None:
        """One dot, counted in dots from the upper left."""
        down = len(self._table)
        cell = (x // 2, y // down)
        self._bits[cell] = self._bits.get(cell, 0) | self._table[y % down][x % 2]
        self._inks.setdefault(cell, ink)

    def line(self, points: Sequence[tuple[int, int]], ink: Ink) -> None:
        """A line of dots through points, counted in dots."""
        for (x, y), (to_x, to_y) in pairwise(points):
            steps = max(abs(to_x - x), abs(to_y - y), 1)
            for step in range(steps + 1):
                at = x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps)
                self.dot(*at, ink)

    def runs(self, y: int) -> list[Run]:
        """The cells of a row from the left, neighbours of one ink as one run."""
        merged: list[Run] = []
        for x in range(self.width):
            cell = self._cell(x, y)
            if merged and merged[-1].ink is cell.ink:
                merged[-1] = cell._replace(text=merged[-1].text + cell.text)
            else:
                merged.append(cell)
        return merged

    def _cell(self, x: int, y: int) -> Run:
        if (x, y) in self._marks:
            return self._marks[x, y]
        bits = self._bits.get((x, y))
        if bits is None:
            return self._rules.get((x, y), Run(" ", Ink.RULE))
        sign = chr(_BRAILLE + bits) if self._braille else _BLOCKS[bits]
        return Run(sign, self._inks[x, y])
