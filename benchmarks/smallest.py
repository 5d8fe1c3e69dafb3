"""The smallest Textual app: one Static with a text, and a binding that changes one character.

`python smallest.py FILE OFFSET` shows the text of FILE; `b` and `c` flip the character at OFFSET.
"""

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static

TEXT = Path(sys.argv[1]).read_text(encoding="utf-8")
OFFSET = int(sys.argv[2])


class Smallest(App[None]):
    """Nothing beyond what Textual does by default."""

    BINDINGS: ClassVar = [("b,c", "flip", "Flip")]

    def compose(self) -> ComposeResult:
        """One widget."""
        self.shown = Static(TEXT, markup=False)
        self.mark = False
        yield self.shown

    def action_flip(self) -> None:
        """Change one character."""
        self.mark = not self.mark
        sign = "*" if self.mark else " "
        self.shown.update(TEXT[:OFFSET] + sign + TEXT[OFFSET + 1 :])


if __name__ == "__main__":
    Smallest().run()
