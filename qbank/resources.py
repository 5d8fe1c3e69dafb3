"""Where the migrations and the shipped questions are.

An installed wheel carries both inside the package; a checkout (and so an
editable install) has them at its root. The package is asked first, so that an
installed program never reads a stranger's folder beside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def migrations_dir() -> Path:
    """The folder with `env.py` and `versions/`."""
    return _folder("migrations", _PACKAGE)


def questions_dir() -> Path:
    """The folder with the shipped packs, one file or folder a pack."""
    return _folder("questions", _PACKAGE)


def _folder(name: str, package: Path) -> Path:
    inside = package / f"_{name}"
    return inside if inside.is_dir() else package.parent / name
