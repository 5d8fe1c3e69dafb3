"""What the screen remembers from one start to the next: no setting, no datum, only a habit."""

from __future__ import annotations

from pathlib import Path


class Memory:
    """A few words in a small file; a file that cannot be read or written is as good as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values = _read(file)

    def text(self, name: str, default: str) -> str:
        """A remembered word."""
        return self._values.get(name, default)

    def number(self, name: str) -> int:
        """A remembered count; 0 where there is none."""
        value = self._values.get(name, "")
        return int(value) if value.isdecimal() else 0

    def keep(self, name: str, value: str | int) -> None:
        """Remember a value until `write`."""
        self._values[name] = str(value)

    def write(self) -> None:
        """Put the values on disk, where the folder exists."""
        beside = self._file.with_suffix(".new")
        lines = [f"{name}={value}\n" for name, value in self._values.items()]
        try:
            beside.write_text("".join(lines), encoding="utf-8")
            beside.replace(self._file)
        except OSError:
            return


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.partition("=") for line in lines)
    return {name: value for name, sign, value in pairs if sign}
