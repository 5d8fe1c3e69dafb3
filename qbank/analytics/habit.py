"""A5 and A6: what a learner's earlier blocks say about the pace of the next one."""

import math
from collections.abc import Sequence
from statistics import fmean

from qbank.analytics.rows import AnalysedBlock
from qbank.analytics.timing import paced
from qbank.block.pace import USUAL_SPREAD, Habit

KNOWN_BLOCKS = 10
KNOWN_WEIGHT = 20
_LEAST_ANSWERS = 20


def habit(blocks: Sequence[AnalysedBlock]) -> Habit | None:
    """Long-run pace in milliseconds a question from the eligible blocks of one class.

    None without any. It weighs as much as 5 answers, and as 20 from ten blocks on; the spread
    is the learner's own from 20 answers on.
    """
    times = [one.clock_ms for block in blocks for one in paced(block)]
    if not times:
        return None
    mean = fmean(times)
    if not mean:
        return None
    spread = USUAL_SPREAD
    if len(times) >= _LEAST_ANSWERS:
        spread = math.sqrt(fmean((ms - mean) ** 2 for ms in times)) / mean
    if len(blocks) < KNOWN_BLOCKS:
        return Habit(mean, spread)
    return Habit(mean, spread, KNOWN_WEIGHT)
