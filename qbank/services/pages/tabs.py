"""All seven pages, in the order in which a learner asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qbank.reporting import tab_words as say
from qbank.services.pages.bests import bests
from qbank.services.pages.changes import changes
from qbank.services.pages.faster import faster
from qbank.services.pages.finishing import finishing
from qbank.services.pages.going import going
from qbank.services.pages.next_steps import next_steps
from qbank.services.pages.page import TabPage
from qbank.services.pages.systems import systems
from qbank.services.views.said import Tab
from qbank.services.views.stats import StatsFilter

if TYPE_CHECKING:
    from qbank.services.views.stats import Figures

_MAKERS: Mapping[Tab, Callable[[Figures], TabPage]] = {
    Tab.TIME: finishing,
    Tab.NEXT_STEP: next_steps,
    Tab.WHERE: going,
    Tab.TREND: faster,
    Tab.SYSTEMS: systems,
    Tab.CHANGES: changes,
    Tab.BESTS: bests,
}


def pages(figures: Figures) -> Mapping[Tab, TabPage]:
    """Every tab; where there is no block, each says so and nothing else."""
    if not figures.blocks:
        asked = figures.filter != StatsFilter()
        said = (say.NONE_HERE if asked else say.NO_BLOCK,)
        return {tab: TabPage(tab, said) for tab in Tab}
    return {tab: make(figures) for tab, make in _MAKERS.items()}
