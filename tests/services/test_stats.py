"""The figures of a store: what was read in four queries is what stands there row by row."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from sqlalchemy import select, update

from qbank.analytics.eligible import Bar, bars
from qbank.analytics.estimate import NotYet
from qbank.analytics.groups import by_system
from qbank.analytics.position import position_gaps
from qbank.analytics.rows import AnalysedAttempt, Facts, Offered, analysed
from qbank.block.model import Mode
from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.services.simulate import simulate
from qbank.services.stats_data import data
from qbank.services.stats_rows import History, read_history
from qbank.services.views.said import Known, Tab
from qbank.services.views.stats import Figures, StatsFilter
from qbank.settings import Settings
from qbank.store.attempts import read_attempts
from qbank.store.blocks import FrozenRow, frozen_rows
from qbank.store.tables import BlockRow, LearnerRow

NOW = 1_800_000_000_000


class Filled:
    """A store in which a simulated learner took blocks."""

    def __init__(self, folder: Path, seed: int, profile: str, blocks: int = 14) -> None:
        settings = Settings(data_dir=folder, learner="simulated")
        with open_app(Settings(data_dir=folder), clock=ManualClock(NOW)) as application:
            simulate(application, blocks=blocks, seed=seed, profile=profile)
        self.app: Application = open_app(settings, clock=ManualClock(NOW))
        with self.app.store.read() as connection:
            query = select(LearnerRow.id).where(LearnerRow.name == "simulated")
            self.learner = connection.execute(query).scalar_one()

    def change(self, number: int, **values: Any) -> None:
        """Change the row of the n-th block."""
        query = update(BlockRow).where(BlockRow.id == number).values(**values)
        self.app.store.write(lambda connection: connection.execute(query))

    def history(self, **asked: Any) -> History:
        """What the figures are counted from."""
        with self.app.store.read() as connection:
            return read_history(connection, self.learner, StatsFilter(**asked))

    def ids(self, **asked: Any) -> list[str]:
        """The blocks that pass a filter."""
        return [one.block_id for one in self.history(**asked).blocks]

    def naive(self) -> dict[str, tuple[AnalysedAttempt, ...]]:
        """Every block that counts, read and made a row at a time from its document."""
        found = {}
        with self.app.store.read() as connection:
            query = select(BlockRow.__table__).where(
                BlockRow.status == "closed",
                BlockRow.deleted_at.is_(None),
                BlockRow.excluded.is_(False),
                BlockRow.learner_id == self.learner,
            )
            for block in connection.execute(query).all():
                attempts = read_attempts(connection, block.id)
                stood = block.paused_ms > 0 or block.interrupted
                stood = stood or any(each.reading_ms for each in attempts)
                places = frozen_rows(connection, block.id)
                found[block.uuid] = tuple(
                    analysed(each, _facts(place), place.exposure, clock_stood=bool(stood))
                    for each, place in zip(attempts, places, strict=True)
                )
        return found


def _facts(place: FrozenRow) -> Facts:
    said = json.loads(place.content)
    codes = [(each["id"], each.get("error"), each.get("action")) for each in said["options"]]
    known = any(error or action for _, error, action in codes)
    return Facts(
        question="",
        words=place.words,
        choices=len(said["options"]),
        several=place.several,
        next_step=place.next_step,  # type: ignore[arg-type]  # a name of the store
        system=said.get("system"),
        area=said.get("area"),
        offered=tuple(Offered(*each) for each in codes) if known else (),
    )


def _comparable(one: AnalysedAttempt) -> AnalysedAttempt:
    """Without what the document does not say; codes only where a miss asks for them."""
    facts = replace(
        one.facts,
        question="",
        lead_in_code="",
        lead_in_family="",
        task=None,
        offered=one.facts.offered if one.answered and not one.right else (),
    )
    return replace(one, facts=facts)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """Fourteen blocks of somebody who runs out of time."""
    made = Filled(tmp_path, 5, "front-loader")
    yield made
    made.app.close()


@pytest.mark.parametrize(("seed", "profile"), [(1, "steady"), (2, "rusher"), (3, "second-guesser")])
def test_what_is_read_is_what_stands_there(seed: int, profile: str, tmp_path: Path) -> None:
    made = Filled(tmp_path, seed, profile, blocks=9)
    made.change(2, excluded=True)
    made.change(3, deleted_at=5)
    made.change(4, paused_ms=1_000)
    history, naive = made.history(), made.naive()
    assert [one.block_id for one in history.blocks] == list(naive)
    assert history.left_out == 1
    assert len(naive) == 7
    for block in history.blocks:
        expected = naive[block.block_id]
        assert list(map(_comparable, block.attempts)) == list(map(_comparable, expected))
    coded = [one for block in history.blocks for one in block.attempts if one.facts.offered]
    assert coded
    made.app.close()


def test_the_reading_load_is_that_of_the_first_blocks_of_a_class(filled: Filled) -> None:
    blocks = [one for one in filled.history().blocks if one.size == 20 and one.limit_ms]
    first = [one.facts.words for block in blocks[:3] for one in block.attempts]
    assert blocks[-1].mean_words == pytest.approx(fmean(each or 0 for each in first))
    later = filled.history(since=blocks[5].closed_at)
    assert later.blocks[0].mean_words == blocks[5].mean_words


def test_a_range_a_mode_and_a_pack(filled: Filled) -> None:
    everything = filled.history().blocks
    middle = everything[6].closed_at
    ids = [one.block_id for one in everything]
    tutored = [one.block_id for one in everything if one.mode is Mode.TUTOR]
    (pack,) = (one.id for one in filled.app.packs.list())
    assert filled.ids(since=middle) == ids[6:]
    assert filled.ids(until=middle) == ids[:6]
    assert filled.ids(mode=Mode.TUTOR) == tutored
    assert filled.ids(packs=("another",)) == []
    assert filled.ids(source="another bank") == []
    assert filled.ids(packs=(pack,), source="") == ids


def test_a_block_of_which_a_part_is_looked_at_is_compared_with_none(filled: Filled) -> None:
    whole = next(one for one in filled.history().blocks if one.size == 20)
    part = replace(whole, attempts=whole.attempts[12:], printed=20)
    assert Bar.A_PART in bars(part)
    assert (part.size, part.budget_ms) == (whole.size, whole.budget_ms)
    assert part.share_right == sum(one.right for one in part.attempts) / 8


def test_every_system_has_its_place_in_one_pass(filled: Filled) -> None:
    blocks = filled.history().blocks
    together = position_gaps(blocks, by_system)
    assert together
    for system, gap in together.items():
        alone = position_gaps(blocks, partial(_only, system))
        assert alone == {system: gap}


def _only(system: str, facts: Facts) -> tuple[str, ...]:
    return (system,) if facts.system == system else ()


def test_figures_are_kept_until_something_changes(filled: Filled) -> None:
    first = filled.app.stats.figures()
    again = filled.app.stats.figures()
    assert again.time is first.time
    assert first.blocks == 14
    filled.change(14, excluded=True)
    later = filled.app.stats.figures()
    assert (later.blocks, later.left_out) == (13, 1)
    filled.change(14, excluded=False)
    filled.change(13, excluded=True)
    other = filled.app.stats.figures()
    assert (other.blocks, other.left_out) == (13, 1)
    assert other.last_at == first.last_at != later.last_at


def test_what_stands_out_comes_first_and_says_what_to_do(filled: Filled) -> None:
    found = filled.app.stats.figures()
    assert found.one_thing.tab is Tab.TIME
    assert "stay blank a block" in found.one_thing.lines[0]
    assert found.one_thing.lines[1].startswith("→")
    assert found.one_thing.at_stake > 0.2
    names = {one.name: one for one in found.can_say}
    assert names["Blanks"].known is Known.KNOWN
    assert names["Late in the block"].text


def test_messages_bear_their_number_and_stand_on_a_tab(filled: Filled) -> None:
    found = filled.app.stats.figures()
    ids = [one.id for one in found.says]
    assert len(ids) == len(set(ids) - {"M13"}) + ids.count("M13")
    assert "M9" in ids
    assert all(found.said_on(one.tab) for one in found.says)


def test_a_rest_of_years_makes_no_group_weigh_less(filled: Filled) -> None:
    found = filled.app.stats.figures().systems
    overall = found.right / found.asked
    assert fmean(one.mean for one in found.systems) == pytest.approx(overall, abs=0.08)


def test_a_store_without_blocks_says_what_is_missing(tmp_path: Path) -> None:
    with open_app(Settings(data_dir=tmp_path), clock=ManualClock(NOW)) as application:
        found: Figures = application.stats.figures()
    assert (found.blocks, found.first_at, found.trend, found.bests) == (0, None, (), ())
    assert isinstance(found.time.dropoff, NotYet)
    assert data(found)["A2"] == {"needs": 1, "of": "timed_blocks", "have": 0}
    assert found.one_thing.tab is None
