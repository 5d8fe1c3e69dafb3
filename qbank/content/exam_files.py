"""TOML tables as dataclasses: unknown, missing and wrong fields are named with their file."""

import tomllib
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from qbank.errors import UsageError, nearest

Row = TypeVar("Row")

# Counts that other figures are divided by.
_ABOVE_ZERO = frozenset({"blocks", "minutes", "questions", "sections", "break_every"})


@dataclass(frozen=True, slots=True)
class ExamDocument:
    """One file: its tables by name, and the date that holds for all of them."""

    file: str
    as_of: str
    tables: dict[str, list[dict[str, Any]]]

    def make_all(self, kind: type[Row], name: str) -> list[Row]:
        """The tables called `name` as `kind`, a dataclass; UsageError where one does not fit."""
        return [
            _make(kind, {"as_of": self.as_of, **table}, f"{self.file}: {name}[{place}]")
            for place, table in enumerate(self.tables.get(name, []), start=1)
        ]


def read_document(data: bytes, file: str) -> ExamDocument:
    """The `[[preset]]` and `[[blueprint]]` tables of a TOML file; UsageError where it is none."""
    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is no valid TOML: {error}") from None
    as_of = document.pop("as_of", "")
    if not isinstance(as_of, str):
        _refuse(f"{file}: as_of", "is no text", 'Write as_of = "2026-11".')
    for name, value in document.items():
        if name not in ("preset", "blueprint"):
            _refuse(f"{file}: {name}", "is no known table", "Use [[preset]] or [[blueprint]].")
        _check_tables(value, f"{file}: {name}")
    return ExamDocument(file, as_of, document)


def _make(kind: type[Row], table: dict[str, Any], where: str) -> Row:
    known: dict[str, Field[Any]] = {item.name: item for item in fields(kind)}  # type: ignore[arg-type]  # a dataclass by contract
    types = get_type_hints(kind)
    for name in table:
        if name not in known:
            near = nearest(name, known)
            fix = f"Did you mean {near!r}?" if near else f"Use one of: {', '.join(known)}."
            _refuse(f"{where}: {name}", "is no known field", fix)
    values: dict[str, Any] = {}
    for name, item in known.items():
        if name in table:
            values[name] = _value(types[name], table[name], f"{where}: {name}", name)
        elif item.default is MISSING and item.default_factory is MISSING:
            _refuse(f"{where}: {name}", "is missing", "Add it.")
    try:
        return kind(**values)
    except ValueError as error:
        _refuse(where, f"does not fit: {error}", "Change the figures.")


def _value(wanted: Any, value: object, where: str, name: str) -> object:
    if get_origin(wanted) is tuple:
        row = get_args(wanted)[0]
        tables = _check_tables(value, where)
        return tuple(_make(row, table, f"{where}[{n}]") for n, table in enumerate(tables, 1))
    if get_origin(wanted) is Literal:
        if value not in get_args(wanted):
            _refuse(
                where, f"{value!r} is not allowed", f"Use one of: {', '.join(get_args(wanted))}."
            )
        return value
    if type(value) is not wanted:
        names = {str: "text", int: "a whole number", bool: "true or false"}
        _refuse(where, f"{value!r} does not fit", f"Write {names[wanted]}.")
    if isinstance(value, int) and value < int(name in _ABOVE_ZERO):
        _refuse(where, f"{value} is too small", f"At least {int(name in _ABOVE_ZERO)}.")
    return value


def _check_tables(value: object, where: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        _refuse(where, "is no list of tables", "Write its name in double brackets.")
    return value


def _refuse(where: str, problem: str, fix: str) -> NoReturn:
    raise UsageError(f"{where} {problem}", hint=fix)
