"""The base of all widgets here: it paints rows, and repaints only the rows that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from qbank.tui.ink import BLANK, Ink, Row

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

INK_CLASSES = frozenset(f"ink--{ink}" for ink in Ink)
"""Component classes that every screen declares, so that `styles/` can colour them."""

_RIGHT = 3


class Lines(Widget):
    """Rows built from attributes by `build`; `update` builds again and paints the difference."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"
    can_focus = False
    fixed = 0
    """So many rows at the top stay where they are."""

    class Pressed(Message):
        """A row or run with a target was pressed, by the left or the right button, maybe twice."""

        def __init__(self, lines: Lines, target: str, *, right: bool, twice: bool) -> None:
            super().__init__()
            self.lines = lines
            self.target = target
            self.right = right
            self.twice = twice

        @property
        def control(self) -> Lines:
            """Who says it."""
            return self.lines

    class Scrolled(Message):
        """How many rows are out of sight, above and below."""

        def __init__(self, lines: Lines, above: int, below: int) -> None:
            super().__init__()
            self.lines = lines
            self.above = above
            self.below = below

        @property
        def control(self) -> Lines:
            """Who says it."""
            return self.lines

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._top = 0
        self._told = (0, 0)

    # --- for subclasses ---------------------------------------------------------

    def build(self, width: int, height: int) -> Sequence[Row]:
        """All rows at this size, from the widget's attributes."""
        raise TypeError(f"{type(self).__name__} does not say what it shows")

    def update(self) -> None:
        """Build the rows again and repaint those that differ."""
        if not self.is_mounted or not self.size.width:
            return
        old, old_top = self._rows, self._top
        width, height = self.size
        self._rows = self.build(width, height)
        if self.styles.is_auto_height and len(self._rows) != len(old):
            self.refresh(layout=True)
            return
        self._top = self._within(self._top)
        self._tell()
        if self._top != old_top:
            self.refresh()
            return
        for y in range(height):
            at = self._index(y)
            if self._row_at(old, at) != self._row_at(self._rows, at):
                self.refresh(Region(0, y, width, 1))

    # --- scrolling ----------------------------------------------------------------

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as last built."""
        return self._rows

    @property
    def top(self) -> int:
        """The first row in sight."""
        return self._top

    def scroll_rows(self, rows: int) -> bool:
        """Move by so many rows; says whether anything moved."""
        return self.show_from(self._top + rows)

    def show_from(self, top: int) -> bool:
        """Bring a row to the upper edge, as far as there are rows; says whether anything moved."""
        top = self._within(top)
        if top == self._top:
            return False
        self._top = top
        self._tell()
        self.refresh()
        return True

    def keep_in_sight(self, first: int, last: int) -> None:
        """Scroll no further than needed for the rows `first` to `last`, fixed ones not counted."""
        height = self.size.height - self.fixed
        if first < self._top:
            self.show_from(first)
        elif last >= self._top + height:
            self.show_from(min(first, last - height + 1))

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - self.size.height))

    def _index(self, y: int) -> int:
        return y if y < self.fixed else y + self._top

    def _tell(self) -> None:
        below = max(0, len(self._rows) - self._top - self.size.height)
        if (self._top, below) != self._told:
            self._told = (self._top, below)
            self.post_message(self.Scrolled(self, self._top, below))

    # --- painting -------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are rows at this width."""
        return len(self.build(width, 0))

    def on_resize(self) -> None:
        """A new width wraps anew; the place is kept."""
        self._rows = self.build(self.size.width, self.size.height)
        self._top = self._within(self._top)
        self._tell()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the widget, as text with styles."""
        line = self._row_at(self._rows, self._index(y))
        base = self.rich_style
        fill = base + self._ink(line.fill)
        segments, x = [], 0
        for run in line.runs:
            inside = line.left <= x and (not line.until or x < line.until)
            segments.append(Segment(run.text, (fill if inside else base) + self._ink(run.ink)))
            x += segments[-1].cell_length
        return Strip(segments).adjust_cell_length(self.size.width, base if line.until else fill)

    def _ink(self, ink: Ink) -> Style:
        if ink is Ink.PLAIN:
            return Style.null()
        return self.screen.get_component_rich_style(f"ink--{ink}", partial=True)

    @staticmethod
    def _row_at(rows: Sequence[Row], index: int) -> Row:
        return rows[index] if 0 <= index < len(rows) else BLANK

    # --- the mouse ------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves two rows."""
        if self.scroll_rows(2):
            event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves two rows."""
        if self.scroll_rows(-2):
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Say what was pressed, where that means something."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        target = self.target_at(offset.x, offset.y)
        if target:
            event.stop()
            pressed = self.Pressed(
                self, target, right=event.button == _RIGHT, twice=event.chain > 1
            )
            self.post_message(pressed)

    def target_at(self, x: int, y: int) -> str:
        """What a press at a cell of the widget means; empty for nothing."""
        line = self._row_at(self._rows, self._index(y))
        inside = line.left <= x and (not line.until or x < line.until)
        target = line.target if inside else ""
        for run in line.runs:
            size = Segment(run.text).cell_length
            if x < size:
                return run.target or target
            x -= size
        return target


class FocusedLines(Lines):
    """Lines that take keys, and look otherwise while they do."""

    can_focus = True

    def watch_has_focus(self, has_focus: bool) -> None:
        """The keys go here, or elsewhere; told after the change, as the events are not."""
        super().watch_has_focus(has_focus)
        self.update()

    def on_mount(self) -> None:
        """What there is from the start."""
        self.update()
