"""A page of Statistics, and what its makers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qbank.analytics.estimate import Estimate, NotYet
from qbank.reporting import tab_words as say
from qbank.reporting.charts import Grid, IntervalRow, Scale, has_data, said

if TYPE_CHECKING:
    from qbank.analytics.shrinkage import Standing
    from qbank.reporting.charts import Chart
    from qbank.reporting.why_words import Section
    from qbank.services.views.said import Tab
    from qbank.services.views.stats import Figures


@dataclass(frozen=True, slots=True)
class TabPage:
    """One tab: the sentences first, then pictures, then tables; `details` for who asks.

    No picture is without data and no table without a row: what is not known yet is said in
    a sentence.
    """

    tab: Tab
    sentences: tuple[str, ...]
    pictures: tuple[Chart, ...] = ()
    tables: tuple[Grid, ...] = ()
    details: tuple[Section, ...] = ()


def page(
    figures: Figures,
    tab: Tab,
    sentences: Iterable[str] = (),
    pictures: Sequence[Chart] = (),
    tables: Sequence[Grid] = (),
    details: Sequence[Section] = (),
) -> TabPage:
    """A page; the messages that hold stand before its own sentences."""
    first = (" ".join(one.lines) for one in figures.said_on(tab))
    return TabPage(
        tab,
        tuple(dict.fromkeys((*first, *sentences))),
        tuple(chart for chart in pictures if has_data(chart)),
        tuple(grid for grid in tables if grid.rows),
        tuple(section for section in details if section.sentences or section.lines),
    )


def interval_row(name: str, right: int, asked: int, found: Estimate) -> IntervalRow:
    """A share on its interval, with its count, or from 100 answers on its percent, behind it."""
    return IntervalRow(name, found.value, found.low, found.high, say.share(right, asked, found))


def standing_rows(found: Sequence[Standing]) -> list[tuple[Standing, Estimate]]:
    """The groups that are known, with their shares, in the order given."""
    return [(one, one.share) for one in found if isinstance(one.share, Estimate)]


def missing(subject: str, *found: object) -> list[str]:
    """What is needed, for the first of some figures that is not known yet; else nothing."""
    first = next((one for one in found if isinstance(one, NotYet)), None)
    return [] if first is None else [say.not_yet(subject, first)]


def share_or_dash(found: Estimate | NotYet) -> str:
    """A share in percent with its interval; what is missing where it is not known."""
    if isinstance(found, NotYet):
        return f"needs {found.more} more"
    return say.with_ends(found, Scale.SHARE)


def time(ms: float | None) -> str:
    """A time a question as it is written."""
    return said(ms, Scale.TIME)
