"""The result of a block as rows: figures, curve, where its questions went, and each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from qbank.block.model import Outcome
from qbank.reporting import review_words as say
from qbank.reporting import words
from qbank.reporting.label_words import label
from qbank.tui import safe
from qbank.tui.curve import Line, curve_rows
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, inset, muted, paragraph, row, strong
from qbank.tui.reviewing import change_said
from qbank.tui.widgets.table import Column, Item

if TYPE_CHECKING:
    from qbank.services.views import AttemptView, BlockReport, Walk, WentTo

COLUMNS = (
    Column("#", 3, right=True),
    Column("", 1),
    Column("time", 6, right=True),
    Column("", 1),
    Column("answer", 11),
    Column("task", 19, rank=2),
    Column("topic", 0, rank=1),
    Column("change", 6, rank=3),
    Column("went to", 24, rank=4),
)
_CHANGE, _WENT = "change", "went to"
_INKS = {Outcome.CORRECT: Ink.GOOD, Outcome.INCORRECT: Ink.BAD}
_BLANKS = {Outcome.OMITTED: "blank", Outcome.UNREACHED: "not reached"}
_MARGIN = 3
_MOST_LINES = 11
_LEAST_LINES = 6
_COUNT = 4
_BETWEEN = 3
_BESIDE = 34
"""Cells that a curve needs where it stands beside something."""
_WIDE = 90


def columns_for(report: BlockReport) -> tuple[Column, ...]:
    """The columns that have anything to say of this block."""
    empty = set() if any(attempt.changes for attempt in report.attempts) else {_CHANGE}
    empty |= set() if report.went_to else {_WENT}
    return tuple(column for column in COLUMNS if column.title not in empty)


def above_rows(report: BlockReport, width: int, height: int) -> list[Row]:
    """Figures, the sentences that hold, and under them the curve beside where questions went."""
    inner = width - 2 * _MARGIN
    rows = [*_figures(report, inner), BLANK]
    for sentence in report.says:
        rows += paragraph(sentence, inner + 2, Ink.MUTED)
    rows += [BLANK] if report.says else []
    lines = max(_LEAST_LINES, min(_MOST_LINES, height // 4))
    went = _went_rows(report.went_to, narrow=inner < _WIDE)
    taken = max((one.width for one in went), default=0)
    room = inner - taken - _BETWEEN if went else inner
    if report.in_hand_ms and room < _BESIDE:
        rows += [*_curve(report, inner, lines), BLANK, *went]
    else:
        rows += _beside(_curve(report, room, lines), went, room + _BETWEEN)
    return [inset(one, _MARGIN) for one in (*rows, BLANK)]


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
        wider = row(*rows[-1].runs, *([gap(3)] if rows[-1].runs else []), *group)
        rows[-1:] = [wider] if wider.width <= width else [rows[-1], row(*group)]
    return rows


def _curve(report: BlockReport, width: int, lines: int) -> list[Row]:
    raced = Line(report.ghost, report.ghost_in_hand_ms)
    own = Line("you", report.in_hand_ms)
    return curve_rows(own, report.summary.questions, width, lines, raced)


def _went_rows(went_to: Sequence[WentTo], *, narrow: bool) -> list[Row]:
    """A line for each place the questions went to, those of next steps in a column of their own."""
    if not went_to:
        return []
    reason = say.short_reason if narrow else say.reason
    said = [reason(each.cause) for each in went_to]
    title = say.went_to(sum(each.total for each in went_to))
    size = max(map(len, (title, *said)))
    of_these = "" if narrow else say.OF_THESE
    steps = len(of_these) + _COUNT
    head = muted(f"{of_these:>{steps - 2}} "), Run(words.NEXT_STEP, Ink.ACCENT)
    rows = [row(strong(fit(title, size + _COUNT)), *head)]
    for each, words_said in zip(went_to, said, strict=True):
        total = Run(f"{each.total:>{_COUNT}}", Ink.STRONG)
        rows.append(row(fit(words_said, size), total, f"{each.next_steps or '–':>{steps}}"))
    return [*rows, row(muted(say.RULE))]


def _beside(left: Sequence[Row], right: Sequence[Row], place: int) -> list[Row]:
    """Two groups of rows, the right one at a place; one alone stands where it is."""
    if not left or not right:
        return [*left, *right]
    return [
        row(*one.runs, gap(place - one.width), *other.runs) if other.runs else one
        for one, other in zip_longest(left, right, fillvalue=BLANK)
    ]


def walk_items(walks: Sequence[Walk]) -> list[Item]:
    """The lists to look at, as rows ahead of the questions."""
    size = max((len(walk.said) for walk in walks), default=0) + _BETWEEN
    return [
        Item(WALK + walk.name, ((strong(fit(walk.said, size)), muted(walk.meaning)),))
        for walk in walks
    ]


WALK = "walk:"
"""What the key of such a row begins with; the rest is the list's name."""


def question_item(attempt: AttemptView, columns: Sequence[Column]) -> Item:
    """A question of the block in a row."""
    outcome = attempt.outcome
    ink = _INKS.get(outcome, Ink.MUTED)
    step = Run(f"{words.next_step_sign(attempt.next_step):2}", Ink.ACCENT)
    reached = outcome is not Outcome.UNREACHED
    went = attempt.reason or attempt.cause
    cells = (
        (Run(str(attempt.position)),),
        (Run(words.sign(outcome), ink),),
        (muted(words.clock(attempt.clock_ms) if reached else ""),),
        (Run(words.FLAGGED if attempt.flagged else " ", Ink.FLAG),),
        _answer(attempt),
        (step, muted(safe.one_line(label(attempt.task)))),
        (muted(safe.one_line(attempt.topic or label(attempt.system))),),
        (muted(change_said(attempt)),),
        (muted(say.short_reason(went) if went else ""),),
    )
    shown = zip(COLUMNS, cells, strict=True)
    return Item(str(attempt.position), tuple(cell for column, cell in shown if column in columns))


def _answer(attempt: AttemptView) -> tuple[Run, ...]:
    """The letter chosen, and in brackets the right one where it is another."""
    blank = _BLANKS.get(attempt.outcome, "")
    key = "" if attempt.outcome is Outcome.CORRECT else f" ({letters(attempt, attempt.key)})"
    if blank:
        return (muted(blank if attempt.outcome is Outcome.UNREACHED else blank + key),)
    return Run(letters(attempt, attempt.final), Ink.KEY), muted(key)


def letters(attempt: AttemptView, options: Iterable[str]) -> str:
    """The letters that options had in the block."""
    return "".join(attempt.letters.get(option, "·") for option in options)
