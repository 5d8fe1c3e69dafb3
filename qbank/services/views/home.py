"""Home: its doors and its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.services.views.blocks import BlockSummary
    from qbank.services.views.building import BlockRequest


class DoorKind(StrEnum):
    """What a line of Home does when chosen."""

    RESUME = "resume"
    EXAM_DAY = "exam_day"
    BLOCK = "block"
    NEW_BLOCK = "new_block"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Door:
    """A line of Home: a name, what it means in words, and what it starts.

    `block` is the UUID of the block, or of the exam day, that is gone on with.
    """

    kind: DoorKind
    title: str
    detail: str
    request: BlockRequest | None = None
    block: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """Home: what to do now, and the latest blocks. `lines` are plain sentences below."""

    exam: str
    doors: tuple[Door, ...]
    lines: tuple[str, ...]
    blocks_done: int
    questions_total: int
    questions_fresh: int
    recent: tuple[BlockSummary, ...]
