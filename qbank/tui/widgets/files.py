"""The file picker: folders, and the files that a pack may come in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from textual.widgets import DirectoryTree

_SUFFIXES: Final = frozenset(
    {".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".zip"}
)


class Files(DirectoryTree):
    """A tree of folders; hidden ones and files of other kinds are left out."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """What may be worth opening."""
        return [path for path in paths if not path.name.startswith(".") and _may_hold(path)]


def _may_hold(path: Path) -> bool:
    if path.suffix.lower() in _SUFFIXES:
        return True
    try:
        return path.is_dir()
    except OSError:
        return False
