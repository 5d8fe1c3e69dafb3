"""Do I finish? Checkpoints, where answers fall in time, and the quarters of a block."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet
from qbank.reporting import tab_words as say
from qbank.reporting import words
from qbank.reporting.charts import (
    Bar,
    BarChart,
    Chart,
    Grid,
    IntervalChart,
    Quadrants,
    Scale,
)
from qbank.reporting.why_words import Section
from qbank.services.pages.page import TabPage, interval_row, missing, page, share_or_dash, time
from qbank.services.views.said import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qbank.analytics.dropoff import Quarter
    from qbank.services.views.stats import ClassPace, Figures, TimeBin, TimeFigures

_PARTS = ("right", "not right")
_QUARTERS = ("first quarter", "second quarter", "third quarter", "last quarter")


def finishing(figures: Figures) -> TabPage:
    """The first tab."""
    found = figures.time
    made = page(
        figures,
        Tab.TIME,
        _sentences(found),
        [
            *_checkpoints(found.classes),
            _times(found),
            _quarters(found.quarters),
            _two_by_two(found),
        ],
        [_classes(found.classes), _passages(found.classes), _blanks(found), _bands(found)],
        [_behind(found)],
    )
    first = (say.finished(found.blanks_last),) if found.blanks_last.n else ()
    return replace(made, sentences=(*first, *made.sentences))


def _sentences(found: TimeFigures) -> list[str]:
    """How the main class goes, and what is not known yet."""
    said = []
    if found.classes:
        latest = found.classes[0]
        if not isinstance(latest.pace, NotYet):
            said.append(
                f"{latest.name}, {words.count(latest.blocks, 'block')}: "
                f"{time(latest.pace.mean_ms)} a question, limit {time(latest.budget_ms)}."
            )
    return [*said, *missing("The end of a block against its beginning", found.dropoff)]


# --- pictures -----------------------------------------------------------------------------------


def _checkpoints(classes: Sequence[ClassPace]) -> list[Chart]:
    """In how many blocks of the main class the answers due were there."""
    if not classes or not classes[0].checkpoints:
        return []
    bars = tuple(
        Bar(f"{each.target} by {words.clock(each.due_ms)}", (each.reached, each.n - each.reached))
        for each in classes[0].checkpoints
    )
    title = f"Blocks of {classes[0].name} that were on time"
    return [BarChart(title, Scale.COUNT, bars, ("on time", "later"))]


def _times(found: TimeFigures) -> Chart:
    full = [at for at, each in enumerate(found.histogram) if each.right or each.wrong]
    shown = found.histogram[full[0] : full[-1] + 1] if full else ()
    bars = tuple(Bar(_bin_name(each), (each.right, each.wrong)) for each in shown)
    return BarChart("Answers by the time they took", Scale.COUNT, bars, _PARTS)


def _bin_name(each: TimeBin) -> str:
    if each.high_ms is None:
        return f"{words.clock(each.low_ms)} and more"
    return f"{words.clock(each.low_ms)} to {words.clock(each.high_ms)}"


def _quarters(quarters: Sequence[Quarter]) -> Chart:
    """Share right by the quarter of the block, blanks counted as wrong."""
    rows = [
        interval_row(_QUARTERS[each.quarter - 1], each.right, each.asked, each.share)
        for each in quarters
        if isinstance(each.share, Estimate)
    ]
    return IntervalChart("Right by place in the block", Scale.SHARE, tuple(rows))


def _two_by_two(found: TimeFigures) -> Chart:
    quick_right, quick_wrong, long_right, long_wrong = found.quadrants
    return Quadrants(
        "Time and right together",
        ("within its time", "longer than its time"),
        ("right", "not right"),
        (quick_right, long_right, quick_wrong, long_wrong),
    )


# --- tables -------------------------------------------------------------------------------------


def _classes(classes: Sequence[ClassPace]) -> Grid:
    columns = ("blocks compared", "n", "s/q", "limit", "in hand", "blank")
    return Grid("By kind of block", columns, tuple(_class(each) for each in classes))


def _class(each: ClassPace) -> tuple[str, ...]:
    pace = "" if isinstance(each.pace, NotYet) else time(each.pace.mean_ms)
    in_hand = (
        "–" if isinstance(each.reserve, NotYet) else words.in_hand(round(each.reserve.in_hand_ms))
    )
    return each.name, str(each.blocks), pace, time(each.budget_ms), in_hand, str(each.blanks.total)


def _passages(classes: Sequence[ClassPace]) -> Grid:
    """When the answers due at each checkpoint were there."""
    points = classes[0].checkpoints if classes else ()
    rows = tuple(
        (
            f"{each.target} answers",
            words.clock(each.due_ms),
            "–" if each.usual_ms is None else words.clock(round(each.usual_ms)),
            words.right_of(each.reached, each.n),
        )
        for each in points
    )
    return Grid("Checkpoints", ("", "due", "usually", "on time"), rows)


def _blanks(found: TimeFigures) -> Grid:
    names = ("all blocks with a clock", "the first ten", "the last ten")
    rows = tuple(
        (name, str(each.n), str(each.omitted), str(each.unreached), f"{each.per_block or 0:.1f}")
        for name, each in zip(
            names, (found.blanks, found.blanks_first, found.blanks_last), strict=True
        )
        if each.n
    )
    return Grid("Blanks", ("", "blocks", "seen", "not reached", "a block"), rows)


def _bands(found: TimeFigures) -> Grid:
    """Share right by how long an answer took against its time."""
    if isinstance(found.bands, NotYet):
        return Grid("", (), ())
    rows = tuple(
        (
            _band_name(each.low, each.high),
            words.right_of(each.right, each.n),
            share_or_dash(each.share),
        )
        for each in found.bands
        if each.n
    )
    return Grid("Right by the time taken, in even shares", ("", "right", "share"), rows)


def _band_name(low: float, high: float) -> str:
    return f"{low:g} and more" if high == float("inf") else f"{low:g} to {high:g}"


# --- behind a key -------------------------------------------------------------------------------


def _behind(found: TimeFigures) -> Section:
    lines: list[tuple[str, str]] = []
    drop = found.dropoff
    if not isinstance(drop, NotYet):
        lines.append(("last quarter less first", f"{say.with_ends(drop.all, Scale.POINTS)} points"))
        if drop.worked_on is not None:
            said = f"{say.with_ends(drop.worked_on, Scale.POINTS)} points"
            lines.append(("without blanks and very quick answers", said))
        if drop.pace is not None:
            lines.append(("time on the last quarter over the first", say.ratio(drop.pace)))
    if not isinstance(found.right_wrong, NotYet):
        each = found.right_wrong
        lines.append(("median when right", time(each.right_ms)))
        lines.append(("median when not right", time(each.wrong_ms)))
        lines.append(("longer when not right", say.with_ends(each.longer, Scale.TIME)))
    if not isinstance(found.long, NotYet):
        over = f"{found.long.n} answers past {found.long.from_times:.1f} even shares"
        lines.append(
            (over, f"{found.long.right} right; {round(found.long.index * 100)} % of the time")
        )
    quick = found.quick
    lines.append(("very quick answers", f"{quick.quick} of {quick.answered}, {quick.right} right"))
    lines.append(("of these in the last minute", str(quick.at_end)))
    return Section("Time", (say.HARDER,), tuple(lines))
