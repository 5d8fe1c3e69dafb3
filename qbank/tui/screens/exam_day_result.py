"""An exam day that is over: block by block what was right, answered and used. No score."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import exam_day_words as say
from qbank.reporting import words
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from qbank.services.views import DayBlockResult, DayReport

_COLUMNS = (
    Column("block", 6),
    Column("right", 10, right=True),
    Column("answered", 10, right=True),
    Column("time", 16, right=True),
    Column("", 0),
)
_NOT_TAKEN = "-"


class ExamDayResult(Page):
    """Enter opens the result of a block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "home", "Home", id="day_result.home"),
    ]

    def __init__(self, sitting_id: str) -> None:
        super().__init__()
        self._sitting_id = sitting_id

    def body(self) -> Iterable[Widget]:
        """The day in a few sentences, then its blocks."""
        yield Sentences(id="said")
        yield Table(_COLUMNS, id="blocks")

    def on_mount(self) -> None:
        """Add up."""
        self.head([strong(say.NAME)])
        self.query_one(Sentences).show([[muted("Adding up …")]])
        self.query_one(Table).focus()
        self.foot(
            [Hint("⏎", "open the block", "screen.choose_row"), Hint("Esc", "home", "screen.home")]
        )
        self.fetch(lambda: self.qbank.application.sittings.report(self._sitting_id), self._fill)

    def _fill(self, report: DayReport) -> None:
        when = words.day(report.started_at, report.offset_min)
        self.head([Run(safe.one_line(report.name), Ink.HEAD)], [muted(when)])
        ended = say.ended(report.reason, len(report.taken), len(report.blocks))
        sentences = [
            [strong(ended)],
            [Run(say.answered(report.correct, report.answered, report.questions))],
            [
                Run(
                    say.where_time_went(
                        report.testing_ms, report.break_ms, report.overrun_ms, report.tutorial_ms
                    )
                )
            ],
            [muted(say.NOT_A_SCORE)],
        ]
        if report.interrupted:
            sentences.append([muted(say.INTERRUPTED)])
        self.query_one(Sentences).show(sentences)
        self.query_one(Table).show([_item(block) for block in report.blocks], _COLUMNS)

    def chosen(self, table: Table, key: str) -> None:
        """The result of one block."""
        if not key.startswith(_NOT_TAKEN):
            from qbank.tui.screens.result import Result

            self.open(Result(key))

    async def action_home(self) -> None:
        """Home."""
        await self.action_back()


def _item(block: DayBlockResult) -> Item:
    if not block.taken:
        return Item(
            f"{_NOT_TAKEN}{block.number}",
            ((muted(str(block.number)),), (), (), (muted("not taken"),), ()),
        )
    cells = (
        (strong(str(block.number)),),
        (Run(words.right_of(block.correct, block.questions)),),
        (muted(words.right_of(block.answered, block.questions)),),
        (muted(say.used_of(block.used_ms, block.limit_ms)),),
        (),
    )
    return Item(block.id or f"{_NOT_TAKEN}{block.number}", cells)
