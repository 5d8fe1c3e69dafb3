"""The exception tree: what went wrong, what to do about it, and the exit code it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

_NEAR = 0.65
"""How alike two names are to be taken for one, from 0 to 1: `histroy` and `history` are 0.86."""


class QbankError(Exception):
    """A failure that a person is told about in one line.

    `message` says what happened, `hint` what to do. Fronts print both and leave
    with `exit_code`; nothing below the fronts prints.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(QbankError):
    """The person asked for something that cannot be: a wrong value, a missing file."""

    exit_code = 2


class NotFound(UsageError):
    """An unknown name; names the nearest known one where there is one near."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
        near = nearest(name, known)
        hint = f"Did you mean {near!r}?" if near else ""
        super().__init__(f"there is no {what} {name!r}", hint=hint)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of a pack: where it is, what is wrong, what to do.

    `line` counts from 1 (a row number for tables) and is None where a file has
    no lines; `field` is a path such as `options[2].text`, empty for the whole.
    """

    file: str
    line: int | None
    field: str
    problem: str
    fix: str = ""

    @property
    def where(self) -> str:
        """`file:line`, or the file alone."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        parts = [self.where, self.field, self.problem]
        text = ": ".join(part for part in parts if part)
        return f"{text}. {self.fix}" if self.fix else text


class PackError(QbankError):
    """A pack that was refused; nothing of it was stored."""

    exit_code = 2

    def __init__(self, message: str, findings: Sequence[Finding] = (), *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.findings = tuple(findings)


class StoreError(QbankError):
    """The store cannot be used as it is."""

    exit_code = 3


class SchemaBehind(StoreError):
    """The store is older than this program and was not upgraded."""


class SchemaAhead(StoreError):
    """The store was made by a newer qbank."""


class StoreForeign(StoreError):
    """The file is a database, but not one of ours."""


class StoreBusy(StoreError):
    """Another program holds the store for longer than we wait."""


class StoreReadOnly(StoreError):
    """The store's folder or file may be read and not written to."""


class StoreCorrupt(StoreError):
    """The file is damaged or is no database."""


class ConcurrentRun(QbankError):
    """Somebody else writes: another qbank holds the store, or runs this block."""

    exit_code = 4


class IllegalCommand(QbankError):
    """A command that the block's present state does not allow; nothing changed."""


class NotSaved(QbankError):
    """An event could not be committed; it is kept in memory until it can."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where nothing is near."""
    by_fold = {item.casefold(): item for item in known}
    close = get_close_matches(name.casefold(), by_fold, n=1, cutoff=_NEAR)
    return by_fold[close[0]] if close else None
