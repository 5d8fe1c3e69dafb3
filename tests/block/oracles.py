"""The worked examples: inputs and the outputs they must give."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TOLERANCE_MS = 0.1
"""The examples are in seconds and hold to a ten-thousandth of one."""


def oracle(name: str) -> tuple[Any, Any]:
    """Input and expected output of one worked example."""
    text = (Path(__file__).parent / "oracles.json").read_text(encoding="utf-8")
    group = json.loads(text)[name]
    return group["input"], group["expect"]


def in_ms(seconds: Sequence[float]) -> list[int]:
    """Whole milliseconds."""
    return [round(value * 1_000) for value in seconds]
