"""What the screen remembers from one start to the next: no setting, no datum, only a habit."""

from __future__ import annotations

import json
from pathlib import Path

Value = str | int


class Memory:
    """A few words in a small file; a file that cannot be read or written is as good as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values = _read(file)

    def text(self, name: str, default: str) -> str:
        """A remembered word."""
        value = self._values.get(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str) -> int:
        """A remembered count; 0 where there is none."""
        value = self._values.get(name, 0)
        return value if isinstance(value, int) else 0

    def keep(self, name: str, value: Value) -> None:
        """Remember a value until `write`."""
        self._values[name] = value

    def write(self) -> None:
        """Put the values on disk, where the folder exists."""
        beside = self._file.with_suffix(".new")
        try:
            beside.write_text(json.dumps(self._values), encoding="utf-8")
            beside.replace(self._file)
        except OSError:
            return


def _read(file: Path) -> dict[str, Value]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(name): value for name, value in values.items() if isinstance(value, str | int)}
