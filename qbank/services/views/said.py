"""What may be said of a learner's figures: sentences, each by the tab that it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tab(StrEnum):
    """The tabs of Statistics, in their order for this learner."""

    TIME = "time"
    NEXT_STEP = "next_step"
    WHERE = "where"
    TREND = "trend"
    SYSTEMS = "systems"
    CHANGES = "changes"
    BESTS = "bests"


@dataclass(frozen=True, slots=True)
class Said:
    """A message that holds: its id (`M9`), the tab it stands on, a sentence or two."""

    id: str
    tab: Tab
    lines: tuple[str, ...]


class Known(StrEnum):
    """How far a figure can be trusted so far."""

    KNOWN = "known"
    ROUGH = "rough"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class CanSay:
    """One line of "what the figures can say so far": a name, a value in words, how sure.

    With NEEDS, `text` says what is missing ("4 more timed blocks").
    """

    name: str
    text: str
    known: Known
    tab: Tab


class About(StrEnum):
    """What a finding is about."""

    BLANKS = "blanks"
    LATE = "late"
    LONG = "long"
    TRADE = "trade"
    CHOICES = "choices"
    NEXT_STEP = "next_step"
    SYSTEM = "system"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class OneThing:
    """The finding with most points at stake and its action; `tab` None: nothing stands out.

    `at_stake` is questions in a block of the usual length.
    """

    lines: tuple[str, ...]
    tab: Tab | None
    at_stake: float = 0.0
    about: About | None = None
