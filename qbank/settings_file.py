"""Writing to the person's settings file: one value at a time, the rest as they wrote it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from qbank.errors import UsageError
from qbank.settings import FOLDER_MODE, Settings, from_environment, read_file, read_value

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_ONE_AT_A_TIME: Final = Lock()
"""A change reads the file and replaces it: of two at once, one would be lost."""


def put(file: Path, name: str, value: object) -> Any:
    """Write a value of a setting; comments, order and everything else stay. Returns it as read.

    For `keys` the value is a mapping that replaces the table. Raises UsageError for a
    name or a value that is no good, and where the file cannot be read or written.
    """
    import tomlkit

    read = read_value(name, value, "config")
    with _ONE_AT_A_TIME:
        document = _document(file)
        if name == "keys":
            _change_table(document, dict(read))
        elif name in document:
            document[name] = _written(read)
        else:
            line = f"{name} = {tomlkit.item(_written(read)).as_string()}\n"
            document = tomlkit.parse(_put_in(document.as_string(), line))
        _save(file, document)
    return read


def drop(file: Path, name: str) -> None:
    """Take a setting out of the file, so that the default holds again."""
    with _ONE_AT_A_TIME:
        document = _document(file)
        if name in document:
            del document[name]
            _save(file, document)


def origin(settings: Settings, name: str, environ: Mapping[str, str] | None = None) -> str:
    """Where a value comes from: `environment`, `file`, `option` or `default`."""
    env = os.environ if environ is None else environ
    value = getattr(settings, name)
    if name in (there := from_environment(env)) and there[name] == value:
        return "environment"
    if name in (there := read_file(settings.paths.config)) and there[name] == value:
        return "file"
    return "default" if value == getattr(Settings(), name) else "option"


def _written(value: Any) -> Any:
    """A value as TOML has it."""
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def _change_table(document: TOMLDocument, keys: Mapping[str, str]) -> None:
    """Make `[keys]` hold these, line by line, so that comments beside the others stay."""
    import tomlkit

    table = document.setdefault("keys", tomlkit.table())
    for action in set(table) - set(keys):
        del table[action]
    for action, pressed in keys.items():
        if table.get(action) != pressed:
            table[action] = pressed


def _put_in(text: str, line: str) -> str:
    """The text with a line for a new value: before the first table and what leads up to it."""
    lines = text.splitlines(keepends=True)
    at = next((n for n, each in enumerate(lines) if each.lstrip().startswith("[")), len(lines))
    while 0 < at < len(lines) and lines[at - 1].lstrip()[:1] in ("#", ""):
        at -= 1
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += "\n"
    return "".join([*lines[:at], line, *lines[at:]])


def _document(file: Path) -> TOMLDocument:
    """The file as it was written; empty where there is none. Held to be right before it changes."""
    import tomlkit

    read_file(file)
    return tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()


def _save(file: Path, document: TOMLDocument) -> None:
    """Replace the file at once, so that no half of it is ever there; a link stays a link."""
    target = file.resolve()
    beside = target.with_name(f"{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        beside.write_text(document.as_string(), encoding="utf-8")
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    except OSError as bad:
        raise UsageError(f"the settings file {file} cannot be written ({bad})") from bad
