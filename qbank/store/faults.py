"""What SQLite reports, in the program's own exceptions. Imports no database library of others."""

from __future__ import annotations

import sqlite3

from qbank.errors import NotSaved, QbankError, StoreBusy, StoreCorrupt, StoreError

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file raises: damaged text, in a row or in SQLite's own message, cannot be read."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REFUSED = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space, then try again."),
    sqlite3.SQLITE_IOERR: ("the disk reported an error", "Check the disk, then try again."),
    sqlite3.SQLITE_READONLY: (
        "the store may not be written to",
        "Check who owns the folder and the file, or choose another folder with --data-dir.",
    ),
}


def store_fault(error: BaseException | None) -> QbankError | None:
    """The exception for a failure of the disk, the file or a lock; None for anything else.

    Anything else (a constraint, wrong SQL) is for the caller: it may be a bug.
    """
    if not isinstance(error, UNREADABLE):
        return None
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    undecodable = isinstance(error, UnicodeDecodeError) or "Could not decode" in str(error)
    if code in _BUSY:
        return StoreBusy(
            "another program holds the store",
            hint="Close the program that has the file open, then try again.",
        )
    if code in _DAMAGED or undecodable:
        return StoreCorrupt(
            f"the store is damaged or is no database ({error})",
            hint="Run `qbank doctor`, or `qbank restore` with a backup.",
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreError("the store cannot be opened", hint="Check the folder, or use --data-dir.")
    if code in _REFUSED:
        message, hint = _REFUSED[code]
        return NotSaved(message, hint=hint)
    return None
