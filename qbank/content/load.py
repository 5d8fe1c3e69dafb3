"""A document as a pack: every fault at once, each with its line and what to do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from qbank.content.documents import Document, Path
from qbank.content.findings import field_name, problems
from qbank.content.pack import FORMAT, Pack
from qbank.content.question import Question
from qbank.errors import Finding, PackError, nearest

FINDINGS_LIMIT: Final = 200
_TOP_FIELDS: Final = ("format", "pack", "questions")

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Located:
    """A question and where it begins; `line_of` gives the line of a field of it."""

    question: Question
    file: str
    line: int
    line_of: Callable[[Path], int] = field(compare=False, repr=False)

    @property
    def where(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"


@dataclass(slots=True)
class _Faults:
    """Collects findings, so that a writer sees all of them at once."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, document: Document, path: Path, problem: str, fix: str) -> None:
        line = document.line(path)
        self.findings.append(Finding(document.file, line, field_name(path), problem, fix))

    def check(self, model: type[Model], data: object, document: Document, at: Path) -> Model | None:
        """The data as a model, or None and findings."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for path, problem, fix in problems(error, model):
                self.add(document, (*at, *path), problem, fix)
            return None

    def raise_all(self, file: str) -> NoReturn:
        count = len(self.findings)
        shown = sorted(self.findings, key=lambda finding: finding.line or 0)[:FINDINGS_LIMIT]
        hint = f"The first {FINDINGS_LIMIT} are shown." if count > FINDINGS_LIMIT else ""
        noun = "fault" if count == 1 else "faults"
        raise PackError(f"{file} has {count} {noun}; nothing was taken", shown, hint=hint)


def load_pack_document(
    document: Document, default_id: str = ""
) -> tuple[Pack, tuple[Located, ...]]:
    """A whole pack, or its manifest alone: `format`, `pack` and perhaps `questions`.

    `default_id` is the pack's id where its manifest gives none. Raises PackError with every
    finding. Ids that stand twice are left to who reads all files of a pack.
    """
    faults = _Faults()
    data = document.data
    if not isinstance(data, dict):
        faults.add(document, (), "is no pack", f"Begin with `format: {FORMAT}`.")
        faults.raise_all(document.file)
    for name in data:
        if name not in _TOP_FIELDS:
            near = nearest(name, _TOP_FIELDS)
            fix = f"Did you mean {near!r}?" if near else "Put it under `pack` or leave it out."
            faults.add(document, (name,), "is no known field", fix)
    _check_format(document, data.get("format"), faults)
    pack = _check_pack(document, data.get("pack"), default_id, faults)
    questions = _check_list(document, data.get("questions", []), ("questions",), faults)
    if faults.findings or pack is None:
        faults.raise_all(document.file)
    return pack, questions


def load_questions(document: Document) -> tuple[Located, ...]:
    """A part of a pack: a list of questions, `questions:` with one, or a single question.

    Raises PackError with every finding.
    """
    faults = _Faults()
    data = document.data
    if isinstance(data, dict) and "questions" not in data:
        questions = _check_one(document, data, (), faults)
    elif isinstance(data, dict):
        for name in data.keys() - {"questions"}:
            fix = "Keep `questions` alone here; what is said of the pack stands in its manifest."
            faults.add(document, (name,), "does not belong here", fix)
        questions = _check_list(document, data["questions"], ("questions",), faults)
    else:
        questions = _check_list(document, data, (), faults)
    if faults.findings:
        faults.raise_all(document.file)
    return questions


def _check_format(document: Document, found: object, faults: _Faults) -> None:
    if found == FORMAT:
        return
    if found is None:
        faults.add(document, ("format",), "is missing", f"Begin with `format: {FORMAT}`.")
    else:
        fix = f"This program reads {FORMAT}; a newer program may read the other."
        faults.add(document, ("format",), f"{found!r} is not known", fix)


def _check_pack(
    document: Document, manifest: object, default_id: str, faults: _Faults
) -> Pack | None:
    if manifest is None:
        faults.add(document, ("pack",), "is missing", "Add `pack:` with a `title`.")
        return None
    if isinstance(manifest, dict) and default_id:
        manifest = {"id": default_id, **manifest}
    return faults.check(Pack, manifest, document, ("pack",))


def _check_list(document: Document, data: object, at: Path, faults: _Faults) -> tuple[Located, ...]:
    if not isinstance(data, list):
        faults.add(document, at, "is no list", "Write the questions as a list.")
        return ()
    found: list[Located] = []
    for index, item in enumerate(data):
        found.extend(_check_one(document, item, (*at, index), faults))
    return tuple(found)


def _check_one(document: Document, data: object, at: Path, faults: _Faults) -> tuple[Located, ...]:
    question = faults.check(Question, data, document, at)
    if question is None:
        return ()

    def line_of(path: Path) -> int:
        return document.line((*at, *path))

    return (Located(question, document.file, line_of(()), line_of),)
