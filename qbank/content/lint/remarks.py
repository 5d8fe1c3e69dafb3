"""The checks by id, and what one of them says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from qbank.content.documents import Path
from qbank.content.question import Question

Level = Literal["error", "warning", "info"]
LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its id, how much what it finds weighs, and what it looks for."""

    id: str
    level: Level
    title: str


_ALL: Final = (
    Check("E00", "error", "cannot be read as a question of a pack"),
    Check("E01", "error", "no one certain key, or options that are the same"),
    Check("E02", "error", "nothing asked, or a placeholder left"),
    Check("W01", "warning", "all, none, both or neither of the above"),
    Check("W02", "warning", "negative lead-in"),
    Check("W03", "warning", "unfocused lead-in"),
    Check("W04", "info", "absolute word in an option"),
    Check("W05", "info", "vague frequency in an option"),
    Check("W06", "warning", "the key is much the longest option"),
    Check("W07", "info", "a word of the stem stands in the key alone"),
    Check("W08", "info", "the key shares most with the other options"),
    Check("W09", "warning", "numbers out of order, overlapping or of mixed units"),
    Check("W10", "warning", "options of mixed kinds"),
    Check("W11", "info", "grammar points at some of the options"),
    Check("W12", "info", "unusual length or build of the stem"),
    Check("W13", "warning", "no explanation, or one that does not fit the key"),
    Check("W14", "info", "lead-in of no known kind"),
    Check("P01", "warning", "uneven places of the key"),
    Check("P02", "warning", "the longest option is the key too often"),
    Check("P03", "warning", "nearly the same question twice"),
    Check("P04", "warning", "shares outside the exam's outline"),
    Check("N01", "warning", "next step without a ladder of one asked rung"),
    Check("N02", "error", "unknown rung"),
    Check("N03", "warning", "kind of mistake and rung disagree"),
    Check("N04", "warning", "too few distractors on the ladder"),
    Check("N05", "warning", "a step in diagnosis with an option that finds nothing out"),
    Check("N06", "warning", "no finding on which the step turns"),
    Check("N07", "warning", "changes of the case that do not work"),
    Check("L01", "warning", "°C without °F"),
    Check("L02", "warning", "brand name"),
    Check("L03", "warning", "word to avoid"),
    Check("L04", "warning", "vital signs out of order"),
    Check("L05", "warning", "a distractor's reason does not begin with when it is right"),
    Check("L06", "warning", "options not in the stated order"),
    Check("L07", "warning", "reading load of a pack"),
    Check("L08", "warning", "key checked long ago"),
)
CHECKS: Final = {check.id: check for check in _ALL}


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says: the field as a path from the question, the problem, what to do.

    `level` is None where the check's own level holds.
    """

    check: str
    path: Path
    message: str
    fix: str
    level: Level | None = None

    @property
    def weight(self) -> Level:
        """The level that holds."""
        return self.level or CHECKS[self.check].level


QuestionCheck = Callable[[Question], Iterator[Remark]]


def texts(question: Question) -> Iterator[tuple[Path, str]]:
    """Every text a learner may read, with its path; empty ones left out."""
    yield ("stem",), question.stem
    yield ("lead_in",), question.lead_in
    for place, option in enumerate(question.options):
        yield ("options", place, "text"), option.text
    for path, text in review_texts(question):
        if text:
            yield path, text


def review_texts(question: Question) -> Iterator[tuple[Path, str]]:
    """The texts shown after the answer, empty ones too."""
    for place, option in enumerate(question.options):
        yield ("options", place, "why"), option.why
    yield ("turns_on",), question.turns_on
    for place, rung in enumerate(question.sequence):
        yield ("sequence", place, "do"), rung.do
    for place, change in enumerate(question.if_instead):
        yield ("if_instead", place, "change"), change.change
    yield ("objective",), question.objective
    yield ("explanation",), question.explanation
