"""What the processes of `tests.support.doomed` do until they are killed."""

import resource
import signal
import sqlite3
import time
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from qbank.block.commands import Answer, Submit
from qbank.clock import ManualClock
from qbank.errors import NotSaved
from qbank.store.engine import open_store
from qbank.store.migrate import upgrade
from tests.support.day import SHORT, Day
from tests.support.desk import desk_in
from tests.support.stores import one_event


def answer(pipe: Pipe, path: Path, block: int, first: int) -> None:
    """Append event after event to a block's log; acknowledge each once its commit returned."""
    store = open_store(path, ManualClock())
    for seq in range(first, first + 100_000):
        store.write(partial(one_event, block=block, seq=seq))
        pipe.send(seq)


def hold(pipe: Pipe, path: Path, seconds: float) -> None:
    """Hold the store's write lock for a while, as another program may."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    pipe.send("held")
    time.sleep(seconds)
    other.execute("ROLLBACK")
    other.close()


def write_until_refused(pipe: Pipe, path: Path, limit: int) -> None:
    """Write rows where no file may grow beyond `limit` bytes; say each, then the failure."""
    store = open_store(path, ManualClock())
    # Without this the system would end the process; with it, writing reports an error.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for seq in range(7, 100_000):
        try:
            store.write(partial(one_event, block=1, seq=seq))
        except NotSaved as error:
            pipe.send(error.message)
            return
        pipe.send(seq)


def migrate(pipe: Pipe, path: Path, migrations: Path, backups: Path) -> None:
    """Upgrade a store with a folder of migrations; say when it begins and when it is done."""
    pipe.send("begin")
    upgrade(path, ManualClock(), migrations=migrations, backups=backups)
    pipe.send("done")


def sit(pipe: Pipe, folder: Path) -> None:
    """Take a short exam day; say after every step how many blocks are behind and what runs."""
    with desk_in(folder, 40) as desk:
        day = Day(desk)
        day.run = day.service.begin(replace(SHORT, blocks=8))
        pipe.send(day.run.id)
        day.run.start()
        day.run.end_tutorial()
        for number in range(1, 9):
            runner = day.run.begin_block()
            pipe.send((number - 1, "block"))
            runner.do(Answer(1, ("b",)))
            runner.do(Submit())
            day.run.end_block()
            pipe.send((number, "over" if number == 8 else "break"))
