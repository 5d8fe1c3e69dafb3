"""What the import contracts cannot say by themselves."""

import tomllib
from typing import Any

from tests.support.shared import PURE_LAYERS, ROOT


def _contract(name: str) -> dict[str, Any]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = config["tool"]["importlinter"]["contracts"]
    found: dict[str, Any] = next(one for one in contracts if one["name"] == name)
    return found


def test_each_pure_layer_that_exists_is_held_to_the_standard_library() -> None:
    listed = _contract("the pure layers use the standard library only")["source_modules"]
    assert listed == [f"qbank.{name}" for name in PURE_LAYERS]


def test_the_layers_are_exhaustive() -> None:
    assert _contract("layers")["exhaustive"] is True
