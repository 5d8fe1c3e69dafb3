"""A block of an exam day: no pause, no pace; at its end it is locked and the break begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import CloseReason
from qbank.reporting import exam_day_words as say
from qbank.reporting import words
from qbank.tui.day_face import DayRunning
from qbank.tui.hold import Hold
from qbank.tui.screens.block import Block

if TYPE_CHECKING:
    from qbank.services.runner import BlockRunner
    from qbank.services.sitting_runner import SittingRunner
    from qbank.tui.app import QbankApp
    from qbank.tui.running import Running


def block_page(app: QbankApp, day: SittingRunner, runner: BlockRunner) -> ExamDayBlock:
    """The page of a block that runs."""
    settings = app.settings
    running = DayRunning(
        runner,
        day,
        app.memory,
        count_down=settings.clock != "used",
        ring=app.bell if settings.bell else lambda: None,
    )
    return ExamDayBlock(running, day)


def ended_said(day: SittingRunner, runner: BlockRunner) -> tuple[str, ...]:
    """What stands above the break that follows a block: that it is locked, or ran out."""
    state = runner.state
    if state.close_reason is CloseReason.EXPIRED:
        said = words.time_is_up(state.answered, state.unreached, state.spec.size)
        return (said, say.locked(day.state.number))
    return (say.locked(day.state.number),)


class ExamDayBlock(Block):
    """The block as anywhere else; the day decides what comes after it."""

    def __init__(self, running: Running, day: SittingRunner) -> None:
        super().__init__(running)
        self._day = day

    def let_go(self) -> None:
        """Leave on purpose: the clock runs on."""
        self._day.leave()

    async def leave_for_result(self, reason: CloseReason) -> None:
        """To the break, whatever lies over the block."""
        from qbank.tui.screens.exam_day_break import ExamDayBreak

        while self.app.screen is not self and len(self.app.screen_stack) > 1:
            await self.app.pop_screen()
        page = ExamDayBreak(self._day, *ended_said(self._day, self.runner))
        if reason is CloseReason.EXPIRED:
            page.hold = Hold(self.qbank.application.clock)
        await self.app.switch_screen(page)

    def copied(self) -> None:
        """The day is let go of, too, before Home is read: it waits there."""
        self._day.close()
