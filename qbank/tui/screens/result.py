"""The result of a block: what came out, where the time went, and every question of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.block.model import Outcome
from qbank.errors import NotSaved
from qbank.reporting import words
from qbank.reporting.label_words import label
from qbank.tui import safe
from qbank.tui.curve import curve_rows
from qbank.tui.ink import BLANK, Ink, Row, Run, gap, inset, muted, paragraph, row, strong
from qbank.tui.reviewing import change_said
from qbank.tui.screens.page import Page
from qbank.tui.screens.rows import apart
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.runner import BlockRunner
    from qbank.services.views import AttemptView, BlockReport, BlockSummary

_COLUMNS = (
    Column("#", 3, right=True),
    Column("result", 14),
    Column("time", 6, right=True),
    Column("", 1),
    Column("answer", 8),
    Column("task", 0, rank=2),
    Column("topic", 0, rank=1),
    Column("change", 6, rank=3),
)
_INKS = {Outcome.CORRECT: Ink.GOOD, Outcome.INCORRECT: Ink.BAD}
_WAIT_S = 60.0
_MARGIN = 3
_MOST_LINES = 11


class Result(Page):
    """Reads a report; with a runner, waits first until the last event is on disk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,V", "misses", "Walk through those not right", id="result.misses"),
        Binding("escape,backspace", "back", "Back", id="result.back"),
    ]

    def __init__(self, block_id: str, runner: BlockRunner | None = None) -> None:
        super().__init__()
        self._block_id = block_id
        self._runner = runner
        self._report: BlockReport | None = None

    def body(self) -> Iterable[Widget]:
        """Figures, sentences and curve, and under them the questions, all in one list."""
        yield Table(_COLUMNS, id="questions")

    def on_mount(self) -> None:
        """Fetch the report."""
        self.head([strong("Result")])
        table = self.query_one(Table)
        table.lead(lambda _: [row(gap(3), muted("Adding up …"))])
        table.focus()
        self.foot([Hint("Esc", "back", "screen.back")])
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
        table.lead(lambda width: self._above(report, width))
        changed = any(attempt.changes for attempt in report.attempts)
        columns = _COLUMNS if changed else _COLUMNS[:-1]
        items = [_item(attempt) for attempt in report.attempts]
        table.show([i._replace(cells=i.cells[: len(columns)]) for i in items], columns)
        self.foot(
            [
                Hint("⏎", "open a question", "screen.choose_row"),
                Hint("V", "those not right", "screen.misses"),
                Hint("Esc", "back", "screen.back"),
            ]
        )

    def _above(self, report: BlockReport, width: int) -> list[Row]:
        """Figures, the sentences that hold, and the curve."""
        inner = width - 2 * _MARGIN
        rows = [*_figures(report, inner), BLANK]
        for sentence in report.says:
            rows += paragraph(sentence, inner + 2, Ink.MUTED)
        rows += [BLANK] if report.says else []
        lines = min(_MOST_LINES, self.size.height // 4)
        curve = curve_rows(report.in_hand_ms, report.summary.questions, inner, lines)
        if curve:
            title = row(
                strong("Time in hand "), muted(" after each question, against the even pace")
            )
            rows += [title, *curve, BLANK]
        return [inset(one, _MARGIN) for one in rows]

    def chosen(self, table: Table, key: str) -> None:
        """Open a question as it was answered."""
        if self._report is not None:
            self._walk([attempt.position for attempt in self._report.attempts], int(key))

    def action_misses(self) -> None:
        """Walk through those not right."""
        if self._report is None:
            return
        wrong = [a.position for a in self._report.attempts if a.outcome is not Outcome.CORRECT]
        if wrong:
            self._walk(wrong, wrong[0])
        else:
            self.notify("Nothing here is not right.", markup=False, timeout=3)

    def _walk(self, positions: list[int], at: int) -> None:
        from qbank.tui.screens.review import Review

        self.open(Review(self._block_id, tuple(positions), at))


def _apart(summary: BlockSummary) -> list[Run]:
    return [Run(f"{sign} {meaning}   ", Ink.FLAG) for sign, meaning in apart(summary)]


def _when(summary: BlockSummary) -> str:
    return f"{words.day(summary.started_at, summary.offset_min)} · {words.mode(summary.mode)}"


def _figures(report: BlockReport, width: int) -> list[Row]:
    """The figures side by side, on a second line what does not fit on the first."""
    summary = report.summary
    limit = words.limit(summary.limit_ms, summary.time_factor)
    groups = [[strong(words.right_of(summary.correct, summary.questions)), muted(" right")]]
    if summary.next_step_total:
        steps = words.right_of(summary.next_step_correct, summary.next_step_total)
        groups.append([Run(f"{words.NEXT_STEP} ", Ink.ACCENT), muted("next step "), strong(steps)])
    groups.append([muted(words.answered_of(summary.answered, summary.questions))])
    groups.append([strong(words.clock(summary.used_ms))])
    groups[-1] += [muted(f" of {limit}")] if summary.limit_ms else []
    rows = [row()]
    for group in groups:
        wider = row(*rows[-1].runs, *([gap(4)] if rows[-1].runs else []), *group)
        rows[-1:] = [wider] if wider.width <= width else [rows[-1], row(*group)]
    return rows


def _item(attempt: AttemptView) -> Item:
    outcome = attempt.outcome
    ink = _INKS.get(outcome, Ink.MUTED)
    step = Run(f"{words.next_step_sign(attempt.next_step):2}", Ink.ACCENT)
    reached = outcome is not Outcome.UNREACHED
    cells = (
        (Run(str(attempt.position)),),
        (Run(f"{words.sign(outcome)} ", ink), muted(words.outcome(outcome))),
        (muted(words.clock(attempt.clock_ms) if reached else ""),),
        (Run(words.FLAGGED if attempt.flagged else " ", Ink.FLAG),),
        (Run(letters(attempt, attempt.final), Ink.KEY), muted(_key_said(attempt))),
        (step, muted(safe.one_line(label(attempt.task)))),
        (muted(safe.one_line(attempt.topic or label(attempt.system))),),
        (muted(change_said(attempt)),),
    )
    return Item(str(attempt.position), cells)


def letters(attempt: AttemptView, options: Iterable[str]) -> str:
    """The letters that options had in the block."""
    return "".join(attempt.letters.get(option, "·") for option in options)


def _key_said(attempt: AttemptView) -> str:
    if attempt.outcome is Outcome.CORRECT:
        return ""
    key = letters(attempt, attempt.key)
    return f" ({key})" if attempt.final else f"({key})"
