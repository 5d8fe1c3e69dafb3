"""Shapes of the single sections of the figures as plain data; `stats_data` puts them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qbank.analytics.changes import PUBLISHED
from qbank.analytics.estimate import Estimate, NotYet, Unit, exact

if TYPE_CHECKING:
    from qbank.analytics.bests import Best
    from qbank.analytics.eligible import ClassKey
    from qbank.analytics.next_step import NextStepGap
    from qbank.analytics.offered import OfferedChosen
    from qbank.analytics.position import PositionGap
    from qbank.analytics.shrinkage import Standing
    from qbank.analytics.trend import Trend
    from qbank.services.views.stats import (
        ChangeFigures,
        ClassBests,
        NextStepFigures,
        SystemFigures,
        TrendFigures,
        WhereFigures,
    )

Data = dict[str, Any]


def figure(found: Estimate | NotYet | None) -> Data | None:
    """One figure; None stays None."""
    if found is None:
        return None
    if isinstance(found, NotYet):
        return {"needs": found.more, "of": found.what.value, "have": found.have}
    return {
        "value": found.value,
        "unit": found.unit.value,
        "n": found.n,
        "low": found.low,
        "high": found.high,
    }


def counted(value: float | None, n: int, unit: Unit) -> Data | None:
    """What is counted and not estimated, as a figure without an interval."""
    return None if value is None else figure(exact(value, n, unit))


def class_data(name: str, key: ClassKey) -> Data:
    """A class of blocks: what has to be the same."""
    return {
        "name": name,
        "source": key.source,
        "budget_ms": key.budget_s * 1000,
        "questions": key.size,
        "time_factor": key.time_factor,
        "repeat_of": key.repeat_of,
    }


def where_data(found: WhereFigures) -> Data:
    """B8 and B9."""
    asked = sum(one.questions for one in found.went)
    return {
        "B8": {
            "timing": counted(found.timing_share, asked, Unit.SHARE),
            "went": [
                {"cause": one.cause.value, "questions": one.questions, "next_step": one.next_step}
                for one in found.went
            ],
        },
        "B9": [{"group": one.system, **_place(one.gap)} for one in found.positions],
    }


def _place(gap: PositionGap | NotYet) -> Data:
    if isinstance(gap, NotYet):
        return {"gap": figure(gap)}
    return {
        "gap": figure(gap.crude),
        "adjusted": figure(gap.adjusted),
        "late": gap.late,
        "late_rest": gap.late_rest,
    }


def systems_data(found: SystemFigures, next_step: NextStepFigures) -> Data:
    """C1 and C3, and what is to gain."""
    return {
        "C1": {"share": figure(found.overall), "right": found.right, "asked": found.asked},
        "C3": {
            "systems": _standings(found.systems),
            "tasks": _standings(found.tasks),
            "areas": _standings(found.areas),
            "next_steps": _standings(next_step.kinds),
            "lead_ins": _standings(next_step.families),
        },
        "most_to_gain": [asdict(one) for one in found.gains],
    }


def _standings(found: Sequence[Standing]) -> list[Data]:
    return [
        {
            "group": one.group,
            "right": one.right,
            "asked": one.asked,
            "share": figure(one.share),
            "label": one.label.value,
        }
        for one in found
    ]


def next_step_data(found: NextStepFigures) -> Data:
    """C5 and N1."""
    return {
        "C5": {
            "right": found.right,
            "asked": found.asked,
            "rest": _gap(found.rest),
            "diagnosis": _gap(found.diagnosis),
            "trend": figure(found.trend)
            if isinstance(found.trend, NotYet)
            else {"per_block": _slope(found.trend, Unit.SHARE_DIFFERENCE)},
        },
        "N1": {
            "misses": found.coverage.misses,
            "coded": found.coverage.coded,
            "errors": _chosen(found.errors),
            "actions": _chosen(found.actions),
        },
    }


def _gap(found: NextStepGap | NotYet) -> Data | None:
    if isinstance(found, NotYet):
        return figure(found)
    return {
        "next_steps": figure(found.next_steps),
        "others": figure(found.others),
        "gap": figure(found.gap),
        "pace": figure(found.pace),
    }


def _chosen(found: Iterable[OfferedChosen] | NotYet) -> object:
    return figure(found) if isinstance(found, NotYet) else [_kind(one) for one in found]


def _kind(one: OfferedChosen) -> Data:
    return {**asdict(one), "claimed": one.claimed}


def changes_data(found: ChangeFigures) -> Data:
    """B3 and F1."""
    matrix, calibration = found.matrix, found.calibration
    return {
        "B3": {
            "wrong_to_right": matrix.wrong_to_right,
            "right_to_wrong": matrix.right_to_wrong,
            "wrong_to_wrong": matrix.wrong_to_wrong,
            "on_return": matrix.on_return,
            "in_visit": matrix.in_visit,
            "net": counted(matrix.net, matrix.changed, Unit.QUESTIONS),
            "p": matrix.p,
            "pays": matrix.pays.value,
            "published": {change.value: share for change, share in PUBLISHED.items()},
        },
        "F1": {
            "levels": [
                {
                    "group": one.confidence.value,
                    "right": one.right,
                    "asked": one.n,
                    "share": figure(one.share),
                }
                for one in found.levels
            ],
            "calibration": figure(calibration)
            if isinstance(calibration, NotYet)
            else asdict(calibration),
            "sure_not_right": len(found.sure_not_right),
        },
    }


def trend_data(one: TrendFigures) -> Data:
    """D4 and E1 to E4 of a class."""
    found = one.trends
    known: Data | None = figure(found) if isinstance(found, NotYet) else None
    if not isinstance(found, NotYet):
        known = {
            "pace": _slope(found.pace, Unit.RATIO),
            "share": _slope(found.share, Unit.SHARE_DIFFERENCE),
            "balance": _slope(found.balance, Unit.SCORE),
            "time_per_ten": figure(found.time_per_ten),
            "right_per_ten": figure(found.right_per_ten),
        }
    series = one.progress
    return {
        **class_data(one.name, one.key),
        "E1": known,
        "E2": {"log_pace": list(one.smooth_log_pace), "share": list(one.smooth_share)},
        "E4": {
            "pace": one.pace_claim.value,
            "share": one.share_claim.value,
            "both": one.claim.value,
            "lines": list(one.lines),
        },
        "D4": {"balance": figure(one.balance)},
        "blocks": [
            {"id": block, "day": day, "log_pace": pace, "share": share, "balance": balance}
            for block, day, pace, share, balance in zip(
                series.block_ids,
                one.days,
                series.log_pace,
                series.share,
                series.balance,
                strict=True,
            )
        ],
    }


def _slope(one: Trend, unit: Unit) -> Data:
    """A slope a block, with the p of its test."""
    return {**(figure(Estimate(one.slope, one.n, one.low, one.high, unit)) or {}), "p": one.p}


def bests_data(one: ClassBests) -> Data:
    """D5 and E5 of a class."""
    return {
        **class_data(one.name, one.key),
        "eligible_blocks": one.blocks,
        "D5": None if one.mark is None else asdict(one.mark),
        "E5": [_best(each) for each in one.fell],
    }


def _best(one: Best) -> Data:
    return {
        "block": one.block_id,
        "day": one.day.isoformat(),
        "pace_ms": one.pace_ms,
        "used_ms": one.used_ms,
        "right": one.right,
        "questions": one.size,
        "tied": one.tied,
    }
