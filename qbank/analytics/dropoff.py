"""B4: is the end of a block, or of a day, worse than its beginning?

Quarters by position as printed; blocks under eight questions have none. Blanks count as
wrong: that is the effect. The same without blanks and very quick answers shows how much of it
is the clock. Claimed only where the interval of a finding (99.5 %: it is looked at evening after
evening) leaves out no difference at all. Where most
questions have a known share right, answers are held against it, so that harder questions at
the end are no drop. A pointer to a cause, never a cause.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, variance

from qbank.analytics.distributions import z_of
from qbank.analytics.eligible import by_position
from qbank.analytics.estimate import Estimate, NotYet, Unit, What, short_of
from qbank.analytics.proportions import difference, share
from qbank.analytics.quarters import QUARTERS, quarter_of, split_sizes
from qbank.analytics.rapid import is_very_quick
from qbank.analytics.ratio import Timed, clustered
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.analytics.thresholds import (
    DAY_BLOCKS,
    EXPECTED_SHARE,
    FINDING_LEVEL,
    QUARTER_ANSWERS,
    QUARTER_BLOCKS,
    QUARTERED_SIZE,
)
from qbank.analytics.timing import FLOOR_MS
from qbank.analytics.word_load import expected_ms

_THIRDS = 3
_MOST_BLOCKS = 10_000


@dataclass(frozen=True, slots=True)
class DropOff:
    """Last part less first, in shares right; negative is a drop.

    `worked_on` is the same without blanks and very quick answers, None where under 25 are left
    of a part; `pace` is the time on the last part over that on the first, each against what was
    due; `against_expected` says that known shares right were taken off. `blocks` were pooled,
    each of `size` questions, None where they differ or are no quarters of one block.
    """

    all: Estimate
    worked_on: Estimate | None
    pace: Estimate | None
    blocks: int
    against_expected: bool
    size: int | None = None

    @property
    def established(self) -> bool:
        """Whether it may be claimed."""
        return self.all.clears(0, FINDING_LEVEL)

    @property
    def of_the_clock(self) -> float | None:
        """The part of the difference that blanks and very quick answers make."""
        return None if self.worked_on is None else self.all.value - self.worked_on.value

    @property
    def blocks_to_settle(self) -> int | None:
        """About how many blocks more would settle a difference of this size.

        None where it is settled, and where there is next to none.
        """
        if self.established or self.all.low is None or self.all.high is None:
            return None
        away = self.all.high if self.all.value < 0 else self.all.low
        if not self.all.value:
            return None
        wider = z_of(FINDING_LEVEL) / z_of(self.all.level)
        reach = wider * abs(away - self.all.value) / abs(self.all.value)
        needed = math.ceil(self.blocks * reach * reach)
        return max(1, needed - self.blocks) if needed <= _MOST_BLOCKS else None


@dataclass(frozen=True, slots=True)
class Quarter:
    """Fresh questions that stood in one quarter of their block."""

    quarter: int
    asked: int
    right: int
    blank: int

    @property
    def share(self) -> Estimate | NotYet:
        """Share right, NotYet below 25 questions."""
        missing = short_of(QUARTER_ANSWERS, (self.asked,), What.QUARTER_ANSWERS)
        return missing or share(self.right, self.asked)


_Placed = tuple[AnalysedAttempt, AnalysedBlock]
Part = Sequence[_Placed]


def by_quarter(blocks: Iterable[AnalysedBlock]) -> tuple[Quarter, ...]:
    """The four quarters, pooled over the blocks that tell what place does."""
    parts = _quarters([one for one in by_position(blocks) if one.size >= QUARTERED_SIZE])
    return tuple(
        Quarter(
            quarter=quarter,
            asked=len(parts[quarter]),
            right=sum(one.right for one, _ in parts[quarter]),
            blank=sum(not one.answered for one, _ in parts[quarter]),
        )
        for quarter in range(1, QUARTERS + 1)
    )


def dropoff(blocks: Iterable[AnalysedBlock]) -> DropOff | NotYet:
    """B4 within the block; NotYet below 5 blocks or 25 answers a quarter."""
    pooled = [one for one in by_position(blocks) if one.size >= QUARTERED_SIZE]
    if missing := short_of(QUARTER_BLOCKS, (len(pooled),), What.TIMED_BLOCKS):
        return missing
    parts = _quarters(pooled)
    found = _compare(parts[1], parts[QUARTERS], len(pooled))
    sizes = {one.size for one in pooled}
    if isinstance(found, NotYet) or len(sizes) > 1:
        return found
    return replace(found, size=sizes.pop())


def day_dropoff(blocks: Iterable[AnalysedBlock]) -> DropOff | NotYet:
    """B4 across days with three blocks or more: their last third less their first.

    NotYet below 5 such days or 25 answers a third. `blocks` of the result counts days.
    """
    days: dict[object, list[AnalysedBlock]] = defaultdict(list)
    for block in by_position(blocks):
        days[block.day].append(block)
    long = [day for day in days.values() if len(day) >= DAY_BLOCKS]
    if missing := short_of(QUARTER_BLOCKS, (len(long),), What.LONG_DAYS):
        return missing
    first: list[_Placed] = []
    last: list[_Placed] = []
    for day in long:
        sizes = split_sizes(len(day), _THIRDS)
        for part, chosen in ((first, day[: sizes[0]]), (last, day[-sizes[-1] :])):
            part += [(one, block) for block in chosen for one in block.attempts if one.fresh]
    return _compare(first, last, len(long))


def _quarters(pooled: Iterable[AnalysedBlock]) -> dict[int, list[_Placed]]:
    parts: dict[int, list[_Placed]] = defaultdict(list)
    for block in pooled:
        for one in block.attempts:
            if one.fresh:
                parts[quarter_of(one.position, block.size)].append((one, block))
    return parts


def _compare(first: Part, last: Part, blocks: int) -> DropOff | NotYet:
    parts = (len(first), len(last))
    if missing := short_of(QUARTER_ANSWERS, parts, What.QUARTER_ANSWERS):
        return missing
    worked = _worked_on(first), _worked_on(last)
    expected = all(_known_share(part) >= EXPECTED_SHARE for part in (first, last, *worked))
    enough = min(map(len, worked)) >= QUARTER_ANSWERS
    gap = _against_expected if expected else _plain
    return DropOff(
        all=gap(first, last),
        worked_on=gap(*worked) if enough else None,
        pace=clustered(_times(worked[0]), _times(worked[1])),
        blocks=blocks,
        against_expected=expected,
    )


def _plain(first: Part, last: Part) -> Estimate:
    """Last less first, in shares right."""
    right = [(sum(one.right for one, _ in part), len(part)) for part in (last, first)]
    return difference(right[0], right[1])


def _against_expected(first: Part, last: Part) -> Estimate:
    """Last less first, each answer less the known share right of its question (C8)."""
    rest = [
        [one.right - p for one, _ in part if (p := one.facts.p_value) is not None]
        for part in (last, first)
    ]
    value = fmean(rest[0]) - fmean(rest[1])
    half = z_of(0.95) * math.sqrt(sum(variance(part) / len(part) for part in rest))
    n = len(rest[0]) + len(rest[1])
    return Estimate(value, n, value - half, value + half, Unit.SHARE_DIFFERENCE)


def _known_share(part: Part) -> float:
    return sum(one.facts.p_value is not None for one, _ in part) / len(part) if part else 0.0


def _worked_on(part: Part) -> Part:
    return [(one, block) for one, block in part if one.answered and not is_very_quick(one, block)]


def _times(worked: Part) -> list[Timed]:
    """ln of time over what was due on the answers worked on, by block."""
    return [
        (block.block_id, math.log(max(FLOOR_MS, one.behaved_ms) / _due_ms(one, block)))
        for one, block in worked
    ]


def _due_ms(one: AnalysedAttempt, block: AnalysedBlock) -> float:
    return expected_ms(one.facts, block.budget_ms or FLOOR_MS, block.mean_words)
