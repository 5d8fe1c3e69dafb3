"""Am I getting faster without getting worse? Pace and right answers by block, class by class."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qbank.analytics.estimate import NotYet
from qbank.reporting import tab_words as say
from qbank.reporting import words
from qbank.reporting.charts import Chart, Grid, Limit, LineChart, Mark, Scale, Series, said
from qbank.reporting.why_words import Section
from qbank.services.pages.page import TabPage, page, time
from qbank.services.views.said import Tab

if TYPE_CHECKING:
    from qbank.services.views.stats import Figures, TrendFigures

_DRAWN = 2
"""Classes with pictures, the main one first; all are in the tables."""


def faster(figures: Figures) -> TabPage:
    """The fourth tab."""
    drawn = [each for each in figures.trend if each.progress.n > 1][:_DRAWN]
    several = len(drawn) > 1
    return page(
        figures,
        Tab.TREND,
        _sentences(figures),
        [chart for each in drawn for chart in (_pace(each, several), _right(each, several))],
        [_table(each) for each in figures.trend],
        [_behind(each) for each in figures.trend],
    )


def _sentences(figures: Figures) -> list[str]:
    if not figures.trend:
        return ["Pace: no timed block that can be compared. A trend can be told from 8."]
    return [" ".join(figures.trend[0].lines)] if figures.trend[0].lines else []


def _places(each: TrendFigures) -> tuple[str, ...]:
    return tuple(str(at + 1) for at in range(each.progress.n))


def _pace(each: TrendFigures, several: bool) -> Chart:
    limit_ms = each.key.budget_s * 1000.0
    title = "Seconds a question, lower is faster"
    return LineChart(
        f"{title} ({each.name})" if several else title,
        Scale.TIME,
        "block",
        _places(each),
        (
            Series("a block", tuple(math.exp(one) for one in each.progress.log_pace)),
            Series(
                "smoothed",
                tuple(math.exp(one) for one in each.smooth_log_pace),
                Mark.LINE,
            ),
        ),
        Limit(limit_ms, f"limit {time(limit_ms)}: in time below this"),
    )


def _right(each: TrendFigures, several: bool) -> Chart:
    """Right answers a block; against what was expected where that is known."""
    progress = each.progress
    by, scale, title = float(progress.size), Scale.COUNT, f"Right of {progress.size}"
    if progress.against_expected:
        title = "Right answers more or fewer than expected"
    return LineChart(
        f"{title} ({each.name})" if several else title,
        scale,
        "block",
        _places(each),
        (
            Series("a block", tuple(one * by for one in progress.share)),
            Series("smoothed", tuple(one * by for one in each.smooth_share), Mark.LINE),
        ),
    )


def _table(each: TrendFigures) -> Grid:
    """Every block of a class, the latest first."""
    progress = each.progress
    rows = [
        (day, time(math.exp(pace)), said(share * progress.size, Scale.COUNT))
        for day, pace, share in zip(each.days, progress.log_pace, progress.share, strict=True)
    ]
    right = "right less expected" if progress.against_expected else f"right of {progress.size}"
    return Grid(each.name, ("day", "s/q", right), tuple(reversed(rows)))


def _behind(each: TrendFigures) -> Section:
    found = each.trends
    if isinstance(found, NotYet):
        return Section(each.name, (say.not_yet("A trend", found),))
    by_time, right = found.time_per_ten, found.right_per_ten
    lines = [
        ("blocks", str(found.n)),
        (
            "time per 10 blocks",
            f"{by_time.value * 100:+.0f} % ({_ends(by_time.low, by_time.high, 100, 0)}), "
            f"{say.p_value(found.pace.p)}",
        ),
        (
            "right a block per 10 blocks",
            f"{right.value:+.1f} ({_ends(right.low, right.high, 1, 1)}), "
            f"{say.p_value(found.share.p)}",
        ),
        ("both together, on your own scale", say.p_value(found.balance.p)),
    ]
    how = (
        "The slope is the median over all pairs of blocks; p is of the rank test. The times are "
        "as on questions of equal length. A claim stands on all three together."
    )
    return Section(f"{each.name}: {words.count(found.n, 'block')}", (how,), tuple(lines))


def _ends(low: float | None, high: float | None, by: float, digits: int) -> str:
    if low is None or high is None:
        return "no interval"
    return f"{low * by:+.{digits}f} to {high * by:+.{digits}f}"
