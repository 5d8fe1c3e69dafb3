"""A4 and A7 after the block: where the time was over even pace, and the checkpoints.

Milliseconds; debt is positive when over. Later visits count at their question, and the curve
stops before the first question that was not reached. The live figures and the words that go
with them are in `qbank.block.pace`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import fmean

from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.word_load import weighted_budgets
from qbank.block.pace import CHECKPOINTS, Checkpoint, DebtCurve, debt_curve


@dataclass(frozen=True, slots=True)
class Passage:
    """How a checkpoint was passed over several blocks.

    `target` answers were due at `due_ms`; `reached` of the `n` blocks had them by then, and
    `usual_ms` is the mean clock at which they were there, over the blocks that got so far:
    None where none did.
    """

    due_ms: int
    target: int
    reached: int
    n: int
    usual_ms: float | None


def debt(block: AnalysedBlock, *, by_words: bool = False) -> DebtCurve | None:
    """Debt by position against even shares, or against shares by length (A9).

    None without a limit and where the first question was not reached.
    """
    if block.budget_ms is None:
        return None
    budgets = weighted_budgets(block) if by_words else (block.budget_ms,) * block.size
    reached = list(takewhile(lambda one: one.reached, block.attempts))
    return debt_curve([one.clock_ms for one in reached], (budgets or ())[: len(reached)])


def marks(block: AnalysedBlock) -> tuple[int, ...]:
    """The block's clock at each first answer that is known, ascending."""
    return tuple(sorted(one.answered_ms for one in block.attempts if one.answered_ms is not None))


def checkpoints(block: AnalysedBlock) -> tuple[Checkpoint, ...]:
    """A7: answers due and there at a quarter, half and three quarters of the clock.

    None without a limit, and where the clock at the answers is not known. `achieved` is
    None where the block was over before.
    """
    known = all(one.answered_ms is not None for one in block.attempts if one.answered)
    if block.limit_ms is None or not known:
        return ()
    clocks = marks(block)
    points = []
    for part, whole in CHECKPOINTS:
        due_ms = block.limit_ms * part // whole
        target = -(-block.size * part // whole)
        there = sum(clock <= due_ms for clock in clocks)
        ended_before = block.used_ms < due_ms and there < target
        points.append(Checkpoint(due_ms, target, None if ended_before else there))
    return tuple(points)


def passages(blocks: Sequence[AnalysedBlock]) -> tuple[Passage, ...]:
    """A7 over blocks of one class, at each checkpoint; empty without any."""
    clocked = [(checkpoints(block), marks(block)) for block in blocks]
    known = [(points, clocks) for points, clocks in clocked if points]
    found = []
    for place in range(len(CHECKPOINTS) if known else 0):
        due = known[0][0][place]
        when = [clocks[due.target - 1] for _, clocks in known if len(clocks) >= due.target]
        found.append(
            Passage(
                due_ms=due.clock_ms,
                target=due.target,
                reached=sum((points[place].achieved or 0) >= due.target for points, _ in known),
                n=len(known),
                usual_ms=fmean(when) if when else None,
            )
        )
    return tuple(found)
