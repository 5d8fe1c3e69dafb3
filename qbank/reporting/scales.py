"""Round numbers for axes, and where a value stands on them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from qbank.reporting.charts import Scale

_TIMES_S: Final = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600)
_TENS: Final = (1, 2, 5)


class Axis(NamedTuple):
    """From `low` to `high`, with a tick at every multiple of `step` between them."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """The round values, ascending."""
        first = round(self.low / self.step)
        return [at * self.step for at in range(first, round(self.high / self.step) + 1)]

    def place(self, value: float, cells: int) -> int:
        """The cell of a value among so many, from 0."""
        part = (value - self.low) / (self.high - self.low)
        return max(0, min(cells - 1, round(part * (cells - 1))))


def axis(values: Iterable[float], scale: Scale, ticks: int) -> Axis:
    """An axis that holds all values, with at most so many ticks (two at least)."""
    found = list(values)
    low, high = min(found), max(found)
    if scale is Scale.POINTS:
        low, high = min(0.0, low), max(0.0, high)
    for step in _steps(scale, max(high - low, abs(high) / 1000)):
        first, last = math.floor(low / step), math.ceil(high / step)
        if first == last:
            # Where everything is right there is no share above it.
            first, last = (first - 1, last) if _is_whole(last * step, scale) else (first, last + 1)
        if last - first + 1 <= max(2, ticks):
            break
    return Axis(first * step, last * step, step)


def _is_whole(value: float, scale: Scale) -> bool:
    return scale is Scale.SHARE and math.isclose(value, 1.0)


def _steps(scale: Scale, span: float) -> list[float]:
    """Round steps, ascending, up to one that takes the whole span at once."""
    if scale is Scale.TIME:
        known = [float(each * 1000) for each in _TIMES_S]
        return known + [known[-1] * 2**power for power in range(1, 40)]
    least = -2 if scale in (Scale.SHARE, Scale.POINTS) else 0
    most = max(least, math.ceil(math.log10(span)) if span > 0 else least) + 1
    steps = [tens * 10.0**power for power in range(least, most + 1) for tens in _TENS]
    # A quarter of the whole divides a share better than a fifth of it does.
    return sorted({*steps, 0.25}) if scale is Scale.SHARE else steps
