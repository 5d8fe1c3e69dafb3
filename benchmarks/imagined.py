"""Simulated learners in memory: the taker and the rules of a block, without store or clock.

What comes out are rows as the figures take them; a test holds them equal to those of a store.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from qbank.analytics.rows import AnalysedBlock, Facts, Offered, analysed
from qbank.block import commands as c
from qbank.block.machine import decide, evolve, initial
from qbank.block.model import BlockSpec, Mode, Phase, Slot
from qbank.block.scoring import Attempt, score
from qbank.content.names import Action, ErrorCode, System
from qbank.services.profiles import Profile
from qbank.services.simulate import DIFFICULTY_SPREAD
from qbank.services.taker import Known, Taker
from qbank.services.views import LiveClock

LIMIT_MS, SIZE, BLOCKS_A_DAY = 1_800_000, 20, 2
DAY_MS = 86_400_000
FIRST_DAY_MS = 20_000 * DAY_MS
OPTIONS = tuple("abcde")
USUAL_WORDS = 140

ABILITIES, PACES = 0.35, 0.05
"""How much learners of one profile differ: in logits, and in the logarithm of their times."""
NEXT_STEPS = 0.5
"""Share of the questions that ask for the next step."""
CODES: tuple[ErrorCode | None, ...] = (
    "too_early",
    "too_early",
    "other_diagnosis",
    "insufficient",
    "needless",
    "harmful",
    "too_late",
    None,
)
ACTIONS: tuple[Action, ...] = ("observe", "test", "test", "treat", "treat", "operate", "refer")


class Imagined:
    """A block taken in no time at all: its own runner, and its own clock."""

    def __init__(self, spec: BlockSpec) -> None:
        self.spec = spec
        self.state = initial(spec)
        self._at_ms = 0

    def advance(self, ms: int) -> None:
        """So many milliseconds pass."""
        self._at_ms += ms

    def clock(self) -> LiveClock:
        """The block's times at this moment."""
        state, at_ms = self.state, self._at_ms
        return LiveClock(
            used_ms=state.used_ms(at_ms),
            remaining_ms=state.remaining_ms(at_ms),
            this_one_ms=0,
            answered=state.answered,
            pace=None,
            ghost=None,
        )

    def do(self, command: c.Command) -> None:
        """Decide a command at this moment, and apply what comes of it."""
        for event in decide(self.state, command, self._at_ms):
            self.state = evolve(self.state, event)


def taken(
    spec: BlockSpec, profile: Profile, chance: Random, known: Sequence[Known], number: int
) -> Imagined:
    """The learner's `number`th block, taken to its end."""
    run = Imagined(spec)
    Taker(run, run, profile, chance, known).take(number)
    assert run.state.phase is Phase.CLOSED
    return run


def scored(run: Imagined, known: Sequence[Known]) -> tuple[Attempt, ...]:
    """What a block that was taken comes to."""
    pairs = zip(run.spec.slots, known, strict=True)
    return score(run.state, {slot.question: frozenset(one.key) for slot, one in pairs})


def somebody(profile: Profile, chance: Random) -> Profile:
    """One learner of a kind: their own ability and pace."""
    return replace(
        profile,
        ability=profile.ability + chance.gauss(0, ABILITIES),
        seconds=profile.seconds * math.exp(chance.gauss(0, PACES)),
    )


def learner(
    profile: Profile, chance: Random, blocks: int, outline: dict[str, float]
) -> list[AnalysedBlock]:
    """So many timed blocks of new questions, in time order; `outline` weighs the systems."""
    return [_block(profile, chance, number, outline) for number in range(1, blocks + 1)]


def _block(
    profile: Profile, chance: Random, number: int, outline: dict[str, float]
) -> AnalysedBlock:
    facts = [_facts(chance, f"{number}/{place}", outline) for place in range(SIZE)]
    known = [_known(chance, one) for one in facts]
    spec = BlockSpec(
        block_id=f"b{number:05}",
        mode=Mode.TIMED,
        slots=tuple(Slot(one.question, OPTIONS) for one in facts),
        limit_ms=LIMIT_MS,
    )
    run = taken(spec, profile, chance, known, number)
    stood = run.state.paused_ms > 0
    day, place = divmod(number - 1, BLOCKS_A_DAY)
    return AnalysedBlock(
        block_id=spec.block_id,
        mode=spec.mode,
        limit_ms=spec.limit_ms,
        used_ms=run.state.clock_ms,
        closed_at=FIRST_DAY_MS + day * DAY_MS + (place + 1) * LIMIT_MS,
        attempts=tuple(
            analysed(each, one, 1, clock_stood=stood)
            for each, one in zip(scored(run, known), facts, strict=True)
        ),
        paused=stood,
        mean_words=float(USUAL_WORDS),
    )


def _facts(chance: Random, question: str, outline: dict[str, float]) -> Facts:
    system: System = chance.choices(list(outline), list(outline.values()))[0]  # type: ignore[assignment]  # names of systems
    step = chance.random() < NEXT_STEPS
    offered = [Offered("a", None, chance.choice(ACTIONS))]
    offered += [
        Offered(option, chance.choice(CODES), chance.choice(ACTIONS)) for option in OPTIONS[1:]
    ]
    return Facts(
        question=question,
        words=round(USUAL_WORDS * math.exp(chance.gauss(0, 0.3))),
        choices=len(OPTIONS),
        next_step="mixed" if step else "none",
        lead_in_code="nbs_management" if step else "diagnosis",
        lead_in_family="NBS" if step else "DX",
        system=system,
        offered=tuple(offered) if step else (),
    )


def _known(chance: Random, facts: Facts) -> Known:
    return Known(
        ("a",),
        chance.gauss(0, DIFFICULTY_SPREAD),
        facts.asks_next_step,
        tuple(one.id for one in facts.offered if one.error == "too_early"),
    )
