"""Takes packs into the store, inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from qbank.importers.base import Draft, Picture, Reading
from qbank.services.views import ImportSummary, Skipped
from qbank.store.exhibits import StoredPicture, keep_pictures
from qbank.store.packs import Counts, PackWriter, Run, record_run

if TYPE_CHECKING:
    from qbank.store.types import Connection

PROGRESS_STEP: Final = 100
REMEMBERED_SKIPS: Final = 1_000


class KeysChange(Exception):
    """Ends the transaction of an import that changes keys: the store is to be copied first."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Takes packs into the store, inside one transaction.

    Unless it `may_rekey`, a question that gets another key raises KeysChange.
    """

    connection: Connection
    now: int
    progress: Callable[[int, int | None], None] | None
    dry_run: bool = False
    shipped: bool = False
    may_rekey: bool = False

    def all(self, readings: Iterable[Reading]) -> tuple[ImportSummary, ...]:
        """Every pack, one after the other; each is used up before the next is opened."""
        return tuple(self._one(reading) for reading in readings)

    def _one(self, reading: Reading) -> ImportSummary:
        """A pack of which nothing can be taken leaves no trace, and what it held before stays."""
        writer: PackWriter | None = None
        skipped: list[Skipped] = []
        removed = 0
        for done, item in enumerate(reading.items, start=1):
            if isinstance(item, Draft):
                writer = writer or self._writer(reading)
                writer.add(item.question)
                keep_pictures(self.connection, [_stored(each) for each in item.pictures])
                removed += item.removed
            else:
                skipped.append(Skipped(item.where, item.reason))
            if done % PROGRESS_STEP == 0:
                self._tell(done, reading.total)
        counts = writer.finish(complete=reading.complete) if writer else Counts()
        if counts.rekeyed and not self.may_rekey:
            raise KeysChange
        self._tell(counts.taken + len(skipped), reading.total)
        summary = ImportSummary(
            pack=reading.pack.id,
            title=reading.pack.title,
            format=reading.format,
            new=counts.new,
            changed=counts.changed,
            same=counts.same,
            skipped=tuple(skipped),
            removed_characters=removed,
            dry_run=self.dry_run,
            retired=counts.retired,
            notes=(*reading.notes, *_kept(counts)),
        )
        if writer:
            record_run(self.connection, writer.pack_id, self._run(reading, summary, counts))
        return summary

    def _writer(self, reading: Reading) -> PackWriter:
        return PackWriter(self.connection, reading.pack, self.now, shipped=self.shipped)

    def _run(self, reading: Reading, summary: ImportSummary, counts: Counts) -> Run:
        shown = [[each.where, each.reason] for each in summary.skipped[:REMEMBERED_SKIPS]]
        return Run(
            uuid=str(uuid4()),
            source=reading.source,
            format=reading.format,
            started_at=self.now,
            counts=counts,
            skipped=len(summary.skipped),
            removed_characters=summary.removed_characters,
            detail={"skipped": shown, "notes": list(summary.notes)},
        )

    def _tell(self, done: int, total: int | None) -> None:
        if self.progress is not None:
            self.progress(done, total)


def _stored(picture: Picture) -> StoredPicture:
    return StoredPicture(picture.sha256, picture.kind, picture.data)


def _kept(counts: Counts) -> Iterator[str]:
    """A sentence where a file met a pack of its name that holds other questions."""
    if counts.kept:
        yield (
            f"The pack held {counts.kept} other questions already, none of them in this file: "
            "they stay. Rename the file to make it a pack of its own."
        )
