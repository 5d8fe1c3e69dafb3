"""The question on the screen: one widget for text, options and what stands under them.

While it has the focus, the arrows move a cursor over the words of the text, and Space marks
from one to another; the mouse marks by dragging. What is marked is told by a message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from qbank.block.spans import marked, unmarked
from qbank.tui import pen
from qbank.tui.face import paint, source
from qbank.tui.ink import Ink, Row
from qbank.tui.panes import Sheet, arrange, column
from qbank.tui.prose import Paint, place_at
from qbank.tui.widgets.paned import Paned

if TYPE_CHECKING:
    from textual import events

    from qbank.block.spans import Spans
    from qbank.tui.face import Face
    from qbank.tui.pen import Word

Below = Callable[[int], Sequence[Row]]
"""Rows to stand under a question, for the width of its text."""

_LEFT_BUTTON = 1


class Question(Paned):
    """Shows a face; `show` repaints what differs, a new question starts at its top.

    The pen is open while the widget has the focus. Where it is, what it began and what is
    dragged are places in the face's source, so that they outlive any new layout.
    """

    DEFAULT_CSS = "Question { height: 1fr; }"
    can_focus = True
    FOCUS_ON_CLICK = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "word(-1)", "Word before", id="pen.left"),
        Binding("right", "word(1)", "Next word", id="pen.right"),
        Binding("up", "line(-1)", "Line above", id="pen.up"),
        Binding("down", "line(1)", "Line below", id="pen.down"),
        Binding("space", "mark", "Mark from this word; again: to it", id="pen.mark"),
        Binding("delete", "unmark", "Take the mark on the word away", id="pen.unmark"),
        Binding("escape,w,W", "close", "Back to answering", id="pen.close"),
    ]

    class Highlighted(Message):
        """The person changed what is marked: all spans, as they are to be."""

        def __init__(self, spans: Spans) -> None:
            super().__init__()
            self.spans = spans

    class Pen(Message):
        """The pen was opened or closed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._face: Face | None = None
        self._below: Below | None = None
        self._words: tuple[Word, ...] | None = None
        self._words_at: tuple[object, ...] = ()
        self._at = -1
        self._from: int | None = None
        self._drag: tuple[int, int] | None = None
        self._dragged = False

    # --- showing ------------------------------------------------------------------------

    def show(self, face: Face | None, below: Below | None = None) -> None:
        """Show a face and, under it, further rows."""
        before = self._face
        self._face, self._below = face, below
        if before is None or face is None or before.text is not face.text:
            self._tops, self._at, self._from, self._drag = [0, 0], -1, None, None
        self.update()
        if face is not None and face.cursor is not None:
            self.show_option(face.cursor)

    def sheet(self, width: int, height: int) -> Sheet:
        """Text and options, arranged by what there is room for."""
        if self._face is None or not height:
            return Sheet((), ())
        if self._words_at != (at := (self._face.text, width, height, self._below is None)):
            self._words, self._words_at = None, at
        below = self._below(column(width)[1]) if self._below else ()
        return arrange(self._face, width, height, below)

    def paint(self) -> tuple[Paint, ...]:
        """The word under the cursor, what is being marked, what is marked."""
        over: list[Paint] = []
        if self.has_focus and self.words:
            word = self.words[pen.at_place(self.words, self._at)]
            over.append((word.begin, word.end, Ink.WORD))
            if self._from is not None:
                over.append((*pen.between(self.words, self._from, self._at), Ink.MARKED))
        if self._drag is not None:
            over.append((*pen.between(self.words, *self._drag), Ink.MARKED))
        return (*over, *(paint(self._face) if self._face else ()))

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the text, where they now stand; looked for when they are asked for."""
        if self._words is None:
            lines = [line for pane in self._sheet.panes for line in pane.lines]
            self._words = pen.words(source(self._face.text), lines) if self._face else ()
        return self._words

    def show_answer(self) -> None:
        """The options at the top, what stands under them in sight."""
        if self._sheet.options:
            self.show_from(self._sheet.options[0][0])

    def on_resize(self) -> None:
        """The option or the word under the cursor stays in sight."""
        self.call_after_refresh(self._see_cursor)

    def _see_cursor(self) -> None:
        if self.has_focus and self.words:
            self._go(self.words[pen.at_place(self.words, self._at)])
        elif self._face is not None and self._face.cursor is not None:
            self.show_option(self._face.cursor)

    # --- the pen ----------------------------------------------------------------------------

    def watch_has_focus(self, has_focus: bool) -> None:
        """With the focus the pen opens, where it was or at the first word in sight."""
        super().watch_has_focus(has_focus)
        self._from = None
        if has_focus and self._at < 0 and self.words:
            seen = (word for word in self.words if word.line >= self._tops[0])
            self._go(next(seen, self.words[0]))
        self.update()
        self.post_message(self.Pen())

    def _go(self, word: Word) -> None:
        """Put the cursor on a word and bring its line into sight."""
        self._at = word.begin
        line = word.line
        for which, pane in enumerate(self._sheet.panes):
            if line < len(pane.lines):
                self.see(which, line, line)
                break
            line -= len(pane.lines)
        self.update()

    @property
    def begun(self) -> bool:
        """Whether a mark was begun and not ended."""
        return self._from is not None

    def action_word(self, step: int) -> None:
        """To the word beside."""
        if self.words:
            self._go(pen.beside(self.words, self._at, step))

    def action_line(self, step: int) -> None:
        """To the word above or below."""
        if self.words:
            self._go(pen.over(self.words, self._at, step))

    def action_mark(self) -> None:
        """Mark from here, or to here."""
        if self._from is None:
            self._from = self._at
        else:
            self._mark(self._from, self._at)
            self._from = None
        self.update()
        self.post_message(self.Pen())

    def action_unmark(self) -> None:
        """Take away what was begun, else the mark on the word."""
        if self._from is None:
            self._unmark(self._at)
        self._from = None
        self.update()
        self.post_message(self.Pen())

    def action_close(self) -> None:
        """Hand the keys back."""
        self.screen.set_focus(None)

    def _mark(self, one: int, other: int) -> None:
        if self._face is not None and self.words:
            span = pen.between(self.words, one, other)
            self._tell_marks(marked(self._face.highlights, span))

    def _unmark(self, place: int) -> None:
        if self._face is not None:
            self._tell_marks(unmarked(self._face.highlights, place))

    def _tell_marks(self, spans: Spans) -> None:
        if self._face is not None and spans != self._face.highlights:
            self.post_message(self.Highlighted(spans))

    # --- the mouse -----------------------------------------------------------------------------

    def _place(self, event: events.MouseEvent) -> int | None:
        """Where the word under the pointer begins in the source; None where no text is."""
        for pane, top in zip(self._sheet.panes, self._tops, strict=False):
            number = top + event.y - pane.top
            if pane.covers(event.x, event.y) and number < len(pane.lines):
                place = place_at(pane.lines[number], event.x - pane.left)
                if place is not None and self.words:
                    return self.words[pen.at_place(self.words, place)].begin
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Perhaps a mark begins here."""
        self._dragged = False
        place = self._place(event) if event.button == _LEFT_BUTTON else None
        if place is not None:
            self._drag = (place, place)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark on, while the button is down; off the text the mark ends where it was."""
        if self._drag is None:
            return
        place = self._place(event)
        self._dragged = self._dragged or place != self._drag[0]
        if place is not None and place != self._drag[1]:
            self._drag = (self._drag[0], place)
            self.update()

    def on_mouse_up(self) -> None:
        """A mark is made, if the pointer moved."""
        drag, self._drag = self._drag, None
        if drag is None:
            return
        self.release_mouse()
        if self._dragged:
            self._mark(*drag)
        self.update()

    def on_click(self, event: events.Click) -> None:
        """Two presses mark a word, one takes a mark away; the end of dragging is no press."""
        if self._dragged:
            event.prevent_default()
            return
        place = self._place(event) if event.button == _LEFT_BUTTON else None
        if place is None:
            return
        if event.chain > 1:
            self._mark(place, place)
        else:
            self._unmark(place)
