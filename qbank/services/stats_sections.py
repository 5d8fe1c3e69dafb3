"""The sections of the figures, each from the blocks that count: what to ask `qbank.analytics`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from qbank.analytics import blanks as b2
from qbank.analytics import causes as b8
from qbank.analytics import changes as b3
from qbank.analytics import confidence as f1
from qbank.analytics import dropoff as b4
from qbank.analytics import goal as goals
from qbank.analytics import groups as by
from qbank.analytics import next_step as c5
from qbank.analytics import offered as n1
from qbank.analytics.bands import time_bands
from qbank.analytics.debt import passages
from qbank.analytics.eligible import (
    ClassKey,
    class_of,
    fresh_attempts,
    is_clocked,
    is_eligible,
)
from qbank.analytics.estimate import NotYet, What
from qbank.analytics.overthinking import long_answers
from qbank.analytics.position import position_gaps
from qbank.analytics.proportions import wilson
from qbank.analytics.rapid import quick_answers
from qbank.analytics.right_wrong import right_against_wrong
from qbank.analytics.shrinkage import standings
from qbank.analytics.speed_accuracy import right_per_minute
from qbank.analytics.thresholds import TOPIC_ANSWERS
from qbank.analytics.timing import pace, paced, word_adjusted_ms
from qbank.reporting import stats_words as say
from qbank.services.views.stats import (
    ChangeFigures,
    ClassPace,
    Gain,
    NextStepFigures,
    SystemFigures,
    SystemPlace,
    TimeBin,
    TimeFigures,
    WhereFigures,
)

if TYPE_CHECKING:
    from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock
    from qbank.analytics.timed_answers import TimedAnswer
    from qbank.services.stats_rows import History

TEN = 10
_BIN_MS = 15_000
_BINS_TO_MS = 240_000

Blocks = Sequence["AnalysedBlock"]


def classes(blocks: Blocks) -> dict[ClassKey, list[AnalysedBlock]]:
    """Eligible blocks by class, in time order; the main class first, then by the latest block.

    The main class is that of most of the last ten of them, of equals the one taken last: where
    one class stands for all, it is this one, and one short block in between changes nothing.
    """
    found: dict[ClassKey, list[AnalysedBlock]] = defaultdict(list)
    placed = [(key, one) for one in blocks if is_eligible(one) and (key := class_of(one))]
    for key, block in placed:
        found[key].append(block)
    recent = Counter(key for key, _ in placed[-TEN:])
    latest_first = sorted(found, key=lambda key: found[key][-1].closed_at, reverse=True)
    main = max(latest_first, key=lambda key: recent[key], default=None)
    return {key: found[key] for key in sorted(latest_first, key=lambda key: key != main)}


def time(blocks: Blocks, times: Sequence[TimedAnswer]) -> TimeFigures:
    """Do I finish?"""
    clocked = [one for one in blocks if is_clocked(one) and not one.short_day]
    return TimeFigures(
        classes=tuple(_class_pace(key, mine) for key, mine in classes(blocks).items()),
        blanks=b2.blanks(clocked),
        blanks_first=b2.blanks(clocked[:TEN]),
        blanks_last=b2.blanks(clocked[-TEN:]),
        quick=quick_answers(clocked),
        quarters=b4.by_quarter(blocks),
        dropoff=b4.dropoff(blocks),
        day_dropoff=b4.day_dropoff(blocks),
        bands=time_bands(times),
        long=long_answers(times),
        right_wrong=right_against_wrong(times),
        histogram=_histogram(times),
        quadrants=_quadrants(times),
    )


def _class_pace(key: ClassKey, blocks: list[AnalysedBlock]) -> ClassPace:
    found = pace([one.clock_ms for block in blocks for one in paced(block)])
    adjusted = [ms for block in blocks if (ms := word_adjusted_ms(block)) is not None]
    return ClassPace(
        key=key,
        name=say.class_name(key),
        blocks=len(blocks),
        pace=found or NotYet(1, 0, What.ANSWERS),
        adjusted_ms=math.exp(fmean(map(math.log, adjusted))) if adjusted else None,
        budget_ms=blocks[-1].budget_ms or 0.0,
        right_per_minute=right_per_minute(blocks),
        reserve=goals.reserve(blocks),
        goal=goals.goal(blocks),
        target_ms=goals.target_pace_ms(blocks),
        checkpoints=passages(blocks),
        blanks=b2.blanks(blocks),
    )


def _histogram(times: Sequence[TimedAnswer]) -> tuple[TimeBin, ...]:
    last = _BINS_TO_MS // _BIN_MS
    counts = [[0, 0] for _ in range(last + 1)]
    for one in times:
        counts[min(last, one.spent_ms // _BIN_MS)][not one.attempt.right] += 1
    ends = [place * _BIN_MS for place in range(last + 1)]
    bins = [
        TimeBin(low, high, *count)
        for (low, high), count in zip(pairwise(ends), counts[:last], strict=True)
    ]
    return (*bins, TimeBin(_BINS_TO_MS, None, *counts[last])) if times else ()


def _quadrants(times: Sequence[TimedAnswer]) -> tuple[int, int, int, int]:
    counts = [0, 0, 0, 0]
    for one in times:
        counts[2 * (one.spent_ms > one.due_ms) + (not one.attempt.right)] += 1
    return counts[0], counts[1], counts[2], counts[3]


def next_step(blocks: Blocks, times: Sequence[TimedAnswer], now: int) -> NextStepFigures:
    """Next steps against the rest, and how they go wrong."""
    by_block = c5.right_by_block(blocks)
    asked = [one for one in fresh_attempts(blocks) if one.facts.asks_next_step]
    return NextStepFigures(
        right=sum(one.right for one in asked),
        asked=len(asked),
        rest=c5.against_the_rest(blocks, times),
        diagnosis=c5.against_diagnosis(blocks, times),
        kinds=standings(by.tallies(blocks, by.by_next_step, now)),
        families=standings(by.tallies(blocks, by.by_family, now)),
        by_block=by_block,
        trend=c5.share_trend(blocks),
        coverage=n1.coverage(asked),
        errors=n1.by_error(asked),
        actions=n1.by_action(asked),
    )


def where(history: History) -> WhereFigures:
    """Where questions not right went, and what of it is the place in the block.

    A question's time is due by the words of its own block, as its Result says.
    """
    own = [replace(one, mean_words=_own_words(one.attempts)) for one in history.blocks]
    went = b8.where_points_went(own, history.said)
    gaps = position_gaps(history.blocks, by.by_system)
    return WhereFigures(
        went=went,
        timing_share=b8.timing_share(went),
        positions=tuple(SystemPlace(system, gap) for system, gap in gaps.items()),
    )


def _own_words(attempts: Sequence[AnalysedAttempt]) -> float | None:
    words = [one.facts.words for one in attempts if one.facts.words is not None]
    return fmean(words) if len(words) == len(attempts) else None


def systems(blocks: Blocks, now: int, outline: Mapping[str, float]) -> SystemFigures:
    """C3, and which system a point of study is worth most in.

    `outline` is how many of 100 exam questions a system has, by its name.
    """
    fresh = fresh_attempts(blocks)
    right = sum(one.right for one in fresh)
    found = standings(by.tallies(blocks, by.by_system, now))
    gains = [
        Gain(one.group, outline[one.group], outline[one.group] * (1 - one.mean))
        for one in found
        if one.group in outline and not isinstance(one.share, NotYet)
    ]
    return SystemFigures(
        overall=wilson(right, len(fresh)),
        right=right,
        asked=len(fresh),
        systems=found,
        tasks=standings(by.tallies(blocks, by.by_task, now)),
        areas=standings(by.tallies(blocks, by.by_area, now)),
        gains=tuple(sorted(gains, key=lambda one: (-one.to_gain, one.system))),
        needs=TOPIC_ANSWERS,
    )


def changes(blocks: Blocks) -> ChangeFigures:
    """What changing earns, and whether the learner knows what they know."""
    fresh = fresh_attempts(blocks)
    sure = [
        (block.block_id, one.position)
        for block in reversed(blocks)
        for one in f1.sure_and_not_right(block.attempts)
    ]
    return ChangeFigures(
        matrix=b3.changes(fresh),
        levels=f1.levels(fresh),
        calibration=f1.calibration(fresh),
        sure_not_right=tuple(sure),
    )
