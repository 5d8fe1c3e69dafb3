"""What a start must not import, each in a fresh interpreter: the proof that a deferral defers."""

import json
import subprocess
import sys

import pytest

from tests.support.shared import PURE_LAYERS, ROOT

HEAVY = {"textual", "rich", "sqlalchemy", "alembic", "pydantic", "yaml"}

_REPORT = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
"""


def _modules_after(code: str) -> set[str]:
    """The names in `sys.modules` when an interpreter that ran `code` ends, by whatever exit."""
    done = subprocess.run(
        [sys.executable, "-c", _REPORT + code],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def _tops(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def _command(*arguments: str) -> str:
    return f"sys.argv = {['qbank', *arguments]!r}\nfrom qbank.__main__ import main\nmain()\n"


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_short_answer_imports_nothing_heavy(option: str) -> None:
    tops = _tops(_modules_after(_command(option)))
    assert "qbank" in tops
    assert tops & HEAVY == set()


@pytest.mark.parametrize("layer", PURE_LAYERS)
def test_a_pure_layer_loads_the_standard_library_alone(layer: str) -> None:
    modules = [f"qbank.{layer}.{file.stem}" for file in (ROOT / "qbank" / layer).glob("*.py")]
    before = _tops(_modules_after(""))
    after = _tops(_modules_after(f"import {', '.join(modules)}\n".replace(".__init__", "")))
    assert after - before - sys.stdlib_module_names == {"qbank"}


@pytest.mark.parametrize("module", ["qbank.clock", "qbank.errors", "qbank.store", "qbank.settings"])
def test_a_light_module_imports_nothing_heavy(module: str) -> None:
    assert _tops(_modules_after(f"import {module}\n")) & HEAVY == set()


def test_the_app_loads_nothing_for_pictures_before_there_is_one() -> None:
    tops = _tops(_modules_after("import qbank.tui, qbank.tui.app, qbank.tui.screens.exhibits\n"))
    assert "textual" in tops
    assert tops & {"PIL", "textual_image"} == set()
