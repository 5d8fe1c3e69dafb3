"""Reads a source into plain data, for comparing with what is expected."""

from pathlib import Path
from typing import Any

from qbank.content.dump import to_document
from qbank.importers.base import Draft, Reading, ReadOptions
from qbank.importers.registry import open_path


def plain(reading: Reading) -> dict[str, Any]:
    """A reading, used up, as data that JSON can hold."""
    taken: dict[str, Any] = {}
    skipped: list[list[str]] = []
    removed = 0
    for item in reading.items:
        if isinstance(item, Draft):
            taken[item.where] = to_document(item.question)
            removed += item.removed
        else:
            skipped.append([item.where, item.reason])
    return {
        "pack": reading.pack.model_dump(mode="json", exclude_defaults=True),
        "format": reading.format,
        "total": reading.total,
        "complete": reading.complete,
        "removed": removed,
        "notes": reading.notes,
        "taken": taken,
        "skipped": skipped,
    }


def read(path: Path, format_name: str | None = None, **options: Any) -> list[dict[str, Any]]:
    """Every pack at `path`."""
    return [plain(reading) for reading in open_path(path, format_name, ReadOptions(**options))]


def read_one(path: Path, format_name: str | None = None, **options: Any) -> dict[str, Any]:
    """The one pack at `path`."""
    (only,) = read(path, format_name, **options)
    return only


def read_bytes(folder: Path, name: str, data: bytes, **options: Any) -> dict[str, Any]:
    """The one pack of a file with this name and content."""
    path = folder / name
    path.write_bytes(data)
    return read_one(path, **options)
