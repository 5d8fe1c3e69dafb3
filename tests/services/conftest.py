"""A desk for every test that wants one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk import Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new store with twenty questions."""
    with desk_in(tmp_path) as one:
        yield one
