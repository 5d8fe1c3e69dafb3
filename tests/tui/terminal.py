"""The program in a terminal of its own: what it writes, byte by byte, and how it ends."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

from tests.support.shared import ROOT

PATIENCE_S = 20.0
# What a shell does: the terminal is the session's own, so closing it says SIGHUP.
_AT_THE_TERMINAL = """
import fcntl, os, sys, termios
if sys.argv.pop(1) == "own":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "qbank", *sys.argv[1:]])
"""
_STEERING = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-Z\\^_]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


class Terminal:
    """`qbank` with a data folder and arguments, in 80 columns and 24 lines.

    Without `hangs_up` the terminal is not the session's own: no signal says that it closed.
    """

    def __init__(self, data: Path, *arguments: str, hangs_up: bool = True) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _AT_THE_TERMINAL, "own" if hangs_up else "lent", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={**os.environ, "QBANK_DATA_DIR": str(data)},
            start_new_session=True,
        )
        os.close(slave)
        self.written = b""
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.kill()
        self.process.wait()
        self.close()

    def until(self, words: str) -> bytes:
        """Read until the words were written; gives what was written since the last time."""
        start = len(self.written)
        deadline = time.monotonic() + PATIENCE_S
        while words not in said(self.written[start:]):
            if not self._read(deadline - time.monotonic()):
                last = said(self.written[start:])[-1500:]
                raise AssertionError(f"{words!r} is never written: {last}")
        return self.written[start:]

    def rest(self) -> None:
        """Read until nothing more is written for a moment: the focus has moved."""
        while self._read(0.1):
            pass

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def ended(self) -> int:
        """The exit code, once the program has ended by itself."""
        deadline = time.monotonic() + PATIENCE_S
        while self.process.poll() is None and time.monotonic() < deadline:
            if self._open:
                self._read(0.05)
            else:
                time.sleep(0.02)
        code = self.process.poll()
        assert code is not None, "the program goes on"
        return code

    def close(self) -> None:
        """Close the terminal."""
        if self._open:
            self._open = False
            os.close(self._master)

    def kill(self) -> None:
        """End the program as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _read(self, timeout_s: float) -> bool:
        if not select.select([self._master], [], [], max(0.0, timeout_s))[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux says so when the program has left
            return False
        self.written += data
        return bool(data)


def said(written: bytes) -> str:
    """The words among what was written."""
    return _STEERING.sub(b"", written).decode("utf-8", "replace")
