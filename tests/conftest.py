"""Takes the machine out of every test: no personal folders, no settings, no terminal's wishes."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from qbank import resources
from tests.support.desk import Desk, desk_in

# Textual reads these once, when it is imported.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.pop("TEXTUAL_FPS", None)

# A shared machine is slow at times: a deadline would measure the neighbours.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("proof", settings.get_profile("default"), max_examples=2_000)
settings.load_profile("default")

_PERSONAL = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLORTERM", "COLUMNS", "LINES", "PAGER")


@pytest.fixture(autouse=True)
def _no_personal_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point every folder a program may look for at an empty one, in one time zone and language."""
    for name in os.environ:
        if name.startswith("QBANK_") or name in _PERSONAL:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="session")
def _one_shipped_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of shipped questions with the starter pack alone."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copy(resources.questions_dir() / "starter.yaml", folder)
    return folder


@pytest.fixture(autouse=True)
def _few_questions(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _one_shipped_pack: Path
) -> None:
    """Let a new store begin with one pack: it is there sooner, and its figures stay as they are.

    A test marked `every_pack` gets all that ships.
    """
    if request.node.get_closest_marker("every_pack") is None:
        monkeypatch.setattr(resources, "questions_dir", lambda: _one_shipped_pack)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new store with twenty questions, whose right answer is always the second option."""
    with desk_in(tmp_path) as one:
        yield one
