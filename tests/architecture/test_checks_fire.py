"""Each check of `make check` is seen to fire: a seeded violation fails it, by name."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.shared import ROOT

CLEAN = '"""A module of the house."""\n\n\ndef double(value: int) -> int:\n    return 2 * value\n'
MANY_STATEMENTS = "def long() -> int:\n    total = 0\n" + "    total += 1\n" * 41
MANY_BRANCHES = (
    "def twisted(value: int) -> int:\n"
    + "".join(f"    if value == {n}:\n        value += {n + 1}\n" for n in range(11))
    + "    return value\n"
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small qbank with our configuration: every check passes on it."""
    root = tmp_path / "house"
    modules = ("__main__", "errors", "clock", "content/text", "block/machine", "analytics/rows")
    for module in (*modules, "cli/main"):
        _write(root, f"qbank/{module}.py", CLEAN)
    for package in ("", "content/", "block/", "analytics/", "cli/"):
        _write(root, f"qbank/{package}__init__.py", '"""A package of the house."""\n')
    for folder in ("migrations", "tests", "tools", "benchmarks"):
        _write(root, f"{folder}/ours.py", CLEAN)
    _write(root, "pyproject.toml", (ROOT / "pyproject.toml").read_text())
    return root


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


RUFF = _module("ruff", "check", "--no-cache", "--output-format=concise")
FORMAT = _module("ruff", "format", "--no-cache", "--check", ".")
MYPY = _module("mypy", "--cache-dir=.types")
LAYERS = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
LAYERS += ["--no-cache", "--no-logo"]
BUDGETS = _module("tools.budgets")


def _run(command: Sequence[str], house: Path) -> subprocess.CompletedProcess[str]:
    where, tail = (ROOT, [str(house)]) if command is BUDGETS else (house, [])
    return subprocess.run(
        [*command, *tail], check=False, cwd=where, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("check", [RUFF, FORMAT, MYPY, LAYERS, BUDGETS])
def test_the_clean_house_passes(check: Sequence[str], house: Path) -> None:
    done = _run(check, house)
    assert done.returncode == 0, done.stdout + done.stderr


def _seeded(check: Sequence[str], path: str, text: str, says: str, name: str) -> object:
    return pytest.param(check, path, text, says, id=name)


SEEDS = [
    _seeded(RUFF, "qbank/block/machine.py", "import time\n\nX = time.monotonic()\n",
            "TID251 `time` is banned", "time"),
    _seeded(RUFF, "qbank/block/machine.py",
            "from datetime import UTC, datetime\n\nX = datetime.now(UTC)\n",
            "TID251 `datetime.datetime.now` is banned", "now"),
    _seeded(RUFF, "qbank/block/machine.py", "import random\n\nX = random.Random(1)\n",
            "TID251 `random` is banned", "random"),
    _seeded(RUFF, "qbank/block/machine.py", MANY_STATEMENTS, "PLR0915", "statements"),
    _seeded(RUFF, "qbank/block/machine.py", MANY_BRANCHES, "C901", "complexity"),
    _seeded(RUFF, "qbank/block/machine.py",
            "def wide(a: int, b: int, c: int, d: int, e: int, f: int, g: int) -> int:\n"
            "    return a + b + c + d + e + f + g\n", "PLR0913", "parameters"),
    _seeded(RUFF, "qbank/block/machine.py", "print('x')\n", "T201", "print"),
    _seeded(FORMAT, "qbank/block/machine.py", "X  =  1\n", "1 file would be reformatted", "format"),
    _seeded(MYPY, "qbank/block/machine.py", "def f(x):\n    return x\n",
            "[no-untyped-def]", "untyped"),
    _seeded(MYPY, "qbank/block/machine.py", "X: int = 'one'\n", "[assignment]", "type"),
    _seeded(LAYERS, "qbank/block/machine.py", "import qbank.cli.main\n",
            "qbank.block is not allowed to import qbank.cli", "layer"),
    _seeded(LAYERS, "qbank/block/machine.py", "import qbank.content.text\n",
            "qbank.block is not allowed to import qbank.content", "sibling"),
    _seeded(LAYERS, "qbank/helpers.py", CLEAN, "- qbank.helpers", "unlisted"),
    _seeded(LAYERS, "qbank/clock.py", "import textual\n",
            "qbank is not allowed to import textual", "front library"),
    _seeded(LAYERS, "qbank/content/text.py", "import sqlalchemy\n",
            "qbank is not allowed to import sqlalchemy", "database library"),
    _seeded(LAYERS, "qbank/block/machine.py", "import pydantic\n",
            "qbank.block is not allowed to import pydantic", "pure"),
    _seeded(BUDGETS, "qbank/block/machine.py", "X = 1\n" * 401,
            "qbank/block/machine.py:401: error: 401 lines", "file"),
    _seeded(BUDGETS, "qbank/block/machine.py",
            "try:\n    X = 1\nexcept (ValueError, Exception):\n    X = 2\n",
            "qbank/block/machine.py:3: error: broad except", "broad except"),
    _seeded(BUDGETS, "qbank/block/machine.py", "try:\n    X = 1\nexcept:\n    X = 2\n",
            "qbank/block/machine.py:3: error: broad except", "bare except"),
    _seeded(BUDGETS, "qbank/block/machine.py",
            "import contextlib\n\nwith contextlib.suppress(Exception):\n    X = 1\n",
            "qbank/block/machine.py:3: error: broad suppress", "suppress"),
    _seeded(BUDGETS, "qbank/block/machine.py", "X = y  # type: ignore\n",
            "qbank/block/machine.py:1: error: type: ignore", "ignore"),
    _seeded(BUDGETS, "tests/ours.py", "X = y  # type: ignore[name-defined]\n",
            "tests/ours.py:1: error: type: ignore", "ignore without a reason"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "path", "text", "says"), SEEDS)
def test_a_seeded_violation_fails(
    check: Sequence[str], path: str, text: str, says: str, house: Path
) -> None:
    _write(house, path, text)
    done = _run(check, house)
    assert done.returncode != 0
    assert says in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("qbank/cli/main.py", "try:\n    X = 1\nexcept Exception:\n    X = 2\n"),
        ("qbank/clock.py", "try:\n    X = 1\nexcept BaseException:\n    X = 2\n    raise\n"),
        ("qbank/clock.py", "X = y  # type: ignore[name-defined]  # y is made at build time\n"),
        ("qbank/clock.py", "X = '# type: ignore'\n"),
    ],
    ids=["cli.main", "re-raised", "reasoned ignore", "in a string"],
)
def test_what_is_allowed_passes(path: str, text: str, house: Path) -> None:
    _write(house, path, text)
    done = _run(BUDGETS, house)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_long_file_is_a_warning_before_it_is_an_error(house: Path) -> None:
    _write(house, "qbank/clock.py", "X = 1\n" * 301)
    done = _run(BUDGETS, house)
    assert done.returncode == 0
    assert "qbank/clock.py:301: warning: 301 lines" in done.stderr


def test_the_clock_may_read_time(house: Path) -> None:
    _write(house, "qbank/clock.py", "import time\n\nX = time.monotonic()\n")
    done = _run(RUFF, house)
    assert done.returncode == 0, done.stdout
