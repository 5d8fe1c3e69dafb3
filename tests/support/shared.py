"""Where things are: the checkout, and the sample files beside it when they are there at all."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE_LAYERS = tuple(
    name for name in ("block", "analytics", "coach") if (ROOT / "qbank" / name).is_dir()
)
SHARED = ROOT.parent / "shared"


def shared(*parts: str) -> Path:
    """The path of a file or folder beside the checkout; skips the test where it is absent.

    A clone alone has no such folder: the samples belong to others and are not shipped.
    """
    path = SHARED.joinpath(*parts)
    if not path.exists():
        where = Path(SHARED.name, *parts)
        pytest.skip(f"{where} is not beside this checkout", allow_module_level=True)
    return path
