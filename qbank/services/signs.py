"""The signs of a block's last minutes: which is due, each said once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qbank.block.model import Mode
from qbank.reporting import pace_words

if TYPE_CHECKING:
    from qbank.services.runner import BlockRunner

TWO_MINUTES_MS: Final = 120_000
_FIVE_MINUTES_MS: Final = 300_000
_LATE_MS: Final = 60_000
"""A sign that is later than this is no sign any more: the block was opened after it."""


class Signs:
    """What was said of one running block. The sign at 5:00 is ours; an exam day has the other."""

    def __init__(self, runner: BlockRunner) -> None:
        self._runner = runner
        self._said: set[int] = set()

    def due(self) -> str:
        """The sign to be said now; empty where there is none or it was said."""
        limit_ms = self._runner.spec.limit_ms
        remaining_ms = self._runner.clock().remaining_ms
        if remaining_ms is None or limit_ms is None:
            return ""
        signs = [(TWO_MINUTES_MS, pace_words.two_left)]
        if self._runner.spec.mode is not Mode.EXAM_DAY:
            signs.append((_FIVE_MINUTES_MS, pace_words.five_left))
        for at_ms, say in signs:
            if remaining_ms <= at_ms < limit_ms:
                if at_ms in self._said:
                    return ""
                self._said.add(at_ms)
                late = remaining_ms <= at_ms - _LATE_MS
                return "" if late else say(len(self._runner.state.blank))
        return ""
