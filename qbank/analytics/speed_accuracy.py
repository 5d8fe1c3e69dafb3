"""D1 and D4: speed and right answers in one figure, for a chart and never for a record.

Right answers a minute is the plain one; the balance weighs both alike on the scale of one's
own last blocks. Both move with a trade of one for the other: only the gate (D5) awards.
"""

from collections.abc import Sequence
from itertools import islice
from statistics import fmean, pstdev

from qbank.analytics.estimate import Estimate, NotYet, Unit, What, exact, short_of
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.thresholds import BALANCE_BLOCKS, BALANCE_WINDOW
from qbank.analytics.timing import block_pace, paced

_MINUTE_MS = 60_000
_ROUNDING = 1e-9
"""Of the mean: values that differ by less are the same value, computed twice."""


def right_per_minute(blocks: Sequence[AnalysedBlock]) -> Estimate | NotYet:
    """D1: right answers a minute over the answers that speak of pace.

    Very quick answers are neither in the time nor among the right ones; NotYet without time.
    """
    counted = [one for block in blocks for one in paced(block)]
    minutes = sum(one.clock_ms for one in counted) / _MINUTE_MS
    if not minutes:
        return NotYet(1, 0, What.ANSWERS)
    return exact(sum(one.right for one in counted) / minutes, len(counted), Unit.PER_MINUTE)


def balances(shares_and_paces: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """D4 of each block: standing in share right less standing in mean time.

    Standings are in standard deviations of the blocks given, 0 where they do not differ; the
    balances sum to 0.
    """
    shares = _standings([share for share, _ in shares_and_paces])
    paces = _standings([pace for _, pace in shares_and_paces])
    return tuple(share - pace for share, pace in zip(shares, paces, strict=True))


def latest_balance(blocks: Sequence[AnalysedBlock]) -> Estimate | NotYet:
    """D4 of the last of these blocks among the last ten, given in time order.

    Blocks are eligible ones of one class; NotYet below five with a pace.
    """
    paced_ones = ((one, pace) for one in reversed(blocks) if (pace := block_pace(one)))
    latest = list(islice(paced_ones, BALANCE_WINDOW))
    pairs = [(block.share_right, pace.mean_ms) for block, pace in reversed(latest)]
    if missing := short_of(BALANCE_BLOCKS, (len(pairs),), What.TIMED_BLOCKS):
        return missing
    return exact(balances(pairs)[-1], len(pairs), Unit.SCORE)


def _standings(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    mean, spread = fmean(values), pstdev(values)
    if spread <= _ROUNDING * abs(mean):
        return [0.0] * len(values)
    return [(value - mean) / spread for value in values]
