"""Before an exam day, or back in one: what it is, and one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.block.sitting_model import DayPhase
from qbank.errors import QbankError
from qbank.reporting import exam_day_words as say
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.exam_day_break import ExamDayBreak
from qbank.tui.screens.exam_day_page import choice_item
from qbank.tui.screens.exam_day_result import ExamDayResult
from qbank.tui.screens.exam_day_tutorial import ExamDayTutorial
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from qbank.services.runner import BlockRunner
    from qbank.services.sitting_runner import SittingRunner
    from qbank.services.views import SittingRequest


class ExamDayStart(Page):
    """Makes the day of a request, whose clock starts here; or opens one that waits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", "Not now", id="day_start.back", show=False),
    ]

    def __init__(self, *, request: SittingRequest | None = None, sitting_id: str = "") -> None:
        super().__init__()
        self._request = request
        self._sitting_id = sitting_id
        self._day: SittingRunner | None = None
        self._sentences: tuple[str, ...] = ()
        self._wanted = True

    def body(self) -> Iterable[Widget]:
        """What will happen, and the choices."""
        yield Sentences(id="what")
        yield Table((Column(width=16), Column()), one_press=True, id="choices")

    def on_mount(self) -> None:
        """Make the day ready."""
        self.head([strong("qbank")], [muted("before the clock")])
        self.query_one("#what", Sentences).show([[muted("Drawing the questions …")]])
        self.foot([Hint("Esc", "not now", "screen.back")])
        self.query_one(Table).focus()
        self.fetch(self._make, self._made)

    def _make(self) -> SittingRunner:
        sittings = self.qbank.application.sittings
        if self._request is None:
            return sittings.open(self._sitting_id)
        self._sentences = sittings.preview(self._request).sentences
        return sittings.begin(self._request)

    def work_failed(self, error: BaseException) -> None:
        """Nothing to begin: back to where the person was, and say why."""
        self.give(None)
        super().work_failed(error)

    def _made(self, day: SittingRunner) -> None:
        self._day = day
        if not self._wanted:
            self._let_go()
        elif day.state.phase is not DayPhase.READY:
            self._go_on(day)
        else:
            name = [Run(safe.one_line(day.name), Ink.HEAD)]
            said = [[Run(each)] for each in self._sentences]
            self.query_one("#what", Sentences).show(
                [name, *said, *([muted(each)] for each in say.RULES)]
            )
            starts = say.STARTS_TUTORIAL if day.spec.tutorial_ms else say.STARTS_BLOCK
            items = [
                choice_item("begin", "Begin", starts),
                choice_item("back", "Not now", say.NOT_KEPT),
            ]
            self.query_one(Table).show(items)
            self.foot(
                [Hint("⏎", "begin", "screen.choose_row"), Hint("Esc", "not now", "screen.back")]
            )

    def _go_on(self, day: SittingRunner) -> None:
        """Where the day stands: back in its tutorial, in a break, or at its end."""
        self._day = None
        if day.state.phase is DayPhase.OVER:
            day.close()
            self.open(ExamDayResult(day.id), instead=True)
        elif day.state.phase is DayPhase.TUTORIAL:
            self.open(ExamDayTutorial(day), instead=True)
        else:
            self.open(ExamDayBreak(day, say.BACK), instead=True)

    def chosen(self, table: Table, key: str) -> None:
        """Begin, or not now."""
        day, self._day = self._day, None
        if key == "back":
            self._day = day
            self._let_go()
        elif day is not None:
            self.fetch(
                lambda: _start(day), lambda runner: self._started(day, runner), group="start"
            )

    def _started(self, day: SittingRunner, runner: BlockRunner | None) -> None:
        if runner is None:
            self.open(ExamDayTutorial(day), instead=True)
            return
        from qbank.tui.screens.exam_day_block import block_page

        self.open(block_page(self.qbank, day, runner), instead=True)

    async def action_back(self) -> None:
        """Not now."""
        self._let_go()

    def _let_go(self) -> None:
        """A day that was never begun is not kept."""
        self._wanted = False
        day, self._day = self._day, None
        if day is None:
            return

        def work() -> None:
            day.close()
            self.qbank.application.sittings.discard()

        self.fetch(work, lambda _: self.give(None))

    async def may_leave(self) -> bool:
        """Leaving qbank from here leaves nothing behind."""
        self._let_go()
        return True


def _start(day: SittingRunner) -> BlockRunner | None:
    """Begin a day with its tutorial; where it has none, with its first block.

    A day that could not be begun is let go of, so that it waits and can be opened again.
    """
    try:
        day.start()
        return None if day.state.phase is DayPhase.TUTORIAL else day.begin_block()
    except QbankError:
        day.close()
        raise
