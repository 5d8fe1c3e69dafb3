"""Home, the builder's counts and every figure over years of blocks, against the rows they read.

The reference is raw SQL: what ours sent to the database is sent again by `sqlite3` alone, and
every row fetched. A first look is that of a program just opened, where nothing is kept; another
look, and the counts of a form while it is filled in, are held against the same rows.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect
from time import perf_counter
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from benchmarks.commands import run
from benchmarks.compare import Row, Sample, compare
from benchmarks.imagined import SIZE
from benchmarks.lab import QBANK, Lab
from benchmarks.years import fill
from qbank.bootstrap import Application, open_app
from qbank.services.pool import NEXT_STEP
from qbank.services.views import BlockRequest
from qbank.settings import Settings
from qbank.store import bulk

QUESTIONS, BLOCKS = 200_000, 5_000
QUICK, MORE = 100, 10
MOST = 3.0
AGAINST = "the same rows by raw SQL"
AGAIN = """
import json, sqlite3, sys
with open(sys.argv[2]) as sent, sqlite3.connect(sys.argv[1]) as connection:
    for statement, values in json.load(sent):
        connection.execute(statement, values).fetchall()
"""

Sent = Sequence[tuple[str, Sequence[Any]]]
Asked = Callable[[Application], object]

FORM = (BlockRequest(), BlockRequest(tasks=(NEXT_STEP,)))


def _statistics(app: Application) -> object:
    return app.stats.figures()


ASKED: dict[str, tuple[Asked, Asked | None]] = {
    "Home, first look": (lambda app: app.home.view(), None),
    "Home again": (lambda app: app.home.view(), lambda app: app.home.view()),
    "the builder's live counts": (
        lambda app: app.build.preview(FORM[0]),
        lambda app: app.build.preview(FORM[1]),
    ),
    "all seven tabs of Statistics, first look": (_statistics, None),
    "all seven tabs of Statistics again": (_statistics, _statistics),
}
"""What reads the rows, and what is asked then; None: the reading itself is measured."""


def measure(lab: Lab) -> list[Row]:
    """Over 100,000 attempts."""
    return _measured(lab, BLOCKS, MOST)


def measure_more(lab: Lab) -> list[Row]:
    """Over a million attempts: reported and held to nothing."""
    return _measured(lab, BLOCKS * MORE, None)


def _measured(lab: Lab, blocks: int, goal: float | None) -> list[Row]:
    part = QUICK if lab.quick else 1
    settings = Settings(data_dir=lab.data)
    fill(settings, QUESTIONS // part, blocks // part)
    over = f"{blocks // part * SIZE:,} attempts"
    rows = [_row(f"{name}, {over}", settings, asked, goal) for name, asked in ASKED.items()]
    return [*rows, _command(lab, settings, f"`qbank stats --json`, {over}", goal)]


def _row(
    name: str, settings: Settings, asked: tuple[Asked, Asked | None], goal: float | None
) -> Row:
    first, then = asked

    def ours() -> float:
        with open_app(settings) as application:
            taken_ms = _timed(lambda: first(application))
            return taken_ms if then is None else _timed(lambda: then(application))

    with open_app(settings) as application:
        sent = _sent(application, first)
    with closing(connect(settings.paths.database)) as raw:
        return _compare(name, lambda: _timed(lambda: _send(raw, sent)), ours, goal)


def _command(lab: Lab, settings: Settings, name: str, goal: float | None) -> Row:
    """Both from the start of their process to its end."""
    said: Path = lab.folder / "sent.json"
    with open_app(settings) as application:
        said.write_text(json.dumps(_sent(application, _statistics)))
    raw: list[str | Path] = [sys.executable, "-c", AGAIN, settings.paths.database, said]
    ours: list[str | Path] = [QBANK, "stats", "--json"]
    return _compare(name, lambda: run(lab, raw), lambda: run(lab, ours), goal)


def _compare(name: str, reference: Sample, ours: Sample, goal: float | None) -> Row:
    """Without a goal one sample of each has to do: they take minutes."""
    if goal is None:
        return Row(name, AGAINST, reference(), ours())
    return compare(name, AGAINST, reference=reference, ours=ours, times=TIMES, goal=goal)


TIMES = 2
"""Samples a round: each takes seconds, and three rounds are taken."""


def _sent(application: Application, ask: Asked) -> Sent:
    """What goes to the database for an answer."""
    with _heard() as sent:
        ask(application)
    return sent


@contextmanager
def _heard() -> Iterator[list[tuple[str, Sequence[Any]]]]:
    sent: list[tuple[str, Sequence[Any]]] = []

    def hear(_c: Any, _cursor: Any, statement: str, values: Sequence[Any], *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            sent.append((statement, list(values)))

    def hear_bulk(connection: Any, sql: str, *values: Any) -> Any:
        sent.append((sql, list(values)))
        return in_bulk(connection, sql, *values)

    in_bulk = bulk.rows
    event.listen(Engine, "before_cursor_execute", hear)
    try:
        # Rows by the ten thousand are asked for at the driver itself, past the engine's ears.
        with patch.object(bulk, "rows", hear_bulk):
            yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def _send(raw: Any, sent: Sent) -> None:
    for statement, values in sent:
        raw.execute(statement, values).fetchall()


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000
