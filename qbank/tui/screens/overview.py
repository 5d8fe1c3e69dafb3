"""The overview: every question of a running block, and the way to each. The clock runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import words
from qbank.tui import steps
from qbank.tui.ink import Ink, Run, gap, muted
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint, Line
from qbank.tui.widgets.clockline import Clockline
from qbank.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.tui.running import Running


class OverBlock(Page):
    """A page over a running block: the block's own line of time stands above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back to the question", id="over.back"),
    ]

    COLUMN = "column wide"

    def __init__(self, running: Running, then: Callable[[str], None]) -> None:
        super().__init__()
        self.running = running
        self._then = then

    def body(self) -> Iterable[Widget]:
        """A line of what there is, then the page's own."""
        return ()

    def head_widget(self) -> Widget:
        """The clock."""
        return Clockline(id="clock")

    def on_mount(self) -> None:
        """The time, before the next tick says it."""
        self.query_one(Clockline).show(self.running.clockface())

    def give(self, answer: str | None) -> None:
        """Close, and act at once: a key that follows must find it done."""
        super().give(None)
        if answer is not None:
            self._then(answer)

    def action_leave(self) -> None:
        """Back to the question."""
        self.give(None)


class Overview(OverBlock):
    """Gives the position to go to, or `review`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o,O", "leave", "Back to the question", id="overview.back"),
        Binding("r,R", "review", "Review and submit", id="overview.review"),
        Binding("enter,space", "go", "Go there", id="overview.go"),
        *(Binding(digit, f"digit('{digit}')", show=False) for digit in "0123456789"),
    ]

    def body(self) -> Iterable[Widget]:
        """What the signs mean, and the cells."""
        yield Line(id="legend")
        yield Line(id="checkpoints")
        yield Grid(id="grid")

    def on_mount(self) -> None:
        """Where one is."""
        cells = self.running.cells()
        state = self.running.runner.state
        answered = sum(cell.answered for cell in cells)
        visited = sum(cell.visited and not cell.answered for cell in cells)
        signs = [("●", Ink.KEY, f"answered {answered}"), ("○", Ink.STRONG, f"seen, open {visited}")]
        signs.append(("·", Ink.MUTED, f"not seen {len(cells) - answered - visited}"))
        signs.append((words.FLAGGED, Ink.FLAG, f"flagged {len(state.flagged)}"))
        runs = [
            run for sign, ink, said in signs for run in (Run(sign, ink), muted(f" {said}"), gap(4))
        ]
        self.query_one("#legend", Line).show([gap(2), *runs])
        checkpoints = self.running.checkpoints()
        line = self.query_one("#checkpoints", Line)
        line.display = bool(checkpoints)
        line.show([gap(2), *checkpoints], [*self.running.so_far(), gap(2)])
        grid = self.query_one(Grid)
        grid.show(cells, steps.shown(state))
        grid.focus()
        self.foot(
            [
                Hint("1–9 ←↑↓→", "find one", "screen.keys", 1),
                Hint("⏎", "go there", "screen.go"),
                Hint("R", "review and submit", "screen.review"),
                Hint("Esc", "back", "screen.leave"),
            ]
        )

    def action_digit(self, digit: str) -> None:
        """The digits of a number put the cursor on it."""
        self.query_one(Grid).digit(digit)

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Go there."""
        self.give(str(event.position))

    def action_go(self) -> None:
        """Go to the cell under the cursor."""
        self.give(str(self.query_one(Grid).here))

    def action_review(self) -> None:
        """On to review and submit."""
        self.give("review")
