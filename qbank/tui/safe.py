"""The one way of pack text to the screen: it can neither be read as markup nor steer a terminal.

Stored text was gated when it was imported. Here it is made inert once more for
whatever came another way, and every painted line passes a filter as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.content import Content
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

# Controls but newline and tab, C1, and what is invisible or turns the direction of text. The
# joiners U+200C and U+200D stay: scripts need them.
_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_IN_A_LINE: Final = re.compile("[\t\n]")
REPLACEMENT: Final = "\ufffd"


def clean(text: str) -> str:
    """Text with every steering character replaced; newlines stay, a tab is a space."""
    return _STEERING.sub(REPLACEMENT, text.replace("\t", " "))


def one_line(text: str) -> str:
    """Clean text on one line."""
    return " ".join(clean(text).split())


def content(text: str) -> Content:
    """Clean text for a widget, taken as it is: no markup, no link, no action."""
    return Content(clean(text))


class Inert(LineFilter):
    """The second line: replaces steering characters in whatever a widget painted."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, those with a steering character replaced."""
        if not any(_needs(segment) for segment in segments):
            return segments
        return [
            Segment(_IN_A_LINE.sub(" ", _STEERING.sub(REPLACEMENT, text)), style, control)
            if not control
            else Segment(text, style, control)
            for text, style, control in segments
        ]


def _needs(segment: Segment) -> bool:
    text = segment.text
    return not text.isascii() or not text.isprintable()
