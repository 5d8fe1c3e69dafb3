"""F1: does the learner know what they know?

Three levels with fixed probabilities, so that scores stay comparable. Answers without a level
are left out, and so are blanks. The three shares with their intervals come first; the list of
what was sure and not right is worth most.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from types import MappingProxyType

from qbank.analytics.estimate import Estimate, NotYet, What, short_of
from qbank.analytics.proportions import share
from qbank.analytics.rows import AnalysedAttempt
from qbank.analytics.thresholds import SURENESS_ANSWERS
from qbank.block.model import Confidence

NOMINAL: Mapping[Confidence, float] = MappingProxyType(
    {Confidence.GUESS: 0.30, Confidence.UNSURE: 0.65, Confidence.SURE: 0.90}
)
"""The probability of being right that each level stands for."""


@dataclass(frozen=True, slots=True)
class Level:
    """Answers at one level, and the share of them that is right: NotYet below 20."""

    confidence: Confidence
    n: int
    right: int

    @property
    def share(self) -> Estimate | NotYet:
        """Share right with its interval."""
        missing = short_of(SURENESS_ANSWERS, (self.n,), What.SURE_ANSWERS)
        return missing or share(self.right, self.n)


@dataclass(frozen=True, slots=True)
class Brier:
    """Mean squared distance of the stated probability from what came, and its parts.

    `score` is `reliability` - `resolution` + `uncertainty`; lower is better. `overconfidence`
    is the mean probability stated less the share right. `skill` is 1 for a seer and 0 for one
    who always states the share right; None where all or nothing was right.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    overconfidence: float
    skill: float | None
    n: int


def levels(attempts: Iterable[AnalysedAttempt]) -> tuple[Level, ...]:
    """The three levels, the surest first."""
    said = _said(attempts)
    found = []
    for confidence in Confidence:
        right = [one.right for level, one in said if level is confidence]
        found.append(Level(confidence, len(right), sum(right)))
    return tuple(found)


def calibration(attempts: Iterable[AnalysedAttempt]) -> Brier | NotYet:
    """F1 of these attempts; NotYet below 20 answers at a level."""
    said = _said(attempts)
    counts = tuple(sum(level is one for level, _ in said) for one in Confidence)
    missing = short_of(SURENESS_ANSWERS, counts, What.SURE_ANSWERS)
    return missing or brier([(NOMINAL[level], one.right) for level, one in said])


def brier(stated: Sequence[tuple[float, bool]]) -> Brier:
    """F1 of at least one (probability, right)."""
    n, right = len(stated), fmean(x for _, x in stated)
    parts: dict[float, list[bool]] = {}
    for p, x in stated:
        parts.setdefault(p, []).append(x)
    score = fmean((p - x) ** 2 for p, x in stated)
    uncertainty = right * (1 - right)
    return Brier(
        score=score,
        reliability=math.fsum(len(x) * (p - fmean(x)) ** 2 for p, x in parts.items()) / n,
        resolution=math.fsum(len(x) * (fmean(x) - right) ** 2 for x in parts.values()) / n,
        uncertainty=uncertainty,
        overconfidence=fmean(p for p, _ in stated) - right,
        skill=1 - score / uncertainty if uncertainty else None,
        n=n,
    )


def sure_and_not_right(attempts: Iterable[AnalysedAttempt]) -> tuple[AnalysedAttempt, ...]:
    """The answers that were sure and are not right, as given."""
    return tuple(
        one for level, one in _said(attempts) if level is Confidence.SURE and not one.right
    )


def _said(attempts: Iterable[AnalysedAttempt]) -> list[tuple[Confidence, AnalysedAttempt]]:
    return [(one.confidence, one) for one in attempts if one.confidence and one.answered]
