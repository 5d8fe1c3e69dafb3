"""What a person types, in a file or at a prompt, as the values that are meant.

Light to import. The readers of settings raise ValueError, saying what they take.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from qbank.errors import UsageError, nearest

Reader = Callable[[object], Any]

_TRUTH: Final = {"1": True, "true": True, "yes": True, "on": True} | {
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def path(said: str) -> Path:
    """A path, `~` being the person's own folder. Raises UsageError for the `~` of nobody here."""
    try:
        return Path(said).expanduser()
    except RuntimeError:
        whose = said.partition("/")[0]
        raise UsageError(f"there is no folder {whose!r}", hint="Write the whole path.") from None


def choice(*allowed: str) -> Reader:
    """A reader of one of a few words."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        near = nearest(value, allowed) if isinstance(value, str) else None
        meant = f"; did you mean {near!r}?" if near else ""
        raise ValueError(f"it takes {', '.join(allowed)}, not {value!r}{meant}")

    return read


def switch(value: object) -> bool:
    """True or false, also as the words that people write for them."""
    read = value if isinstance(value, bool) else _TRUTH.get(str(value).strip().lower())
    if read is None:
        raise ValueError(f"it takes true or false, not {value!r}")
    return read


def text(value: object) -> str:
    """Text without space around it."""
    if not isinstance(value, str):
        raise ValueError(f"it takes text, not {value!r}")
    return value.strip()


def day(value: object) -> str:
    """An ISO date, from any way of writing a day; empty for none."""
    from datetime import date

    from qbank.reporting.day_words import read_day

    if isinstance(value, date):
        return date(value.year, value.month, value.day).isoformat()
    said = text(value)
    try:
        return read_day(said).isoformat() if said else ""
    except ValueError:
        raise ValueError(f"it takes a day as 2026-12-18 or 18 Dec 2026, not {said!r}") from None


def folder(value: object) -> Path:
    """A folder, which need not exist."""
    if not (isinstance(value, str | Path) and str(value).strip()):
        raise ValueError(f"it takes a folder, not {value!r}")
    try:
        return path(str(value))
    except UsageError as bad:
        raise ValueError(bad.message) from None


def folders(value: object) -> tuple[Path, ...]:
    """Folders from a list, or from text as the system's PATH has them."""
    listed = [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple):
        raise ValueError(f"it takes a list of folders, not {value!r}")
    return tuple(folder(each) for each in listed)


def keymap(value: object) -> tuple[tuple[str, str], ...]:
    """Pairs of an action's name and its keys, from a table or from `name=keys;name=keys`."""
    if isinstance(value, str):
        parts = [part.partition("=") for part in value.split(";") if part.strip()]
        value = {name.strip(): keys for name, _, keys in parts}
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        raise ValueError(f"it takes a table of actions and their keys, not {value!r}")
    return tuple((name, keys.replace(" ", "")) for name, keys in sorted(value.items()))
