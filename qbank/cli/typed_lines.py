"""Lines as they are typed, or as a pipe brings them, without holding the clock up."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

_LONGEST = 65_536


class Lines(Protocol):
    """Where lines come from."""

    @property
    def typed(self) -> bool:
        """Whether a person types them: the end of input then only means to leave."""
        ...

    def next(self, wait_s: float) -> str | None:
        """The next line without its end, None where none came in this time.

        Raises EOFError where there are no more.
        """
        ...

    def forget(self) -> None:
        """Drop what was typed and not read, so that it does not reach the shell afterwards."""
        ...


class StandardInput:
    """Lines of stdin. A thread reads them, since a wait for a key must not stop the clock."""

    def __init__(self) -> None:
        self.typed = sys.stdin.isatty()
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        # os.read and not sys.stdin: a thread that hangs in a buffered reader would hold its
        # lock when the program ends.
        Thread(target=self._pump, args=(sys.stdin.fileno(),), daemon=True).start()

    def next(self, wait_s: float) -> str | None:
        """See `Lines.next`."""
        try:
            line = self._lines.get(timeout=wait_s)
        except Empty:
            return None
        if line is None:
            self._lines.put(None)
            raise EOFError
        return line

    def forget(self) -> None:
        """See `Lines.forget`."""
        if self.typed and sys.platform != "win32":
            import termios

            with contextlib.suppress(termios.error):
                termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)

    def _pump(self, source: int) -> None:
        for line in read_lines(source):
            self._lines.put(line)
        self._lines.put(None)


def read_lines(source: int) -> Iterator[str]:
    """Lines of a file descriptor, as soon as each is whole; what is no UTF-8 is replaced.

    A line without an end is cut after 64 Ki characters, so that memory is bounded.
    """
    decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
    rest, more = "", b"x"
    while more:
        try:
            more = os.read(source, 4096)
        except OSError:
            # The terminal has gone: nobody types any more.
            more = b""
        *lines, rest = (rest + decode(more, not more)).replace("\r\n", "\n").split("\n")
        yield from lines
        if len(rest) > _LONGEST:
            yield rest[:_LONGEST]
            rest = ""
    if rest:
        yield rest
