"""A picture to look at: nearer, to a side, as a whole."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import Toast

from qbank.tui.picture import Look

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Region
    from textual.worker import WorkType

    from qbank.tui.graphics import Drawn, Graphics
    from qbank.tui.picture import Picture


class View(Widget):
    """Paints a picture in half cells; the wheel looks nearer, a press looks there.

    Where the terminal has graphics, the same picture is then drawn over the painted cells: never
    by way of a strip, which can be cut, and only while nothing else stands over the page.
    """

    DEFAULT_CSS = "View { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    class Looked(Message):
        """Another part is seen."""

    def __init__(self, *, colour: bool, graphics: Graphics | None = None) -> None:
        super().__init__(id="view")
        self._graphics = graphics if colour else None
        self._drawn: Drawn | None = None
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
        if self._graphics is not None:
            self._send(self._drawn.last if self._drawn is not None else "")
            self._drawn = None
            if self._strips:
                drawing: WorkType[None] = self._draw
                self.run_worker(drawing, group="draw", exclusive=True, exit_on_error=False)

    async def _draw(self) -> None:
        """Draw what is looked at, in a thread; another look makes an end of it."""
        if self._picture is None or self._graphics is None:
            return
        work = partial(
            self._graphics.now().draw, self._picture, (self.size.width, self.size.height), self.at
        )
        drawn = await asyncio.to_thread(work)
        if drawn is not None and self.is_attached:
            self._send(drawn.first)
            self._drawn = drawn
            self.refresh()

    def _send(self, text: str) -> None:
        # The way of Textual's own output, so that nothing comes in the midst of a frame.
        driver = self.app._driver
        if driver is not None and text:
            driver.write(text)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Cells; once they are painted, the picture comes over them."""
        if self._drawn is not None:
            self.call_later(self._lay)
        return super().render_lines(crop)

    def _lay(self) -> None:
        covered = self.app.screen is not self.screen or self.screen.query(Toast)
        if self._drawn is not None and not covered and not self.app.has_class("-small"):
            x, y, width, height = self.content_region
            self._send(self._drawn.over(x, y, width, height))

    def on_unmount(self) -> None:
        """Nothing of it stays in the terminal."""
        if self._drawn is not None:
            self._send(self._drawn.last)
            self._drawn = None

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
