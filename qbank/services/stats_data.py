"""The figures as plain data: what `stats --json` prints and `stats --csv` lists.

Each stands under its id (A2, B4, ...). A figure is `{"value", "unit", "n", "low", "high"}`, one
that is not known yet `{"needs": how many more, "of": what, "have"}`; tables are lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from qbank.analytics.estimate import NotYet, Unit
from qbank.analytics.goal import Reserve
from qbank.analytics.timing import PaceFigures
from qbank.services.stats_shapes import (
    Data,
    bests_data,
    changes_data,
    class_data,
    counted,
    figure,
    next_step_data,
    systems_data,
    trend_data,
    where_data,
)

if TYPE_CHECKING:
    from qbank.analytics.bands import Band
    from qbank.analytics.dropoff import DropOff
    from qbank.services.views.stats import ClassPace, Figures, ResultView, TimeFigures


def data(found: Figures) -> Data:
    """Everything, under its ids."""
    asked = found.filter
    return {
        "filter": {
            "since": asked.since,
            "until": asked.until,
            "packs": list(asked.packs),
            "mode": asked.mode and asked.mode.value,
            "source": asked.source,
        },
        "blocks": found.blocks,
        "left_out": found.left_out,
        "questions": found.questions,
        "fresh": found.fresh,
        "first_at": found.first_at,
        "last_at": found.last_at,
        **_class(found.time.classes[0] if found.time.classes else None),
        "classes": [{**class_data(one.name, one.key), **_class(one)} for one in found.time.classes],
        **_time(found.time),
        **where_data(found.where),
        **systems_data(found.systems, found.next_step),
        **next_step_data(found.next_step),
        **changes_data(found.changes),
        "trends": [trend_data(one) for one in found.trend],
        "bests": [bests_data(one) for one in found.bests],
        "results": [result_data(one) for one in found.results],
        "says": [
            {"id": one.id, "tab": one.tab.value, "lines": list(one.lines)} for one in found.says
        ],
        "can_say": [
            {"name": one.name, "text": one.text, "known": one.known.value, "tab": one.tab.value}
            for one in found.can_say
        ],
        "one_thing": {
            "lines": list(found.one_thing.lines),
            "tab": found.one_thing.tab and found.one_thing.tab.value,
            "at_stake": found.one_thing.at_stake,
        },
    }


FIELDS = ("figure", "value", "low", "high", "unit", "n", "needs", "of")
"""The columns of a line of CSV."""


def csv_rows(found: Figures) -> Iterator[tuple[str, ...]]:
    """Every figure as a line of `FIELDS`; empty what it has not."""
    for path, one in rows(data(found)):
        values = (one.get(name) for name in FIELDS[1:])
        yield (path, *("" if value is None else str(value) for value in values))


def result_data(one: ResultView) -> Data:
    """A result that was entered."""
    return {**asdict(one), "bands": [list(band) for band in one.bands], "lines": list(one.lines)}


def rows(shaped: object, path: str = "") -> Iterator[tuple[str, Data]]:
    """Every figure in the data with the path that leads to it: `B4.drop`, `C3.systems.renal`."""
    if isinstance(shaped, dict):
        if "value" in shaped or "needs" in shaped:
            yield path, shaped
            return
        for name, below in shaped.items():
            yield from rows(below, f"{path}.{name}" if path else name)
    elif isinstance(shaped, list):
        for number, below in enumerate(shaped, start=1):
            if isinstance(below, dict):
                named = below.get("group") or below.get("kind") or below.get("name")
                yield from rows(below, f"{path}.{named or number}")


def _class(one: ClassPace | None) -> Data:
    """Pace, checkpoints and goal of a class; all of it needs a block where there is none."""
    ids = ("A2", "A3", "A7", "A9", "D1", "D6", "D7")
    if one is None:
        return {key: {"needs": 1, "of": "timed_blocks", "have": 0} for key in ids}
    pace, n = one.pace, one.blocks
    return {
        "A2": {
            name: counted(getattr(pace, f"{name}_ms"), pace.n, Unit.MS)
            for name in ("mean", "median", "geomean")
        }
        if isinstance(pace, PaceFigures)
        else figure(pace),
        "A3": {
            "budget": counted(one.budget_ms, n, Unit.MS),
            "over": counted(pace.over_budget_ms(one.budget_ms), pace.n, Unit.MS)
            if isinstance(pace, PaceFigures)
            else None,
        },
        "A7": [asdict(each) for each in one.checkpoints],
        "A9": {"pace": counted(one.adjusted_ms, n, Unit.MS)},
        "D1": {"right_per_minute": figure(one.right_per_minute)},
        "D6": {
            "in_hand": counted(one.reserve.in_hand_ms, one.reserve.n, Unit.MS),
            "enough": one.reserve.enough,
            "goal": one.goal.value,
        }
        if isinstance(one.reserve, Reserve)
        else figure(one.reserve),
        "D7": figure(one.target_ms)
        if isinstance(one.target_ms, NotYet)
        else {"target": counted(one.target_ms, n, Unit.MS)},
    }


def _time(found: TimeFigures) -> Data:
    blanks, quick, long, right_wrong = found.blanks, found.quick, found.long, found.right_wrong
    return {
        "B1": {
            "steady": counted(quick.steady_share, quick.answered, Unit.SHARE),
            "quick": quick.quick,
            "at_end": quick.at_end,
            "right": quick.right,
        },
        "B2": {
            "per_block": counted(blanks.per_block, blanks.n, Unit.QUESTIONS_PER_BLOCK),
            "first_ten": counted(
                found.blanks_first.per_block, found.blanks_first.n, Unit.QUESTIONS_PER_BLOCK
            ),
            "last_ten": counted(
                found.blanks_last.per_block, found.blanks_last.n, Unit.QUESTIONS_PER_BLOCK
            ),
            "expected_right": counted(blanks.expected_right, blanks.n, Unit.QUESTIONS),
            "omitted": blanks.omitted,
            "unreached": blanks.unreached,
            "clear_run": blanks.clear_run,
        },
        "B4": {
            "block": _drop(found.dropoff),
            "day": _drop(found.day_dropoff),
            "quarters": [
                {
                    "group": f"quarter {one.quarter}",
                    "asked": one.asked,
                    "right": one.right,
                    "blank": one.blank,
                    "share": figure(one.share),
                }
                for one in found.quarters
            ],
        },
        "B5": figure(found.bands)
        if isinstance(found.bands, NotYet)
        else [_band(one) for one in found.bands],
        "B6": figure(long)
        if isinstance(long, NotYet)
        else {
            "earned": figure(long.earned),
            "usual": counted(long.usual, long.n, Unit.PER_MINUTE),
            "index": counted(long.index, long.n, Unit.SHARE),
            "from_budgets": long.from_times,
            "right": long.right,
            "worth": long.worth.value,
            "settled": long.settled,
        },
        "B7": figure(right_wrong)
        if isinstance(right_wrong, NotYet)
        else {
            "right": counted(right_wrong.right_ms, right_wrong.longer.n, Unit.MS),
            "wrong": counted(right_wrong.wrong_ms, right_wrong.longer.n, Unit.MS),
            "longer": figure(right_wrong.longer),
        },
        "times": [asdict(one) for one in found.histogram],
        "quadrants": dict(
            zip(
                ("quick_right", "quick_wrong", "long_right", "long_wrong"),
                found.quadrants,
                strict=True,
            )
        ),
    }


def _drop(found: DropOff | NotYet) -> Data | None:
    if isinstance(found, NotYet):
        return figure(found)
    return {
        "drop": figure(found.all),
        "worked_on": figure(found.worked_on),
        "pace": figure(found.pace),
        "blocks": found.blocks,
        "established": found.established,
    }


def _band(one: Band) -> Data:
    return {
        "low": one.low,
        "high": None if one.high == float("inf") else one.high,
        "right": one.right,
        "asked": one.n,
        "share": figure(one.share),
    }
