"""The result of a block: what came out, where its time and its questions went, what to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.errors import NotSaved
from qbank.reporting import review_words as say
from qbank.reporting import words
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, gap, muted, row, strong
from qbank.tui.result_rows import WALK, above_rows, columns_for, question_item, walk_items
from qbank.tui.screens.dialogs import Ask, Choice
from qbank.tui.screens.page import Page
from qbank.tui.screens.reasons import ask_reason, called, reason_of
from qbank.tui.screens.rows import apart
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Table

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.runner import BlockRunner
    from qbank.services.views import AttemptView, BlockReport, BlockSummary

_WAIT_S = 60.0


class Result(Page):
    """Reads a report; with a runner, waits first until the last event is on disk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,V", "misses", "Walk through those not right", id="result.misses"),
        Binding("w,W", "correct", "Correct where a question went", id="result.correct"),
        Binding("i,I", "why", "What these figures mean", id="result.why"),
        Binding("escape,backspace", "back", "Back", id="result.back"),
    ]

    def __init__(self, block_id: str, runner: BlockRunner | None = None) -> None:
        super().__init__()
        self._block_id = block_id
        self._runner = runner
        self._report: BlockReport | None = None

    def body(self) -> Iterable[Widget]:
        """Figures and curve, what there is to look at, and the questions, all in one list."""
        yield Table(id="questions")

    def on_mount(self) -> None:
        """Fetch the report."""
        self.head([strong("Result")])
        table = self.query_one(Table)
        table.lead(lambda _: [row(gap(3), muted("Adding up …"))])
        table.focus()
        self.foot([Hint("Esc", "back", "screen.back")])
        self.fetch(self._read, self._fill)

    def on_screen_resume(self) -> None:
        """A reason may have been given while a question was in front."""
        if self._report is not None:
            self.fetch(self._read, self._fill)

    def _read(self) -> BlockReport:
        if self._runner is not None:
            if not self._runner.wait_saved(_WAIT_S):
                raise NotSaved(
                    "the end of the block is not saved yet", hint="Try again in a moment."
                )
            self._runner.close()
        return self.qbank.application.review.report(self._block_id)

    def _fill(self, report: BlockReport) -> None:
        self._report = report
        summary = report.summary
        self.head(
            [
                strong(f"Block {summary.number}"),
                muted("  "),
                Run(safe.one_line(summary.name), Ink.HEAD),
            ],
            [*_apart(summary), muted(_when(summary))],
        )
        table = self.query_one(Table)
        table.lead(lambda width: above_rows(report, width, self.size.height))
        columns = columns_for(report)
        items = [question_item(attempt, columns) for attempt in report.attempts]
        table.show(items, columns, ahead=walk_items(report.walks))
        self._foot()

    def _foot(self) -> None:
        start = self.query_one(Table).key.startswith(WALK)
        hints = [
            Hint("⏎", "start" if start else "open", "screen.choose_row"),
            Hint("V", "those not right", "screen.misses", 2),
            Hint("W", "correct a row", "screen.correct", 1),
            Hint("I", "why", "screen.why"),
            Hint("Esc", "back", "screen.back"),
        ]
        self.foot([hint for hint in hints if self._can(hint.action)])

    def _can(self, action: str) -> bool:
        return self.check_action(action.removeprefix("screen."), ()) is not False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that cannot act are not offered."""
        if action in ("misses", "correct"):
            writes = action == "correct" and self.qbank.application.read_only
            return bool(self._not_right()) and not writes
        return super().check_action(action, parameters)

    def on_table_moved(self) -> None:
        """Enter starts a list, or opens a question."""
        self._foot()

    def _not_right(self) -> list[AttemptView]:
        return [] if self._report is None else [a for a in self._report.attempts if a.reasons]

    # --- looking at questions ---------------------------------------------------------

    def chosen(self, table: Table, key: str) -> None:
        """Walk through a list, or through all from one question on."""
        if self._report is None:
            return
        if key.startswith(WALK):
            self._start(key.removeprefix(WALK))
        else:
            self._walk([attempt.position for attempt in self._report.attempts], int(key))

    def action_misses(self) -> None:
        """Walk through those not right, in the order that is worth most."""
        self._start("to_look_at")

    def _start(self, name: str) -> None:
        walks = self._report.walks if self._report is not None else ()
        for walk in walks:
            if walk.name == name:
                self._walk(list(walk.positions), walk.positions[0])

    def _walk(self, positions: list[int], at: int) -> None:
        from qbank.tui.screens.review import Review

        self.open(Review(self._block_id, tuple(positions), at))

    def action_why(self) -> None:
        """What stands behind the figures."""
        from qbank.tui.screens.why import Why

        self.open(Why(self._block_id))

    # --- where a question went ----------------------------------------------------------

    def action_correct(self) -> None:
        """Say why the question under the cursor was not right; else ask which one."""
        found = {str(attempt.position): attempt for attempt in self._not_right()}
        here = found.get(self.query_one(Table).key)
        if here is not None:
            self._ask_reason(here)
            return
        choices = [
            Choice(key, called(each), say.reason(reason_of(each))) for key, each in found.items()
        ]
        self.ask(Ask(say.WHICH_ROW, [], choices), lambda key: self._ask_reason(found[key]))

    def _ask_reason(self, attempt: AttemptView) -> None:
        self.ask(ask_reason(attempt), lambda reason: self._keep(attempt.position, reason))

    def _keep(self, position: int, reason: str) -> None:
        """Write it down, then read anew: what was read when the dialog closed is older."""
        review = self.qbank.application.review
        self.fetch(
            lambda: review.set_reason(self._block_id, position, reason),
            lambda _: self.fetch(self._read, self._fill),
            group="keep",
        )


def _apart(summary: BlockSummary) -> list[Run]:
    return [Run(f"{sign} {meaning}   ", Ink.FLAG) for sign, meaning in apart(summary)]


def _when(summary: BlockSummary) -> str:
    return f"{words.day(summary.started_at, summary.offset_min)} · {words.mode(summary.mode)}"
