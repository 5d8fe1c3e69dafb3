"""Tables written as classes, without an object mapper: a class attribute is the table's column.

Rows are read as they come and never as objects, and importing the mapper would
cost a twentieth of a second at every start. Such a class can stand wherever
SQLAlchemy Core takes a table, and type checkers see it as the mapper's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, MetaData, Table

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine


class TableClass(type):
    """Makes a `Table` of a class that names one with `__tablename__`.

    The annotation of a column says its type, and by `| None` that it may be null.
    A base class gives `metadata`, and in `types` the type for each annotation.
    """

    __table__: Table
    metadata: MetaData
    types: Mapping[str, TypeEngine[Any]]

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> None:
        super().__init__(name, bases, body)
        if "__tablename__" not in body:
            return
        columns = [
            _column(cls, attribute, said) for attribute, said in body["__annotations__"].items()
        ]
        said = body.get("__table_args__", ())
        rules = [each for each in said if not isinstance(each, dict)]
        options: dict[str, Any] = dict(*(each for each in said if isinstance(each, dict)))
        cls.__table__ = Table(body["__tablename__"], cls.metadata, *columns, *rules, **options)
        for each in columns:
            setattr(cls, each.key, each)

    def __clause_element__(cls) -> Table:
        """What SQLAlchemy asks of whatever is given to it as a table."""
        return cls.__table__


def column(*rules: Any, **options: Any) -> Any:
    """A column with its constraints and options; its name and type follow from the class."""
    return Column(*rules, **options)


def _column(cls: TableClass, name: str, annotation: str) -> Column[Any]:
    said, _, null = annotation.removeprefix("Mapped[").removesuffix("]").partition(" | ")
    made: Column[Any] = cls.__dict__.get(name, Column())
    made.name = made.key = name
    made.type = cls.types[said]
    made.nullable = bool(null)
    return made
