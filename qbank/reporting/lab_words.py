"""How reference ranges are said: one line a test, in one kind of units or in both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qbank.reporting.words import count

if TYPE_CHECKING:
    from qbank.content.lab_values import LabSection, LabSheet, LabTest

NONE_FOUND = "No test has that name."
OFF_SHEET = "not on the exam's sheet"
ASK = "`labs WORDS` looks up a reference range: labs sodium."
_MOST_LINES = 12


def unit_behind(unit: str) -> tuple[int, str]:
    """How many spaces stand before a unit, and the unit; a percent sign and a slash stand close."""
    return (0 if unit.startswith(("%", "/")) or not unit else 1), unit


def quantity(test: LabTest, *, si: bool) -> str:
    """All ranges of a test, the unit behind the last."""
    ranges = [f"{each.who} {each.said(si=si)}".strip() for each in test.ranges]
    space, unit = unit_behind(test.units(si=si))
    return f"{', '.join(ranges)}{' ' * space}{unit}"


def line(test: LabTest, *, si: bool) -> str:
    """`Sodium: 136–146 mEq/L`."""
    return f"{test.name}: {quantity(test, si=si)}"


def in_both(sections: Iterable[LabSection]) -> list[str]:
    """Tests in conventional units, and in SI where that differs; a dozen at most."""
    tests = [test for section in sections for test in section.tests]
    if not tests:
        return [NONE_FOUND]
    if len(tests) > _MOST_LINES:
        return [f"{count(len(tests), 'test')} with that name; say more of it."]
    return [_both(test) for test in tests]


def _both(test: LabTest) -> str:
    si = quantity(test, si=True)
    said = line(test, si=False)
    return said if quantity(test, si=False) == si else f"{said} (SI: {si})"


def heading(section: LabSection) -> str:
    """`Electrolytes and minerals (serum)`, and whether the exam shows it."""
    said = f"{section.name} ({section.specimen})"
    return said if section.sheet else f"{said}, {OFF_SHEET}"


def sources(sections: Sequence[LabSection]) -> list[str]:
    """Where ranges come from, each source with its sections."""
    named: dict[str, list[str]] = {}
    for section in sections:
        named.setdefault(section.source, []).append(section.name)
    return [f"{source}: {', '.join(names)}." for source, names in named.items()]


def as_of(sheet: LabSheet) -> str:
    """When the ranges were last looked at, and whom they hold for."""
    return f"As of {sheet.as_of}. Adults; laboratories differ."
