"""The files of our own beside packs: what they say they are, and of which version."""

from __future__ import annotations

from pathlib import Path

_HEAD = 200


def says(path: Path, ours: str) -> bool:
    """Whether a file says at its beginning that it is of our format, whatever the version.

    `ours` is a format with its version, such as `qbank-export/1`.
    """
    name = ours.partition("/")[0]
    try:
        with path.open("rb") as file:
            return f'"format":"{name}/'.encode() in file.read(_HEAD).replace(b" ", b"")
    except OSError:
        return False


def is_newer(said: object, ours: str) -> bool:
    """Whether a document says that it is of our format in a later version."""
    if not isinstance(said, str):
        return False
    (name, _, version), (own_name, _, own_version) = said.partition("/"), ours.partition("/")
    return name == own_name and version.isdecimal() and int(version) > int(own_version)
