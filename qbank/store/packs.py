"""Packs on their way into the store: questions, versions, labels, words, in batches.

A version is never changed once it is there: a corrected question gets a new one, and what was
answered keeps pointing to the old. The search index is filled after the rows, in one go.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, tuple_, update

from qbank.content.derive import Derived, derive
from qbank.content.dump import to_document
from qbank.content.identity import content_hash, question_key
from qbank.store import question_rows, search
from qbank.store.question_rows import Incoming, as_json
from qbank.store.tables import (
    ImportRunRow,
    PackRow,
    QuestionRow,
    QuestionTagRow,
    QuestionTextRow,
    QuestionVersionRow,
)

if TYPE_CHECKING:
    from qbank.content.pack import Pack
    from qbank.content.question import Question

BATCH: Final = 500

_BY_ROW: Final = update(QuestionRow).where(QuestionRow.id == bindparam("row"))


@dataclass(slots=True)
class Counts:
    """What became of the questions of an import.

    `rekeyed` are the changed ones whose key is another; `kept` were in the pack
    before and are not in what was read, but stay.
    """

    new: int = 0
    changed: int = 0
    rekeyed: int = 0
    same: int = 0
    retired: int = 0
    kept: int = 0

    @property
    def taken(self) -> int:
        """All that were taken in."""
        return self.new + self.changed + self.same


@dataclass(frozen=True, slots=True)
class Run:
    """An import, for the record. `detail` is plain data."""

    uuid: str
    source: str
    format: str
    started_at: int
    counts: Counts
    skipped: int
    removed_characters: int
    detail: object


_Known = Row[int, str, str, int, int | None]


class PackWriter:
    """Takes one pack's questions inside the caller's transaction; `finish` ends it."""

    def __init__(
        self, connection: Connection, pack: Pack, now: int, *, shipped: bool = False
    ) -> None:
        self._connection = connection
        self._pack = pack
        self._now = now
        self._batch: list[Incoming] = []
        self._taken = 0
        self._seen: set[int] = set()
        self._last_id = connection.execute(select(func.max(QuestionRow.id))).scalar() or 0
        self.counts = Counts()
        self.pack_id = self._put_pack(shipped)

    def add(self, question: Question) -> None:
        """Take a question in. The importer has seen to it that none comes twice."""
        self._taken += 1
        key = question_key(self._pack.id, question)
        markdown = self._pack.text == "markdown"
        hashed = content_hash(question, markdown=markdown)
        self._batch.append(Incoming(question, self._taken, key, hashed, markdown=markdown))
        if len(self._batch) >= BATCH:
            self._flush()

    def finish(self, *, complete: bool) -> Counts:
        """Write what is left and index it; retire what the pack no longer holds.

        Unless the source is `complete` by its own word, nothing is retired where it shares no
        question with the pack: then it is another file of the same name, and adds to it.
        """
        self._flush()
        gone = self._unread()
        if complete or self.counts.changed or self.counts.same:
            self._retire(gone)
        else:
            self.counts.kept = len(gone)
        search.index_after(self._connection, self._last_id)
        return self.counts

    def _put_pack(self, shipped: bool) -> int:
        """The pack's row as its manifest now says; its id."""
        said = self._pack
        values = {
            "title": said.title,
            "version": said.version,
            "licence": said.licence,
            "language": said.language,
            "manifest": as_json(said.model_dump(mode="json", exclude_defaults=True)),
            "imported_at": self._now,
        }
        known = select(PackRow.id, PackRow.shipped).where(PackRow.uid == said.id)
        row = self._connection.execute(known).first()
        if row is None:
            values |= {"uid": said.id, "shipped": shipped}
            key = self._connection.execute(insert(PackRow), values).inserted_primary_key
            return int(key[0]) if key else 0
        values["shipped"] = shipped or row.shipped
        self._connection.execute(update(PackRow).where(PackRow.id == row.id), values)
        return int(row.id)

    def _flush(self) -> None:
        if not self._batch:
            return
        known = self._known([each.key for each in self._batch])
        fresh: list[Incoming] = []
        changed: list[Incoming] = []
        same: list[tuple[Incoming, _Known]] = []
        for each in self._batch:
            row = known.get(each.key)
            if row is None:
                fresh.append(each)
                continue
            self._seen.add(row.id)
            if row.current_hash == each.hash:
                same.append((each, row))
            else:
                changed.append(replace(each, question_id=row.id))
        self._insert(fresh)
        self._change(changed)
        self._keep(same)
        self._batch = []

    def _known(self, keys: Sequence[str]) -> dict[str, _Known]:
        row = QuestionRow
        query = select(row.id, row.key, row.current_hash, row.place, row.retired_at).where(
            row.pack_id == self.pack_id, row.key.in_(keys)
        )
        return {each.key: each for each in self._connection.execute(query)}

    def _insert(self, fresh: Sequence[Incoming]) -> None:
        if not fresh:
            return
        derived = [derive(each.question) for each in fresh]
        rows = [
            {**question_rows.current(each, its), "pack_id": self.pack_id, "key": each.key}
            for each, its in zip(fresh, derived, strict=True)
        ]
        self._connection.execute(insert(QuestionRow), rows)
        known = self._known([each.key for each in fresh])
        placed = [replace(each, question_id=known[each.key].id) for each in fresh]
        self._seen.update(each.question_id for each in placed)
        self._write(placed, derived)
        self.counts.new += len(fresh)

    def _change(self, changed: Sequence[Incoming]) -> None:
        if not changed:
            return
        derived = [derive(each.question) for each in changed]
        ids = [each.question_id for each in changed]
        self.counts.rekeyed += self._rekeyed(changed)
        search.unindex(self._connection, ids)
        for table in (QuestionTextRow, QuestionTagRow):
            self._connection.execute(delete(table).where(table.question_id.in_(ids)))
        rows = [
            {**question_rows.current(each, its), "retired_at": None, "row": each.question_id}
            for each, its in zip(changed, derived, strict=True)
        ]
        self._connection.execute(_BY_ROW, rows)
        self._write(changed, derived)
        search.index(self._connection, ids)
        self.counts.changed += len(changed)

    def _rekeyed(self, changed: Sequence[Incoming]) -> int:
        """How many of these have another key than their present version."""
        row, version = QuestionRow, QuestionVersionRow
        present = (version.question_id == row.id) & (version.hash == row.current_hash)
        query = select(row.id, version.content).join(version, present)
        query = query.where(row.id.in_([each.question_id for each in changed]))
        documents = {each.id: json.loads(each.content) for each in self._connection.execute(query)}
        return sum(
            documents[each.question_id]["key"] != to_document(each.question)["key"]
            for each in changed
        )

    def _keep(self, same: Sequence[tuple[Incoming, _Known]]) -> None:
        """Questions that say what they said; their place may have moved, or they come back."""
        moved = [
            {"row": row.id, "place": each.place, "retired_at": None}
            for each, row in same
            if row.place != each.place or row.retired_at is not None
        ]
        if moved:
            self._connection.execute(_BY_ROW, moved)
        self.counts.same += len(same)

    def _write(self, placed: Sequence[Incoming], derived: Sequence[Derived]) -> None:
        """Versions that are not there yet, words to search, labels."""
        wanted = [(each.question_id, each.hash) for each in placed]
        version = QuestionVersionRow
        query = select(version.question_id, version.hash).where(
            tuple_(version.question_id, version.hash).in_(wanted)
        )
        there = {(row.question_id, row.hash) for row in self._connection.execute(query)}
        versions = [
            {**question_rows.version(each, its), "created_at": self._now}
            for each, its, pair in zip(placed, derived, wanted, strict=True)
            if pair not in there
        ]
        tags = [tag for each in placed for tag in question_rows.tags(each)]
        self._connection.execute(
            insert(QuestionTextRow), [question_rows.words(each) for each in placed]
        )
        if versions:
            self._connection.execute(insert(version), versions)
        if tags:
            self._connection.execute(insert(QuestionTagRow), tags)

    def _unread(self) -> list[int]:
        """Questions that the pack holds and this source does not."""
        row = QuestionRow
        held = select(row.id).where(row.pack_id == self.pack_id, row.retired_at.is_(None))
        return [each for each in self._connection.execute(held).scalars() if each not in self._seen]

    def _retire(self, gone: Sequence[int]) -> None:
        rows = [{"row": each, "retired_at": self._now} for each in gone]
        if rows:
            self._connection.execute(_BY_ROW, rows)
        self.counts.retired = len(rows)


def record_run(connection: Connection, pack_id: int, run: Run) -> None:
    """Remember an import and what came of it."""
    values = {
        "uuid": run.uuid,
        "pack_id": pack_id,
        "source": run.source,
        "format": run.format,
        "started_at": run.started_at,
        "new": run.counts.new,
        "changed": run.counts.changed,
        "same": run.counts.same,
        "skipped": run.skipped,
        "removed_characters": run.removed_characters,
        "detail": as_json(run.detail),
    }
    connection.execute(insert(ImportRunRow), values)
