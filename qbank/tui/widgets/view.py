"""A picture to look at: nearer, to a side, as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from qbank.tui.picture import Look

if TYPE_CHECKING:
    from textual import events

    from qbank.tui.picture import Picture


class View(Widget):
    """Paints a picture in half cells; the wheel looks nearer, a press looks there."""

    DEFAULT_CSS = "View { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    class Looked(Message):
        """Another part is seen."""

    def __init__(self, *, colour: bool, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._picture: Picture | None = None
        self._colour = colour
        self._strips: list[Strip] = []
        self.at = Look()

    def show(self, picture: Picture) -> None:
        """Show a picture as a whole."""
        self._picture = picture
        self.look(Look())

    def look(self, at: Look) -> None:
        """Look so from now on."""
        self.at = at
        self._paint()
        self.post_message(self.Looked())

    def _paint(self) -> None:
        width, height = self.size
        self._strips = []
        if self._picture is not None and width and height:
            self._strips = self._picture.strips(width, height, self.at, colour=self._colour)
        self.refresh()

    def on_resize(self) -> None:
        """As large as there is room."""
        self._paint()

    def render_line(self, y: int) -> Strip:
        """One line of cells."""
        if y >= len(self._strips):
            return Strip.blank(self.size.width, self.rich_style)
        return self._strips[y].apply_style(self.rich_style)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Further away."""
        event.stop()
        self.look(self.at.nearer(-1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Nearer."""
        event.stop()
        self.look(self.at.nearer(1))

    def on_click(self, event: events.Click) -> None:
        """What was pressed comes towards the middle."""
        width, height = self.size
        across, down = event.x / width - 0.5, event.y / height - 0.5
        look = self.at
        side = (abs(across) > 0.2) * (1 if across > 0 else -1)
        up_or_down = (abs(down) > 0.2) * (1 if down > 0 else -1)
        self.look(look.moved(side, up_or_down))
