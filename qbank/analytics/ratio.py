"""E3: how many times as long? Two periods, or two kinds of question.

Geometric means, compared on ln time: 0.89 is 11 % less time. With more than three blocks the
answers of one block are not taken for independent: what a block's answers have in common, on
both sides of the comparison, counts once. That gives what drawing blocks again and again
would give, without the drawing.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean, variance

from qbank.analytics.distributions import t_quantile, t_two_sided
from qbank.analytics.estimate import Estimate, Unit

Timed = tuple[str, float]
"""A block and ln of a time (or of a time over what was due) in it."""


def welch(
    before: Sequence[float], after: Sequence[float], level: float = 0.95
) -> tuple[Estimate, float, float] | None:
    """Ratio of geometric means of independent times with Welch's interval.

    Inputs are ln times. Returns the ratio, the degrees of freedom and the two-sided p; None
    below two times on a side and where no time differs from another.
    """
    if min(len(before), len(after)) < 2:
        return None
    parts = variance(before) / len(before), variance(after) / len(after)
    error = math.sqrt(sum(parts))
    if not error:
        return None
    df = sum(parts) ** 2 / (parts[0] ** 2 / (len(before) - 1) + parts[1] ** 2 / (len(after) - 1))
    gap = fmean(after) - fmean(before)
    found = _ratio(gap, error * t_quantile(0.5 + level / 2, df), len(before) + len(after), level)
    return found, df, t_two_sided(gap / error, df)


def clustered(
    before: Sequence[Timed], after: Sequence[Timed], level: float = 0.95
) -> Estimate | None:
    """Ratio of geometric means of answers that come in blocks; None without two blocks.

    Both sides may lie in the same blocks. t with one degree of freedom a block less one.
    """
    if not before or not after:
        return None
    means = fmean(x for _, x in before), fmean(x for _, x in after)
    pull: dict[str, float] = defaultdict(float)
    for side, mean, sign in ((before, means[0], -1), (after, means[1], 1)):
        for block_id, x in side:
            pull[block_id] += sign * (x - mean) / len(side)
    groups = len(pull)
    if groups < 2:
        return None
    error = math.sqrt(groups / (groups - 1) * math.fsum(one * one for one in pull.values()))
    half = t_quantile(0.5 + level / 2, groups - 1) * error
    return _ratio(means[1] - means[0], half, len(before) + len(after), level)


def pace_ratio(
    before: Sequence[Timed], after: Sequence[Timed], cluster_above: int
) -> Estimate | None:
    """`clustered` where either side has more than so many blocks, else `welch`."""
    blocks = max(len({name for name, _ in side}) for side in (before, after))
    if blocks > cluster_above:
        return clustered(before, after)
    found = welch([x for _, x in before], [x for _, x in after])
    return found[0] if found else None


def _ratio(gap: float, half: float, n: int, level: float) -> Estimate:
    return Estimate(math.exp(gap), n, math.exp(gap - half), math.exp(gap + half), Unit.RATIO, level)
