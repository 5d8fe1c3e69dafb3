"""Where do questions go? By the first reason that fits, and by where a system's questions stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.analytics.estimate import NotYet
from qbank.reporting import review_words, why_words, words
from qbank.reporting import tab_words as say
from qbank.reporting.charts import (
    Bar,
    BarChart,
    Chart,
    Grid,
    IntervalChart,
    IntervalRow,
    Limit,
    Scale,
)
from qbank.reporting.label_words import label
from qbank.services.pages.page import TabPage, page
from qbank.services.views.said import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qbank.analytics.position import PositionGap
    from qbank.services.views.stats import Figures, SystemPlace, WhereFigures


def going(figures: Figures) -> TabPage:
    """The third tab."""
    found = figures.where
    known = [
        (each.system, each.gap) for each in found.positions if not isinstance(each.gap, NotYet)
    ]
    return page(
        figures,
        Tab.WHERE,
        _sentences(found),
        [_reasons(found), _place(known)],
        [_reason_table(found), _place_table(known)],
        [why_words.rules()],
    )


def _sentences(found: WhereFigures) -> list[str]:
    total = sum(each.questions for each in found.went)
    if not total or found.timing_share is None:
        return ["Every question was right."] if not total else []
    timing = round(found.timing_share * total)
    said = [
        f"Of {words.count(total, 'question')} not right, {timing} went to timing and test-taking, "
        f"{total - timing} to content ({review_words.RULE})."
    ]
    return [*said, *_place_missing(found.positions)]


def _place_missing(positions: Sequence[SystemPlace]) -> list[str]:
    """What is needed where no system's place is known at all."""
    gaps = [each.gap for each in positions]
    lacking = [gap for gap in gaps if isinstance(gap, NotYet)]
    if not lacking or len(lacking) < len(gaps):
        return []
    return [say.place_not_yet(max(lacking, key=lambda one: one.have))]


def _reasons(found: WhereFigures) -> Chart:
    bars = tuple(
        Bar(
            review_words.short_reason(each.cause), (each.next_step, each.questions - each.next_step)
        )
        for each in found.went
    )
    parts = (f"{words.NEXT_STEP} next steps", "others")
    return BarChart("Where questions not right went", Scale.COUNT, bars, parts)


def _place(known: Sequence[tuple[str, PositionGap]]) -> Chart:
    """Each system's gap to the rest, with what place does taken out."""
    rows = tuple(
        IntervalRow(label(name), gap.adjusted.value, gap.adjusted.low, gap.adjusted.high)
        for name, gap in known
    )
    title = "Points above or below the rest, place in the block taken out"
    return IntervalChart(title, Scale.POINTS, rows, Limit(0, "no different"))


def _reason_table(found: WhereFigures) -> Grid:
    rows = tuple(
        (review_words.reason(each.cause), str(each.questions), str(each.next_step or "–"))
        for each in found.went
    )
    return Grid(
        "Where questions went", ("went to", "questions", f"of these {words.NEXT_STEP}"), rows
    )


def _place_table(known: Sequence[tuple[str, PositionGap]]) -> Grid:
    """Each gap as it is and with place taken out, and how many stood in the last quarter."""
    rows = tuple(
        (
            label(name),
            say.with_ends(gap.crude, Scale.POINTS),
            say.with_ends(gap.adjusted, Scale.POINTS),
            f"{round(gap.late * 100)} %",
        )
        for name, gap in known
    )
    columns = ("points against the rest", "as it is", "place taken out", "in last quarter")
    return Grid("What of a system is its place in the block", columns, rows)
