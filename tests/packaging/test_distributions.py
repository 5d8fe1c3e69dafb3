"""A wheel and an sdist hold what a person needs; the wheel built from either is the same."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.support.shared import ROOT

SHOW_RESOURCES = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from qbank import resources as r; print(r.migrations_dir()); print(r.questions_dir())"
)


def _build(source: Path, kind: str, into: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=120)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked sdist."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(_build(ROOT, "sdist", folder / "built")) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.glob("qbank-*")
    return unpacked


def _tree(folder: Path, below: str) -> set[str]:
    """The files under a folder of ours, caches left out, named as they are in the wheel."""
    return {
        f"{below}/{file.relative_to(folder).as_posix()}"
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_the_wheel_holds_the_package_the_migrations_and_the_questions_alone(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = _tree(ROOT / "qbank", "qbank")
    migrations = _tree(ROOT / "migrations", "qbank/_migrations")
    questions = _tree(ROOT / "questions", "qbank/_questions")
    assert names == package | migrations | questions
    assert any(name.startswith("qbank/_migrations/versions/") for name in names)
    assert any(name.startswith("qbank/_questions/") for name in names)


def test_the_program_finds_its_resources_in_a_wheel_and_in_a_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    inside = installed / "qbank"
    assert _resources(installed) == [str(inside / "_migrations"), str(inside / "_questions")]
    assert _resources(ROOT) == [str(ROOT / "migrations"), str(ROOT / "questions")]


def _resources(root: Path) -> list[str]:
    command = [sys.executable, "-I", "-c", SHOW_RESOURCES, str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines()


def test_the_sdist_builds_the_same_wheel(wheel: Path, source: Path, tmp_path: Path) -> None:
    assert _build(source, "wheel", tmp_path).read_bytes() == wheel.read_bytes()


def test_the_sdist_holds_what_the_tests_and_targets_need(source: Path) -> None:
    files = ("Makefile", "constraints.txt", "tests/conftest.py", "tools/setup.sh", ".ci/run")
    assert [name for name in files if not (source / name).is_file()] == []
    assert not list(source.rglob(".venv"))
    assert not list(source.rglob("*.db"))
