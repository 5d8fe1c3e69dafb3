"""A block's log in a file of its own, for when the store cannot be written to."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qbank.errors import UsageError
from qbank.services.formats import is_newer, says
from qbank.store.block_log import Entry

if TYPE_CHECKING:
    from qbank.block.model import BlockSpec
    from qbank.store.blocks import Head

FORMAT = "qbank-log/1"


def write_copy(path: Path, head: Head, spec: BlockSpec, log: Sequence[Entry]) -> None:
    """Write the whole log of a block to a new file, on the disk before this returns.

    Raises UsageError where the file exists or cannot be written.
    """
    document = {
        "format": FORMAT,
        "block": head.uuid,
        "name": head.name,
        "questions": [slot.question for slot in spec.slots],
        "events": [asdict(entry) for entry in log],
    }
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise UsageError(f"{path} exists already", hint="Choose another name.") from None
    except OSError as bad:
        raise UsageError(
            f"{path} cannot be written ({bad.strerror})", hint="Choose another folder."
        ) from bad


def is_copy(path: Path) -> bool:
    """Whether a file says that it is such a copy, of whatever version."""
    return says(path, FORMAT)


def read_copy(path: Path) -> tuple[str, tuple[Entry, ...]]:
    """The block's UUID and its log. Raises UsageError where the file is no such copy."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return _block(document), tuple(Entry(**entry) for entry in document["events"])
    except OSError as bad:
        raise UsageError(f"{path} cannot be read ({bad.strerror})") from bad
    except (ValueError, TypeError, KeyError) as bad:
        raise UsageError(f"{path} is no saved copy of a block") from bad


def _block(document: Any) -> str:
    if is_newer(document["format"], FORMAT):
        raise UsageError(
            "the copy was made by a newer qbank; nothing was changed", hint="Upgrade the program."
        )
    if document["format"] != FORMAT or not isinstance(document["block"], str):
        raise ValueError(document["format"])
    return document["block"]
