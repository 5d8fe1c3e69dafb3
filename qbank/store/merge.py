"""Puts what another store exported into this one: what is new is added, nothing is replaced.

Blocks are logs with UUIDs, so two stores merge as sets: a block that is not here
comes in, one that went on elsewhere is made longer, and one that went two ways
stays as it is here. All inside the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import StatementError

from qbank.store.blocks import drop_unbegun
from qbank.store.merge_logs import Logs
from qbank.store.merge_questions import Misfit, Questions, put, read_json, row_id
from qbank.store.portable import Item, table, values
from qbank.store.results import check_entry
from qbank.store.tables import (
    AttemptMarkRow,
    BlockEventRow,
    BlockRow,
    LearnerRow,
    NoteRow,
    PresetRow,
    RegradeRow,
    ResultEntryRow,
    SittingEventRow,
    SittingRow,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLLOWS_THE_LOG = (
    "status",
    "started_at",
    "closed_at",
    "close_reason",
    "offset_min",
    "heartbeat_at_ms",
    "boot_id",
    "awake_ms",
    "elapsed_ms",
    "used_ms",
    "paused_ms",
    "interrupted",
)
"""Columns of a block that its log moves."""


@dataclass(slots=True)
class Merged:
    """What came of it.

    `blocks` and `days` are those that are new or longer now: learner's row and UUID.
    """

    learner: str = ""
    blocks: list[tuple[int, str]] = field(default_factory=list)
    days: list[tuple[int, str]] = field(default_factory=list)
    new: int = 0
    longer: int = 0
    same: int = 0
    apart: list[tuple[str, str]] = field(default_factory=list)
    """Blocks and days that went two ways: name and UUID."""


def merge(connection: Connection, document: Item, now: int) -> Merged:
    """Put a document of the right shape in. Raises `Misfit` where it does not hold together."""
    try:
        return _Merger(connection, now).all(document)
    except StatementError as error:
        raise Misfit(f"a row breaks a rule of the store ({error.orig})") from error


class _Merger:
    def __init__(self, connection: Connection, now: int) -> None:
        self._connection = connection
        self._questions = Questions(connection, now)
        self._learner = 0
        self._block_logs = Logs(connection, BlockRow, BlockEventRow, "block_id")
        self._day_logs = Logs(connection, SittingRow, SittingEventRow, "sitting_id")
        self._done = Merged()

    def all(self, document: Item) -> Merged:
        """Every part, each after those it refers to."""
        self._take_learner(document["learner"])
        for part, take in (
            ("packs", self._questions.take_pack),
            ("exhibits", self._questions.take_exhibit),
            ("questions", self._questions.take_question),
            ("regrades", self._take_regrade),
            ("notes", self._take_note),
            ("presets", self._take_preset),
            ("results", self._take_result),
            ("sittings", self._take_sitting),
            ("blocks", self._take_block),
        ):
            for item in document[part]:
                take(item)
        for item in document["blocks"]:
            self._take_repeat(item)
        return self._done

    # --- whose it is ---

    def _take_learner(self, item: Item) -> None:
        """The learner of that UUID; else one here who has done nothing yet; else a new one."""
        known = row_id(self._connection, LearnerRow, uuid=item["uuid"])
        idle = known or self._idle(item["kind"])
        if known is None and idle is not None:
            said = {**values("learner", item), "name": self._free_name(item["name"], idle)}
            self._connection.execute(update(LearnerRow).where(LearnerRow.id == idle), said)
        self._learner = idle or put(
            self._connection,
            LearnerRow,
            {**values("learner", item), "name": self._free_name(item["name"])},
        )
        self._done.learner = self._connection.execute(
            select(LearnerRow.name).where(LearnerRow.id == self._learner)
        ).scalar_one()

    def _idle(self, kind: str) -> int | None:
        busy = [
            select(owned.learner_id).where(owned.learner_id == LearnerRow.id).exists()
            for owned in (BlockRow, NoteRow, PresetRow, ResultEntryRow, SittingRow)
        ]
        query = select(LearnerRow.id).where(LearnerRow.kind == kind, *(~each for each in busy))
        return self._connection.execute(query.order_by(LearnerRow.id)).scalar()

    def _free_name(self, name: str, mine: int = 0) -> str:
        taken = set(
            self._connection.execute(select(LearnerRow.name).where(LearnerRow.id != mine)).scalars()
        )
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name} {number}"
        return free

    # --- what was said of questions ---

    def _take_regrade(self, item: Item) -> None:
        version = self._questions.version(item)
        key = _option_ids(item["key"])
        if not key or not key <= self._questions.options(version):
            raise Misfit(f"the corrected key of {item['question']} names no option")
        mine = RegradeRow.version_id == version
        row = {**values("regrade", item), "version_id": version}
        self._newest(RegradeRow, mine, row, "regraded_at")

    def _take_note(self, item: Item) -> None:
        question = self._questions.question(item)
        mine = (NoteRow.learner_id == self._learner) & (NoteRow.question_id == question)
        owner = {"learner_id": self._learner, "question_id": question}
        self._newest(NoteRow, mine, {**values("note", item), **owner}, "written_at")

    def _take_preset(self, item: Item) -> None:
        read_json(item["request"], f"the preset {item['name']}")
        if row_id(self._connection, PresetRow, learner_id=self._learner, name=item["name"]) is None:
            row = {**values("preset", item), "learner_id": self._learner}
            self._connection.execute(insert(PresetRow), row)

    def _take_result(self, item: Item) -> None:
        """A result is never changed, only taken away; that holds wherever it comes from."""
        check_entry(item, read_json(item["bands"], f"the bands of {item['name']}"))
        known = row_id(self._connection, ResultEntryRow, uuid=item["uuid"])
        if known is None:
            row = {**values("result_entry", item), "learner_id": self._learner}
            self._connection.execute(insert(ResultEntryRow), row)
        elif item["deleted_at"] is not None:
            here = (ResultEntryRow.id == known) & ResultEntryRow.deleted_at.is_(None)
            gone = {"deleted_at": item["deleted_at"]}
            self._connection.execute(update(ResultEntryRow).where(here), gone)

    def _newest(self, rows: Any, mine: Any, row: Item, when: str) -> None:
        """One may stand here; the later of the two stays."""
        column = getattr(rows, when)
        there = self._connection.execute(select(column).where(mine)).scalar()
        if there is not None and there >= row[when]:
            return
        self._connection.execute(delete(rows).where(mine))
        self._connection.execute(insert(rows), row)

    # --- exam days ---

    def _take_sitting(self, item: Item) -> None:
        """A day that is new comes in; one that went on elsewhere is made longer."""
        known = row_id(self._connection, SittingRow, uuid=item["uuid"])
        if known is None:
            row = {**values("sitting", item), "learner_id": self._learner}
            self._day_logs.append(put(self._connection, SittingRow, row), item["events"])
            self._done.days.append((self._learner, item["uuid"]))
        elif not self._day_logs.same_beginning(known, item):
            self._done.apart.append((item["name"], item["uuid"]))
        elif more := self._day_logs.more(known, item):
            self._day_logs.append(known, more)
            row = values("sitting", item)
            self._connection.execute(update(SittingRow).where(SittingRow.id == known), row)
            owner = self._owner(SittingRow, known)
            if item["status"] == "over":
                drop_unbegun(self._connection, owner, sitting=known)
            self._done.days.append((owner, item["uuid"]))

    def _sitting(self, item: Item) -> int | None:
        """The row of the day that a block names."""
        if item["sitting"] is None:
            return None
        known = row_id(self._connection, SittingRow, uuid=item["sitting"])
        if known is None:
            raise Misfit(f"{item['name']} belongs to an exam day that is not there")
        return known

    # --- blocks ---

    def _take_block(self, item: Item) -> None:
        known = row_id(self._connection, BlockRow, uuid=item["uuid"])
        if known is None:
            self._add_block(item)
        elif not self._block_logs.same_beginning(known, item):
            self._done.apart.append((item["name"], item["uuid"]))
        else:
            self._go_on(known, item)
        self._take_marks(item)

    def _add_block(self, item: Item) -> None:
        row = {**values("block", item), "learner_id": self._learner, "status": _status(item)}
        row["sitting_id"] = self._sitting(item)
        block = put(self._connection, BlockRow, row)
        places = [self._place(block, place) for place in item["questions"]]
        if [place["position"] for place in places] != list(range(1, item["size"] + 1)):
            raise Misfit(f"{item['name']} does not have the questions it says")
        self._connection.execute(insert(table("block_question")), places)
        self._block_logs.append(block, item["events"])
        self._done.blocks.append((self._learner, item["uuid"]))
        self._done.new += 1

    def _place(self, block: int, item: Item) -> Item:
        version = self._questions.version(item)
        if _option_ids(item["options"]) != self._questions.options(version):
            raise Misfit(f"question {item['question']} was shown with other options than it has")
        return {
            **values("block_question", item),
            "block_id": block,
            "question_id": self._questions.question(item),
            "version_id": version,
        }

    def _go_on(self, block: int, item: Item) -> None:
        """Add what the log here lacks; a block that lacks nothing is the same."""
        more = self._block_logs.more(block, item)
        if not more:
            self._done.same += 1
            return
        self._block_logs.append(block, more)
        row = {**values("block", item), "status": _status(item)}
        moved = {name: row[name] for name in _FOLLOWS_THE_LOG}
        self._connection.execute(update(BlockRow).where(BlockRow.id == block), moved)
        self._done.blocks.append((self._owner(BlockRow, block), item["uuid"]))
        self._done.longer += 1

    def _owner(self, rows: Any, row: int) -> int:
        owner = select(rows.learner_id).where(rows.id == row)
        return int(self._connection.execute(owner).scalar_one())

    def _take_marks(self, item: Item) -> None:
        block = row_id(self._connection, BlockRow, uuid=item["uuid"])
        for mark in item["marks"]:
            mine = (AttemptMarkRow.block_id == block) & (
                AttemptMarkRow.position == mark["position"]
            )
            row = {**values("attempt_mark", mark), "block_id": block}
            self._newest(AttemptMarkRow, mine, row, "marked_at")

    def _take_repeat(self, item: Item) -> None:
        """A block that repeats another says so, where the other is here."""
        first = item["repeat_of"] and row_id(self._connection, BlockRow, uuid=item["repeat_of"])
        if first:
            this = (BlockRow.uuid == item["uuid"]) & BlockRow.repeat_of.is_(None)
            self._connection.execute(update(BlockRow).where(this), {"repeat_of": first})


def _option_ids(text: str) -> set[str]:
    """Option ids from a list in JSON; each once."""
    ids = read_json(text, "a list of options")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise Misfit("a list of options is none")
    if len(set(ids)) != len(ids):
        raise Misfit("an option stands twice in a list")
    return set(ids)


def _status(item: Item) -> str:
    """A block that runs elsewhere does not run here; going on with it works as after a pause."""
    return "paused" if item["status"] == "running" else str(item["status"])
