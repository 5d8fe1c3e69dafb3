"""Packs, their questions as lines, and what an import did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.services.views.building import Seen


@dataclass(frozen=True, slots=True)
class PackView:
    """A pack in the library."""

    id: str
    title: str
    version: str
    licence: str
    language: str
    shipped: bool
    questions: int
    fresh: int
    next_steps: int
    imported_at: int


@dataclass(frozen=True, slots=True)
class QuestionHit:
    """A question in the library's list: enough to show a line of it."""

    pack: str
    question: str
    lead_in: str
    opening: str
    system: str
    task: str
    next_step: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not imported: where it stands and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did (or, on a dry run, would do).

    `notes` are sentences on how the file was read: what was taken for what, which
    lines were in another encoding.
    """

    pack: str
    title: str
    format: str
    new: int
    changed: int
    same: int
    skipped: tuple[Skipped, ...]
    removed_characters: int = 0
    dry_run: bool = False
    retired: int = 0
    notes: tuple[str, ...] = ()
