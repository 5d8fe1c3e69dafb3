"""C5: are next-step questions harder for this learner than others?

Fresh answers. Right answers by Newcombe's difference, time by the ratio of geometric means,
each time against what was due (A9), so that length plays no part. A block of twenty holds
about ten next steps: one block says nothing, this is always pooled.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qbank.analytics.eligible import counted, fresh_attempts
from qbank.analytics.estimate import Estimate, NotYet, What, short_of
from qbank.analytics.proportions import difference, share
from qbank.analytics.ratio import Timed, pace_ratio
from qbank.analytics.rows import AnalysedBlock, Facts
from qbank.analytics.thresholds import (
    CLUSTER_BLOCKS,
    FINDING_LEVEL,
    NEXT_STEP_ANSWERS,
    TREND_BLOCKS,
    TREND_WINDOW,
)
from qbank.analytics.timed_answers import TimedAnswer, timed_answers
from qbank.analytics.trend import Trend, trend

_DIAGNOSIS = "diagnosis"


@dataclass(frozen=True, slots=True)
class NextStepGap:
    """Next-step questions against others.

    `gap` is share right on next steps less share right on the others; `pace` is how many times
    as long a next step takes, None where too few answers were timed.
    """

    next_steps: Estimate
    others: Estimate
    gap: Estimate
    pace: Estimate | None

    @property
    def established(self) -> bool:
        """Whether a difference may be claimed: it is looked at evening after evening."""
        return self.gap.clears(0, FINDING_LEVEL)


def against_the_rest(
    blocks: Iterable[AnalysedBlock], times: Sequence[TimedAnswer] | None = None
) -> NextStepGap | NotYet:
    """C5 against all other questions; NotYet below 30 answers of each.

    `times` are the timed answers of these blocks, where they are known already.
    """
    return _against(blocks, times, lambda _: True)


def against_diagnosis(
    blocks: Iterable[AnalysedBlock], times: Sequence[TimedAnswer] | None = None
) -> NextStepGap | NotYet:
    """C5 against the questions for the diagnosis, as `against_the_rest`."""
    return _against(blocks, times, lambda facts: facts.lead_in_code == _DIAGNOSIS)


def right_by_block(blocks: Iterable[AnalysedBlock]) -> tuple[tuple[str, int, int], ...]:
    """Fresh next steps of each block that has any, in time order: (block id, right, asked)."""
    found = []
    for block in counted(blocks):
        right = [one.right for one in block.attempts if one.fresh and one.facts.asks_next_step]
        if right:
            found.append((block.block_id, sum(right), len(right)))
    return tuple(found)


def share_trend(blocks: Iterable[AnalysedBlock]) -> Trend | NotYet:
    """E1 of the share right on next steps, a block at a time; NotYet below eight blocks.

    A block holds so few that only a large change is found.
    """
    shares = [right / asked for _, right, asked in right_by_block(blocks)][-TREND_WINDOW:]
    return short_of(TREND_BLOCKS, (len(shares),), What.BLOCKS) or trend(shares)


def _against(
    blocks: Iterable[AnalysedBlock],
    times: Sequence[TimedAnswer] | None,
    other: Callable[[Facts], bool],
) -> NextStepGap | NotYet:
    listed = list(blocks)
    step: list[bool] = []
    rest: list[bool] = []
    for one in fresh_attempts(listed):
        if one.facts.asks_next_step:
            step.append(one.right)
        elif other(one.facts):
            rest.append(one.right)
    counts = (len(step), len(rest))
    if missing := short_of(NEXT_STEP_ANSWERS, counts, What.NEXT_STEP_AND_OTHER):
        return missing
    gap = difference((sum(step), len(step)), (sum(rest), len(rest)))
    if times is None:
        times = timed_answers(listed)
    steps: list[Timed] = []
    others: list[Timed] = []
    for answer in times:
        facts = answer.attempt.facts
        if facts.asks_next_step:
            steps.append((answer.block_id, answer.log_ratio))
        elif other(facts):
            others.append((answer.block_id, answer.log_ratio))
    pace = pace_ratio(others, steps, CLUSTER_BLOCKS)
    return NextStepGap(share(sum(step), len(step)), share(sum(rest), len(rest)), gap, pace)
