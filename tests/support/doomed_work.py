"""What the processes of `tests.support.doomed` do until they are killed."""

from functools import partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from qbank.clock import ManualClock
from qbank.store.engine import open_store
from qbank.store.migrate import upgrade
from tests.support.stores import one_event


def answer(pipe: Pipe, path: Path, block: int, first: int) -> None:
    """Append event after event to a block's log; acknowledge each once its commit returned."""
    store = open_store(path, ManualClock())
    for seq in range(first, first + 100_000):
        store.write(partial(one_event, block=block, seq=seq))
        pipe.send(seq)


def migrate(pipe: Pipe, path: Path, migrations: Path, backups: Path) -> None:
    """Upgrade a store with a folder of migrations; say when it begins and when it is done."""
    pipe.send("begin")
    upgrade(path, ManualClock(), migrations=migrations, backups=backups)
    pipe.send("done")
