"""Home: its doors and its sentences, and what the figures say below them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.services.views.blocks import BlockSummary
    from qbank.services.views.building import BlockRequest
    from qbank.services.views.said import CanSay


class DoorKind(StrEnum):
    """What a line of Home does when chosen."""

    EXAM_DATE = "exam_date"
    RESUME = "resume"
    EXAM_DAY = "exam_day"
    BLOCK = "block"
    NEW_BLOCK = "new_block"
    RESULTS = "results"
    IMPORT = "import"
    CLOSE = "close"


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
    """Home: what to do now, and the latest blocks. `lines` are plain sentences below.

    `exam` stands in the head: the exam and, while it is to come, how far off it is.
    `days_left` counts to the exam: 0 is today, below 0 it is over, None not booked. `quiet`
    says that no figure is told: the exam is tomorrow or today, or its result is waited for.
    """

    exam: str
    doors: tuple[Door, ...]
    lines: tuple[str, ...]
    blocks_done: int
    questions_total: int
    questions_fresh: int
    recent: tuple[BlockSummary, ...]
    days_left: int | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences behind a name: the one thing, the latest mock."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """What the figures say on Home, under `title`, from `basis`. `told` stands before `rows`."""

    title: str
    basis: str
    told: tuple[Told, ...]
    rows: tuple[CanSay, ...]
