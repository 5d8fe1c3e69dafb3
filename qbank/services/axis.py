"""From readings of the clocks to a block's own time.

A block's axis is awake time with the block open, plus the gaps that were noted.
Only differences inside one boot are ever taken, so a clock that is set, a zone
that changes or a year that is wrong charges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.clock import Reading

SLEEP_FROM_MS = 10_000
"""A longer difference between elapsed and awake time is a sleep, and noted."""


class Axis:
    """Where a block's time stands. `base_ms` is its time at `reading`."""

    def __init__(self, base_ms: int, reading: Reading) -> None:
        self._base_ms = base_ms
        self._anchor = reading
        self._held = False

    @property
    def held(self) -> bool:
        """Whether time stands still, as it does while nothing can be saved."""
        return self._held

    def at(self, reading: Reading) -> int:
        """The block's time at a reading; never less than the base."""
        if self._held:
            return self._base_ms
        return self._base_ms + max(0, reading.awake_ms - self._anchor.awake_ms)

    def asleep_ms(self, reading: Reading) -> int:
        """Milliseconds the machine slept since the last gap was noted; 0 where not long enough."""
        if self._held or reading.boot_id != self._anchor.boot_id:
            return 0
        awake_ms = reading.awake_ms - self._anchor.awake_ms
        slept_ms = reading.elapsed_ms - self._anchor.elapsed_ms - awake_ms
        return slept_ms if slept_ms > SLEEP_FROM_MS else 0

    def move(self, at_ms: int, reading: Reading) -> None:
        """Say that the block's time is `at_ms` at a reading; what lies before is settled."""
        self._base_ms = at_ms
        self._anchor = reading

    def hold(self, at_ms: int) -> None:
        """Let time stand still at `at_ms`."""
        self._base_ms = at_ms
        self._held = True

    def go_on(self, reading: Reading) -> None:
        """Let time run again; what passed meanwhile is on no account."""
        self._anchor = reading
        self._held = False
