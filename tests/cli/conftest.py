"""A command line in this process: exit code, data and words of one call."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qbank.cli.main import run
from qbank.settings import Settings


@dataclass(frozen=True)
class Said:
    """What one call left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)


Qbank = Callable[..., Said]


def no_app(settings: Settings, first: object = None, *, images: bool = False) -> int:
    """In place of the app: a command never opens it."""
    raise AssertionError(f"the app was opened on {settings.paths.data_dir} {first}")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Where the store of a test is."""
    return tmp_path / "data"


@pytest.fixture
def qbank(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Qbank:
    """Call the command line on the test's own store."""

    def call(*arguments: object) -> Said:
        code = run(["--data-dir", str(data_dir), *map(str, arguments)], no_app)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return call
