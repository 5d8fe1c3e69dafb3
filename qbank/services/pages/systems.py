"""Systems, tasks and areas against one's own average, and where an exam has most to gain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet
from qbank.reporting import tab_words as say
from qbank.reporting import words
from qbank.reporting.charts import Bar, BarChart, Chart, Grid, IntervalChart, Limit, Scale
from qbank.reporting.label_words import area_label, label
from qbank.reporting.why_words import Section
from qbank.services.pages.page import TabPage, interval_row, page, share_or_dash, standing_rows
from qbank.services.views.said import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qbank.analytics.shrinkage import Standing
    from qbank.services.views.stats import Figures, SystemFigures

_NAMED = 3
"""Systems that are named in a sentence."""


def systems(figures: Figures) -> TabPage:
    """The fifth tab."""
    found = figures.systems
    return page(
        figures,
        Tab.SYSTEMS,
        _sentences(found),
        [
            _gains(found),
            _shares("systems", found.systems, found, label),
            _shares("tasks", found.tasks, found, label),
        ],
        [
            _table("Systems", found.systems, label),
            _table("Tasks", found.tasks, label),
            _table("Areas", found.areas, area_label),
        ],
        [_behind(found)],
    )


def _sentences(found: SystemFigures) -> list[str]:
    if not found.asked:
        return []
    count = f"{words.right_of(found.right, found.asked)} fresh questions right"
    if isinstance(found.overall, Estimate) and found.asked >= say.PERCENT_FROM:
        count = f"{count}: {say.with_ends(found.overall, Scale.SHARE)}"
    gains = [label(each.system) for each in found.gains[:_NAMED]]
    said = [*([say.most_to_gain(gains)] if gains else []), f"{count}."]
    unknown = [label(one.group) for one in found.systems if isinstance(one.share, NotYet)]
    if unknown:
        said.append(
            f"Not known yet: {say.joined(unknown)}. A system needs {found.needs} fresh answers."
        )
    return said


def _gains(found: SystemFigures) -> Chart:
    """Of 100 exam questions, those a system has that would not be right so far."""
    bars = tuple(Bar(label(each.system), (each.to_gain,)) for each in found.gains)
    title = "Most to gain: of 100 exam questions, those not right so far"
    return BarChart(title, Scale.ABOUT, bars, ("questions",))


def _shares(
    name: str, groups: Sequence[Standing], found: SystemFigures, words_of: Callable[[str], str]
) -> Chart:
    rows = tuple(
        interval_row(words_of(one.group), one.right, one.asked, share)
        for one, share in standing_rows(groups)
    )
    overall = found.overall
    level = Limit(overall.value, say.OWN_AVERAGE) if isinstance(overall, Estimate) else None
    return IntervalChart(f"Right by {name}, {say.SHRUNK}", Scale.SHARE, rows, level)


def _table(name: str, groups: Sequence[Standing], words_of: Callable[[str], str]) -> Grid:
    rows = tuple(
        (
            words_of(one.group),
            words.right_of(one.right, one.asked),
            share_or_dash(one.share),
            say.label(one.label),
        )
        for one in groups
    )
    columns = ("", "right", "share, 90 %", "to your average")
    return Grid(name, columns, rows, texts=(0, 3))


def _behind(found: SystemFigures) -> Section:
    """How sure it is that a group lies below."""
    lines = tuple(
        (label(one.group), f"{round(one.below * 100)} in 100 that it lies below your average")
        for one in (*found.systems, *found.tasks)
        if not isinstance(one.share, NotYet)
    )
    how = (
        "A group with few answers is drawn to your own average, so that chance does not look "
        "like a gap. Older answers weigh less: half after 60 days."
    )
    return Section("Systems and tasks", (how, say.SEVERAL_GROUPS, say.NOT_SCORE), lines)
