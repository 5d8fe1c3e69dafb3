"""Machines for every test that wants some."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.machines import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Callable[[str], Machine]]:
    """Makes machines by name, and closes them."""
    made: list[Machine] = []

    def make(name: str) -> Machine:
        made.append(Machine(tmp_path / name))
        return made[-1]

    yield make
    for each in made:
        each.app.close()
