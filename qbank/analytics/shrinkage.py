"""C3: which systems and tasks lie below this learner's own average, by more than chance?

Beta-binomial: a group's share is drawn to the learner's average, the more the fewer its
answers and the less the groups differ at all. Labels are relative to one's own mean and are
for claiming; for choosing what to study next the posterior is the better guide. Of topics
without any true difference the plain percentages call about four in eighteen weak, this rule
hardly ever one; it misses many (METRICS 0.7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qbank.analytics.distributions import beta_cdf, beta_quantile
from qbank.analytics.estimate import Estimate, NotYet, Unit, What, short_of
from qbank.analytics.groups import Tally
from qbank.analytics.thresholds import TOPIC_ANSWERS

LEVEL = 0.90
MARGIN = 0.05
SURE = 0.80
_PHI_LEAST, _PHI_MOST = 0.005, 0.5
_FIXED_STRENGTH = 20.0
_FEWEST_GROUPS, _FEWEST_ANSWERS = 4, 40


class Label(StrEnum):
    """Where a group stands against the learner's own average."""

    BELOW = "below_own_average"
    PERHAPS_BELOW = "perhaps_below"
    NOT_KNOWN = "not_known"
    PERHAPS_ABOVE = "perhaps_above"
    ABOVE = "above_own_average"


@dataclass(frozen=True, slots=True)
class Prior:
    """What the groups have in common: Beta(a, b) with mean `overall`."""

    overall: float
    a: float
    b: float

    @property
    def strength(self) -> float:
        """How many answers the average counts for."""
        return self.a + self.b


@dataclass(frozen=True, slots=True)
class Standing:
    """A group: counts, its share drawn to the average, and what may be said of it.

    `mean` is for sorting; `share` is what may be shown, with its 90 % interval, NotYet below
    5 answers. `below` is the probability of lying below the average, `well_below` of lying
    more than 5 points below, `well_above` more than 5 points above.
    """

    group: str
    right: int
    asked: int
    mean: float
    share: Estimate | NotYet
    below: float
    well_below: float
    well_above: float
    label: Label


def prior(groups: Mapping[str, Tally]) -> Prior | NotYet:
    """The common prior; NotYet without an answer.

    With few groups, few answers, or all right or all wrong, the average counts for 20 answers.
    """
    asked = [one.weighted_asked for one in groups.values() if one.weighted_asked > 0]
    total = sum(asked)
    if not total:
        return NotYet(1, 0, What.ANSWERS)
    overall = sum(one.weighted_right for one in groups.values()) / total
    strength = _FIXED_STRENGTH
    if len(asked) >= _FEWEST_GROUPS and 0 < overall < 1 and total >= _FEWEST_ANSWERS:
        phi = _spread(groups, overall, total)
        strength = (1 - phi) / phi
    # A learner with all right or all wrong so far has an average nobody believes to the end.
    # However old they are, the answers are as many as were given: age makes none of them less.
    least = 0.5 / (sum(one.asked for one in groups.values()) + 1)
    middle = min(1 - least, max(least, overall))
    return Prior(overall, middle * strength, (1 - middle) * strength)


def standings(groups: Mapping[str, Tally]) -> tuple[Standing, ...]:
    """Every group with an answer, the lowest posterior mean first."""
    common = prior(groups)
    if isinstance(common, NotYet):
        return ()
    found = [_standing(name, one, common) for name, one in groups.items() if one.asked]
    return tuple(sorted(found, key=lambda one: (one.mean, one.group)))


def _spread(groups: Mapping[str, Tally], overall: float, total: float) -> float:
    """How much the groups differ beyond chance: the intraclass correlation, kept in bounds."""
    pairs = [(one.weighted_right, one.weighted_asked) for one in groups.values()]
    known = [(right, asked) for right, asked in pairs if asked > 0]
    free = len(known) - 1
    scatter = sum(asked * (right / asked - overall) ** 2 for right, asked in known)
    room = total - sum(asked * asked for _, asked in known) / total - free
    if room <= 0:
        return 1 / (1 + _FIXED_STRENGTH)
    phi = (scatter / (overall * (1 - overall)) - free) / room
    return min(_PHI_MOST, max(_PHI_LEAST, phi))


def _standing(name: str, tally: Tally, common: Prior) -> Standing:
    a = common.a + tally.weighted_right
    b = common.b + tally.weighted_asked - tally.weighted_right
    mean, tail = a / (a + b), (1 - LEVEL) / 2
    average = common.a / common.strength
    below = beta_cdf(average, a, b)
    well_below = beta_cdf(average - MARGIN, a, b)
    well_above = 1 - beta_cdf(average + MARGIN, a, b)
    low, high = beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b)
    shown = Estimate(mean, tally.asked, min(low, mean), max(high, mean), Unit.SHARE, LEVEL)
    return Standing(
        group=name,
        right=tally.right,
        asked=tally.asked,
        mean=mean,
        share=short_of(TOPIC_ANSWERS, (tally.asked,), What.ANSWERS) or shown,
        below=below,
        well_below=well_below,
        well_above=well_above,
        label=_label(below, well_below, well_above),
    )


def _label(below: float, well_below: float, well_above: float) -> Label:
    if well_below >= SURE:
        return Label.BELOW
    if below >= SURE:
        return Label.PERHAPS_BELOW
    if well_above >= SURE:
        return Label.ABOVE
    return Label.PERHAPS_ABOVE if 1 - below >= SURE else Label.NOT_KNOWN
