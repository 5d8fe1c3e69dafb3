"""Which bests stand? One ladder a class: the best, what is to be beaten, and how it fell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.analytics.thresholds import STARTING_BLOCKS
from qbank.reporting import words
from qbank.reporting.charts import Chart, Grid, LineChart, Scale, Series
from qbank.reporting.why_words import Section
from qbank.services.pages.page import TabPage, page, time
from qbank.services.views.said import Tab

if TYPE_CHECKING:
    from qbank.services.views.stats import ClassBests, Figures

_RULE = (
    "A best falls to a block that is 1 % faster, has as many right as usual, and none blank. "
    "Times are as on questions of equal length. A best by less than a second is a tie (=)."
)
_LEAST_POINTS = 2


def bests(figures: Figures) -> TabPage:
    """The seventh tab."""
    return page(
        figures,
        Tab.BESTS,
        _sentences(figures),
        [_fell(each) for each in figures.bests if len(each.fell) >= _LEAST_POINTS],
        [_ladders(figures), *(_history(each) for each in figures.bests)],
        [Section("Bests", (_RULE,))],
    )


def _sentences(figures: Figures) -> list[str]:
    standing = [each for each in figures.bests if each.best is not None]
    if standing and standing[0].best is not None:
        best = standing[0].best
        day = f"{best.day.day} {best.day:%b}"
        return [
            f"{standing[0].name}: best {words.clock(best.used_ms)}, "
            f"{words.right_of(best.right, best.size)} right, on {day}."
        ]
    if not figures.bests:
        return ["Nothing to beat yet: no timed block that can be compared."]
    more = max(0, STARTING_BLOCKS - max(each.blocks for each in figures.bests))
    if more:
        return [f"Nothing to beat yet: {words.count(more, 'more block')} for a starting mark."]
    return ["No best yet; your usual is what is to be beaten."]


def _fell(each: ClassBests) -> Chart:
    """The times at which the best fell, each lower than the one before."""
    places = tuple(f"{one.day.day} {one.day:%b}" for one in each.fell)
    series = (Series("best", tuple(one.pace_ms for one in each.fell)),)
    title = f"Bests of {each.name}: seconds a question, lower is faster"
    return LineChart(title, Scale.TIME, "day", places, series)


def _ladders(figures: Figures) -> Grid:
    rows = tuple(_ladder(each) for each in figures.bests)
    columns = ("kind of block", "n", "best", "right", "to beat", "right needed")
    return Grid("What stands", columns, rows)


def _ladder(each: ClassBests) -> tuple[str, ...]:
    best, mark = each.best, each.mark
    stands = (
        (words.clock(best.used_ms), words.right_of(best.right, best.size)) if best else ("–", "–")
    )
    to_beat = (time(mark.pace_ms), str(mark.right_needed)) if mark else ("–", "–")
    return each.name, str(each.blocks), *stands, *to_beat


def _history(each: ClassBests) -> Grid:
    rows = tuple(
        (
            f"{one.day.day} {one.day:%b %Y}",
            f"{'=' if one.tied else '★'} {words.clock(one.used_ms)}",
            time(one.pace_ms),
            words.right_of(one.right, one.size),
        )
        for one in reversed(each.fell)
    )
    return Grid(f"How the best of {each.name} fell", ("day", "time", "s/q", "right"), rows)
