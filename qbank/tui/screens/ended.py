"""Time is up: what is saved, and what to do next. Stopping here is as good as any."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qbank.reporting import words
from qbank.tui.hold import Hold
from qbank.tui.ink import muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.runner import BlockRunner


class Ended(Page):
    """The block is locked; every answer is kept."""

    def __init__(self, runner: BlockRunner) -> None:
        super().__init__()
        self._runner = runner
        self._hold: Hold | None = None

    def body(self) -> Iterable[Widget]:
        """The sentence, and two ways on."""
        yield Sentences(id="said")
        yield Table((Column(width=18), Column()), one_press=True)

    def on_mount(self) -> None:
        """Say it."""
        self._hold = Hold(self.qbank.application.clock)
        state = self._runner.state
        said = words.time_is_up(state.answered, state.unreached, state.spec.size)
        self.head([strong("qbank")], [muted("time is up")])
        self.query_one(Sentences).show([[strong(said)]])
        table = self.query_one(Table)
        later = "everything is kept; the result waits until tomorrow"
        table.show(
            [
                Item("result", ((strong("Show the result"),), ())),
                Item("stop", ((strong("Stop here"),), (muted(later),))),
            ]
        )
        table.focus()
        self.foot([Hint("⏎", "choose", "screen.choose_row")])

    def chosen(self, table: Table, key: str) -> None:
        """The result now, or another day."""
        from qbank.tui.screens.result import Result

        if self._hold is None or self._hold.lasts:
            return
        if key == "result":
            self.open(Result(self._runner.spec.block_id, self._runner), instead=True)
        else:
            self.fetch(self._runner.leave, lambda _: self.app.call_next(self.qbank.go, None))
