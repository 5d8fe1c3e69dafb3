"""A picture in the cells of a terminal: two dots a cell, one above the other, by Pillow.

Pillow comes with the `images` extra and is imported only when a picture is to be shown.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_DOTS: Final = 40_000_000
_DEEPEST: Final = 16.0
_STEP: Final = 1.5
_PAN: Final = 0.25
_SHADES: Final = " .:-=+*#%@"


class NoPicture(Exception):
    """The bytes cannot be shown; the message says why."""


@dataclass(frozen=True, slots=True)
class Look:
    """How near one looks (1: the whole), and at what: a place as shares of width and height."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def nearer(self, steps: int) -> Look:
        """In or out by steps, no further out than the whole."""
        return replace(self, zoom=max(1.0, min(_DEEPEST, self.zoom * _STEP**steps)))

    def moved(self, across: int, down: int) -> Look:
        """A quarter of what is seen to a side."""
        x, y = self.x + across * _PAN / self.zoom, self.y + down * _PAN / self.zoom
        return replace(self, x=min(1.0, max(0.0, x)), y=min(1.0, max(0.0, y)))


def can_show() -> bool:
    """Whether Pillow is installed."""
    return find_spec("PIL") is not None


class Picture:
    """A decoded picture. Raises NoPicture where the bytes are none, or far too many dots."""

    def __init__(self, data: bytes) -> None:
        from PIL import Image

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the limit below is ours
                opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP"))
                if opened.width * opened.height > _MOST_DOTS:
                    raise NoPicture("It has too many dots to be shown here.")
                self._image = _on_white(opened)
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            raise NoPicture("It cannot be read.") from error

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in dots."""
        return self._image.size

    def strips(self, columns: int, rows: int, look: Look, *, colour: bool = True) -> list[Strip]:
        """The picture in so many cells, in the middle of them; without colour as shades."""
        shown = self.seen(columns, rows * 2, look)
        across, down = shown.width, shown.height // 2
        dots = shown.convert("RGB" if colour else "L").tobytes()
        left, above = (columns - across) // 2, (rows - down) // 2
        line = _colours if colour else _shades
        strips = [Strip.blank(columns)] * above
        for number in range(down):
            segments = [Segment(" " * left), *line(dots, across, number)]
            strips.append(Strip(segments).adjust_cell_length(columns))
        return strips + [Strip.blank(columns)] * (rows - above - down)

    def seen(self, across: int, down: int, look: Look) -> Image:
        """What is looked at, as large as it is shown in a room of so many dots."""
        from PIL.Image import Resampling

        width, height = self._image.size
        scale = min(across / width, down / height) * look.zoom
        shown = (
            max(1, min(across, round(width * scale))),
            max(2, min(down, round(height * scale))) // 2 * 2,
        )
        part = min(width, shown[0] / scale), min(height, shown[1] / scale)
        left = min(max(look.x * width - part[0] / 2, 0), width - part[0])
        top = min(max(look.y * height - part[1] / 2, 0), height - part[1])
        box = (left, top, left + part[0], top + part[1])
        return self._image.resize(shown, Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _on_white(opened: Image) -> Image:
    """The first frame; what can be seen through is white."""
    from PIL import Image

    if opened.mode in ("RGB", "L"):
        return opened.convert("RGB")
    clear = opened.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB")


def _colours(dots: bytes, across: int, number: int) -> list[Segment]:
    upper = 2 * number * across * 3
    lower = upper + across * 3
    pairs = (
        (dots[upper + at : upper + at + 3], dots[lower + at : lower + at + 3])
        for at in range(0, across * 3, 3)
    )
    return [Segment("▀" * len(list(run)), _style(*pair)) for pair, run in groupby(pairs)]


def _shades(dots: bytes, across: int, number: int) -> list[Segment]:
    upper = 2 * number * across
    most = 2 * 255 + 1
    said = (
        _SHADES[(dots[upper + at] + dots[upper + across + at]) * len(_SHADES) // most]
        for at in range(across)
    )
    return [Segment("".join(said))]


@lru_cache(4096)
def _style(upper: bytes, lower: bytes) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
