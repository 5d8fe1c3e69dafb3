"""Attempts and blocks for the tests of the figures: a plain one, and whatever differs."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st

from qbank.analytics.eligible import ClassKey, class_of
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock, Facts
from qbank.block.model import Mode, Outcome
from tests.analytics.oracles import TOLERANCE, TOLERANCE_MS

RIGHT, WRONG = Outcome.CORRECT, Outcome.INCORRECT
OMITTED, UNREACHED = Outcome.OMITTED, Outcome.UNREACHED
_RESPONSES = {RIGHT: ("a",), WRONG: ("b",), OMITTED: (), UNREACHED: ()}


def near(value: object) -> object:
    """Equal as far as the worked examples go."""
    return pytest.approx(value, abs=TOLERANCE)


def near_ms(seconds: float | Sequence[float]) -> object:
    """Milliseconds equal to seconds of a worked example."""
    if isinstance(seconds, (int, float)):
        return pytest.approx(seconds * 1_000, abs=TOLERANCE_MS)
    return pytest.approx([value * 1_000 for value in seconds], abs=TOLERANCE_MS)


def facts(question: str = "q1", **changed: Any) -> Facts:
    """What is known of a question of a hundred words."""
    return Facts(question, **({"words": 100} | changed))


def attempt(outcome: Outcome = RIGHT, clock_ms: int = 80_000, **changed: Any) -> AnalysedAttempt:
    """An attempt at q1 whose key is `a`; a wrong answer chose `b`."""
    position = changed.get("position", 1)
    response = _RESPONSES[outcome]
    usual = {
        "facts": facts(f"q{position}"),
        "position": position,
        "first": response,
        "final": response,
        "key": ("a",),
        "visits": 0 if outcome is UNREACHED else 1,
    }
    return AnalysedAttempt(outcome=outcome, clock_ms=clock_ms, **(usual | changed))


def attempts(
    outcomes: Iterable[Outcome], times_ms: Sequence[int] | int = 80_000, **changed: Any
) -> tuple[AnalysedAttempt, ...]:
    """Attempts at positions 1, 2, ... with these outcomes and times."""
    listed = list(outcomes)
    times = [times_ms] * len(listed) if isinstance(times_ms, int) else list(times_ms)
    return tuple(
        attempt(outcome, ms, position=position, **changed)
        for position, (outcome, ms) in enumerate(zip(listed, times, strict=True), start=1)
    )


def block(number: int = 1, made: Iterable[AnalysedAttempt] = (), **changed: Any) -> AnalysedBlock:
    """The n-th timed block, one an hour, 90 s a question; twenty right answers unless made."""
    listed = tuple(made) or attempts([RIGHT] * 20)
    usual: dict[str, Any] = {
        "block_id": f"b{number:04}",
        "mode": Mode.TIMED,
        "limit_ms": 90_000 * len(listed),
        "used_ms": sum(one.clock_ms for one in listed),
        "closed_at": 1_780_000_000_000 + number * 3_600_000,
        "mean_words": 100.0,
    }
    return AnalysedBlock(attempts=listed, **(usual | changed))


def block_of(right: int, pace_ms: int, number: int = 1, **changed: Any) -> AnalysedBlock:
    """A block of twenty with so many right, every question at the same pace."""
    return block(number, attempts([RIGHT] * right + [WRONG] * (20 - right), pace_ms), **changed)


def key_of(made: AnalysedBlock) -> ClassKey:
    """The class of a block with a limit."""
    key = class_of(made)
    assert key is not None
    return key


OUTCOMES = st.sampled_from([RIGHT, WRONG, OMITTED, UNREACHED])
TIMES = st.integers(1_000, 400_000)


@st.composite
def blocks(draw: st.DrawFn, size: int = 8) -> AnalysedBlock:
    """Any block of so many questions, fresh or not."""
    made = []
    for position in range(1, size + 1):
        outcome = draw(OUTCOMES)
        spent_ms = 0 if outcome is UNREACHED else draw(TIMES)
        seen = draw(st.sampled_from([1, 1, 1, 2]))
        made.append(attempt(outcome, spent_ms, position=position, exposure=seen))
    return block(draw(st.integers(1, 9_999)), made)


def learner(seed: int, count: int = 18) -> list[AnalysedBlock]:
    """Fresh blocks of twenty, three a day, of somebody with ups and downs; all comparable."""
    rng = Random(seed)
    able, quick = rng.uniform(0.5, 0.85), rng.uniform(11.4, 11.6)
    return [
        _evening(rng, number, able, quick - rng.uniform(0, 0.03) * number)
        for number in range(count)
    ]


def _evening(rng: Random, number: int, able: float, quick: float) -> AnalysedBlock:
    blank = rng.choice((0, 0, 0, 1, 3))
    made = []
    for position in range(1, 21):
        outcome = RIGHT if rng.random() < able else WRONG
        made.append(
            attempt(
                OMITTED if position > 20 - blank else outcome,
                max(20_000, round(rng.lognormvariate(quick, 0.45))),
                position=position,
                first=rng.choice((("a",), ("b",), ("c",))),
                facts=facts(f"q{position}", next_step="mixed" if position % 2 else "none"),
            )
        )
    return block(number, made, closed_at=1_780_000_000_000 + number * 8 * 3_600_000)
