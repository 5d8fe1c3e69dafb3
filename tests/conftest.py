"""Takes the machine out of every test: no personal folders, no settings, no terminal's wishes."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
