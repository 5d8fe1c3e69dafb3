"""Reference ranges of laboratory tests, read from a dated data file, and how one finds them.

Every section says where its ranges come from, and whether they stand on the examination's sheet.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

_DATA: Final = Path(__file__).with_name("data") / "lab_values.toml"
_FIGURE: Final = r"\d[\d,]*(?:\.\d+)?"
_RANGE: Final = re.compile(rf"(?:(?P<low>{_FIGURE})–)?(?P<sign>[<>≤≥])?(?P<high>{_FIGURE})")
_WORD: Final = re.compile(r"[a-z0-9]+")
_GREEK: Final = str.maketrans(
    {
        "\N{GREEK SMALL LETTER ALPHA}": "alpha ",
        "β": "beta ",
        "\N{GREEK SMALL LETTER GAMMA}": "gamma ",
    }
)


@dataclass(frozen=True, slots=True)
class LabRange:
    """A range as it is printed, in either kind of units; `who` is empty where it is everybody's."""

    who: str
    conventional: str
    si: str

    def __post_init__(self) -> None:
        if len(figures(self.conventional)) != len(figures(self.si)):
            raise ValueError(f"{self.conventional} and {self.si} are not of one kind")

    def said(self, *, si: bool) -> str:
        """The range in one kind of units."""
        return self.si if si else self.conventional


@dataclass(frozen=True, slots=True)
class LabTest:
    """A test: its name, the other names it goes by, its units, and its ranges.

    SI = (conventional - `less`) x `factor`, rounded; without a factor both units are the same.
    """

    name: str
    also: str
    unit: str
    si_unit: str
    factor: Decimal | None
    less: Decimal
    ranges: tuple[LabRange, ...]

    def units(self, *, si: bool) -> str:
        """The unit in one kind of units; empty for a bare number."""
        return self.si_unit if si else self.unit


@dataclass(frozen=True, slots=True)
class LabSection:
    """Tests of one kind, and where their ranges come from."""

    name: str
    specimen: str
    sheet: bool
    source: str
    tests: tuple[LabTest, ...]


@dataclass(frozen=True, slots=True)
class LabSheet:
    """All sections, and the month in which they were last looked at."""

    as_of: str
    sections: tuple[LabSection, ...]

    def find(self, words: str) -> tuple[LabSection, ...]:
        """The sections with the tests that bear all of these words; all without a word.

        Whole words count first (`na` is sodium), else beginnings of words (`natri`).
        """
        asked = _words(words)
        return self._bearing(asked, str.__eq__) or self._bearing(asked, str.startswith)

    def _bearing(
        self, asked: Sequence[str], is_it: Callable[[str, str], bool]
    ) -> tuple[LabSection, ...]:
        def fits(known: frozenset[str]) -> bool:
            return all(any(is_it(each, word) for each in known) for word in asked)

        kept = (
            replace(section, tests=tuple(t for t in section.tests if fits(_known(section, t))))
            for section in self.sections
        )
        return tuple(section for section in kept if section.tests)


def figures(said: str) -> tuple[Decimal, ...]:
    """The one or two numbers of a printed range; ValueError where it is none."""
    found = _RANGE.fullmatch(said)
    if found is None or (found["low"] and found["sign"]):
        raise ValueError(f"{said!r} is no range")
    if not found["low"] and not found["sign"]:
        raise ValueError(f"{said!r} has one end only and no sign")
    return tuple(Decimal(each.replace(",", "")) for each in (found["low"], found["high"]) if each)


@cache
def lab_sheet() -> LabSheet:
    """The shipped sheet. Raises ValueError, naming the test, where its file is wrong."""
    document = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    sections = tuple(map(_section, document["section"]))
    return LabSheet(document["as_of"], sections)


def _section(table: Mapping[str, Any]) -> LabSection:
    return LabSection(**{**table, "tests": tuple(map(_test, table["tests"]))})


def _test(table: Mapping[str, Any]) -> LabTest:
    try:
        factor = table.get("factor")
        values = {
            **table,
            "si_unit": table.get("si_unit", table["unit"]),
            "factor": None if factor is None else Decimal(factor),
            "less": Decimal(table.get("less", 0)),
            "ranges": tuple(map(_range, table["ranges"])),
        }
        return LabTest(**values)
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(f"{_DATA.name}: {table.get('name')}: {error}") from error


def _range(said: list[str]) -> LabRange:
    who, conventional, *si = said
    return LabRange(who, conventional, si[0] if si else conventional)


def _known(section: LabSection, test: LabTest) -> frozenset[str]:
    return frozenset(_words(" ".join((test.name, test.also, section.name, section.specimen))))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_GREEK))
    return _WORD.findall(plain)
