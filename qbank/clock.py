"""The only module that reads time.

Two clocks are read together, since one alone cannot tell a closed lid from a
slow second: `awake` stops while the machine sleeps, `elapsed` runs on. Wall
time is for dates only and is never compared with the others.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the clocks.

    `awake_ms` and `elapsed_ms` have an arbitrary zero that is the same inside
    one `boot_id`; `wall_utc_ms` is epoch milliseconds; `offset_min` is the
    local time's distance from UTC in minutes, east positive.
    """

    awake_ms: int
    elapsed_ms: int
    wall_utc_ms: int
    boot_id: str
    offset_min: int = 0


class Clock(Protocol):
    """Where time comes from."""

    @property
    def runs(self) -> bool:
        """Whether it runs by itself: then a long time between two looks says that nobody could."""
        ...

    def read(self) -> Reading:
        """Read all clocks at once."""
        ...


def _awake_ns() -> int:
    if sys.platform == "win32":
        return _windows_awake_ns()
    # CLOCK_MONOTONIC stops in suspend on Linux; macOS has a clock of its own for it.
    name = "CLOCK_UPTIME_RAW" if sys.platform == "darwin" else "CLOCK_MONOTONIC"
    return time.clock_gettime_ns(getattr(time, name))


def _elapsed_ns() -> int:
    if sys.platform == "win32":
        return time.monotonic_ns()
    name = "CLOCK_MONOTONIC_RAW" if sys.platform == "darwin" else "CLOCK_BOOTTIME"
    return time.clock_gettime_ns(getattr(time, name, time.CLOCK_MONOTONIC))


def _windows_awake_ns() -> int:
    import ctypes

    ticks = ctypes.c_ulonglong()
    windll = getattr(ctypes, "windll")  # noqa: B009 - absent from other systems' ctypes
    windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
    return ticks.value * 100


def _boot_id() -> str:
    """A name for this boot: the kernel's where it has one, else the boot's minute."""
    linux = Path("/proc/sys/kernel/random/boot_id")
    try:
        return linux.read_text(encoding="ascii").strip()
    except OSError:
        booted_at_s = time.time() - _elapsed_ns() / 1e9
        return f"boot-{round(booted_at_s / 60)}"


class SystemClock:
    """The machine's own clocks."""

    runs = True

    def __init__(self) -> None:
        self._boot_id = _boot_id()

    def read(self) -> Reading:
        """Read all clocks at once."""
        local = datetime.now().astimezone().utcoffset()
        return Reading(
            awake_ms=_awake_ns() // 1_000_000,
            elapsed_ms=_elapsed_ns() // 1_000_000,
            wall_utc_ms=time.time_ns() // 1_000_000,
            boot_id=self._boot_id,
            offset_min=0 if local is None else round(local.total_seconds() / 60),
        )


class ManualClock:
    """A clock that moves only when told to; for tests and simulated learners.

    It moves in steps of any length, so that a long one says nothing of the program;
    with `runs` it stands for the machine's.
    """

    def __init__(
        self,
        wall_utc_ms: int = 1_795_000_000_000,
        boot_id: str = "boot-1",
        offset_min: int = 0,
        *,
        runs: bool = False,
    ) -> None:
        self._now = Reading(1_000, 1_000, wall_utc_ms, boot_id, offset_min)
        self.runs = runs

    def read(self) -> Reading:
        """The time as last set."""
        return self._now

    def advance(self, ms: int) -> None:
        """Let time pass with the machine awake."""
        self._move(awake=ms, elapsed=ms, wall=ms)

    def sleep_machine(self, ms: int) -> None:
        """Let time pass with the lid closed."""
        self._move(awake=0, elapsed=ms, wall=ms)

    def step_wall(self, ms: int) -> None:
        """Set the wall clock forward (or back), as NTP or a person does."""
        self._move(awake=0, elapsed=0, wall=ms)

    def reboot(self, boot_id: str, off_ms: int = 60_000) -> None:
        """Switch off for a while and start again; the monotonic clocks begin anew."""
        self._now = Reading(
            5_000, 5_000, self._now.wall_utc_ms + off_ms, boot_id, self._now.offset_min
        )

    def _move(self, *, awake: int, elapsed: int, wall: int) -> None:
        now = self._now
        self._now = replace(
            now,
            awake_ms=now.awake_ms + awake,
            elapsed_ms=now.elapsed_ms + elapsed,
            wall_utc_ms=now.wall_utc_ms + wall,
        )
