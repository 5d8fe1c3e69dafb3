"""A2, A3, A9: how long a question takes this learner, against its share of the clock.

Milliseconds a question. Blank and very quick answers (B1) are in no pace. The mean adds up to
the clock and is the headline; the geometric mean is for trends. The budget (A3) is
`AnalysedBlock.budget_ms`: limit over questions, never a constant.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import cast

from qbank.analytics.rapid import is_very_quick
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.analytics.word_load import expected_ms

FLOOR_MS = 1_000
"""A time below this is taken for this much: nobody answers in no time."""
_KNOWN, _PACED = "_word_adjusted_ms", "_paced"


@dataclass(frozen=True, slots=True)
class PaceFigures:
    """Pace over `n` answers, in milliseconds a question."""

    n: int
    mean_ms: float
    median_ms: float
    geomean_ms: float

    def over_budget_ms(self, budget_ms: float) -> float:
        """A3: mean less budget; negative within it."""
        return self.mean_ms - budget_ms

    def share_of_budget(self, budget_ms: float) -> float:
        """A3: mean over budget."""
        return self.mean_ms / budget_ms


def paced(block: AnalysedBlock) -> tuple[AnalysedAttempt, ...]:
    """The attempts that speak of pace, in printed order: answered and not very quick.

    Worked out once a block.
    """
    known = vars(block)
    if _PACED not in known:
        known[_PACED] = tuple(
            one for one in block.attempts if one.answered and not is_very_quick(one, block)
        )
    return cast("tuple[AnalysedAttempt, ...]", known[_PACED])


def pace(times_ms: Sequence[float]) -> PaceFigures | None:
    """A2 over these times; None without any. A time counts for at least a second."""
    if not times_ms:
        return None
    floored = [max(FLOOR_MS, ms) for ms in times_ms]
    return PaceFigures(
        n=len(floored),
        mean_ms=fmean(floored),
        median_ms=median(floored),
        geomean_ms=math.exp(fmean(map(math.log, floored))),
    )


def block_pace(block: AnalysedBlock) -> PaceFigures | None:
    """A2 of a block; None where nothing speaks of pace."""
    return pace([one.clock_ms for one in paced(block)])


def clock_pace_ms(block: AnalysedBlock) -> float | None:
    """The block's clock over its answers: looking back over them included. None without any."""
    answered = block.size - block.blanks
    return block.used_ms / answered if answered else None


def adjusted_pace_ms(
    times_ms: Sequence[float], expected: Sequence[float], budget_ms: float
) -> float | None:
    """A9: pace as it would be on questions that should take the budget; None without times."""
    if not times_ms:
        return None
    logs = [
        math.log(max(FLOOR_MS, spent) / due) for spent, due in zip(times_ms, expected, strict=True)
    ]
    return budget_ms * math.exp(fmean(logs))


def word_adjusted_ms(block: AnalysedBlock) -> float | None:
    """A9 of a block: None without a limit, and where nothing speaks of pace.

    Worked out once a block.
    """
    known = vars(block)
    if _KNOWN not in known:
        known[_KNOWN] = _word_adjusted_ms(block)
    return cast("float | None", known[_KNOWN])


def _word_adjusted_ms(block: AnalysedBlock) -> float | None:
    budget_ms = block.budget_ms
    if budget_ms is None:
        return None
    counted = paced(block)
    expected = [expected_ms(one.facts, budget_ms, block.mean_words) for one in counted]
    return adjusted_pace_ms([one.clock_ms for one in counted], expected, budget_ms)
