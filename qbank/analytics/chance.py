"""How often chance alone brings a block so low (WORDS M5): "about 1 block in 11".

The share right of the last comparable blocks is known with its own uncertainty, so that the
next block's right answers are beta-binomial. Said for a low block, so that one is not taken
for a fall.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qbank.analytics.distributions import beta_binomial_cdf
from qbank.analytics.estimate import NotYet, What, short_of
from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.thresholds import STARTING_BLOCKS, USUAL_BLOCKS

_PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class LowBlock:
    """A block against the learner's usual right answers.

    `usual` is the mean of the last blocks, said as `from_usual` to `to_usual` whole questions;
    `share` is the probability of so few or fewer by chance.
    """

    right: int
    usual: float
    share: float

    @property
    def from_usual(self) -> int:
        """The usual, rounded down."""
        return math.floor(self.usual)

    @property
    def to_usual(self) -> int:
        """The usual, rounded up."""
        return math.ceil(self.usual)

    @property
    def one_in(self) -> int:
        """One block in so many comes out so low."""
        return max(1, round(1 / self.share))


def low_block(block: AnalysedBlock, before: Sequence[AnalysedBlock]) -> LowBlock | NotYet:
    """A block against the comparable ones before it, given in time order; NotYet under three."""
    usual = before[-USUAL_BLOCKS:]
    if missing := short_of(STARTING_BLOCKS, (len(usual),), What.TIMED_BLOCKS):
        return missing
    right, asked = sum(one.right for one in usual), sum(one.size for one in usual)
    a, b = right + _PRIOR, asked - right + _PRIOR
    return LowBlock(
        right=block.right,
        usual=right / asked * block.size,
        share=beta_binomial_cdf(block.right, block.size, a, b),
    )
