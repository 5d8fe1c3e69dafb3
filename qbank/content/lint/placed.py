"""What is linted: questions with their places, pack by pack; and what was found."""

from collections.abc import Callable
from dataclasses import dataclass

from qbank.content.documents import Path
from qbank.content.findings import field_name
from qbank.content.lint.remarks import Level, Remark
from qbank.content.pack import Pack
from qbank.content.question import Question


@dataclass(frozen=True, slots=True)
class Placed:
    """A question and where it stands; `line_of` gives the line of one of its fields."""

    question: Question
    file: str
    line: int | None
    line_of: Callable[[Path], int] | None = None

    @property
    def name(self) -> str:
        """Its id, or nothing where it has none."""
        return self.question.id or ""

    @property
    def where(self) -> str:
        """`file:line`."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def finding(self, remark: Remark) -> "LintFinding":
        """The remark at its place."""
        return LintFinding(
            id=remark.check,
            level=remark.weight,
            file=self.file,
            line=self.line if self.line_of is None else self.line_of(remark.path),
            question=self.name,
            field=field_name(remark.path),
            message=remark.message,
            fix=remark.fix,
        )


@dataclass(frozen=True, slots=True)
class PlacedPack:
    """A pack and its questions."""

    pack: Pack
    file: str
    questions: tuple[Placed, ...]

    def finding(self, remark: Remark) -> "LintFinding":
        """The remark, said of the pack as a whole."""
        return set_finding(remark, self.file)


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing found: the check, its level, where it is, what is wrong, what to do.

    `file` is empty for what is said of the whole set, `line` None where a file is meant as a
    whole, `question` empty for packs and for questions without an id.
    """

    id: str
    level: Level
    file: str
    line: int | None
    question: str
    field: str
    message: str
    fix: str


def set_finding(remark: Remark, file: str = "") -> LintFinding:
    """A remark on more than one question."""
    field = field_name(remark.path)
    return LintFinding(
        remark.check, remark.weight, file, None, "", field, remark.message, remark.fix
    )
