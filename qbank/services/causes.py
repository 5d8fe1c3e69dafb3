"""Where the questions of a closed block went: by the log, and by what the pack says of options."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any, cast

from qbank.analytics import causes as b8
from qbank.analytics.rows import AnalysedBlock, Facts, Offered, analysed
from qbank.block.model import Mode

if TYPE_CHECKING:
    from qbank.block.scoring import Attempt
    from qbank.content.names import NextStep
    from qbank.store.blocks import FrozenRow
    from qbank.store.summaries import Summary


def causes(
    row: Summary, places: Sequence[FrozenRow], attempts: Sequence[Attempt]
) -> tuple[str, ...]:
    """The cause of each question by its name, in printed order; empty where it is right.

    How long a question should take follows from its words and the mean of this block alone,
    so that what was said of a block stays as it is when packs come or go.
    """
    stood = row.paused_ms > 0 or row.interrupted or any(each.reading_ms for each in attempts)
    block = AnalysedBlock(
        block_id=row.uuid,
        mode=Mode(row.mode),
        limit_ms=row.limit_ms,
        used_ms=row.used_ms,
        closed_at=row.closed_at or 0,
        attempts=tuple(
            analysed(attempt, _facts(place), place.exposure, clock_stood=stood)
            for place, attempt in zip(places, attempts, strict=True)
        ),
        time_factor=row.time_factor,
        paused=row.paused_ms > 0,
        interrupted=row.interrupted,
        mean_words=fmean(place.words for place in places),
    )
    return tuple(cause.value if cause is not None else "" for cause in b8.causes(block))


def _facts(place: FrozenRow) -> Facts:
    said = json.loads(place.content)
    return Facts(
        question=place.hash,
        words=place.words,
        choices=len(place.options),
        several=place.several,
        next_step=cast("NextStep", place.next_step),
        offered=tuple(map(_offered, said["options"])),
    )


def _offered(option: dict[str, Any]) -> Offered:
    return Offered(option["id"], option.get("error"), option.get("action"))
