"""A disk that remembers every write and every flush, and shows what a power cut may leave of it.

What was flushed stays. Of what was written since a file's last flush, each
write may be there, be missing, or be there in part, whatever its order.
"""

import random
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

import apsw

SECTOR = 512
_NAME = "power.db"


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that was done to a file; `what` is write, truncate, sync or delete."""

    what: str
    name: str
    offset: int = 0
    data: bytes = b""


class _File(apsw.VFSFile):
    def __init__(self, inherit: str, name: Any, flags: list[int], steps: list[_Step]) -> None:
        super().__init__(inherit, name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._name = Path(path).name
        self._steps = steps

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        super().xWrite(data, offset)
        self._steps.append(_Step("write", self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        super().xTruncate(newsize)
        self._steps.append(_Step("truncate", self._name, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        # The real disk is not asked: what a flush promises is worked out from the steps.
        self._steps.append(_Step("sync", self._name))


class _Recorder(apsw.VFS):
    def __init__(self, steps: list[_Step]) -> None:
        self._steps = steps
        super().__init__("recorder", "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:  # noqa: N802 - SQLite's name
        return _File("", name, flags, self._steps)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        super().xDelete(filename, syncdir)
        self._steps.append(_Step("delete", Path(filename).name))


class Image:
    """The files after a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> tuple[int, bool]:
        """How many answers are there, without a hole, and whether the file is whole."""
        try:
            with closing(sqlite3.connect(self._folder / _NAME)) as connection:
                rows = [row[0] for row in connection.execute("SELECT n FROM answer ORDER BY n")]
                (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError:
            return 0, False
        return len(rows), whole == "ok" and rows == list(range(len(rows)))

    def delete(self) -> None:
        """Take it away."""
        rmtree(self._folder)


class Disk:
    """Records a run of answers, then shows the disk at any moment of it."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._steps: list[_Step] = []
        self._begins = 0

    def record(self, folder: Path, answers: int, settings: Mapping[str, int]) -> list[int]:
        """Write answers, one commit each; returns the moment at which each was acknowledged."""
        recorder = _Recorder(self._steps)
        connection = apsw.Connection(str(folder / _NAME), vfs="recorder")
        try:
            for name, value in settings.items():
                connection.execute(f"PRAGMA {name} = {value}")
            connection.execute("PRAGMA journal_mode = WAL")
            # Few pages, so that checkpoints fall into the run as well.
            connection.execute("PRAGMA wal_autocheckpoint = 12")
            connection.execute("CREATE TABLE answer (n INTEGER PRIMARY KEY, payload TEXT)")
            connection.execute("PRAGMA wal_checkpoint")
            self._begins = len(self._steps)
            acknowledged = []
            for n in range(answers):
                connection.execute("INSERT INTO answer VALUES (?, ?)", (n, "x" * 300))
                acknowledged.append(len(self._steps))
            return acknowledged
        finally:
            connection.close()
            recorder.unregister()

    def moment(self) -> int:
        """A random moment of the run: how many steps were done by then."""
        return self._rng.randint(self._begins, len(self._steps))

    def image(self, at: int, folder: Path) -> Image:
        """The files as a power cut after `at` steps may leave them."""
        folder.mkdir()
        done = self._steps[:at]
        for name in {step.name for step in done if not step.name.endswith("-shm")}:
            content = self._content([step for step in done if step.name == name])
            if content is not None:
                (folder / name).write_bytes(content)
        return Image(folder)

    def _content(self, steps: list[_Step]) -> bytes | None:
        syncs = [n for n, step in enumerate(steps) if step.what == "sync"]
        flushed = syncs[-1] + 1 if syncs else 0
        content: bytearray | None = bytearray() if syncs else None
        for n, step in enumerate(steps):
            if step.what == "delete":
                content = None
            elif n < flushed or self._rng.random() < 0.5:
                content = _apply(content or bytearray(), step, self._torn(step, n >= flushed))
        return bytes(content) if content is not None else None

    def _torn(self, step: _Step, unsafe: bool) -> bytes:
        if not unsafe or self._rng.random() < 0.5:
            return step.data
        return step.data[: SECTOR * self._rng.randint(0, len(step.data) // SECTOR)]


def _apply(content: bytearray, step: _Step, data: bytes) -> bytearray:
    if step.what == "truncate":
        del content[step.offset :]
    elif step.what == "write":
        end = step.offset + len(data)
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        content[step.offset : end] = data
    return content
