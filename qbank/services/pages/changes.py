"""Do my changes and my sureness pay? Changed answers, and how often sure was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet
from qbank.reporting import tab_words as say
from qbank.reporting import words
from qbank.reporting.charts import Bar, BarChart, Chart, Grid, IntervalChart, Scale
from qbank.reporting.why_words import Section
from qbank.services.pages.page import TabPage, interval_row, missing, page, share_or_dash
from qbank.services.views.said import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qbank.analytics.changes import ChangeMatrix
    from qbank.analytics.confidence import Level
    from qbank.services.views.stats import ChangeFigures, Figures


def changes(figures: Figures) -> TabPage:
    """The sixth tab."""
    found = figures.changes
    return page(
        figures,
        Tab.CHANGES,
        _sentences(found),
        [_changed(found.matrix), _sureness(found.levels)],
        [_change_table(found.matrix), _level_table(found.levels)],
        [_behind(found)],
    )


def _sentences(found: ChangeFigures) -> list[str]:
    said = [] if found.matrix.changed else ["No answer was changed."]
    if not any(each.n for each in found.levels):
        return [*said, "How sure you were was never said. It is one key, after an answer."]
    if all(isinstance(each.share, NotYet) for each in found.levels):
        most = max(found.levels, key=lambda each: each.n)
        said += missing(f'"{most.confidence}"', most.share)
    if found.sure_not_right:
        said.append(
            f"{words.count(len(found.sure_not_right), 'answer')} said to be sure and not right."
        )
    return said


def _rows(matrix: ChangeMatrix) -> tuple[tuple[str, int], ...]:
    return (
        ("to right", matrix.wrong_to_right),
        ("away from right", matrix.right_to_wrong),
        ("neither", matrix.wrong_to_wrong),
    )


def _changed(matrix: ChangeMatrix) -> Chart:
    bars = tuple(Bar(name, (number,)) for name, number in _rows(matrix))
    return BarChart("Changed answers", Scale.COUNT, bars, ("answers",))


def _sureness(levels: Sequence[Level]) -> Chart:
    rows = tuple(
        interval_row(each.confidence, each.right, each.n, each.share)
        for each in levels
        if isinstance(each.share, Estimate)
    )
    return IntervalChart("Right, by how sure you were", Scale.SHARE, rows)


def _change_table(matrix: ChangeMatrix) -> Grid:
    if not matrix.changed:
        return Grid("", (), ())
    rows = [(name, str(number)) for name, number in _rows(matrix)]
    rows += [
        ("earned", f"{matrix.net:+d}" if matrix.net else "0"),
        ("changed on a later visit", str(matrix.on_return)),
        ("changed before leaving", str(matrix.in_visit)),
    ]
    return Grid("Changed answers", ("change", "answers"), tuple(rows))


def _level_table(levels: Sequence[Level]) -> Grid:
    rows = tuple(
        (each.confidence.value, words.right_of(each.right, each.n), share_or_dash(each.share))
        for each in levels
        if each.n
    )
    return Grid("How sure, and how often right", ("you said", "right", "share"), rows)


def _behind(found: ChangeFigures) -> Section:
    lines: list[tuple[str, str]] = []
    if found.matrix.p is not None:
        lines.append(("to right against away from it", say.p_value(found.matrix.p)))
    if not isinstance(found.calibration, NotYet):
        brier = found.calibration
        lines += [
            ("Brier score, lower is better", f"{brier.score:.3f} over {brier.n} answers"),
            ("of it: reliability", f"{brier.reliability:.3f}"),
            ("less: resolution", f"{brier.resolution:.3f}"),
            ("plus: uncertainty", f"{brier.uncertainty:.3f}"),
            ("said less true", f"{brier.overconfidence * 100:+.0f} points"),
        ]
    return Section("Changes and sureness", (say.OTHERS_CHANGES,), tuple(lines))
