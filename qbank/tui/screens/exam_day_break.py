"""Between two blocks of an exam day: the break runs until the next block is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.sitting_model import DayPhase
from qbank.reporting import exam_day_words as say
from qbank.tui.day_face import day_face
from qbank.tui.ink import muted, strong
from qbank.tui.screens.dialogs import Ask, Choice
from qbank.tui.screens.exam_day_page import DayPage, choice_item
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.day_track import DayTrack
from qbank.tui.widgets.table import Column, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from qbank.services.runner import BlockRunner
    from qbank.services.sitting_runner import SittingRunner
    from qbank.services.views import DayClock
    from qbank.tui.hold import Hold


class ExamDayBreak(DayPage):
    """Locks the block that has just ended, then waits for its person."""

    def __init__(self, day: SittingRunner, said: str, *more: str) -> None:
        super().__init__(day)
        self._said = (said, *more)
        self.hold: Hold | None = None
        self._shown: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        """What has just happened, the clocks, and the way on."""
        yield Sentences(id="said")
        yield DayTrack(id="track")
        yield Table((Column(width=18), Column()), one_press=True)

    def on_mount(self) -> None:
        """Lock first what has ended."""
        first, *more = self._said
        self.query_one(Sentences).show([[strong(first)], *([muted(each)] for each in more)])
        self.query_one(Table).focus()
        self.foot([Hint("⏎", "choose", "screen.choose_row"), Hint("Esc", "leave", "screen.leave")])
        self._lock()

    def _lock(self) -> None:
        if self.day.block is None:
            self.tick()
        else:
            self.fetch(self.day.end_block, lambda _: self.tick(), group="lock")

    def work_failed(self, error: BaseException) -> None:
        """What could not be written may be tried again."""
        self._gone = False
        table = self.query_one(Table)
        if self.day.block is not None:
            table.show([choice_item("lock", "Try again", "the block is not saved yet")])
        self._shown = ()
        super().work_failed(error)
        self.tick()

    def show(self, clock: DayClock) -> None:
        """The clocks; the lines to choose only when they change."""
        self.query_one(DayTrack).show(day_face(clock))
        cut_off = clock.phase is DayPhase.BLOCK
        shown = (clock.number, clock.limit_ms if not clock.on_pool else 0, cut_off)
        if shown == self._shown:
            return
        self._shown = shown
        begins = say.begins(clock.questions, clock.limit_ms)
        name = f"{'Go on with' if cut_off else 'Begin'} block {clock.number}"
        if cut_off:
            begins = "" if clock.away else say.goes_on(clock.limit_ms)
        items = [choice_item("begin", name, begins)]
        if not cut_off:
            left = clock.blocks - clock.number + 1
            items.append(choice_item("end", "End the day", say.not_taken(left)))
        self.query_one(Table).show(items)

    def chosen(self, table: Table, key: str) -> None:
        """Begin, end, or try again."""
        if self._gone or (self.hold is not None and self.hold.lasts):
            return
        if key == "begin":
            self._gone = True
            self.fetch(self.day.begin_block, self._begun, group="begin")
        elif key == "lock":
            self._lock()
        else:
            choices = [Choice("stay", "Not yet"), Choice("end", "End the day")]
            self.ask(Ask(say.END_ASK, [say.ENDING], choices), self._end)

    def _begun(self, runner: BlockRunner) -> None:
        from qbank.tui.screens.exam_day_block import block_page, ended_said

        if runner.state.closed_at_ms is None:
            self.switch(block_page(self.qbank, self.day, runner))
        else:
            self.switch(ExamDayBreak(self.day, *ended_said(self.day, runner)))

    def _end(self, answer: str) -> None:
        if answer == "end" and not self._gone:
            self._gone = True
            self.fetch(self.day.end_day, lambda _: self.go_to_result(), group="end")
