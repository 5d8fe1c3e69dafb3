"""A store made once, copied for every test."""

from collections.abc import Callable
from pathlib import Path

import pytest
import textual._wait

from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from tests.tui.support import copy_of, pack_text, settings_for

# A pilot waits in steps of 20 ms until the process is idle; smaller steps are as safe.
textual._wait.SLEEP_GRANULARITY = 1 / 250


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped pack and the test pack."""
    folder = tmp_path_factory.mktemp("template")
    pack = folder / "bench.yaml"
    pack.write_text(pack_text(), encoding="utf-8")
    application = open_app(settings_for(folder / "data"), clock=ManualClock())
    application.packs.import_path(pack)
    application.close()
    return folder / "data"


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    return copy_of(template, tmp_path)


@pytest.fixture
def importing(data: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Import a pack, given as text, into the test's own store; gives its folder."""

    def take(text: str) -> Path:
        file = tmp_path / ("more.json" if text.startswith("{") else "more.yaml")
        file.write_text(text, encoding="utf-8")
        application = open_app(settings_for(data), clock=ManualClock())
        application.packs.import_path(file)
        application.close()
        return data

    return take
