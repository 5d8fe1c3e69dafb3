"""Text of a pack as rows, plain or in the markdown that a pack may use."""

from __future__ import annotations

from qbank.tui.ink import Ink, Row
from qbank.tui.prose import lay, painted


def text_rows(text: str, width: int, *, markdown: bool, ink: Ink = Ink.PLAIN) -> list[Row]:
    """The text as rows of at most `width` cells, in the way its pack writes; plain words get ink.

    No link, no image, no raw HTML is read: what is not understood stays as it was written.
    """
    return [painted(line, ink=ink) for line in lay(text, width, markdown=markdown)]
