"""One process writes: what the second one is told, and what frees the lock."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qbank.clock import ManualClock
from qbank.errors import ConcurrentRun, StoreReadOnly
from qbank.store import lock
from tests.support.shared import ROOT

AT_14_02 = 1_795_010_520_000

_HOLDER = """
import sys
from pathlib import Path
from qbank.clock import ManualClock
from qbank.store import lock
held = lock.take(Path(sys.argv[1]), ManualClock(wall_utc_ms=int(sys.argv[2]), offset_min=60))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def _other_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path), str(AT_14_02)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StoreReadOnly, match="data may not be written to") as caught:
        lock.take(tmp_path / "data" / "qbank.lock", ManualClock())
    assert "--data-dir" in caught.value.hint


def test_the_second_is_told_who_and_since_when(tmp_path: Path) -> None:
    path = tmp_path / "data" / "qbank.lock"
    with _other_process(path) as process:
        with pytest.raises(lock.LockHeld) as caught:
            lock.take(path, ManualClock())
        held = caught.value
        assert (held.pid, held.since) == (process.pid, AT_14_02)
        assert held.message == f"qbank is open in process {process.pid} since 15:02"
        assert isinstance(held, ConcurrentRun)
        assert held.exit_code == 4
        seen = lock.holder(path)
        assert seen is not None
        assert seen.pid == process.pid


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_killed_process_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "qbank.lock"
    with _other_process(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        assert lock.holder(path) is None
        lock.take(path, ManualClock()).release()


def test_the_holder_can_be_asked_to_end(tmp_path: Path) -> None:
    path = tmp_path / "qbank.lock"
    with _other_process(path) as process:
        assert lock.ask_to_end(path)
        assert process.wait(timeout=10) == -signal.SIGTERM
        mine = lock.take(path, ManualClock())
        mine.release()
    assert not lock.ask_to_end(path)


def test_one_process_cannot_take_it_twice(tmp_path: Path) -> None:
    path = tmp_path / "qbank.lock"
    first = lock.take(path, ManualClock())
    with pytest.raises(lock.LockHeld) as caught:
        lock.take(path, ManualClock())
    assert caught.value.pid == os.getpid()
    first.release()
    first.release()
    lock.take(path, ManualClock()).release()


def test_what_a_dead_process_left_behind_means_nothing(tmp_path: Path) -> None:
    path = tmp_path / "qbank.lock"
    path.write_text('{"pid": 1, "since": 0, "offset_min": 0, "more": "than we write"}')
    assert lock.holder(path) is None
    held = lock.take(path, ManualClock())
    again = lock.holder(path)
    assert again is not None
    assert again.pid == os.getpid()
    held.release()


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"pid": "x"}', '{"pid": 12}'])
def test_a_holder_that_has_not_written_yet(tmp_path: Path, text: str) -> None:
    path = tmp_path / "qbank.lock"
    held = lock.take(path, ManualClock())
    path.write_text(text)
    with pytest.raises(lock.LockHeld, match="qbank is open elsewhere"):
        lock.take(path, ManualClock())
    assert not lock.ask_to_end(path)
    held.release()


def test_no_file_is_no_lock(tmp_path: Path) -> None:
    assert lock.holder(tmp_path / "qbank.lock") is None
    assert list(tmp_path.iterdir()) == []
