"""A learner's closed blocks of one class, as the figures take them.

The reading load of a class is that of its first three blocks: a figure of an earlier block
never changes because later ones came.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
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

    Their questions are known by length alone: enough for every figure of pace.
    """
    chosen = [run for run in runs if class_key(run) == key]
    made = _attempts(paced_rows(connection, [run.id for run in chosen]))
    first = [each.facts.words or 0 for run in chosen[:STARTING_BLOCKS] for each in made[run.id]]
    load = fmean(first) if first else None
    return tuple(_block(run, made[run.id], load) for run in chosen)


def _block(run: RunRow, attempts: Sequence[AnalysedAttempt], load: float | None) -> AnalysedBlock:
    return AnalysedBlock(
        block_id=run.uuid,
        mode=Mode(run.mode),
        limit_ms=run.limit_ms,
        used_ms=run.used_ms,
        closed_at=run.closed_at,
        attempts=tuple(attempts),
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


def _attempts(rows: Iterable[PacedRow]) -> dict[int, list[AnalysedAttempt]]:
    """Attempts by block; all questions of one length are one and the same."""
    facts: dict[int, Facts] = {}
    found: dict[int, list[AnalysedAttempt]] = defaultdict(list)
    for block, position, outcome, clock_ms, active_ms, exposure, flagged, words in rows:
        if words not in facts:
            facts[words] = Facts("", words)
        found[block].append(
            AnalysedAttempt(
                *(facts[words], position, _OUTCOMES[outcome], (), (), (), clock_ms, active_ms),
                exposure,
                flagged=bool(flagged),
            )
        )
    return found


def races_freely(spec: str) -> bool:
    """Whether another run than the best was raced; a re-run that raced itself did not."""
    race = json.loads(spec)["race"]
    return race is not None and race["kind"] != RaceKind.BEST and not race["times_ms"]
