"""The question on the screen: one widget for stem, options and what stands under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qbank.tui.face import Face, draw
from qbank.tui.ink import Row, inset
from qbank.tui.widgets.lines import Lines

Below = Callable[[int], Sequence[Row]]
"""Rows to stand under a question, for the width of its text."""


class Question(Lines):
    """Shows a face; `show` repaints what differs, a new question starts at its top."""

    DEFAULT_CSS = "Question { height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._face: Face | None = None
        self._below: Below | None = None
        self._spans: tuple[tuple[int, int], ...] = ()

    def show(self, face: Face | None, below: Below | None = None) -> None:
        """Show a face and, under it, further rows."""
        before = self._face
        self._face, self._below = face, below
        if before is None or face is None or before.text is not face.text:
            self.show_from(0)
        self.update()
        if face is not None and face.cursor is not None:
            self.show_option(face.cursor)

    def on_resize(self) -> None:
        """The option under the cursor stays in sight."""
        if self._face is not None and self._face.cursor is not None:
            self.call_after_refresh(self.show_option, self._face.cursor)

    def show_answer(self) -> None:
        """The options at the top, what stands under them in sight."""
        if self._spans:
            self.show_from(self._spans[0][0])

    def show_option(self, place: int) -> None:
        """Scroll no further than needed to see an option."""
        if place < len(self._spans):
            self.keep_in_sight(*self._spans[place])

    def build(self, width: int, height: int) -> Sequence[Row]:
        """Stem, lead-in, options, and what stands below."""
        if self._face is None:
            return ()
        drawn = draw(self._face, width, height)
        self._spans = drawn.options
        if self._below is None:
            return drawn.rows
        return [*drawn.rows, *(inset(one, drawn.left) for one in self._below(drawn.width))]
