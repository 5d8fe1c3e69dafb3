"""An acknowledged answer is on disk: processes killed at random moments, and power cut."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qbank.store import check, engine
from qbank.store.check import Severity
from tests.support.doomed import doomed
from tests.support.doomed_work import answer, write_until_refused
from tests.support.power import Disk, Image
from tests.support.stores import EVENTS_A_BLOCK, fill, new_store


@pytest.fixture
def made(tmp_path: Path) -> Path:
    store = fill(new_store(tmp_path))
    store.close()
    return store.path


def _log(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT seq FROM block_event WHERE block_id = 1 ORDER BY seq")
        return [row[0] for row in rows]


def _whole(path: Path) -> bool:
    return all(each.severity is Severity.GOOD for each in check.contents(path, thorough=True))


def _killed_while_answering(made: Path, kills: int) -> int:
    """Kill a process that answers, again and again on one store; how many were acknowledged."""
    rng = random.Random(11)
    last, total = EVENTS_A_BLOCK, 0
    for _ in range(kills):
        with doomed(answer, made, 1, last + 1) as process:
            acknowledged = [process.next()]
            process.ended(rng.uniform(0.0, 0.12))
            acknowledged += process.kill()
        found = _log(made)
        # One more may stand there: committed, and killed before it was said.
        assert found[-1] - acknowledged[-1] in (0, 1)
        assert found == list(range(1, found[-1] + 1))
        assert acknowledged == list(range(last + 1, acknowledged[-1] + 1))
        assert _whole(made)
        last, total = found[-1], total + len(acknowledged)
    return total


def test_kills_lose_no_acknowledged_answer(made: Path) -> None:
    assert _killed_while_answering(made, kills=6) > 6


@pytest.mark.proof
def test_sixty_kills_lose_no_acknowledged_answer(made: Path) -> None:
    assert _killed_while_answering(made, kills=60) > 300


def test_a_file_that_may_not_grow_is_told_and_loses_nothing_acknowledged(made: Path) -> None:
    with doomed(write_until_refused, made, made.stat().st_size + 40_000) as process:
        acknowledged = []
        while isinstance(said := process.next(), int):
            acknowledged.append(said)
    assert said == "the disk reported an error"
    assert len(acknowledged) > 2
    found = _log(made)
    assert found[: EVENTS_A_BLOCK + len(acknowledged)] == list(range(1, acknowledged[-1] + 1))
    assert found == list(range(1, found[-1] + 1))
    assert _whole(made)


# --- power cuts ---------------------------------------------------------------------

ANSWERS = 60


def _images(folder: Path, synchronous: int, count: int) -> Iterator[tuple[int, Image]]:
    """Disks as a power cut may leave them, each with how many answers were acknowledged by then."""
    folder = folder / f"synchronous-{synchronous}"
    folder.mkdir()
    disk = Disk(random.Random(7))
    acknowledged = disk.record(folder, ANSWERS, {**engine.SETTINGS, "synchronous": synchronous})
    for n in range(count):
        at = disk.moment()
        yield sum(each <= at for each in acknowledged), disk.image(at, folder / f"image-{n}")


def _lost(folder: Path, synchronous: int, count: int) -> tuple[int, int]:
    """Of so many power cuts: how many lost an acknowledged answer, how many broke the file."""
    lost = broken = 0
    for acknowledged, image in _images(folder, synchronous, count):
        rows, whole = image.open()
        lost += rows < acknowledged
        broken += not whole
        image.delete()
    return lost, broken


def test_a_power_cut_loses_nothing_acknowledged(tmp_path: Path) -> None:
    assert _lost(tmp_path, engine.FULL, 60) == (0, 0)


def test_the_power_cut_is_a_real_one(tmp_path: Path) -> None:
    lost, _ = _lost(tmp_path, synchronous=1, count=60)
    assert lost > 20


@pytest.mark.proof
def test_two_thousand_power_cuts_lose_nothing_acknowledged(tmp_path: Path) -> None:
    assert _lost(tmp_path, engine.FULL, 2_000) == (0, 0)
    assert _lost(tmp_path, synchronous=1, count=400)[0] > 200
