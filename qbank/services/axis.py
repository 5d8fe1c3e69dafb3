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

STOPPED_FROM_MS = 10_000
"""A longer time between two looks, of which there is one a second: the program stood still."""


class Axis:
    """Where a block's time stands. `base_ms` is its time at `reading`.

    `watched` says that somebody looks once a second while the program runs.
    """

    def __init__(self, base_ms: int, reading: Reading, *, watched: bool) -> None:
        self._base_ms = base_ms
        self._watched = watched
        self._anchor = reading
        self._looked = reading
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

    def look(self, reading: Reading) -> tuple[int, int]:
        """Say that the program runs; what it missed, in milliseconds.

        How long the machine slept since the last gap was noted, which is not on the
        axis, and how long the program stood still since the last look, which is.
        Each is 0 where it was not long enough.
        """
        missed = (0, 0)
        if not self._held and reading.boot_id == self._anchor.boot_id:
            missed = self._asleep_ms(reading), self._stopped_ms(reading)
        self._looked = reading
        return missed

    def _asleep_ms(self, reading: Reading) -> int:
        awake_ms = reading.awake_ms - self._anchor.awake_ms
        slept_ms = reading.elapsed_ms - self._anchor.elapsed_ms - awake_ms
        return slept_ms if slept_ms > SLEEP_FROM_MS else 0

    def _stopped_ms(self, reading: Reading) -> int:
        since_ms = max(self._looked.awake_ms, self._anchor.awake_ms)
        unseen_ms = reading.awake_ms - since_ms
        return unseen_ms if self._watched and unseen_ms > STOPPED_FROM_MS else 0

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
