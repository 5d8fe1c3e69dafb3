"""Text of a pack as Markdown that can only be read.

What could become a link, a heading, HTML or a picture stands as it was written.
"""

from __future__ import annotations

import re
from typing import Final

from qbank.content.markdown import without_scripts

_ALWAYS: Final = re.compile(r"[\\`\[\]<>&#!]")
_STYLED: Final = re.compile(r"[*_~^|]")
_LIST_LIKE: Final = re.compile(r"(?m)^([ \t]*\d*)([-+.)])(?=\s|$)")
_UNDERLINE: Final = re.compile(r"(?m)^([ \t]*)(?=(?:-+|=+)[ \t]*$)")
"""A line that would make a heading of the one above it."""
_ADDRESS: Final = re.compile(r"://|(?i:www)\.")


def plain(text: str) -> str:
    """Text that no Markdown reader takes for more than text."""
    said = _STYLED.sub(_escape, _ALWAYS.sub(_escape, text))
    return _linkless(_LIST_LIKE.sub(r"\1\\\2", said))


def styled(text: str) -> str:
    """Text of a pack that may be bold, italic, a list or a table, and nothing else."""
    return _linkless(_ALWAYS.sub(_escape, without_scripts(text)))


def _linkless(text: str) -> str:
    """Without what makes a heading of a line, or a link of an address."""
    return _ADDRESS.sub(_unlinked, _UNDERLINE.sub(r"\1\\", text))


def _escape(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def _unlinked(address: re.Match[str]) -> str:
    return f"{address[0][:-1]}\\{address[0][-1]}" if address[0][0] != ":" else f"\\{address[0]}"
