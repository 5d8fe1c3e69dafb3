"""The one place that writes to stdout. Data goes there; words to a person go to stderr.

Whatever is printed passes the text gate's last line of defence: a pack's text
reaches the shell without control or bidi characters.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from qbank.errors import PackError, QbankError

# C0 without tab and newline, DEL, C1, and the characters that reorder or hide text.
_UNSAFE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys((*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""),
}
del _UNSAFE[ord("\n")], _UNSAFE[ord("\t")]


class ReaderGone(Exception):
    """Who read our output has left, as `head` does; there is nobody to tell."""


def safe(text: str) -> str:
    """The text with every character that could act on a terminal replaced."""
    return text.translate(_UNSAFE)


def emit(text: str) -> None:
    """Write a line of data to stdout."""
    _write(sys.stdout, text)


def emit_raw(text: str) -> None:
    """Write a program's own text (a script, a document) to stdout as it is."""
    _pour(sys.stdout, text if text.endswith("\n") else text + "\n")


def emit_json(value: Any) -> None:
    """Write a JSON document to stdout; non-ASCII text stays readable."""
    emit_raw(json.dumps(value, ensure_ascii=False, indent=2))


def tell(text: str) -> None:
    """Say something to the person, on stderr."""
    _write(sys.stderr, text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write an aligned table to stdout: a head, then rows of as many cells."""
    body = [[safe(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    for row in [list(head), *body]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        emit("  ".join(cells).rstrip())


def tell_error(error: QbankError) -> None:
    """Say what went wrong and what to do; a pack's findings one a line."""
    tell(f"qbank: {error.message}")
    if isinstance(error, PackError):
        for finding in error.findings:
            tell(f"  {finding}")
    if error.hint:
        tell(error.hint)


def close_quietly() -> None:
    """Stop writing to a pipe whose reader has left, without a trace."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _write(stream: TextIO, text: str) -> None:
    _pour(stream, safe(text) + "\n")


def _pour(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError as gone:
        raise ReaderGone from gone
