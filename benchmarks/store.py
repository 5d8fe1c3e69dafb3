"""Opening a current store, and what it costs until an answer is acknowledged."""

import itertools
import os
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.compare import Row, compare
from benchmarks.lab import Lab
from qbank.block.commands import Answer, Start
from qbank.block.model import Mode
from qbank.bootstrap import open_app
from qbank.services.runner import BlockRunner
from qbank.services.views import BlockRequest
from qbank.settings import Settings

PAGE_BYTES = 4096
PATIENCE_S = 10.0

# Each runs in a fresh interpreter and prints its own milliseconds, imports included.
TIMED = "import sys, time; began = time.perf_counter(); from pathlib import Path\n{}\n" + (
    "print((time.perf_counter() - began) * 1000)"
)
ALEMBIC = TIMED.format("""
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
with create_engine("sqlite:///" + sys.argv[1]).connect() as connection:
    heads = MigrationContext.configure(connection).get_current_heads()
assert heads == tuple(ScriptDirectory(sys.argv[2]).get_heads()) != ()
""")
OURS = TIMED.format("""
from qbank.store.schema import SchemaState, inspect
assert inspect(Path(sys.argv[1])) is SchemaState.CURRENT
""")


def measure(lab: Lab) -> list[Row]:
    """Both on the same disk as the store."""
    settings = Settings(data_dir=lab.data)
    application = open_app(settings)
    try:
        application.packs.load_shipped()
        block = application.build.create(BlockRequest(mode=Mode.UNTIMED))
        answer = _answer(lab, application.blocks.open(block))
    finally:
        application.close()
    return [_open(lab, settings.paths.database), answer]


def _open(lab: Lab, store: Path) -> Row:
    migrations = Path(__file__).resolve().parents[1] / "migrations"

    def run(code: str) -> float:
        return float(lab.call([sys.executable, "-c", code, store, migrations]))

    return compare(
        "is the store current?",
        "Alembic, nothing to do",
        reference=lambda: run(ALEMBIC),
        ours=lambda: run(OURS),
        times=lab.times(20),
    )


def _answer(lab: Lab, runner: BlockRunner) -> Row:
    """Each answer changes the one before, and is waited for."""
    options = itertools.cycle([option.id for option in runner.texts[0].options])
    page = os.urandom(PAGE_BYTES)
    runner.do(Start())
    with lab.folder.joinpath("appended").open("ab", buffering=0) as file:

        def append() -> float:
            began = perf_counter()
            file.write(page)
            os.fdatasync(file.fileno())
            return (perf_counter() - began) * 1000

        def ours() -> float:
            began = perf_counter()
            runner.do(Answer(1, (next(options),)))
            assert runner.wait_saved(PATIENCE_S)
            return (perf_counter() - began) * 1000

        return compare(
            "one answer, acknowledged",
            "append 4 KiB and fdatasync",
            reference=append,
            ours=ours,
            times=lab.times(400),
            goal=2.0,
        )
