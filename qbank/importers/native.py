"""The native pack: YAML, JSON or JSON Lines, in one file, a folder or a zip; all or nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qbank.content.documents import Document
from qbank.content.identity import question_key
from qbank.content.json_reader import read_json
from qbank.content.load import (
    FINDINGS_LIMIT,
    Located,
    load_pack_document,
    load_questions,
)
from qbank.content.pack import Pack
from qbank.content.yaml_reader import read_yaml
from qbank.errors import Finding, PackError
from qbank.importers.base import STANDS_BEFORE, Draft, Reading, ReadOptions, Skip
from qbank.importers.lines import TextLines
from qbank.importers.pictures import Pictures
from qbank.importers.rows import QUESTIONS_LIMIT, UNKNOWN_LANGUAGE
from qbank.importers.source import MEBIBYTE, Source, pack_id, refused
from qbank.importers.tree import Tree

KEPT_BYTES: Final = 8 * MEBIBYTE
"""Documents up to this size together are kept between checking and taking, not read twice."""
FAULTS_COUNTED: Final = 2_000
"""With more faults than this a pack is not read to its end."""

_FORMAT_LINE: Final = re.compile(rb"""["']?format["']?\s*:\s*["']?qbank-pack/""")
_OWN_FIELD: Final = re.compile(rb'"lead_in"\s*:')
_YAML: Final = (".yaml", ".yml")
_LINES: Final = (".jsonl", ".ndjson")


class NativeImporter:
    """qbank's own packs: nothing is taken where anything in them is wrong."""

    name = "native"

    def identify(self, source: Source) -> int:
        """A format line; YAML, which no other format is written in; a field of our own."""
        if _FORMAT_LINE.search(source.head):
            return 100
        if source.suffix in _YAML:
            return 90
        is_json = source.suffix in (".json", *_LINES)
        return 90 if is_json and _OWN_FIELD.search(source.head) else 0

    def read(self, source: Source, options: ReadOptions) -> Iterable[Reading]:
        """The pack of one file; PackError with every finding."""
        yield _reading(_Documents([source]), source.name, pack_id(source.stem), Pictures({}))


def read_pack_tree(tree: Tree) -> Reading:
    """The pack of a folder or archive: its manifest, then `questions/` in order of names.

    PackError, with the findings of all its files, where anything is wrong.
    """
    manifest = tree.manifest()
    if manifest is None:
        raise refused(tree.name, None, "holds no pack.yaml", "Add one with `format` and `pack`.")
    parts = tree.questions()
    documents = _Documents([manifest, *parts])
    reading = _reading(documents, tree.name, pack_id(tree.stem), Pictures(tree.pictures))
    unread = [each.name for each in tree.members.values() if each not in (manifest, *parts)]
    if unread:
        reading.notes.append(f"Not read, since not in questions/: {', '.join(unread)}.")
    return reading


class _Documents:
    """The documents of some sources, as often as wanted; a faulty one is its error."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._kept: list[Document | PackError] | None = None
        if sum(source.size for source in sources) <= KEPT_BYTES:
            self._kept = list(self._read())

    def __iter__(self) -> Iterator[Document | PackError]:
        return iter(self._kept) if self._kept is not None else self._read()

    def _read(self) -> Iterator[Document | PackError]:
        for source in self._sources:
            if source.suffix in _LINES:
                yield from _each_line(source)
                continue
            try:
                if _is_yaml(source):
                    yield read_yaml(source.read(b"\n,[{"), source.name)
                else:
                    yield read_json(source.read(b"[{"), source.name)
            except PackError as error:
                yield error


@dataclass(slots=True)
class _Loader:
    """Takes documents in order; the first one may say what the pack is."""

    default_id: str
    pack: Pack | None = None
    manifest: bool = False

    def load(self, document: Document) -> tuple[Located, ...]:
        """The questions of the next document; PackError with its findings."""
        if self.pack is not None:
            return load_questions(document)
        if _is_bare(document.data):
            self.pack = Pack(id=self.default_id, title=self.default_id, language=UNKNOWN_LANGUAGE)
            return load_questions(document)
        self.manifest = True
        self.pack, questions = load_pack_document(document, self.default_id)
        return questions


def _reading(documents: _Documents, name: str, default_id: str, pictures: Pictures) -> Reading:
    """Check everything, then hand the questions on one by one."""
    loader = _Loader(default_id)
    findings: list[Finding] = []
    total = 0
    for document in documents:
        try:
            questions = loader.load(_readable(document))
            total += len(questions)
            for located in questions:
                findings += pictures.findings(located)
        except PackError as error:
            findings += error.findings
        # Without a manifest nothing that follows can be judged.
        if len(findings) > FAULTS_COUNTED or (findings and loader.pack is None):
            break
        if total > QUESTIONS_LIMIT:
            problem = f"holds more than {QUESTIONS_LIMIT:,} questions"
            raise refused(name, None, problem, "Split the pack.")
    if findings:
        raise _all_of(name, findings)
    if loader.pack is None or not total:
        raise refused(name, None, "holds no questions", "Add them under `questions:`.")
    items = _items(documents, _Loader(default_id), loader.pack.id, pictures)
    return Reading(
        loader.pack, NativeImporter.name, name, items, total=total, complete=loader.manifest
    )


def _items(
    documents: _Documents, loader: _Loader, pack: str, pictures: Pictures
) -> Iterator[Draft | Skip]:
    seen: dict[str, str] = {}
    for document in map(_readable, documents):
        removed = document.removed
        for located in loader.load(document):
            key = question_key(pack, located.question)
            first = seen.setdefault(key.casefold(), located.where)
            if first != located.where:
                same = f"the id {key!r}" if located.question.id else "the same question"
                yield Skip(located.where, f"{same} {STANDS_BEFORE} {first}")
                continue
            question, its = pictures.with_bytes(located.question)
            yield Draft(question, located.where, removed, located.line_of, its)
            removed = 0


def _readable(document: Document | PackError) -> Document:
    """The document; raises where it is an error instead."""
    if isinstance(document, PackError):
        raise document
    return document


def _each_line(source: Source) -> Iterator[Document | PackError]:
    for number, line in enumerate(TextLines(source, "utf-8"), start=1):
        if not line.strip():
            continue
        try:
            yield read_json(line, source.name, number)
        except PackError as error:
            yield error


def _is_yaml(source: Source) -> bool:
    return source.suffix in _YAML or not source.start.startswith((b"{", b"["))


def _is_bare(data: object) -> bool:
    """Whether the document is questions without a manifest."""
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and "lead_in" in first and "format" not in first


def _all_of(name: str, findings: list[Finding]) -> PackError:
    count = len(findings)
    many = f"more than {FAULTS_COUNTED:,} faults" if count > FAULTS_COUNTED else f"{count} faults"
    hint = f"The first {FINDINGS_LIMIT} are shown." if count > FINDINGS_LIMIT else ""
    message = f"{name} has {'1 fault' if count == 1 else many}; nothing was taken"
    return PackError(message, findings[:FINDINGS_LIMIT], hint=hint)
