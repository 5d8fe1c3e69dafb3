"""The worked examples of the figures. They are in seconds; the program is in milliseconds."""

from pathlib import Path
from typing import Any

from tests.block import oracles

TOLERANCE = 1e-4
TOLERANCE_MS = oracles.TOLERANCE_MS
in_ms = oracles.in_ms


def oracle(name: str) -> tuple[Any, Any]:
    """Input and expected output of one worked example."""
    return oracles.oracle(name, Path(__file__).with_name("oracles.json"))
