"""Dates as they are said, from epoch milliseconds and the offset of the place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local(at: int, offset_min: int) -> datetime:
    """The wall's date and time where the learner was; the zone is left on UTC."""
    return datetime.fromtimestamp(at / 1000, tz=UTC) + timedelta(minutes=offset_min)


def part_of_day(at: int, offset_min: int) -> str:
    """`Tuesday evening`."""
    moment = local(at, offset_min)
    part = next(name for until, name in _PARTS if moment.hour < until)
    return f"{_DAYS[moment.weekday()]} {part}"
