"""One writing process: a lock of the operating system, with who holds it written inside.

The kernel frees it however the process ends, so a file that was left behind
means nothing by itself.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.errors import ConcurrentRun, StoreReadOnly
from qbank.store import files

if TYPE_CHECKING:
    from qbank.clock import Clock

_SIZE = 4_096
# Windows keeps others from reading the locked bytes, so they lie past the text.
_LOCKED_BYTE = 1 << 30


class LockHeld(ConcurrentRun):
    """Another process holds the store. `since` is epoch milliseconds; 0 where unknown."""

    def __init__(self, pid: int, since: int, offset_min: int) -> None:
        local = datetime.fromtimestamp(since / 1_000, UTC) + timedelta(minutes=offset_min)
        when = f" since {local:%H:%M}" if since else ""
        super().__init__(
            f"qbank is open in process {pid}{when}" if pid else "qbank is open elsewhere",
            hint="Close it there, or look without changing anything.",
        )
        self.pid = pid
        self.since = since


class Lock:
    """The lock as held by this process. `release` may be called again."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let others write."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def take(path: Path, clock: Clock) -> Lock:
    """Take the lock, or raise `LockHeld` at once. The file and its folder are made if absent.

    Raises `StoreReadOnly` where the folder may not be written to.
    """
    try:
        files.make(path)
        descriptor = os.open(path, os.O_RDWR)
    except OSError as refused:
        raise StoreReadOnly(
            f"{path.parent} may not be written to ({refused.strerror})",
            hint="Change who may write, or choose another folder with --data-dir.",
        ) from refused
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise _held(path) from None
    now = clock.read()
    who = {"pid": os.getpid(), "since": now.wall_utc_ms, "offset_min": now.offset_min}
    os.ftruncate(descriptor, 0)
    os.write(descriptor, json.dumps(who).encode())
    return Lock(descriptor)


def holder(path: Path) -> LockHeld | None:
    """Who holds the lock now, None where nobody does. Takes nothing and changes nothing."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        _lock(descriptor)
    except OSError:
        return _held(path)
    finally:
        os.close(descriptor)
    return None


def ask_to_end(path: Path) -> bool:
    """Ask the process that holds the lock to end; False where nobody holds it any more.

    It may take its time: the lock is free once `take` succeeds.
    """
    found = holder(path)
    if found is None or not found.pid:
        return False
    try:
        os.kill(found.pid, signal.SIGTERM)
    except ProcessLookupError:
        return False
    return True


def _held(path: Path) -> LockHeld:
    """What the holder wrote; between its lock and its writing there is nothing to read yet."""
    try:
        who = json.loads(path.read_bytes()[:_SIZE])
        return LockHeld(int(who["pid"]), int(who["since"]), int(who["offset_min"]))
    except (OSError, ValueError, KeyError, TypeError):
        return LockHeld(0, 0, 0)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
