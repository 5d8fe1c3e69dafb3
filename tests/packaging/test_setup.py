"""What `tools/setup.sh` says where it cannot go on; a stand-in plays the interpreter."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.shared import ROOT

# Answers as an interpreter would: `-c CODE` is told apart by what the code is about.
STAND_IN = """#!/bin/sh
case "$2" in
    *sys.exit*) exit {old} ;;
    *print*) echo {version} ;;
    *ensurepip*) exit {bare} ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", tmp_path / "tools")
    return tmp_path


def _set_up(checkout: Path, python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "tools" / "setup.sh", "run"],
        check=False,
        env={"PATH": f"{checkout}:/usr/bin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        timeout=60,
    )


def _stand_in(checkout: Path, *, version: str, old: bool = False, bare: bool = False) -> None:
    file = checkout / "stand-in"
    file.write_text(STAND_IN.format(version=version, old=int(old), bare=int(bare)))
    file.chmod(0o755)


def test_a_python_without_ensurepip_names_the_package_to_install(checkout: Path) -> None:
    _stand_in(checkout, version="3.12", bare=True)
    done = _set_up(checkout, "stand-in")
    assert done.returncode == 1
    assert "sudo apt install python3-venv (or python3.12-venv)" in done.stderr
    assert not (checkout / ".venv").exists()


def test_an_old_python_is_refused_by_its_version(checkout: Path) -> None:
    _stand_in(checkout, version="3.9", old=True)
    done = _set_up(checkout, "stand-in")
    assert done.returncode == 1
    assert "qbank needs Python 3.11 or newer; stand-in is 3.9." in done.stderr


def test_a_python_that_is_not_there_is_named(checkout: Path) -> None:
    done = _set_up(checkout, "python9")
    assert done.returncode == 1
    assert "There is no python9 to run." in done.stderr
