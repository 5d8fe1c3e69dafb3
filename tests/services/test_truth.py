"""Are learners told what is true of them? Simulated ones in memory, as those of a real store."""

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import truth
from benchmarks.imagined import Imagined, learner, scored, somebody, taken
from qbank.analytics.eligible import is_eligible
from qbank.block.scoring import Attempt
from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.services import simulate as simulation
from qbank.services.profiles import PROFILES
from qbank.services.taker import Taker
from qbank.services.views.said import About
from qbank.settings import Settings
from qbank.store.attempts import read_attempts
from tests.support.shared import ROOT

NOW = 1_800_000_000_000
PAGE = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")


class Watched(Taker):
    """A taker in a store, of whom everything is known that goes into a block."""

    begun: list[Any]

    def take(self, number: int) -> None:
        chance = Random()
        chance.setstate(self._chance.getstate())  # type: ignore[attr-defined]  # a Random
        self.begun.append((self._runner.spec, self._profile, chance, self._known, number))
        super().take(number)


@pytest.mark.parametrize("profile", ["front-loader", "second-guesser", "too-early"])
def test_a_block_in_memory_is_the_block_of_a_store(
    profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Watched.begun = []
    monkeypatch.setattr(simulation, "Taker", Watched)
    with open_app(Settings(data_dir=tmp_path), clock=ManualClock(NOW)) as application:
        simulation.simulate(application, blocks=5, seed=3, profile=profile)
        with application.store.read() as connection:
            stored = [read_attempts(connection, number) for number in range(1, 6)]
    assert [_again(*begun) for begun in Watched.begun] == [tuple(one) for one in stored]


def _again(*begun: Any) -> tuple[Attempt, ...]:
    run: Imagined = taken(*begun)
    return scored(run, begun[3])


def test_learners_differ_and_are_the_same_again() -> None:
    profile = PROFILES["steady"]
    first, again, other = (
        learner(somebody(profile, chance), chance, 3, truth.OUTLINE)
        for chance in (Random(1), Random(1), Random(2))
    )
    assert first == again != other
    assert all(map(is_eligible, first))


def test_one_learner_of_each_habit_is_told_so() -> None:
    missed = [
        kind
        for kind, (_, _, wanted) in truth.HABITS.items()
        if kind != "learning" and not truth.looked_at(kind, 1, [40])[0].holds & wanted
    ]
    assert missed == []


def test_what_is_said_of_a_learner_with_one_habit_comes_first() -> None:
    assert truth.looked_at("next-step", 1, [40])[0].first is About.NEXT_STEP
    assert truth.looked_at("second-guesser", 1, [40])[0].first is About.CHANGES


def test_the_page_has_a_row_for_each_habit_and_each_claim() -> None:
    tables = PAGE.partition(truth.BEGIN)[2].partition(truth.END)[0]
    told = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", tables, flags=re.MULTILINE)
    names = [name for name, _ in told if not name.startswith(("---", "learner", "steady"))]
    assert names == [*truth.HABITS, *truth.NULLS.values(), "any of these"]
    for kind, (_, said, _) in truth.HABITS.items():
        assert (kind, said) in told


def test_the_page_claims_no_more_than_the_limit() -> None:
    nulls = PAGE.partition(truth.BEGIN)[2].partition(truth.END)[0].partition("| steady")[2]
    shares = re.findall(r"\| ([\d.]+) % \| ([\d.]+) % \|$", nulls, flags=re.MULTILINE)
    assert len(shares) == len(truth.NULLS) + 1
    *single, together = shares
    assert all(float(share) < 100 * truth.MOST_WRONG for row in single for share in row)
    assert float(together[0]) < 100 * truth.MOST_WRONG


@pytest.mark.proof
def test_steady_learners_are_seldom_told_what_is_not_so() -> None:
    _, worst = truth.steady(40)
    assert worst <= 2 * truth.MOST_WRONG


@pytest.mark.proof
@pytest.mark.parametrize("kind", [kind for kind in truth.HABITS if kind != "learning"])
def test_most_learners_with_a_habit_are_told_so(kind: str) -> None:
    everybody = [truth.looked_at(kind, seed, [40])[0] for seed in range(1_000, 1_020)]
    assert sum(bool(one.holds & truth.HABITS[kind][2]) for one in everybody) >= 18
