"""An append-only log in a table of its own: of a block, of an exam day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from qbank.errors import ConcurrentRun, StoreCorrupt
from qbank.store.chain import chain, origin

if TYPE_CHECKING:
    from qbank.store.chain import Link


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a row: its place in the log from 1, the engine's time, what, and the date."""

    seq: int
    at_ms: int
    kind: str
    payload: str
    wall_at: int


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as it stands in the store, with the link that holds it to the one before."""

    entry: Entry
    chain: bytes

    @property
    def link(self) -> Link:
        """The row as the chain sees it."""
        return self.entry.seq, self.entry.at_ms, self.entry.kind, self.entry.payload, self.chain


class EventLog:
    """The logs in one table. `what` is what each belongs to, in a word."""

    def __init__(self, table: str, owner: str, what: str) -> None:
        self.what = what
        where = f"FROM {table} WHERE {owner} = :owner"
        self._tip = text(f"SELECT seq, chain {where} ORDER BY seq DESC LIMIT 1")
        self._rows = text(
            f"SELECT seq, at_ms, kind, payload, wall_at, chain {where} AND seq >= :first "
            "ORDER BY seq"
        )
        self._append = text(
            f"INSERT INTO {table} ({owner}, seq, at_ms, kind, payload, wall_at, chain) "  # noqa: S608 - our own names
            "VALUES (:owner, :seq, :at_ms, :kind, :payload, :wall_at, :chain)"
        )

    def append(
        self, connection: Connection, owner: int, uuid: str, entries: Sequence[Entry]
    ) -> None:
        """Add to the end of a log.

        Entries that stand there already, and equal, are a retry and succeed. Raises
        ConcurrentRun where somebody else wrote in their place, StoreCorrupt where
        the entries before them are gone.
        """
        first = entries[0].seq
        tip = connection.execute(self._tip, {"owner": owner}).first()
        last, link = (0, origin(uuid)) if tip is None else (tip.seq, tip.chain)
        if last < first - 1:
            raise StoreCorrupt(
                f"the store has lost {first - 1 - last} events of this {self.what}",
                hint=f"Was the file replaced? Save a copy of this {self.what}, "
                "then run `qbank doctor`.",
            )
        if last >= first:
            self._compare(connection, owner, entries)
            entries = [entry for entry in entries if entry.seq > last]
        rows = []
        for entry in entries:
            link = chain(link, entry.seq, entry.at_ms, entry.kind, entry.payload)
            rows.append(
                {
                    "owner": owner,
                    "seq": entry.seq,
                    "at_ms": entry.at_ms,
                    "kind": entry.kind,
                    "payload": entry.payload,
                    "wall_at": entry.wall_at,
                    "chain": link,
                }
            )
        if rows:
            connection.execute(self._append, rows)

    def read(self, connection: Connection, owner: int, first: int = 1) -> tuple[Logged, ...]:
        """The events in order, from the `first` on."""
        found = connection.execute(self._rows, {"owner": owner, "first": first})
        return tuple(
            Logged(Entry(seq, at_ms, kind, payload, wall_at), link)
            for seq, at_ms, kind, payload, wall_at, link in found
        )

    def _compare(self, connection: Connection, owner: int, entries: Sequence[Entry]) -> None:
        there = [row.entry for row in self.read(connection, owner, entries[0].seq)]
        theirs = {row.seq: (row.at_ms, row.kind, row.payload) for row in there}
        ours = {entry.seq: (entry.at_ms, entry.kind, entry.payload) for entry in entries}
        if theirs.keys() - ours.keys() or any(ours[seq] != row for seq, row in theirs.items()):
            raise ConcurrentRun(
                f"this {self.what} is open elsewhere",
                hint="What was done there is kept; close this one and go on there.",
            )
