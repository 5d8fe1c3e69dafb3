"""What `--json` prints. The names here are a contract; docs/json.md describes them.

Ids are UUIDs, times epoch milliseconds or milliseconds, unknown values null.
The objects come from the services; their fields bear the names of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from qbank.content.lab_values import LabSection

SUMMARY = (
    "id",
    "name",
    "started_at",
    "mode",
    "questions",
    "correct",
    "omitted",
    "unreached",
    "used_ms",
    "paused_ms",
    "limit_ms",
    "interrupted",
    "excluded",
)
ATTEMPT = (
    "position",
    "question",
    "pack",
    "outcome",
    "first",
    "final",
    "key",
    "changes",
    "clock_ms",
    "active_ms",
    "away_ms",
    "reading_ms",
    "visits",
    "flagged",
    "next_step",
    "task",
    "system",
)
PACK = (
    "id",
    "title",
    "version",
    "licence",
    "language",
    "shipped",
    "questions",
    "fresh",
    "next_steps",
    "imported_at",
)
SKIPPED = ("where", "reason")
LAB_TEST = ("name", "unit", "si_unit")
LAB_RANGE = ("who", "conventional", "si")


class Report(Protocol):
    """A closed block: its summary and its attempts."""

    @property
    def summary(self) -> object:
        """The block."""
        ...

    @property
    def attempts(self) -> Iterable[object]:
        """Its questions in order."""
        ...


class Import(Protocol):
    """What an import of one pack did."""

    @property
    def new(self) -> int:
        """Questions that were not there."""
        ...

    @property
    def changed(self) -> int:
        """Questions with another text, key or label than before."""
        ...

    @property
    def same(self) -> int:
        """Questions that were there as they are."""
        ...

    @property
    def skipped(self) -> Iterable[object]:
        """Rows that were not taken, and why."""
        ...


def summary_json(summary: object) -> dict[str, Any]:
    """A line of `history --json`."""
    return _pick(summary, SUMMARY)


def report_json(report: Report) -> dict[str, Any]:
    """What `show --json` prints."""
    attempts = [_pick(attempt, ATTEMPT) for attempt in report.attempts]
    return {**summary_json(report.summary), "attempts": attempts}


def pack_json(pack: object) -> dict[str, Any]:
    """A line of `packs --json`."""
    return _pick(pack, PACK)


def import_json(imports: Iterable[Import]) -> dict[str, Any]:
    """What `import --json` prints: the counts of all packs together."""
    done = list(imports)
    return {
        "new": sum(each.new for each in done),
        "changed": sum(each.changed for each in done),
        "same": sum(each.same for each in done),
        "skipped": [_pick(row, SKIPPED) for each in done for row in each.skipped],
    }


def labs_json(sections: Iterable[LabSection]) -> list[dict[str, Any]]:
    """What `labs --json` prints: a line a test, with the section it stands in."""
    return [
        {
            **_pick(test, LAB_TEST),
            "also": test.also.split(", "),
            "ranges": [_pick(each, LAB_RANGE) for each in test.ranges],
            "section": section.name,
            "sheet": section.sheet,
            "source": section.source,
        }
        for section in sections
        for test in section.tests
    ]


def _pick(value: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(value, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
