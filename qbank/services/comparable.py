"""A learner's closed blocks of one class, as the figures take them.

The reading load of a class is that of its first three blocks: a figure of an earlier block
never changes because later ones came.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from qbank.analytics.eligible import ClassKey
from qbank.analytics.rows import AnalysedAttempt, AnalysedBlock, Facts
from qbank.analytics.thresholds import STARTING_BLOCKS
from qbank.block.model import Mode, Outcome, RaceKind
from qbank.store.runs import PacedRow, RunRow, paced_rows

if TYPE_CHECKING:
    from qbank.store.types import Connection

_OUTCOMES = {each.value: each for each in Outcome}


def class_key(run: RunRow) -> ClassKey:
    """What has to be the same for a run to be compared with another."""
    budget_s = round(run.limit_ms / run.size / 1000)
    return ClassKey(run.source, budget_s, run.size, run.repeats, run.time_factor)


def of_class(
    connection: Connection, runs: Sequence[RunRow], key: ClassKey
) -> tuple[AnalysedBlock, ...]:
    """Those of the runs (the earliest first) that are of a class, eligible or not.

    Their questions are known by name and length alone: enough for every figure of pace.
    """
    chosen = [run for run in runs if class_key(run) == key]
    rows = paced_rows(connection, [run.id for run in chosen])
    first = [each.words for run in chosen[:STARTING_BLOCKS] for each in rows[run.id]]
    load = fmean(first) if first else None
    return tuple(_block(run, rows[run.id], load) for run in chosen)


def _block(run: RunRow, rows: Sequence[PacedRow], load: float | None) -> AnalysedBlock:
    return AnalysedBlock(
        block_id=run.uuid,
        mode=Mode(run.mode),
        limit_ms=run.limit_ms,
        used_ms=run.used_ms,
        closed_at=run.closed_at,
        attempts=tuple(map(_attempt, rows)),
        offset_min=run.offset_min,
        time_factor=run.time_factor,
        source=run.source,
        repeat_of=run.repeats,
        paused=run.paused_ms > 0,
        interrupted=run.interrupted,
        excluded=run.excluded,
        races_freely=races_freely(run.spec),
        mean_words=load,
    )


def _attempt(row: PacedRow) -> AnalysedAttempt:
    return AnalysedAttempt(
        facts=Facts(row.question, words=row.words),
        position=row.position,
        outcome=_OUTCOMES[row.outcome],
        first=(),
        final=(),
        key=(),
        clock_ms=row.clock_ms,
        active_ms=row.active_ms,
        exposure=row.exposure,
        flagged=bool(row.flagged),
    )


def races_freely(spec: str) -> bool:
    """Whether another run than the best was raced; a re-run that raced itself did not."""
    race = json.loads(spec)["race"]
    return race is not None and race["kind"] != RaceKind.BEST and not race["times_ms"]
