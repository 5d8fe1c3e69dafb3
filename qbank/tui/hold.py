"""Keys that are let go for a moment: they were meant for the page that time has just ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qbank.clock import Clock

HOLD_MS: Final = 500


class Hold:
    """Lasts for half a second from when it was made."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since_ms = clock.read().elapsed_ms

    @property
    def lasts(self) -> bool:
        """Whether what is pressed now was still meant for the page before."""
        return self._clock.read().elapsed_ms - self._since_ms < HOLD_MS
