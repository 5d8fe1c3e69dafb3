"""Small files of every format, read as the expected file beside each says."""

import json
from pathlib import Path

import pytest

from tests.importers.reading import read_one

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = ".expected.json"
INPUTS = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(EXPECTED))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_reads_as_expected(path: Path) -> None:
    expected = json.loads((GOLDEN / f"{path.name}{EXPECTED}").read_text(encoding="utf-8"))
    assert read_one(path) == expected


def test_every_row_is_taken_or_skipped() -> None:
    for path in INPUTS:
        found = read_one(path)
        assert len(found["taken"]) + len(found["skipped"]) == found["total"], path.name
