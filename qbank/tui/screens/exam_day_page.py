"""A page of a running exam day: it tells the time, leaves, and ends with the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from qbank.block.sitting_model import DayPhase
from qbank.reporting import exam_day_words as say
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, gap, muted
from qbank.tui.screens.dialogs import Ask, Choice
from qbank.tui.screens.page import Page
from qbank.tui.widgets.table import Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from qbank.services.sitting_runner import SittingRunner
    from qbank.services.views import DayClock
    from qbank.tui.screens.page import Page as AnyPage


def choice_item(key: str, name: str, meaning: str) -> Item:
    """A line to choose."""
    return Item(key, ((Run(name, Ink.STRONG),), (muted(meaning),)))


class DayPage(Page):
    """Between blocks. The day's clock runs on whatever lies over the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="day.leave", show=False),
    ]
    LEAVING: ClassVar[str] = say.LEAVING_BREAK
    PHASE: ClassVar[DayPhase] = DayPhase.BREAK
    """The page stands in this phase alone; time may end it."""

    def __init__(self, day: SittingRunner) -> None:
        super().__init__()
        self.day = day
        self._gone = False
        self._asking = False

    def show(self, clock: DayClock) -> None:
        """Copy this moment to the widgets."""

    def tick(self) -> None:
        """About once a second: the clocks, and whether time has brought anything."""
        if self._gone or self.day.block is not None:
            return
        clock = self.day.poll()
        self.head(
            [Run(safe.one_line(self.day.name), Ink.HEAD), gap(2), muted(self.where(clock))],
            [muted(say.day_left(clock.day_left_ms))],
        )
        if clock.phase is not self.PHASE and self.moved_on(clock):
            return
        self.show(clock)
        self.set_timer((clock.day_left_ms % 1000 or 1000) / 1000 + 0.005, self.tick)

    def where(self, clock: DayClock) -> str:
        """Where in the day this is."""
        return say.place(clock.number, clock.blocks, in_block=clock.phase is DayPhase.BLOCK)

    def moved_on(self, clock: DayClock) -> bool:
        """Time has ended this phase: go on to the next page, or to the day's end."""
        if clock.phase is DayPhase.OVER:
            self.go_to_result()
            return True
        return False

    def go_to_result(self) -> None:
        """The day is over."""
        from qbank.tui.screens.exam_day_result import ExamDayResult

        def settle() -> None:
            self.day.settle()
            self.day.close()

        self._gone = True
        self.fetch(settle, lambda _: self.switch(ExamDayResult(self.day.id)), group="over")

    def switch(self, page: AnyPage) -> None:
        """Another page of the day instead of this one, and of whatever lies over it."""
        self._gone = True
        self.app.call_next(self._switch, page)

    async def _switch(self, page: AnyPage) -> None:
        while self.app.screen is not self and len(self.app.screen_stack) > 1:
            await self.app.pop_screen()
        await self.app.switch_screen(page)

    # --- leaving --------------------------------------------------------------------------

    async def may_leave(self) -> bool:
        """Say first what the clock will do."""
        if self._gone:
            return True
        if self._asking:
            self._leave("leave")
        else:
            self.action_leave()
        return False

    def action_leave(self) -> None:
        """Ask once; again ^q while it is asked is out, too."""
        choices = [
            Choice("stay", "Stay"),
            Choice("home", "Leave the day", "to Home; it waits there"),
            Choice("leave", "Leave qbank", "^q"),
        ]
        self._asking = True
        dialog: Screen[Any] = Ask("Leave?", [self.LEAVING], choices)
        self.app.call_next(self.app.push_screen, dialog, self._leave)

    def _leave(self, answer: str | None) -> None:
        self._asking = False
        if answer in (None, "stay") or self._gone:
            return
        self._gone = True
        out: Callable[[], object] = self.app.exit

        def gone(_: None) -> None:
            if answer == "home":
                self.app.call_next(self.qbank.go, None)
            else:
                out()

        self.fetch(self.day.leave, gone, group="leave")
