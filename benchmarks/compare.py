"""Ours against a reference, in turn, three rounds, the middle ratio.

A shared machine moves by half between two minutes, so no figure stands alone:
both sides are sampled alternately and only their ratio is compared with a goal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

ROUNDS = 3

Sample = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report. Times are milliseconds; a goal is a ratio at most, or None."""

    name: str
    reference: str
    reference_ms: float
    ours_ms: float
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """Ours divided by the reference."""
        return self.ours_ms / self.reference_ms


def percentile(samples: list[float], percent: int) -> float:
    """The value that `percent` of the samples do not exceed, 50 being the median."""
    return quantiles(samples, n=100, method="inclusive")[percent - 1]


def in_turn(reference: Sample, ours: Sample, times: int) -> tuple[list[float], list[float]]:
    """`times` samples of each, A B A B, after one of each that is thrown away."""
    reference(), ours()
    pairs = [(reference(), ours()) for _ in range(times)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def middle(rows: list[Row]) -> Row:
    """The row with the middle ratio of an odd number of rounds."""
    return sorted(rows, key=lambda row: row.ratio)[len(rows) // 2]


def compare(
    name: str,
    against: str,
    *,
    reference: Sample,
    ours: Sample,
    times: int,
    goal: float | None = None,
) -> Row:
    """The medians of the middle round."""
    rounds = [in_turn(reference, ours, times) for _ in range(ROUNDS)]
    rows = [Row(name, against, percentile(a, 50), percentile(b, 50), goal) for a, b in rounds]
    return middle(rows)
