"""C7 and C8: ability and right answers against what the questions are known to be.

Only where the shares right of the questions were measured. Ability is on the logit scale and
never shown as a number: it serves to choose. C8 is in questions.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from qbank.analytics.distributions import z_of
from qbank.analytics.estimate import Estimate, NotYet, Unit, What
from qbank.analytics.rows import AnalysedAttempt
from qbank.analytics.thresholds import EXPECTED_SHARE

_GRID = tuple(step / 10 for step in range(-40, 41))
_EASIEST, _HARDEST = 0.98, 0.02


@dataclass(frozen=True, slots=True)
class Ability:
    """Posterior mean and standard deviation on the logit scale, from `n` answers."""

    theta: float
    sd: float
    n: int

    @property
    def estimate(self) -> Estimate:
        """The mean with its 95 % interval, the posterior taken for normal."""
        half = z_of(0.95) * self.sd
        return Estimate(self.theta, self.n, self.theta - half, self.theta + half, Unit.LOGIT)


@dataclass(frozen=True, slots=True)
class AgainstExpected:
    """Right answers against the sum of known shares; `z` is None where nothing could vary."""

    right: int
    expected: float
    z: float | None
    n: int

    @property
    def residual(self) -> float:
        """Right less expected, in questions."""
        return self.right - self.expected

    @property
    def share(self) -> float:
        """The residual over the questions: for trends."""
        return self.residual / self.n


@cache
def difficulty(p_value: float) -> float:
    """Rasch difficulty of a question with this share right, on the logit scale."""
    p = min(_EASIEST, max(_HARDEST, p_value))
    return -math.log(p / (1 - p))


def rasch(answers: Sequence[tuple[float, bool]]) -> Ability:
    """C7 from (difficulty, right): expected a posteriori under a standard normal prior."""
    logs = []
    for theta in _GRID:
        fit = sum(-math.log1p(math.exp(d - theta if right else theta - d)) for d, right in answers)
        logs.append(fit - theta * theta / 2)
    top = max(logs)
    weights = [math.exp(one - top) for one in logs]
    total = sum(weights)
    mean = sum(w * theta for w, theta in zip(weights, _GRID, strict=True)) / total
    spread = sum(w * (theta - mean) ** 2 for w, theta in zip(weights, _GRID, strict=True)) / total
    return Ability(mean, math.sqrt(spread), len(answers))


def ability(attempts: Iterable[AnalysedAttempt]) -> Ability | NotYet:
    """C7 over fresh attempts at questions with a known share right; NotYet without any."""
    answers = [
        (difficulty(p), one.right) for one in attempts if (p := one.facts.p_value) is not None
    ]
    return rasch(answers) if answers else NotYet(1, 0, What.EXPECTED_VALUES)


def against_expected(attempts: Iterable[AnalysedAttempt]) -> AgainstExpected | NotYet:
    """C8 over these attempts; NotYet where fewer than four in five have a known share right."""
    listed = list(attempts)
    known = [(one.right, p) for one in listed if (p := one.facts.p_value) is not None]
    needed = max(1, math.ceil(EXPECTED_SHARE * len(listed)))
    if len(known) < needed:
        return NotYet(needed, len(known), What.EXPECTED_VALUES)
    right, expected = sum(x for x, _ in known), math.fsum(p for _, p in known)
    spread = math.sqrt(math.fsum(p * (1 - p) for _, p in known))
    return AgainstExpected(
        right, expected, (right - expected) / spread if spread else None, len(known)
    )
