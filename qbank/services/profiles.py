"""Simulated learners: what each can do, how fast, and with which habits. Invented figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """A learner. Rates are probabilities a question unless said otherwise.

    `ability` and `next_step` (added where the lead-in asks for one) are logits, a
    question of middling difficulty being 0; `tired` is taken off by the end of a
    block and `learning` added with each block. `seconds` is the median time on a
    question, `spread` the standard deviation of its logarithm, `first_slower` the
    factor on the first question, falling to 1 in the middle of the block.
    `rush` is the factor on the time of the last quarter; answers there are as good
    as guessed where it is below a half. `changes` answers are changed later, a
    share of `away` of them from right to something else. `early` of the wrong choices
    go to an option that comes too early, where the pack tells which do.
    """

    about: str
    ability: float = 0.5
    next_step: float = 0.0
    tired: float = 0.0
    learning: float = 0.004
    seconds: float = 68.0
    spread: float = 0.45
    first_slower: float = 1.0
    rush: float = 1.0
    changes: float = 0.06
    away: float = 0.25
    early: float = 0.0
    flags: float = 0.15
    strikes: float = 0.35
    says_sure: float = 0.5
    pauses: float = 0.03
    looks_away: float = 0.04
    fills_blanks: bool = True


PROFILES: Final[Mapping[str, Profile]] = {
    "steady": Profile("keeps an even pace and finishes most blocks"),
    "front-loader": Profile(
        "spends too long on the first questions and runs out of time",
        seconds=84.0,
        first_slower=1.7,
        fills_blanks=False,
    ),
    "rusher": Profile(
        "takes time at first and rushes through the last quarter",
        seconds=92.0,
        rush=0.3,
    ),
    "second-guesser": Profile(
        "changes many answers, mostly away from the right one",
        changes=0.28,
        away=0.75,
        flags=0.4,
        says_sure=0.8,
    ),
    "next-step": Profile(
        "knows the diagnosis and not what to do next",
        ability=0.9,
        next_step=-1.3,
    ),
    "too-early": Profile(
        "treats before the test, and operates before the treatment",
        early=0.5,
    ),
    "tired-late": Profile(
        "slows down and slips towards the end of a block",
        ability=0.9,
        tired=1.6,
        seconds=72.0,
        looks_away=0.12,
    ),
}
