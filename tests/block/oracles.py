"""The worked examples: inputs and the outputs they must give."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TOLERANCE_MS = 0.1
"""The examples are in seconds and hold to a ten-thousandth of one."""


_ENGINE = Path(__file__).with_name("oracles.json")


def oracle(name: str, file: Path = _ENGINE) -> tuple[Any, Any]:
    """Input and expected output of one worked example of a file."""
    group = json.loads(file.read_text(encoding="utf-8"))[name]
    return group["input"], group["expect"]


def in_ms(seconds: Sequence[float]) -> list[int]:
    """Whole milliseconds."""
    return [round(value * 1_000) for value in seconds]
