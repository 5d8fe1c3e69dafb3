"""The tutorial of an exam day: the keys, and a clock whose rest goes to the breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qbank.block.sitting_model import DayPhase
from qbank.reporting import exam_day_words as say
from qbank.tui.day_face import day_face
from qbank.tui.ink import strong
from qbank.tui.screens.exam_day_break import ExamDayBreak
from qbank.tui.screens.exam_day_page import DayPage, choice_item
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.day_track import DayTrack
from qbank.tui.widgets.table import Column, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from qbank.services.views import DayClock


class ExamDayTutorial(DayPage):
    """Going on leads to the screen before the first block."""

    LEAVING: ClassVar[str] = say.LEAVING_TUTORIAL
    PHASE: ClassVar[DayPhase] = DayPhase.TUTORIAL

    def body(self) -> Iterable[Widget]:
        """The clock, what is to be known, and the way on."""
        yield Sentences(id="said")
        yield DayTrack(id="track")
        yield Table((Column(width=18), Column()), one_press=True)

    def on_mount(self) -> None:
        """The clock runs already."""
        self.query_one(Sentences).show([[strong(say.TUTORIAL_NAME)]])
        table = self.query_one(Table)
        table.show(
            [choice_item("on", "End the tutorial", "the first block comes when you begin it")]
        )
        table.focus()
        self.foot(
            [
                Hint("⏎", "end the tutorial", "screen.choose_row"),
                Hint("Esc", "leave", "screen.leave"),
            ]
        )
        self.tick()

    def where(self, clock: DayClock) -> str:
        """Before everything else."""
        return say.TUTORIAL_NAME.lower()

    def show(self, clock: DayClock) -> None:
        """The clock."""
        self.query_one(DayTrack).show(day_face(clock))

    def moved_on(self, clock: DayClock) -> bool:
        """The tutorial's time was up."""
        if clock.phase is DayPhase.BREAK:
            self._end()
            return True
        return super().moved_on(clock)

    def chosen(self, table: Table, key: str) -> None:
        """Done with it."""
        if not self._gone:
            self._end()

    def _end(self) -> None:
        self._gone = True
        self.fetch(self.day.end_tutorial, self._ended, group="on")

    def _ended(self, _: None) -> None:
        self.switch(ExamDayBreak(self.day, say.TUTORIAL_OVER))

    def work_failed(self, error: BaseException) -> None:
        """It may be tried again."""
        self._gone = False
        super().work_failed(error)
        self.tick()
