"""Which blocks Statistics looks at, as a person says it: the last days, a pack, a mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qbank.block.model import Mode
from qbank.services.views.stats import StatsFilter

RANGES: Final = (0, 7, 14, 28, 90, 365)
"""Days that can be asked for; 0 is all time."""

_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Asked:
    """`days` back from now, 0 for all time; `pack` is an id, empty for all; `mode` likewise."""

    days: int = 0
    pack: str = ""
    mode: str = ""

    def filter(self, now_ms: int) -> StatsFilter:
        """The same as a filter of the figures, at a moment in epoch milliseconds."""
        return StatsFilter(
            since=now_ms - self.days * _DAY_MS if self.days else None,
            packs=(self.pack,) if self.pack else (),
            mode=Mode(self.mode) if self.mode else None,
        )


def remembered(days: str, pack: str, mode: str) -> Asked:
    """What was asked for last time; what cannot be read is as if nothing was asked."""
    known = int(days) if days.isdecimal() and int(days) in RANGES else 0
    return Asked(known, pack, mode if mode in tuple(Mode) else "")
