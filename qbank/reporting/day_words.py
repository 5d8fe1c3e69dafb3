"""Dates as they are said, from epoch milliseconds and the offset of the place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local(at: int, offset_min: int) -> datetime:
    """The wall's date and time where the learner was; the zone is left on UTC."""
    return datetime.fromtimestamp(at / 1000, tz=UTC) + timedelta(minutes=offset_min)


def part_of_day(at: int, offset_min: int) -> str:
    """`Tuesday evening`."""
    moment = local(at, offset_min)
    part = next(name for until, name in _PARTS if moment.hour < until)
    return f"{_DAYS[moment.weekday()]} {part}"


def short_day(day: date) -> str:
    """`18 Dec`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_name(day: date) -> str:
    """`18 Dec 2026`."""
    return f"{short_day(day)} {day.year}"


def read_day(text: str) -> date:
    """A day as people write one: `2026-12-18`, `18 Dec 2026`, `December 18, 2026`.

    Raises ValueError for anything else; days in figures alone are not guessed at.
    """
    parts = text.replace(",", " ").split()
    if len(parts) == 1:
        return date.fromisoformat(parts[0])
    if len(parts) == 3:
        first, second, year = parts
        number, name = (first, second) if first.isdigit() else (second, first)
        months = [
            at for at, month in enumerate(MONTHS, 1) if name.lower().startswith(month.lower())
        ]
        if months:
            return date(int(year), months[0], int(number))
    raise ValueError(f"{text!r} is no day")
