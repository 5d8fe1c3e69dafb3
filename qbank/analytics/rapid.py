"""B1: which answers came too quick to have been read for.

Threshold: a tenth of what the question usually takes (A9 where nobody measured it), at least
3 s and at most 10 s. Only answers to fresh questions: a recognised question is no guess. Very
quick answers count for accuracy and are in no pace. Without a limit there is no expectation,
and the least threshold holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
from qbank.analytics.word_load import expected_ms

QUICK_SHARE = 0.10
LEAST_MS, MOST_MS = 3_000, 10_000
END_MS = 60_000
"""With less than this left, filling in what is open is good tactics."""


@dataclass(frozen=True, slots=True)
class QuickAnswers:
    """Very quick answers among the answers to fresh questions.

    `at_end` of them were given with less than 60 s left. `chance` is the mean probability of
    a blind answer on them, None where there are none. `steady_share` is response-time effort:
    the share that is not very quick, None without answers.
    """

    answered: int
    quick: int
    at_end: int
    right: int
    chance: float | None

    @property
    def steady_share(self) -> float | None:
        """One minus the share that is very quick."""
        return 1 - self.quick / self.answered if self.answered else None


def threshold_ms(usual_ms: float) -> float:
    """The time below which an answer is very quick, of a question that usually takes so long."""
    return max(LEAST_MS, min(MOST_MS, QUICK_SHARE * usual_ms))


def is_very_quick(attempt: AnalysedAttempt, block: AnalysedBlock) -> bool:
    """Whether an answer of this block came very quick."""
    # Most answers take longer than any threshold: that is asked first.
    if attempt.behaved_ms >= MOST_MS or not attempt.answered or not attempt.fresh:
        return False
    if block.budget_ms is None:
        return attempt.behaved_ms < LEAST_MS
    usual_ms = expected_ms(attempt.facts, block.budget_ms, block.mean_words)
    return attempt.behaved_ms < threshold_ms(usual_ms)


def is_end_fill(attempt: AnalysedAttempt, block: AnalysedBlock) -> bool:
    """Whether a very quick answer was given in the last minute, with nothing to lose."""
    if block.limit_ms is None or attempt.answered_ms is None:
        return False
    return block.limit_ms - attempt.answered_ms < END_MS and is_very_quick(attempt, block)


def quick_answers(blocks: Sequence[AnalysedBlock]) -> QuickAnswers:
    """Very quick answers over these blocks."""
    pairs = [(one, block) for block in blocks for one in block.attempts]
    quick = [(one, block) for one, block in pairs if is_very_quick(one, block)]
    chances = [one.facts.chance for one, _ in quick]
    return QuickAnswers(
        answered=sum(one.answered and one.fresh for one, _ in pairs),
        quick=len(quick),
        at_end=sum(is_end_fill(one, block) for one, block in quick),
        right=sum(one.right for one, _ in quick),
        chance=sum(chances) / len(chances) if chances else None,
    )
