"""A9: how long a question should take, by its length or by what others took.

Half of a question's share of the clock is assumed to go with its words. The weight of words
can be fitted to a learner; records do not use the fit, since a record must not come and go
with the next refit. Times in milliseconds, words as in `Facts`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from qbank.analytics.estimate import Estimate, NotYet, Unit, What, short_of
from qbank.analytics.rows import AnalysedBlock, Facts
from qbank.analytics.thresholds import SLOPE_ITEMS

LENGTH_SHARE = 0.5
"""Of a question's time, what goes with its words."""
_LEAST, _MOST = 0.4, 2.5
_PRIOR_SLOPE, _PRIOR_SD, _RESIDUAL_SD = 0.5, 0.25, 0.45
_Z95 = 1.959963985
_FLOOR_MS = 1_000


@dataclass(frozen=True, slots=True)
class WordFit:
    """Time on a question as a power of its words: `middle_ms` at `middle_words`.

    `slope` is the power: 1 means twice the words, twice the time; `sd` its uncertainty.
    """

    middle_ms: float
    middle_words: float
    slope: float
    sd: float
    n: int

    def expected_ms(self, words: int) -> float:
        """The time of this learner on a question of so many words."""
        return self.middle_ms * math.exp(self.slope * math.log(words / self.middle_words))

    @property
    def estimate(self) -> Estimate:
        """The slope with its 95 % interval."""
        half = _Z95 * self.sd
        return Estimate(self.slope, self.n, self.slope - half, self.slope + half, Unit.RATIO)


def expected_ms(facts: Facts, budget_ms: float, mean_words: float | None) -> float:
    """The time a question should take where an even one has `budget_ms`.

    What others took where it was measured; else by its words; the even share without words.
    """
    if facts.usual_ms is not None:
        return facts.usual_ms
    if facts.words is None or not mean_words:
        return budget_ms
    length = min(_MOST, max(_LEAST, facts.words / mean_words))
    return budget_ms * (1 - LENGTH_SHARE + LENGTH_SHARE * length)


def expected_times(block: AnalysedBlock) -> tuple[float, ...] | None:
    """What each question of a block should take, in printed order; None without a limit."""
    budget_ms = block.budget_ms
    if budget_ms is None:
        return None
    return tuple(expected_ms(each.facts, budget_ms, block.mean_words) for each in block.attempts)


def weighted_budgets(block: AnalysedBlock) -> tuple[float, ...] | None:
    """The limit dealt out by what each question should take; None without a limit."""
    expected = expected_times(block)
    if expected is None or block.limit_ms is None:
        return None
    scale = block.limit_ms / sum(expected)
    return tuple(one * scale for one in expected)


def fit_words(times_ms: Sequence[float], words: Sequence[int]) -> WordFit | NotYet:
    """Fit the weight of words to one learner's times on fresh questions.

    Least squares of ln time on centred ln words, drawn to one half as by a prior with
    standard deviation 0.25. NotYet below 100 answers with words.
    """
    if missing := short_of(SLOPE_ITEMS, (len(times_ms),), What.ANSWERS):
        return missing
    return slope_of_words(times_ms, words)


def slope_of_words(times_ms: Sequence[float], words: Sequence[int]) -> WordFit:
    """The fit of `fit_words` whatever the count; at least one answer."""
    load = [math.log(max(1, count)) for count in words]
    spent = [math.log(max(_FLOOR_MS, ms)) for ms in times_ms]
    middle = fmean(load)
    centred = [one - middle for one in load]
    noise, prior = _RESIDUAL_SD**2, _PRIOR_SD**2
    weight = math.fsum(one * one for one in centred) / noise + 1 / prior
    pull = math.fsum(x * y for x, y in zip(centred, spent, strict=True)) / noise
    return WordFit(
        middle_ms=math.exp(fmean(spent)),
        middle_words=math.exp(middle),
        slope=(pull + _PRIOR_SLOPE / prior) / weight,
        sd=weight**-0.5,
        n=len(load),
    )
