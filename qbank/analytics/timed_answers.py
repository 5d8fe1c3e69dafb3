"""The answers that figures of time and behaviour rest on, each with what was due.

Answered, fresh, not very quick, in an exam-like block with a limit that was not left out.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from qbank.analytics.eligible import EXAM_LIKE, counted
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.analytics.timing import FLOOR_MS, paced
from qbank.analytics.word_load import expected_ms


@dataclass(frozen=True, slots=True)
class TimedAnswer:
    """An answer, its block, the even share and what the question should have taken, in ms."""

    attempt: AnalysedAttempt
    block_id: str
    budget_ms: float
    due_ms: float
    spent_ms: int
    """Time in sight where that is known, else all."""

    @property
    def times_due(self) -> float:
        """Time spent, in multiples of what was due."""
        return self.spent_ms / self.due_ms

    @property
    def log_ratio(self) -> float:
        """ln of time spent (a second at least) over what was due."""
        return math.log(max(FLOOR_MS, self.spent_ms) / self.due_ms)


def timed_answers(blocks: Iterable[AnalysedBlock]) -> tuple[TimedAnswer, ...]:
    """Those answers of these blocks, in time order."""
    return tuple(
        TimedAnswer(
            one,
            block.block_id,
            block.budget_ms,
            expected_ms(one.facts, block.budget_ms, block.mean_words),
            one.behaved_ms,
        )
        for block in counted(blocks)
        if block.mode in EXAM_LIKE and block.budget_ms is not None
        for one in paced(block)
        if one.fresh
    )
