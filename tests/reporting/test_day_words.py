"""Days as people write and read them."""

from datetime import date

import pytest

from qbank.reporting.day_words import day_name, read_day, short_day

DAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-08",
        " 8 Dec 2026 ",
        "08 dec 2026",
        "8 December 2026",
        "Dec 8, 2026",
        "December 8 2026",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "12/8/2026", "8.12.2026", "31 Feb 2026", "8 Dez 2026", "8 Dec", "x y z"],
)
def test_what_is_no_day_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_day(text)


def test_a_day_that_is_said_is_read_again() -> None:
    for month in range(1, 13):
        day = DAY.replace(month=month)
        assert read_day(day_name(day)) == day
        assert day_name(day).startswith(short_day(day))
