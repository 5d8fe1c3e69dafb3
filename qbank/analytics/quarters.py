"""Cutting blocks and days into parts that differ by one at most, the larger ones first."""

from bisect import bisect_left
from functools import cache
from itertools import accumulate

QUARTERS = 4


def split_sizes(count: int, parts: int) -> tuple[int, ...]:
    """Sizes of `parts` runs of `count` things: 18 in four is 5, 5, 4, 4."""
    each, over = divmod(count, parts)
    return tuple(each + (part < over) for part in range(parts))


@cache
def quarter_of(position: int, size: int) -> int:
    """The quarter, 1 to 4, in which a position (from 1) of a block lies."""
    ends = list(accumulate(split_sizes(size, QUARTERS)))
    return bisect_left(ends, position) + 1
