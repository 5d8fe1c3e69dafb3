"""What people found wrong with questions, for those who write them: as a table, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qbank.reporting.day_words import local
from qbank.reporting.inert import plain

HEAD = ("pack", "question", "when", "fault")
NONE = "No fault is noted here. F in the review of a question notes one."


@dataclass(frozen=True, slots=True)
class Fault:
    """What somebody found wrong with a question, and how it was answered then.

    `marked_at` is epoch milliseconds, read `offset_min` east of UTC. `chosen` and `key` are
    texts of options. `current` says whether the pack still has the question as it was.
    """

    pack: str
    pack_title: str
    question: str
    lead_in: str
    fault: str
    marked_at: int
    offset_min: int
    chosen: tuple[str, ...]
    key: tuple[str, ...]
    current: bool


def rows(faults: Sequence[Fault]) -> list[tuple[str, str, str, str]]:
    """A line for each under `HEAD`."""
    return [(each.pack, each.question, _day(each), _said(each)) for each in faults]


def markdown(faults: Sequence[Fault]) -> str:
    """Pack by pack, question by question, in the order given."""
    parts = ["# Faults found in questions"]
    for (pack, title), of_pack in groupby(faults, lambda each: (each.pack, each.pack_title)):
        parts.append(f"## {plain(title)} ({plain(pack)})")
        for question, notes in groupby(of_pack, lambda each: each.question):
            found = list(notes)
            parts += [f"### {plain(question)}", plain(found[0].lead_in)]
            parts.append("\n".join(map(_item, found)))
    return "\n\n".join(parts)


def _item(fault: Fault) -> str:
    chosen = ", ".join(map(plain, fault.chosen)) or "nothing"
    key = ", ".join(map(plain, fault.key))
    lines = [f"- {_day(fault)}: {plain(_said(fault))}", f"  Chosen: {chosen}. Key: {key}."]
    return "\n".join(lines)


def _said(fault: Fault) -> str:
    return fault.fault if fault.current else f"{fault.fault} (the question has changed since)"


def _day(fault: Fault) -> str:
    return f"{local(fault.marked_at, fault.offset_min):%Y-%m-%d}"
