"""Pictures in a terminal's own dots, by kitty's protocol or sixel, where `--images` asks for it.

Of a picture only its decoded dots come this far; they are written anew by Pillow, so no byte of
a file and no text of a pack is ever in what is sent. The library that does it comes with the
`images` extra and is imported only here, and only before the app starts: it asks the terminal.
"""

from __future__ import annotations

import contextlib
import io
import struct
import sys
from base64 import b64encode
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import count
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

    from qbank.tui.picture import Look, Picture

NO_EXTRA: Final = "--images needs the extra `images`: qbank[images]. Pictures are in half cells."
NO_PROTOCOL: Final = (
    "This terminal has neither kitty's graphics nor sixel. Pictures are in half cells."
)
_QUIET_S: Final = 0.4
_PIECE: Final = 4096
_BAND: Final = 6
_MOST_CELLS: Final = 297
_NUMBERS = count(0x51_42_00)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What to send: once at first, each time over painted cells, and at the end."""

    first: str
    rows: tuple[str, ...]
    """One for each line of cells from `top`, at column `left`; a sixel is all in the first."""
    left: int
    top: int
    last: str = ""

    def over(self, x: int, y: int, columns: int, lines: int) -> str:
        """Clear the cells whose first is at x and y (from 0), then draw, the cursor as it was."""
        clear = "".join(f"{_at(x, y + line)}{' ' * columns}" for line in range(lines))
        said = "".join(
            f"{_at(x + self.left, y + self.top + line)}{row}" for line, row in enumerate(self.rows)
        )
        return f"\x1b7\x1b[0m{clear}{said}\x1b[0m\x1b8"


@dataclass(frozen=True, slots=True)
class Graphics:
    """What the terminal can: a protocol, and the width and height of its cells in dots."""

    protocol: Literal["kitty", "sixel"]
    cell: tuple[int, int]

    def now(self) -> Graphics:
        """With the cells as large as they are now: the terminal's type may have been changed."""
        try:
            import fcntl
            import termios

            said = fcntl.ioctl(1, termios.TIOCGWINSZ, bytes(8))
        except (ImportError, OSError):
            return self
        lines, columns, width, height = struct.unpack("HHHH", said)
        if not (lines and columns and width >= columns and height >= lines):
            return self
        return replace(self, cell=(width // columns, height // lines))

    def draw(self, picture: Picture, size: tuple[int, int], look: Look) -> Drawn | None:
        """What is looked at, in so many columns and lines; None where that is too large."""
        columns, lines = size
        if max(size) > _MOST_CELLS:
            return None
        wide, high = self.cell
        image = picture.seen(columns * wide, lines * high, look)
        across, down = -(-image.width // wide), -(-image.height // high)
        left, top = (columns - across) // 2, (lines - down) // 2
        if self.protocol == "kitty":
            return _kitty(image, (across, down), (left, top))
        # Whole bands, so that no dot falls below the last line.
        whole = image.crop((0, 0, image.width, max(_BAND, image.height // _BAND * _BAND)))
        from textual_image._sixel import image_to_sixels

        return Drawn("", (image_to_sixels(whole),), left, top)


def ask() -> Graphics | str:
    """Ask the terminal, before the app has it to itself; words where it can do neither."""
    if find_spec("PIL") is None or find_spec("textual_image") is None:
        return NO_EXTRA
    try:
        # Importing it asks; what a terminal answers that is none of the answers is no yes.
        from textual_image import renderable
        from textual_image._terminal import get_cell_size

        cell = get_cell_size()
    except (OSError, ValueError):
        return NO_PROTOCOL
    if renderable.Image is renderable.SixelImage:
        return Graphics("sixel", (cell.width, cell.height))
    if renderable.Image is renderable.TGPImage:
        return Graphics("kitty", (cell.width, cell.height))
    _let_answers_come()
    return NO_PROTOCOL


def _let_answers_come() -> None:
    """Take what a slow terminal answers late, lest the app hears it as keys."""
    from textual_image._terminal import TerminalError, capture_terminal_response

    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        return
    with (
        contextlib.suppress(TimeoutError, TerminalError, UnicodeDecodeError),
        capture_terminal_response("", "\0", _QUIET_S),
    ):
        pass


def _kitty(image: Image, cells: tuple[int, int], at: tuple[int, int]) -> Drawn:
    """Sent once as PNG; then it stands where its placeholders do, and goes when they do."""
    from rich.console import Console
    from textual_image.renderable import TGPImage

    number = next(_NUMBERS)
    held = io.BytesIO()
    image.save(held, "PNG", compress_level=2)
    data = b64encode(held.getvalue()).decode("ascii")
    pieces = [data[start : start + _PIECE] for start in range(0, len(data), _PIECE)]
    sent = [f"i={number},f=100,q=2,m=1;{pieces[0]}", *(f"q=2,m=1;{piece}" for piece in pieces[1:])]
    sent += ["q=2,m=0;", f"a=p,i={number},c={cells[0]},r={cells[1]},U=1,q=2;"]
    placeholders = TGPImage(image, *cells)
    placeholders.terminal_image_id = number
    console = Console(width=cells[0], height=cells[1], file=io.StringIO())
    rows = "".join(segment.text for segment in console.render(placeholders)).split("\n")
    colour = f"\x1b[38;2;{number >> 16 & 255};{number >> 8 & 255};{number & 255}m"
    return Drawn(
        "".join(map(_message, sent)),
        tuple(colour + row for row in rows if row),
        *at,
        _message(f"a=d,d=I,i={number},q=2;"),
    )


def _message(text: str) -> str:
    return f"\x1b_G{text}\x1b\\"


def _at(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"
