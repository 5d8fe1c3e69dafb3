"""B2: what was left blank, and what a letter on each would have been worth.

A blank scores as wrong and no wrong answer costs anything, so that any letter has a chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qbank.analytics.rows import AnalysedBlock


@dataclass(frozen=True, slots=True)
class Blanks:
    """Questions without an answer over `n` blocks.

    `omitted` were seen, `unreached` were not; `expected_right` is how many of them blind
    answers would have got right on the mean, `clear_run` how many of the last blocks running
    had none blank, `blocks` how many had one and `cut_short` how many had one that was never
    reached.
    """

    omitted: int
    unreached: int
    expected_right: float
    clear_run: int
    blocks: int
    cut_short: int
    n: int

    @property
    def total(self) -> int:
        """All blanks."""
        return self.omitted + self.unreached

    @property
    def per_block(self) -> float | None:
        """Blanks a block; None without a block."""
        return self.total / self.n if self.n else None


def blanks(blocks: Sequence[AnalysedBlock]) -> Blanks:
    """Blanks over these blocks, given in time order."""
    blank = [one for block in blocks for one in block.attempts if not one.answered]
    omitted = sum(one.reached for one in blank)
    clear_run = 0
    for block in reversed(blocks):
        if block.blanks:
            break
        clear_run += 1
    return Blanks(
        omitted=omitted,
        unreached=len(blank) - omitted,
        expected_right=sum(one.facts.chance for one in blank),
        clear_run=clear_run,
        blocks=sum(block.blanks > 0 for block in blocks),
        cut_short=sum(not all(one.reached for one in block.attempts) for block in blocks),
        n=len(blocks),
    )
