"""Puts exported packs, questions and versions into a store that may have them already."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import insert, select

from qbank.content.dump import to_document
from qbank.content.identity import content_hash
from qbank.content.pack import Pack
from qbank.content.pictures import kind_of
from qbank.content.question import Question
from qbank.content.text import gate_document
from qbank.store import question_rows, search
from qbank.store.exhibits import StoredPicture, keep_pictures
from qbank.store.portable import Item, values
from qbank.store.question_rows import Incoming, as_json
from qbank.store.tables import (
    PackRow,
    QuestionRow,
    QuestionTagRow,
    QuestionTextRow,
    QuestionVersionRow,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

K = TypeVar("K")

QuestionName = tuple[str, str]
"""Pack and key."""

VersionName = tuple[str, str, str]
"""Pack, key and hash."""


class Misfit(Exception):
    """Something in the document does not fit the rest; the message says what."""


class Questions:
    """The questions of a document, and which rows they are here.

    A pack or a question that is here already stays as it is; a version that is
    not here comes beside the others.
    """

    def __init__(self, connection: Connection, now: int) -> None:
        self._connection = connection
        self._now = now
        self._packs: dict[str, int] = {}
        self._questions: dict[QuestionName, int] = {}
        self._versions: dict[VersionName, int] = {}
        self._options: dict[int, frozenset[str]] = {}

    def question(self, item: Item) -> int:
        """The row of the question that an item names."""
        return _found(self._questions, (item["pack"], item["question"]), "the question")

    def version(self, item: Item) -> int:
        """The row of the version that an item names."""
        name = (item["pack"], item["question"], item["version"])
        return _found(self._versions, name, "the version")

    def options(self, version: int) -> frozenset[str]:
        """The option ids of a version."""
        return self._options[version]

    def take_pack(self, item: Item) -> None:
        """A pack of the document."""
        Pack.model_validate(read_json(item["manifest"], f"the manifest of {item['uid']}"))
        known = row_id(self._connection, PackRow, uid=item["uid"])
        row = {**values("pack", item), "shipped": False, "imported_at": self._now}
        self._packs[item["uid"]] = known or put(self._connection, PackRow, row)

    def take_exhibit(self, item: Item) -> None:
        """A picture of the document, which must be what its hash says."""
        picture = StoredPicture(**values("exhibit", item))
        told = sha256(picture.data).hexdigest(), kind_of(picture.data)
        if told != (picture.sha256, picture.kind):
            raise Misfit(f"a picture is not what its hash {picture.sha256[:40]!r} says")
        keep_pictures(self._connection, [picture])

    def take_question(self, item: Item) -> None:
        """A question of the document, with its versions."""
        about = (item["pack"], item["key"])
        pack = _found(self._packs, item["pack"], "the pack")
        known = row_id(self._connection, QuestionRow, pack_id=pack, key=item["key"])
        row = known or put(
            self._connection, QuestionRow, {**values("question", item), "pack_id": pack}
        )
        self._questions[about] = row
        current = None
        for version in item["versions"]:
            question = _question(version)
            self._versions[(*about, version["hash"])] = self._take_version(row, version, question)
            if version["hash"] == item["current_hash"]:
                current = question
        if current is None:
            raise Misfit(f"question {item['key']} lacks its current version")
        if known is None:
            self._index(Incoming(current, item["place"], item["key"], item["current_hash"], row))

    def _take_version(self, row: int, item: Item, question: Question) -> int:
        known = row_id(self._connection, QuestionVersionRow, question_id=row, hash=item["hash"])
        content = {
            "question_id": row,
            "content": as_json(to_document(question)),
            **question_rows.on_offer(question),
        }
        version = known or put(
            self._connection, QuestionVersionRow, {**values("question_version", item), **content}
        )
        self._options[version] = frozenset(option.id for option in question.options)
        return version

    def _index(self, incoming: Incoming) -> None:
        self._connection.execute(insert(QuestionTextRow), question_rows.words(incoming))
        tags = question_rows.tags(incoming)
        if tags:
            self._connection.execute(insert(QuestionTagRow), tags)
        search.index(self._connection, [incoming.question_id])


def _question(version: Item) -> Question:
    """The content of a version, which must be what its hash says."""
    question = Question.model_validate(read_json(version["content"], "a question"))
    if content_hash(question, markdown=version["markdown"]) != version["hash"]:
        raise Misfit(f"a question is not what its hash {version['hash'][:40]!r} says")
    return question


def _found(known: dict[K, int], wanted: K, what: str) -> int:
    if wanted not in known:
        raise Misfit(f"{what} {wanted} is named and not there")
    return known[wanted]


def read_json(text: str, what: str) -> Any:
    """JSON inside the document. Raises `Misfit` where it is none, or not fit to be shown."""
    try:
        data = json.loads(text)
        gated, _ = gate_document(data)
    except (ValueError, RecursionError) as error:
        raise Misfit(f"{what} cannot be read") from error
    if gated != data:
        raise Misfit(f"{what} holds characters that may not be stored")
    return data


def row_id(connection: Connection, rows: Any, **wanted: object) -> int | None:
    """The row id of the one with these values; None where there is none."""
    return connection.execute(select(rows.id).filter_by(**wanted)).scalar()


def put(connection: Connection, rows: Any, row: Item) -> int:
    """Insert a row; its id."""
    key = connection.execute(insert(rows), row).inserted_primary_key
    return int(key[0]) if key else 0
