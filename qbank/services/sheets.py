"""Sheets to talk questions over: made from a closed block, written where nothing stands yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.errors import UsageError
from qbank.services.discussion import sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qbank.services.review import ReviewService


def sheet_of(review: ReviewService, block_id: str, positions: Sequence[int]) -> str:
    """Some questions of a closed block as Markdown, keys and reasons on a page of their own."""
    name = review.report(block_id).summary.name
    return sheet(name, [review.question(block_id, position) for position in positions])


def write_new(path: Path, text: str) -> None:
    """Write a file. Raises UsageError where there is one already, or where none can be."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already", hint="Choose another name.") from None
    except OSError as bad:
        raise UsageError(f"{path} cannot be written ({bad.strerror})") from bad
