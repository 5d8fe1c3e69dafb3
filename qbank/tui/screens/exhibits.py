"""The pictures of a question: as far as the terminal can show them, and their words always."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.tui.ink import BLANK, Ink, Row, Run, gap, hanging, inset, muted, row, strong
from qbank.tui.outside import open_outside
from qbank.tui.picture import NoPicture, Picture, can_show
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint, Line
from qbank.tui.widgets.clockline import Clockline
from qbank.tui.widgets.pages import Scroll
from qbank.tui.widgets.view import View

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import ExhibitData, ExhibitText
    from qbank.tui.running import Running

_MOST = 96
_EXTRA = "To see pictures here, install qbank with its extra `images`: qbank[images]."
_NO_VIEWER = "No viewer was found on this system."
_SHOWN_OUTSIDE = "Shown by the system's viewer."


class Exhibits(Page):
    """One picture at a time. Over a running block the block's own clock stands above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,V,backspace", "back", "Back", id="exhibits.back"),
        Binding("enter,n,N", "step(1)", "Next exhibit", id="exhibits.next"),
        Binding("plus,equals_sign", "nearer(1)", "Nearer", id="exhibits.nearer"),
        Binding("minus", "nearer(-1)", "Further away", id="exhibits.further"),
        Binding("0", "whole", "The whole picture", id="exhibits.whole"),
        Binding("left", "pan(-1, 0)", "To the left", id="exhibits.left"),
        Binding("right", "pan(1, 0)", "To the right", id="exhibits.right"),
        Binding("up", "pan(0, -1)", "Up", id="exhibits.up"),
        Binding("down", "pan(0, 1)", "Down", id="exhibits.down"),
        Binding("o,O", "outside", "Open outside, in the system's viewer", id="exhibits.outside"),
    ]
    COLUMN = "column wide"

    def __init__(
        self, exhibits: Sequence[ExhibitText], at: int = 0, running: Running | None = None
    ) -> None:
        super().__init__()
        self._exhibits = tuple(exhibits)
        self._at = at
        self._over = running
        self._data: ExhibitData | None = None
        self._problem = ""

    def head_widget(self) -> Widget:
        """The clock, where one runs."""
        return Line(id="head") if self._over is None else Clockline(id="clock")

    def body(self) -> Iterable[Widget]:
        """The picture, and what it shows in words."""
        yield Line(id="which")
        if can_show():
            found = self.qbank.graphics
            graphics = None if isinstance(found, str) else found
            yield View(colour=self.qbank.theme != "qbank-none", graphics=graphics)
        yield Scroll(id="alt")

    def on_mount(self) -> None:
        """Fetch the first one."""
        if self._over is not None:
            self.query_one(Clockline).show(self._over.clockface())
        else:
            self.head([strong("Exhibits")])
        self._fetch()

    def _fetch(self) -> None:
        self._data, self._problem = None, ""
        sha256 = self._exhibits[self._at].sha256
        service = self.qbank.application.exhibits

        def read() -> tuple[ExhibitData, Picture | None, str]:
            data = service.picture(sha256)
            try:
                return data, Picture(data.data) if can_show() else None, ""
            except NoPicture as problem:
                return data, None, str(problem)

        self._say()
        self.fetch(read, self._come)

    def _come(self, found: tuple[ExhibitData, Picture | None, str]) -> None:
        self._data, picture, self._problem = found
        if picture is not None:
            self.query_one(View).show(picture)
        self._say()

    def on_view_looked(self) -> None:
        """Say how near."""
        self._say()

    def _say(self, said: str = "") -> None:
        views = self.query(View)
        zoom = views.first().at.zoom if views else 1.0
        near = muted(f"× {zoom:.1f}" if zoom > 1 else "")
        of = f" of {len(self._exhibits)}" if len(self._exhibits) > 1 else ""
        told = Run(said, Ink.ACCENT)
        self.query_one("#which", Line).show([strong(f"Exhibit {self._at + 1}{of}")], [told, near])
        self.query_one("#alt", Scroll).show(self._words)
        more = [Hint("⏎", "next", "screen.step(1)")] if of else []
        looks = [
            Hint("+", "nearer", "screen.nearer(1)"),
            Hint("−", "further", "screen.nearer(-1)"),
            Hint("0", "whole", "screen.whole", 1),
            Hint("←↑↓→", "move", "", 2),
        ]
        rest = [Hint("O", "open outside", "screen.outside"), Hint("Esc", "back", "screen.back")]
        self.foot([*more, *(looks if views else []), *rest])

    def _words(self, width: int) -> list[Row]:
        """What the picture shows, and why it is not here where it is not."""
        room = min(_MOST, width - 4)
        rows = [BLANK, *hanging((), self._exhibits[self._at].alt, room)]
        problem = self._problem or ("" if can_show() else _EXTRA)
        if problem:
            rows += [BLANK, *hanging((), problem, room, Ink.MUTED)]
        return [inset(one, 2) for one in [*rows, row(gap(1))]]

    # --- keys -------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """Another one; after the last the first."""
        if len(self._exhibits) > 1:
            self._at = (self._at + step) % len(self._exhibits)
            self._fetch()

    def action_nearer(self, steps: int) -> None:
        """In, or out."""
        for view in self.query(View):
            view.look(view.at.nearer(steps))

    def action_whole(self) -> None:
        """All of it."""
        for view in self.query(View):
            view.look(type(view.at)())

    def action_pan(self, across: int, down: int) -> None:
        """Look to a side; where there is no picture, the words scroll."""
        for view in self.query(View):
            view.look(view.at.moved(across, down))
        if not self.query(View):
            self.query_one("#alt", Scroll).scroll_rows(down)

    def action_outside(self) -> None:
        """Show it in the system's viewer."""
        data, number = self._data, self._at + 1
        if data is None:
            return

        def opened(there: bool) -> None:
            self._say(_SHOWN_OUTSIDE if there else _NO_VIEWER)

        self.fetch(lambda: open_outside(data.data, data.kind, number), opened, group="outside")
