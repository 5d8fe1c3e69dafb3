"""Figures of one class of blocks after the other: is it going one way, and what is the best?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qbank.analytics import claims as e4
from qbank.analytics.bests import bests
from qbank.analytics.gate import mark_to_beat
from qbank.analytics.goal import Reserve, reserve
from qbank.analytics.progress import Progress, progress, trends
from qbank.analytics.speed_accuracy import balances, latest_balance
from qbank.analytics.thresholds import STARTING_BLOCKS, TREND_BLOCKS
from qbank.analytics.trend import smooth
from qbank.reporting import stats_words as say
from qbank.services.views.stats import ClassBests, TrendFigures

if TYPE_CHECKING:
    from qbank.analytics.claims import Claim
    from qbank.analytics.eligible import ClassKey
    from qbank.analytics.rows import AnalysedBlock

Classes = Mapping["ClassKey", list["AnalysedBlock"]]

REMEMBERED = 6
"""How many blocks back a claim is looked for that still stands."""


def trend_figures(found: Classes) -> tuple[TrendFigures, ...]:
    """E of every class of fresh blocks, the main class of late first."""
    return tuple(_trend(key, blocks) for key, blocks in found.items() if key.repeat_of is None)


def _trend(key: ClassKey, blocks: list[AnalysedBlock]) -> TrendFigures:
    series = progress(blocks, key)
    found = trends(series)
    both = _claim(series, blocks)
    pace, share = e4.pace_claim(found), e4.share_claim(found)
    days = {block.block_id: block.day.isoformat() for block in blocks}
    return TrendFigures(
        key=key,
        name=say.class_name(key),
        progress=series,
        days=tuple(days[each] for each in series.block_ids),
        smooth_log_pace=smooth(series.log_pace),
        smooth_share=smooth(series.share),
        trends=found,
        pace_claim=pace,
        share_claim=share,
        claim=both,
        balance=latest_balance(blocks),
        lines=say.trend(found, (pace, share, both), blocks[-1].limit_ms),
    )


def _claim(series: Progress, blocks: Sequence[AnalysedBlock]) -> Claim:
    """What may be said of both together; a claim that was made stands until its p is high."""
    by_id = {block.block_id: block for block in blocks}
    line = [by_id[each] for each in series.block_ids]
    claim = None
    for n in range(max(TREND_BLOCKS, series.n - REMEMBERED), series.n + 1):
        hand = reserve(line[:n])
        claim = e4.claim(
            trends(_until(series, n)),
            before=claim,
            in_hand=isinstance(hand, Reserve) and hand.enough,
            blank=any(one.blanks for one in line[max(0, n - STARTING_BLOCKS) : n]),
        )
    return claim or e4.claim(trends(series))


def _until(series: Progress, n: int) -> Progress:
    """The series as they were with so many blocks."""
    if n >= series.n:
        return series
    pairs = zip(series.share[:n], series.log_pace[:n], strict=True)
    return replace(
        series,
        block_ids=series.block_ids[:n],
        log_pace=series.log_pace[:n],
        share=series.share[:n],
        balance=balances([(share, math.exp(pace)) for share, pace in pairs]),
    )


def class_bests(found: Classes, since: int | None) -> tuple[ClassBests, ...]:
    """D5 and E5 of every class; bests that fell before `since` (epoch ms) are not listed."""
    told = []
    for key, blocks in found.items():
        closed = {block.block_id: block.closed_at for block in blocks}
        fell = bests(blocks)
        told.append(
            ClassBests(
                key=key,
                name=say.class_name(key),
                blocks=len(blocks),
                best=fell[-1] if fell else None,
                fell=tuple(one for one in fell if since is None or closed[one.block_id] >= since),
                mark=mark_to_beat(blocks, key),
            )
        )
    return tuple(told)
