"""Logs that come from another store: the same beginning, and what is more in one of the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from qbank.store.portable import Item, values

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Logs:
    """The logs in one table: `rows` own them, by the column `owner` of `events`."""

    connection: Connection
    rows: Any
    events: Any
    owner: str

    def same_beginning(self, row: int, item: Item) -> bool:
        """Whether the log here and the one that comes are one log, as far as both go."""
        spec = select(self.rows.spec).where(self.rows.id == row)
        if self.connection.execute(spec).scalar() != item["spec"]:
            return False
        query = select(self.events.seq, self.events.chain).where(self._of(row))
        here = {each.seq: each.chain for each in self.connection.execute(query)}
        return all(
            here.get(event["seq"]) in (None, bytes.fromhex(event["chain"]))
            for event in item["events"]
        )

    def more(self, row: int, item: Item) -> list[Item]:
        """The events that the log here lacks."""
        latest = select(func.max(self.events.seq)).where(self._of(row))
        last = self.connection.execute(latest).scalar() or 0
        return [event for event in item["events"] if event["seq"] > last]

    def append(self, row: int, events: list[Item]) -> None:
        """Add events to the log."""
        name = self.events.__tablename__
        new = [{**values(name, each), self.owner: row} for each in events]
        if new:
            self.connection.execute(insert(self.events), new)

    def _of(self, row: int) -> Any:
        return getattr(self.events, self.owner) == row
