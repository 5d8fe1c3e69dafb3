"""What every table has in common: named constraints, the types of columns, references."""

from __future__ import annotations

from types import MappingProxyType

from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, Integer, LargeBinary, MetaData, Text

from qbank.store.row_class import TableClass

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Epoch milliseconds need 64 bits; on SQLite every integer has them, and only a
# column called INTEGER can be the row's own key.
WHOLE = BigInteger().with_variant(Integer(), "sqlite")


class Base(metaclass=TableClass):
    """Names every constraint, so that a migration can find it."""

    metadata = MetaData(naming_convention=CONVENTION)
    types = MappingProxyType(
        {"int": WHOLE, "str": Text(), "bytes": LargeBinary(), "float": Float(), "bool": Boolean()}
    )


def to(column: str) -> ForeignKey:
    """A reference that keeps what it points to from being deleted."""
    return ForeignKey(column, ondelete="RESTRICT")
