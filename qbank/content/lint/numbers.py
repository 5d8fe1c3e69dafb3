"""Options that are numbers: their value, their range, their unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT: Final = re.compile(
    rf"^(?:(?i:about|approximately|at least|less than|more than) |[<>≤≥~]\s*)?"
    rf"(?P<low>{_NUMBER})(?P<mark>%|st|nd|rd|th)?"
    rf"(?:\s*(?P<between>-|–|to|/|:|in)\s*(?P<high>{_NUMBER}))?"
    r"\s*(?P<unit>(?:%|°|[a-zA-Zµμ])[^\d()+=]*)?[.\"\s]*$"
)
_LONGEST: Final = 80
_GLUED: Final = re.compile(r"\d[A-Z]{2}")
_NOT_UNITS: Final = re.compile(r"\b(?:and|or|only)\b")

# Units of time may differ from option to option: an hour and a week stand in one scale.
_HOURS: Final = {
    "second": 1 / 3600,
    "minute": 1 / 60,
    "hour": 1,
    "day": 24,
    "week": 168,
    "month": 730.5,
    "year": 8766,
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range with its unit, times in hours."""

    low: float
    high: float
    unit: str

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.low != self.high


def amount(text: str) -> Amount | None:
    """The option as an amount; None where it is more than one."""
    line = " ".join(text.split())
    found = _AMOUNT.match(line) if len(line) <= _LONGEST else None
    if not found or _GLUED.search(line):
        return None
    unit = (found["unit"] or found["mark"] or "").casefold().strip('. "')
    if _NOT_UNITS.search(unit):
        return None
    low = _value(found["low"])
    high = _value(found["high"]) if found["high"] else low
    if found["between"] in ("/", ":", "in"):
        # A ratio, a pair of pressures: ordered by its first number, no range.
        high = low
    first, _, rest = unit.partition(" ")
    scale = _HOURS.get(first.removesuffix("s"))
    if scale is not None:
        return Amount(low * scale, high * scale, f"time {rest}".strip())
    ordinal = unit.startswith(("st ", "nd ", "rd ", "th ")) or unit in ("st", "nd", "rd", "th")
    return Amount(low, high, unit[2:].strip() if ordinal else first.removesuffix("s"))


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def amounts(texts: list[str]) -> list[Amount] | None:
    """All of the options as amounts; None where one is none."""
    found = [amount(text) for text in texts]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def in_order(values: Sequence[tuple[float, ...]]) -> bool:
    """Whether they only rise or only fall."""
    values = list(values)
    return values == sorted(values) or values == sorted(values, reverse=True)
