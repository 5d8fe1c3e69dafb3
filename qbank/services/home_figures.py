"""What the figures say on Home: the one thing, the latest mock, and how much is known so far."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qbank.reporting import home_words as say
from qbank.reporting.day_words import local, short_day
from qbank.reporting.finding_words import TOO_EARLY
from qbank.services.views import HomeFigures, Told
from qbank.services.views.said import CanSay, Known, Tab
from qbank.store.results import EXAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qbank.services.views.stats import Figures, ResultView


def home_figures(figures: Figures, *, quiet: bool, offset_min: int) -> HomeFigures:
    """What stands below the doors; on a quiet day what was done and no more.

    `offset_min` is the local time's distance from UTC.
    """
    if quiet:
        return HomeFigures(say.SO_FAR, "", (), tuple(_done(figures, offset_min)))
    mocks = [one for one in figures.results if one.kind != EXAM]
    one = figures.one_thing.lines
    told = [] if one == TOO_EARLY else [Told(say.ONE_THING, one)]
    told += [Told(say.MOCKS, _mock(one)) for one in mocks[-1:]]
    basis = say.basis(figures.blocks, figures.questions)
    return HomeFigures(say.FIGURES, basis, tuple(told), figures.can_say)


def _mock(one: ResultView) -> tuple[str, ...]:
    day = short_day(date.fromisoformat(one.day))
    return (say.mock(day, one.kind, one.name), *one.lines)


def _done(figures: Figures, offset_min: int) -> Iterator[CanSay]:
    """How much was done, and that fewer stay blank: nothing to compare, nothing to do."""
    if figures.first_at is None:
        return
    since = say.since(short_day(local(figures.first_at, offset_min)))
    done = say.all_done(figures.blocks, figures.questions)
    yield CanSay(since, done, Known.KNOWN, Tab.TIME)
    first, last = figures.time.blanks_first.per_block, figures.time.blanks_last.per_block
    if first is not None and last is not None and last < first:
        yield CanSay(say.BLANKS_A_BLOCK, say.blanks_then_now(first, last), Known.KNOWN, Tab.TIME)
