"""Two closed blocks beside each other as rows: figures, both curves, question by question."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from qbank.block.model import Outcome
from qbank.reporting import words
from qbank.reporting.charts import NONE, Grid
from qbank.tui import safe
from qbank.tui.charts.grids import grid_rows
from qbank.tui.curve import Line, curve_rows
from qbank.tui.ink import BLANK, Ink, Row, Run, inset, muted, row
from qbank.tui.result_rows import letters
from qbank.tui.widgets.table import Column, Item

if TYPE_CHECKING:
    from qbank.services.views import AttemptView, BlockReport

Pair = tuple["AttemptView | None", "AttemptView | None"]
"""A question in either block; None where that block has none to put beside it."""

COLUMNS = (
    Column("#", 3, right=True),
    Column("", 1),
    Column("time", 5, right=True),
    Column("answer", 7),
    Column("", 1),
    Column("#", 3, right=True),
    Column("", 1),
    Column("time", 5, right=True),
    Column("answer", 7),
    Column("topic", 0, rank=1),
)
_INKS = {Outcome.CORRECT: Ink.GOOD, Outcome.INCORRECT: Ink.BAD}
_MARGIN = 3
_MOST_LINES, _LEAST_LINES = 12, 6
_MOST_FIGURES = 64
_ALIGNED = "The same questions stand beside each other."
_BY_PLACE = "Beside each other by their place: few questions or none are in both."


def called(report: BlockReport) -> str:
    """A block by its number and name."""
    return f"{report.summary.number} {safe.one_line(report.summary.name)}"


def pairs(one: BlockReport, other: BlockReport) -> tuple[list[Pair], bool]:
    """Questions beside each other, and whether that is by question, where half are the same."""
    there = {(each.pack, each.question): each for each in other.attempts}
    same = [there.get((each.pack, each.question)) for each in one.attempts]
    if sum(each is not None for each in same) * 2 < len(same):
        return list(zip_longest(one.attempts, other.attempts)), False
    taken = {each.position for each in same if each is not None}
    rest = [each for each in other.attempts if each.position not in taken]
    return [*zip(one.attempts, same, strict=True), *((None, each) for each in rest)], True


def above_rows(one: BlockReport, other: BlockReport, width: int, height: int) -> list[Row]:
    """The figures of both and, where both had a clock, their time in hand in one picture."""
    inner = width - 2 * _MARGIN
    rows = [BLANK, *grid_rows(_figures(one, other), min(inner, _MOST_FIGURES)), BLANK]
    if one.in_hand_ms and other.in_hand_ms:
        lines = max(_LEAST_LINES, min(_MOST_LINES, height // 4))
        size = max(one.summary.questions, other.summary.questions)
        both = Line(called(one), one.in_hand_ms), Line(called(other), other.in_hand_ms)
        rows += [*curve_rows(both[0], size, inner, lines, both[1]), BLANK]
    by_question = pairs(one, other)[1]
    rows += [row(muted(_ALIGNED if by_question else _BY_PLACE)), BLANK]
    return [inset(each, _MARGIN) for each in rows]


def _figures(one: BlockReport, other: BlockReport) -> Grid:
    columns = ("", called(one), called(other))
    names = ("right", "next steps right", "answered", "time", "limit", "s/q", "changed answers")
    cells = zip(names, _column(one), _column(other), strict=True)
    return Grid("", columns, tuple(cells))


def _column(report: BlockReport) -> tuple[str, ...]:
    summary = report.summary
    steps = words.right_of(summary.next_step_correct, summary.next_step_total)
    return (
        words.right_of(summary.correct, summary.questions),
        steps if summary.next_step_total else NONE,
        words.right_of(summary.answered, summary.questions),
        words.clock(summary.used_ms),
        words.limit(summary.limit_ms, summary.time_factor),
        words.seconds_each(summary.used_ms, summary.answered) or NONE,
        str(sum(bool(each.changes) for each in report.attempts)),
    )


def pair_items(found: list[Pair]) -> list[Item]:
    """A row a pair; its key is the question's place in the first block, else in the second."""
    return [
        Item(_key(pair), (*_side(pair[0]), (), *_side(pair[1]), _topic(pair))) for pair in found
    ]


def _key(pair: Pair) -> str:
    one, other = pair
    return f"1:{one.position}" if one is not None else f"2:{other.position if other else 0}"


def _side(attempt: AttemptView | None) -> tuple[tuple[Run, ...], ...]:
    if attempt is None:
        return ((),) * 4
    outcome = attempt.outcome
    reached = outcome is not Outcome.UNREACHED
    key = "" if outcome is Outcome.CORRECT else f" ({letters(attempt, attempt.key)})"
    return (
        (Run(str(attempt.position)),),
        (Run(words.sign(outcome), _INKS.get(outcome, Ink.MUTED)),),
        (muted(words.clock(attempt.clock_ms) if reached else ""),),
        (Run(letters(attempt, attempt.final) or NONE, Ink.KEY), muted(key)),
    )


def _topic(pair: Pair) -> tuple[Run, ...]:
    """What the question is about, where both are the same one or only one is there."""
    known = [each for each in pair if each is not None]
    if len({(each.pack, each.question) for each in known}) != 1:
        return ()
    return (muted(safe.one_line(known[0].topic or known[0].system)),)
