"""A program in a terminal of its own, and the time at which something stands on its screen."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

from benchmarks.screen import Screen

PATIENCE_S = 20.0


class Terminal:
    """Runs `command` in 80 columns and 24 rows. Times are seconds of `time.perf_counter`."""

    COLUMNS, ROWS = 80, 24

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        self.screen = Screen(self.COLUMNS, self.ROWS)
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", self.ROWS, self.COLUMNS, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def await_text(self, pattern: str) -> float:
        """Read until the screen shows `pattern`; the time of the read that completed it."""
        wanted = re.compile(pattern, re.IGNORECASE)
        return self._until(lambda: bool(wanted.search("\n".join(self.screen.lines()))), pattern)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def paint_ms(self, key: str, *, below: int) -> float:
        """Milliseconds from a key press until a row from `below` on shows something else.

        The rows above hold clocks, which change by themselves.
        """
        self.rest(0.0)
        before = self.screen.lines()[below:]
        pressed = time.perf_counter()
        self.press(key)
        painted = self._until(lambda: self.screen.lines()[below:] != before, f"the key {key!r}")
        return (painted - pressed) * 1000

    def rest(self, seconds: float) -> None:
        """Let it paint for a while, and read what it paints."""
        until = time.perf_counter() + seconds
        while self._read(max(0.0, until - time.perf_counter())):
            pass

    def processor_ms(self) -> float:
        """Milliseconds of processor time that the program has had so far; Linux alone says it."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")

    def _until(self, seen: Callable[[], bool], what: str) -> float:
        at = time.perf_counter()
        deadline = at + PATIENCE_S
        while not seen():
            if not self._read(deadline - time.perf_counter()):
                shown = "\n".join(self.screen.lines())
                raise TimeoutError(f"waited {PATIENCE_S:.0f} s for {what}; the screen:\n{shown}")
            at = self._read_at
        return at

    def _read(self, timeout_s: float) -> bool:
        """Feed the screen with what comes within the time; False where nothing came."""
        if not select.select([self._master], [], [], max(0.0, timeout_s))[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux says so when the program has left
            data = b""
        self._read_at = time.perf_counter()
        self.screen.feed(data)
        return bool(data)
