"""The word lists of the checks, read once from TOML files beside the exams."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parents[1] / "data" / "lint"


@cache
def table(name: str) -> dict[str, Any]:
    """One file as plain data."""
    return tomllib.loads((_FOLDER / name).read_text("utf-8"))
