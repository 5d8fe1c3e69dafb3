"""Runs work in a process that is killed while it works.

The processes are forked from one that has imported the store already, so that a
kill costs milliseconds and not a start of Python.
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe
from typing import Any

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["qbank.store.engine", "qbank.store.migrate"])


class Doomed:
    """A process at work; what it has acknowledged can still be read after its death."""

    def __init__(self, process: Any, pipe: Pipe) -> None:
        self._process = process
        self._pipe = pipe

    def next(self, timeout_s: float = 30.0) -> Any:
        """The next acknowledgement. Raises EOFError where the process is gone or silent."""
        if not self._pipe.poll(timeout_s):
            raise EOFError("nothing was acknowledged")
        return self._pipe.recv()

    def ended(self, timeout_s: float) -> bool:
        """Whether it came to its own end within this time."""
        self._process.join(timeout_s)
        return self._process.exitcode is not None

    def kill(self) -> list[Any]:
        """SIGKILL, wait for its death, and return what was acknowledged and not yet read."""
        self._process.kill()
        self._process.join()
        assert self._process.exitcode in (-signal.SIGKILL, 0), "it failed by itself"
        rest = []
        try:
            while self._pipe.poll():
                rest.append(self._pipe.recv())
        except EOFError:
            pass
        return rest


@contextmanager
def doomed(work: Callable[..., None], *arguments: Any) -> Iterator[Doomed]:
    """Start `work(pipe, *arguments)`; `work` is a function of a module under `tests.support`."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=work, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Doomed(process, ours)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
