"""From rows to a pack: look at all of them once, then read them one by one.

The first look settles what a single row cannot say: whether key numbers count from 0 or 1,
whether the ids of the source are ids, how many rows there are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Protocol

from qbank.content.identity import question_key
from qbank.content.pack import Pack
from qbank.content.question import SLUG_PATTERN, Question
from qbank.importers.base import STANDS_BEFORE, Draft, Reading, ReadOptions, Skip
from qbank.importers.keys import KeySurvey, Manner, NoKey
from qbank.importers.layout import KeyField, Layout
from qbank.importers.records import NoQuestion, choices, claims, to_question
from qbank.importers.source import pack_id, refused
from qbank.importers.values import as_text

QUESTIONS_LIMIT: Final = 1_000_000
ID_LIMIT: Final = 100
UNKNOWN_LANGUAGE: Final = "und"
_SLUG: Final = re.compile(SLUG_PATTERN)
_BASE_FIX: Final = (
    "Write each key as the letter of its option, or import with "
    "`qbank import --key-base 0` or `--key-base 1`."
)
_UNREAD_FIX: Final = "Put this line right: no line of the file is a question."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and its fields or what is wrong with it.

    `also` says more of its place, in words, where the line is not enough.
    """

    line: int
    fields: Mapping[str, object]
    problem: str = ""
    removed: int = 0
    also: str = ""

    def where(self, name: str) -> str:
        """Where it stands in the file of that name."""
        return f"{name}:{self.line} ({self.also})" if self.also else f"{name}:{self.line}"


class Rows(Protocol):
    """The rows of a source, as often as wanted."""

    name: str

    def __iter__(self) -> Iterator[Row]: ...

    def layout(self, row: Row) -> Layout:
        """What the fields of the row mean."""
        ...

    def notes(self) -> list[str]:
        """Sentences on how the source was read; complete after the rows were gone through."""
        ...


@dataclass(slots=True)
class _Survey:
    rows: int = 0
    questions: int = 0
    keys: dict[KeyField, KeySurvey] = field(default_factory=dict)
    ids: set[int] = field(default_factory=set)
    ids_hold: bool = True
    unread: Row | None = None

    def add(self, row: Row, layout: Layout) -> None:
        self.rows += 1
        if row.problem:
            self.unread = self.unread or row
        if row.problem or not layout.asks:
            return
        self.questions += 1
        self._add_id(as_text(row.fields.get(layout.id)))
        options = choices(row.fields, layout)
        for claim in claims(row.fields, layout):
            self.keys.setdefault(claim.field, KeySurvey()).add(claim, options)

    def _add_id(self, own: str) -> None:
        if not self.ids_hold:
            return
        digest = hash(own.casefold())
        if len(own) > ID_LIMIT or digest in self.ids or not _SLUG.fullmatch(own):
            self.ids_hold = False
            self.ids.clear()
        else:
            self.ids.add(digest)

    def manners(self, wanted: int | None) -> dict[str, Manner]:
        return {key.name: survey.manner(key, wanted) for key, survey in self.keys.items()}


def read_rows(rows: Rows, format_name: str, options: ReadOptions) -> Reading:
    """The rows as a pack named after their file.

    Raises PackError where nothing in them is a question, or where the numbers of their keys
    could count from 0 or from 1 and nobody said which.
    """
    survey = _Survey()
    for row in rows:
        survey.add(row, rows.layout(row))
        if survey.rows > QUESTIONS_LIMIT:
            problem = f"holds more than {QUESTIONS_LIMIT:,} questions"
            raise refused(rows.name, row.line, problem, "Split the file.")
    _check(rows, survey)
    try:
        manners = survey.manners(options.key_base)
    except NoKey as error:
        raise refused(rows.name, None, str(error), _BASE_FIX) from error
    stem = PurePosixPath(rows.name).stem
    pack = Pack(id=pack_id(stem), title=stem[:200] or "unnamed", language=UNKNOWN_LANGUAGE)
    notes = [
        f"Numbers in {name!r} count from {manner.base}."
        for name, manner in manners.items()
        if manner.base is not None
    ]
    reading = Reading(pack, format_name, rows.name, iter(()), total=survey.rows, notes=notes)
    reading.items = _items(rows, reading, manners, own_ids=survey.ids_hold)
    return reading


def _items(
    rows: Rows, reading: Reading, manners: Mapping[str, Manner], *, own_ids: bool
) -> Iterator[Draft | Skip]:
    doubles = _Doubles(reading.pack.id)
    for row in rows:
        where = row.where(rows.name)
        try:
            if row.problem:
                raise NoQuestion(row.problem)
            question = to_question(row.fields, rows.layout(row), manners, own_id=own_ids)
            doubles.check(question, where)
        except NoQuestion as error:
            yield Skip(where, str(error))
        else:
            yield Draft(question, where, row.removed)
    reading.notes += rows.notes()


class _Doubles:
    """Finds a question that stands twice, whatever its id, and whether the two keys agree."""

    def __init__(self, pack: str) -> None:
        self._pack = pack
        self._seen: dict[int, tuple[str, int]] = {}

    def check(self, question: Question, where: str) -> None:
        """NoQuestion where the same text with the same options stood before."""
        text_alone = question.model_copy(update={"id": None})
        digest = int(question_key(self._pack, text_alone)[:16], 16)
        right = hash(tuple(question.option(key).text for key in question.key))
        if digest not in self._seen:
            self._seen[digest] = where, right
            return
        first, before = self._seen[digest]
        other = "" if before == right else ", with another key"
        raise NoQuestion(f"the same question {STANDS_BEFORE} {first}{other}")


def _check(rows: Rows, survey: _Survey) -> None:
    if survey.questions:
        return
    if survey.unread is not None:
        raise refused(rows.name, survey.unread.line, survey.unread.problem, _UNREAD_FIX)
    fix = "Name the fields question, A, B, C, D, E and answer, or options and answer."
    raise refused(rows.name, None, "holds no questions that are recognised", fix)
