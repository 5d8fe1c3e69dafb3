"""`python -m benchmarks.truth [--write]`: are learners told what is true of them?

Simulated learners of known habits, and the claims the app makes of their blocks: printed, and
with `--write` put into docs/statistics.md. Fails where a wrong claim is as frequent as 5 %.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from random import Random

from benchmarks.imagined import BLOCKS_A_DAY, learner, somebody
from benchmarks.lab import ROOT
from benchmarks.report import between
from qbank.analytics.changes import ChangingPays
from qbank.analytics.claims import Claim
from qbank.analytics.estimate import NotYet
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.timed_answers import timed_answers
from qbank.content.exam import outline_of_100
from qbank.services import stats_sections as sections
from qbank.services.profiles import PROFILES, Profile
from qbank.services.stats_ladders import trend_figures
from qbank.services.stats_says import Findings
from qbank.services.views.said import About
from qbank.services.views.stats import ChangeFigures, NextStepFigures, TimeFigures, TrendFigures

PAGE = ROOT / "docs" / "statistics.md"
BEGIN, END = "<!-- truth: begin -->", "<!-- truth: end -->"
OUTLINE = outline_of_100()
LEARNERS, STEADY = 100, 200
LOOKS = (10, 20, 40)
MOST_WRONG = 0.05
IMPROVED = "improved"
PACE, SHARE, LATER, CHANGING, STEPS, WAYS = "M9 pace", "M9 right", "M10", "M11", "C5", "M13"

HABITS: dict[str, tuple[Profile, str, frozenset[str]]] = {
    "front-loader": (
        PROFILES["front-loader"],
        "questions stay blank, or the end is lower",
        frozenset({About.BLANKS, About.LATE}),
    ),
    "rusher": (PROFILES["rusher"], "the end is lower", frozenset({About.LATE})),
    "tired-late": (PROFILES["tired-late"], "the end is lower", frozenset({About.LATE})),
    "second-guesser": (PROFILES["second-guesser"], "changing costs", frozenset({About.CHANGES})),
    "next-step": (PROFILES["next-step"], "next steps are lower", frozenset({About.NEXT_STEP})),
    "too-early": (PROFILES["too-early"], "choices come too early", frozenset({About.CHOICES})),
    "learning": (
        replace(PROFILES["steady"], learning=0.03),
        "improved",
        frozenset({IMPROVED}),
    ),
}
"""Who they are, what they have to be told, and the findings that say so."""

NULLS: dict[str, str] = {
    About.LATE: "the end of a block is lower",
    About.LONG: "long answers earn less",
    About.CHANGES: "changing costs",
    About.CHOICES: "choices go one way",
    About.NEXT_STEP: "next steps are lower",
    About.SYSTEM: "a system is below one's own average",
    About.TRADE: "faster for fewer right",
    IMPROVED: "improved",
    PACE: "pace goes up or down (M9)",
    SHARE: "right answers go up or down (M9)",
    LATER: "the end of a block differs (M10)",
    CHANGING: "changing pays or costs (M11)",
    STEPS: "next steps differ from others (C5)",
    WAYS: "next steps go wrong one way (M13)",
}
"""What is never true of the steady learner. That questions stay blank is counted, not inferred."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a learner is told after so many blocks: all that holds, and the one thing."""

    holds: frozenset[str]
    first: str | None


def told(blocks: Sequence[AnalysedBlock]) -> Told:
    """The claims of the app for these blocks, by the functions that make them on screen."""
    now, times = blocks[-1].closed_at, timed_answers(blocks)
    trend = trend_figures(sections.classes(blocks))
    time, steps = sections.time(blocks, times), sections.next_step(blocks, times, now)
    changes = sections.changes(blocks)
    systems = sections.systems(blocks, now, OUTLINE)
    findings = Findings(blocks, time, steps, trend, systems, changes)
    holds: set[str] = {one.about for one in findings.found() if one.about is not None}
    holds |= on_tabs(time, steps, trend, changes)
    first: str | None = findings.one_thing().about
    if any(one.claim is Claim.IMPROVED for one in trend):
        holds.add(IMPROVED)
        first = first or IMPROVED
    return Told(frozenset(holds), first)


def on_tabs(
    time: TimeFigures,
    steps: NextStepFigures,
    trend: Sequence[TrendFigures],
    changes: ChangeFigures,
) -> set[str]:
    """What a sentence on a tab says as established."""
    errors = () if isinstance(steps.errors, NotYet) else steps.errors
    held = {
        PACE: any(one.pace_claim in (Claim.FASTER, Claim.SLOWER) for one in trend),
        SHARE: any(one.share_claim in (Claim.MORE_RIGHT, Claim.FEWER_RIGHT) for one in trend),
        LATER: not isinstance(time.dropoff, NotYet) and time.dropoff.established,
        CHANGING: changes.matrix.pays in (ChangingPays.EARNED, ChangingPays.COST),
        STEPS: not isinstance(steps.rest, NotYet) and steps.rest.established,
        WAYS: any(one.claimed for one in errors),
    }
    return {name for name, said in held.items() if said}


def looked_at(kind: str, seed: int, looks: Iterable[int]) -> list[Told]:
    """One learner of a kind, looking after so many blocks."""
    profile = HABITS[kind][0] if kind in HABITS else PROFILES[kind]
    if kind != "learning":
        profile = replace(profile, learning=0.0)
    chance, ends = Random(f"{kind}/{seed}"), list(looks)
    blocks = learner(somebody(profile, chance), chance, ends[-1], OUTLINE)
    return [told(blocks[:end]) for end in ends]


def habit(kind: str, count: int = LEARNERS, run: Callable[..., Iterable[list[Told]]] = map) -> str:
    """A row: how many are told so after each number of blocks, and as the one thing at the end."""
    _, said, wanted = HABITS[kind]
    everybody = list(run(looked_at, [kind] * count, range(count), [LOOKS] * count))
    shares = [
        sum(bool(one[place].holds & wanted) for one in everybody) / count
        for place in range(len(LOOKS))
    ]
    first = sum(one[-1].first in wanted for one in everybody) / count
    return f"| {kind} | {said} | {' | '.join(map(_percent, (*shares, first)))} |"


def steady(
    count: int = STEADY, run: Callable[..., Iterable[list[Told]]] = map
) -> tuple[list[str], float]:
    """Rows: how many steady learners are told what is not so; the largest share of them."""
    looks = range(BLOCKS_A_DAY * 2, LOOKS[-1] + 1, BLOCKS_A_DAY)
    everybody = list(run(looked_at, ["steady"] * count, range(count), [looks] * count))
    ever, by_look = Counter[str](), Counter[str]()
    for one in everybody:
        ever.update({about for look in one for about in look.holds})
        by_look.update(about for look in one for about in look.holds)
    rows, worst = [], 0.0
    for about, said in NULLS.items():
        at_one, at_some = by_look[about] / count / len(looks), ever[about] / count
        worst = max(worst, at_one, at_some)
        rows.append(f"| {said} | {_percent(at_one)} | {_percent(at_some)} |")
    wrong = [[bool(look.holds & NULLS.keys()) for look in one] for one in everybody]
    at_one = sum(map(sum, wrong)) / count / len(looks)
    rows.append(f"| any of these | {_percent(at_one)} | {_percent(sum(map(any, wrong)) / count)} |")
    return rows, max(worst, at_one)


def page(habits: Sequence[str], nulls: Sequence[str]) -> str:
    """Both tables."""
    blocks = " | ".join(f"{look} blocks" for look in LOOKS)
    head = f"| learner | is to be told | {blocks} | as the one thing |"
    return "\n".join(
        [
            head,
            "| --- | --- |" + " ---: |" * (len(LOOKS) + 1),
            *habits,
            "",
            f"| steady learners told that | at one look | at some time in {LOOKS[-1]} blocks |",
            "| --- | ---: | ---: |",
            *nulls,
        ]
    )


def main() -> None:
    """Print; write where it is asked for; fail where the truth is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put it into docs/statistics.md")
    arguments = parser.parse_args()
    with ProcessPoolExecutor() as pool:
        nulls, worst = steady(run=pool.map)
        found = page([habit(kind, run=pool.map) for kind in HABITS], nulls)
    print(found)
    if arguments.write:
        between(PAGE, (BEGIN, END), found)
    if worst >= MOST_WRONG:
        sys.exit(f"a claim is wrong for {_percent(worst)} of steady learners")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"


if __name__ == "__main__":
    main()
