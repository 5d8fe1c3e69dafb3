"""A question as it may be shown, and the reasoning behind it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OptionText:
    """One choice as shown: its stable id and its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ExhibitText:
    """A picture of a question in words, and the hash by which it is asked for."""

    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class ExhibitData:
    """A picture: its kind (png, jpeg, gif or webp) and its bytes."""

    kind: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuestionText:
    """What may be on screen while a question can still be answered. No key."""

    position: int
    stem: str
    lead_in: str
    options: tuple[OptionText, ...]
    several: bool = False
    markdown: bool = False
    words: int = 0
    exhibits: tuple[ExhibitText, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionReview:
    """One choice after the answer: its why and, on a next step, its error and rung."""

    id: str
    text: str
    why: str
    error: str = ""
    action: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class RungText:
    """A rung of the ladder. `state` is done, asked or later."""

    id: str
    stage: str
    do: str
    state: str


@dataclass(frozen=True, slots=True)
class ChangeText:
    """One finding changed, and the option that would then be right, by its id and text."""

    change: str
    option: str
    then: str
    same: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasoning behind a question. Only after the answer is locked."""

    key: tuple[str, ...]
    options: tuple[OptionReview, ...]
    explanation: str
    objective: str
    turns_on: str
    ladder: tuple[RungText, ...]
    if_instead: tuple[ChangeText, ...]
    references: tuple[str, ...]
    next_step: str
    system: str
    task: str
    area: str
    topic: str
    pack: str
    expected_correct: float | None
