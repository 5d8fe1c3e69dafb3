"""The pages of Statistics, of learners with and without data."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from qbank.block.model import Mode
from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.reporting.charts import BarChart, IntervalChart, LineChart, has_data
from qbank.reporting.tab_words import NO_BLOCK, NONE_HERE, TABS
from qbank.services.pages.asked import Asked, remembered
from qbank.services.pages.page import TabPage
from qbank.services.pages.tabs import pages
from qbank.services.simulate import simulate
from qbank.services.views.said import Tab
from qbank.services.views.stats import StatsFilter
from qbank.settings import Settings

ALL = Asked()
_NEVER = re.compile(r"\b((?i:elo|theta|predicted|weak|lost points)|nan|None)\b|!")


def _pages(folder: Path, profile: str, blocks: int, asked: Asked = ALL) -> Mapping[Tab, TabPage]:
    clock = ManualClock(1_736_000_000_000)
    with open_app(Settings(data_dir=folder), clock=clock) as application:
        if blocks:
            simulate(application, blocks=blocks, seed=3, profile=profile)
    who = "simulated" if blocks else ""
    with open_app(Settings(data_dir=folder, learner=who), clock=clock) as application:
        now = clock.read().wall_utc_ms
        return pages(application.stats.figures(asked.filter(now)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Mapping[Tab, TabPage]]:
    """Pages after so many blocks of a learner who does not know what to do next."""
    return {
        blocks: _pages(tmp_path_factory.mktemp("pages"), "next-step", blocks)
        for blocks in (0, 1, 14)
    }


def test_every_tab_has_a_sentence_and_no_empty_picture_or_table(
    made: dict[int, Mapping[Tab, TabPage]],
) -> None:
    for blocks, found in made.items():
        assert list(found) == list(Tab) == list(map(Tab, TABS))
        for page in found.values():
            assert page.sentences, (blocks, page.tab)
            assert all(has_data(chart) for chart in page.pictures)
            assert all(grid.rows for grid in page.tables)
            for grid in page.tables:
                assert all(len(line) == len(grid.columns) for line in grid.rows)


def test_nothing_is_said_that_no_figure_may_say(made: dict[int, Mapping[Tab, TabPage]]) -> None:
    for found in made.values():
        for page in found.values():
            tables = [" ".join(cells) for grid in page.tables for cells in grid.rows]
            details = [str(section) for section in page.details]
            for text in (*page.sentences, *tables, *details):
                assert not _NEVER.search(text), text


def test_without_a_block_it_says_only_that(made: dict[int, Mapping[Tab, TabPage]]) -> None:
    assert {page.sentences for page in made[0].values()} == {(NO_BLOCK,)}
    assert not any(page.pictures or page.tables for page in made[0].values())


def test_after_one_block_it_says_what_is_needed(made: dict[int, Mapping[Tab, TabPage]]) -> None:
    time, step = made[1][Tab.TIME], made[1][Tab.NEXT_STEP]
    assert any(line.startswith("Not known yet. ") and " needs " in line for line in time.sentences)
    assert any("Not known yet. Next step against the rest" in line for line in step.sentences)
    assert "A trend can be told from 8" in made[1][Tab.TREND].sentences[0]


def test_each_tab_shows_what_it_is_about(made: dict[int, Mapping[Tab, TabPage]]) -> None:
    found = made[14]
    kinds = {tab: [type(chart) for chart in page.pictures] for tab, page in found.items()}
    assert BarChart in kinds[Tab.TIME]
    assert kinds[Tab.NEXT_STEP][:2] == [IntervalChart, LineChart]
    assert kinds[Tab.WHERE][0] is BarChart
    assert kinds[Tab.TREND][:2] == [LineChart, LineChart]
    assert kinds[Tab.SYSTEMS] == [BarChart, IntervalChart, IntervalChart]
    pace = found[Tab.TREND].pictures[0]
    assert isinstance(pace, LineChart)
    assert pace.title == "Seconds a question, lower is faster"
    assert pace.limit is not None
    assert pace.limit.name == "limit 90 s: in time below this"


def test_a_learner_with_a_weak_next_step_reads_it_first(
    made: dict[int, Mapping[Tab, TabPage]],
) -> None:
    first = made[14][Tab.NEXT_STEP].sentences
    assert any(" next steps right, " in line and "fewer" in line for line in first)


def test_the_tab_of_systems_begins_with_where_most_is_to_gain(
    made: dict[int, Mapping[Tab, TabPage]],
) -> None:
    first, second = made[14][Tab.SYSTEMS].sentences[:2]
    assert first.startswith("Most to gain, ")
    assert "fresh questions right" in second


def test_a_filter_without_a_block_says_so(tmp_path: Path) -> None:
    found = _pages(tmp_path, "steady", 1, Asked(mode="tutor"))
    assert {page.sentences for page in found.values()} == {(NONE_HERE,)}


def test_what_was_asked_is_remembered_and_nonsense_is_not() -> None:
    asked = remembered("28", "starter", "timed")
    assert asked == Asked(28, "starter", "timed")
    day_ms = 86_400_000
    wanted = StatsFilter(since=10 * day_ms, packs=("starter",), mode=Mode.TIMED)
    assert asked.filter(38 * day_ms) == wanted
    assert remembered("x", "", "y") == Asked()
    assert remembered("13", "", "") == Asked()
    assert Asked().filter(0) == StatsFilter()


def test_the_first_tab_begins_with_whether_one_finishes(
    made: dict[int, Mapping[Tab, TabPage]], tmp_path: Path
) -> None:
    first = made[14][Tab.TIME].sentences[0]
    assert first.startswith("You reached the end in all of your last 10 blocks with a clock")
    late = _pages(tmp_path, "front-loader", 14)[Tab.TIME].sentences
    assert late[0].startswith("You reached the end in ")
    assert not any("A blank scores as wrong" in line for line in late)
