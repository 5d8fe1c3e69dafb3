"""B9: is a system weak, or did the block put it late?

The gap between a group's questions and the rest, as it is and adjusted for the quarter of the
block (Mantel-Haenszel risk difference over four strata, Sato's variance). Shares in -1 to 1,
negative where the group comes out lower. Blocks that qbank makes mix their order, so that the
two mostly agree.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qbank.analytics.distributions import z_of
from qbank.analytics.eligible import by_position
from qbank.analytics.estimate import Estimate, NotYet, Unit, What, short_of
from qbank.analytics.groups import Groups
from qbank.analytics.proportions import difference
from qbank.analytics.quarters import QUARTERS, quarter_of
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.thresholds import QUARTER_ANSWERS, QUARTERED_SIZE

Stratum = tuple[int, int, int, int]
"""Right and asked in the group, right and asked in the rest, in one quarter of the block."""


@dataclass(frozen=True, slots=True)
class PositionGap:
    """A group's gap to the rest, and where its questions stood.

    `late` and `late_rest` are the shares of the group's and of the other questions that stood
    in the last quarter.
    """

    crude: Estimate
    adjusted: Estimate
    late: float
    late_rest: float

    @property
    def of_position(self) -> float | None:
        """The share of the crude gap that place explains; None where there is no gap."""
        if not self.crude.value:
            return None
        return 1 - self.adjusted.value / self.crude.value


def position_gaps(
    blocks: Iterable[AnalysedBlock], groups: Groups
) -> Mapping[str, PositionGap | NotYet]:
    """B9 of every group that has a question, each against all questions outside it."""
    total = _Cells()
    found: dict[str, _Cells] = defaultdict(_Cells)
    for block in by_position(blocks):
        if block.size < QUARTERED_SIZE:
            continue
        for one in block.attempts:
            if one.fresh:
                place = quarter_of(one.position, block.size) - 1
                for cells in (total, *(found[group] for group in groups(one.facts))):
                    cells.asked[place] += 1
                    cells.right[place] += one.right
    return {group: _gap(mine.against(total)) for group, mine in sorted(found.items())}


class _Cells:
    """Right and asked by quarter."""

    __slots__ = ("asked", "right")

    def __init__(self) -> None:
        self.right, self.asked = [0] * QUARTERS, [0] * QUARTERS

    def against(self, total: "_Cells") -> list[Stratum]:
        """These, and what is left of all without them."""
        quarters = zip(self.right, self.asked, total.right, total.asked, strict=True)
        return [(x, n, all_x - x, all_n - n) for x, n, all_x, all_n in quarters]


def _gap(strata: Sequence[Stratum]) -> PositionGap | NotYet:
    counts = (sum(cells[1] for cells in strata), sum(cells[3] for cells in strata))
    return short_of(QUARTER_ANSWERS, counts, What.ANSWERS) or adjust(strata)


def adjust(strata: Sequence[Stratum]) -> PositionGap | NotYet:
    """B9 of four strata, each side with an answer in one of them.

    A stratum with one side empty is left out of the adjusted gap; NotYet where all are.
    """
    total = [sum(cells[place] for cells in strata) for place in range(4)]
    usable = [cells for cells in strata if cells[1] and cells[3]]
    if not usable:
        return NotYet(1, 0, What.QUARTER_ANSWERS)
    return PositionGap(
        crude=difference((total[0], total[1]), (total[2], total[3])),
        adjusted=_mantel_haenszel(usable),
        late=strata[-1][1] / total[1],
        late_rest=strata[-1][3] / total[3],
    )


def _mantel_haenszel(strata: Sequence[Stratum]) -> Estimate:
    """The common risk difference of strata that have both sides."""
    weight = above = spread_gap = spread = 0.0
    for x1, n1, x0, n0 in strata:
        n = n1 + n0
        weight += n1 * n0 / n
        above += (x1 * n0 - x0 * n1) / n
        spread_gap += (n1 * n1 * x0 - n0 * n0 * x1 + n1 * n0 * (n0 - n1) / 2) / (n * n)
        spread += (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)
    value = above / weight
    half = z_of(0.95) * math.sqrt(max(0.0, value * spread_gap + spread)) / weight
    low, high = max(-1.0, value - half), min(1.0, value + half)
    n = sum(n1 + n0 for _, n1, _, n0 in strata)
    return Estimate(value, n, low, high, Unit.SHARE_DIFFERENCE)
