"""The question: every field a pack may carry, checked once, immutable afterwards."""

from collections import Counter
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from qbank.content.names import (
    Action,
    Area,
    Discipline,
    ErrorCode,
    NextStep,
    OptionOrder,
    Overlay,
    RungState,
    Sex,
    Stage,
    System,
    Task,
)
from qbank.content.sheet import QuestionSheet
from qbank.errors import nearest

STEM_LIMIT = 20_000
OPTION_LIMIT = 5_000
EXPLANATION_LIMIT = 50_000
LINE_LIMIT = 2_000
OPTIONS_LIMIT = 26
TAGS_LIMIT = 64
EXHIBITS_LIMIT = 10

MONTH_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])$"
SLUG_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._:+-]*$"

_NAME = r"[A-Za-z0-9_-][A-Za-z0-9._-]*"
PICTURE_PATTERN = rf"^({_NAME}/)*{_NAME}\.(png|jpg|jpeg|gif|webp)$"
"""A place inside the pack: no way out of it, no hidden file, no other kind of file."""

Slug = Annotated[str, Field(min_length=1, max_length=100, pattern=SLUG_PATTERN)]
Month = Annotated[str, Field(pattern=MONTH_PATTERN)]
Line = Annotated[str, Field(max_length=LINE_LIMIT)]
Label = Annotated[str, Field(min_length=1, max_length=100)]
LongText = Annotated[str, Field(max_length=EXPLANATION_LIMIT)]
OptionText = Annotated[str, Field(min_length=1, max_length=OPTION_LIMIT)]


class Frozen(BaseModel):
    """Base of every content model: immutable, no unknown fields, outer space stripped."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Keys = Annotated[tuple[Slug, ...], Field(min_length=1)]
Key = Annotated[_Keys, BeforeValidator(_as_list, json_schema_input_type=Slug | _Keys)]


class Option(Frozen):
    """One choice. `error`, `action` and `step` belong to next-step questions."""

    id: Slug
    text: OptionText
    why: LongText = ""
    error: ErrorCode | None = None
    action: Action | None = None
    step: Slug | None = None


class Rung(Frozen):
    """One step of the ladder; exactly one of a question's rungs is the asked one."""

    id: Slug
    stage: Stage
    do: Line
    state: RungState = "later"


class Change(Frozen):
    """One change of the case and the option id that would then be right."""

    change: Line
    then: Slug


class Reference(Frozen):
    """A source and the statement for which it stands."""

    title: Line
    body: Line = ""
    year: Annotated[int, Field(ge=1500, le=2200)] | None = None
    supports: Line = ""


class Exhibit(Frozen):
    """A picture that belongs to the stem. `alt` says in words all that is needed to answer.

    `file` is its place in the pack's folder or archive; `sha256` is filled in when it comes in.
    """

    file: Annotated[str, Field(max_length=200, pattern=PICTURE_PATTERN)]
    alt: Annotated[str, Field(min_length=1, max_length=LINE_LIMIT)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class Patient(Frozen):
    """For the balance of a pack; `age` with its unit, as in `38 years`."""

    age: Label | None = None
    sex: Sex | None = None


class ItemSet(Frozen):
    """Membership in an item set; `locks`: the answer is final on moving on."""

    id: Slug
    position: Annotated[int, Field(ge=1, le=100)]
    locks: bool = False


def _fault(field: str, problem: str, fix: str) -> PydanticCustomError:
    context = {"field": field, "problem": problem, "fix": fix}
    return PydanticCustomError("content", "{field}: {problem}. {fix}", context)


def _check_options(options: tuple[Option, ...], key: tuple[str, ...]) -> None:
    """Refuse ids or texts that stand twice, and a key that names no option."""
    ids = Counter(option.id.casefold() for option in options)
    for option in options:
        if ids[option.id.casefold()] > 1:
            raise _fault("options", f"the id {option.id!r} stands twice", "Give each its own id.")
    texts = Counter(" ".join(option.text.split()) for option in options)
    for text, count in texts.items():
        if count > 1:
            raise _fault("options", f"two options read {text[:60]!r}", "Change or remove one.")
    known = [option.id for option in options]
    for wanted in key:
        if wanted not in known:
            near = nearest(wanted, known)
            fix = f"Did you mean {near!r}?" if near else f"Use one of: {', '.join(known)}."
            raise _fault("key", f"{wanted!r} is no option's id", fix)
    if len(set(key)) != len(key):
        raise _fault("key", "an option's id stands twice", "Name each once.")


class StageOne(Frozen):
    """The diagnosis asked and locked before the step."""

    lead_in: Annotated[str, Field(min_length=1, max_length=STEM_LIMIT)]
    key: Slug
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=OPTIONS_LIMIT)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_options(self.options, (self.key,))
        return self


class Question(Frozen):
    """One item as content.

    `id` is the author's, unique in its pack; None where the source has none (identity
    is then a hash, see `identity.py`). `key` holds one option id, or several where all
    must be chosen. `next_step` None means: the author did not say (`"none"`: said, no).
    `stem` may be empty where the whole text is the question itself.
    """

    id: Slug | None = None
    stem: Annotated[str, Field(max_length=STEM_LIMIT)] = ""
    exhibits: Annotated[tuple[Exhibit, ...], Field(max_length=EXHIBITS_LIMIT)] = ()
    lead_in: Annotated[str, Field(min_length=1, max_length=STEM_LIMIT)]
    key: Key
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=OPTIONS_LIMIT)]
    option_order: OptionOrder = "logical"
    next_step: NextStep | None = None
    turns_on: Line = ""
    sequence: Annotated[tuple[Rung, ...], Field(max_length=20)] = ()
    if_instead: Annotated[tuple[Change, ...], Field(max_length=10)] = ()
    stage_one: StageOne | None = None
    objective: Line = ""
    explanation: LongText = ""
    system: System | None = None
    task: Task | None = None
    disciplines: tuple[Discipline, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    area: Area | None = None
    topic: Label | None = None
    expected_correct: Annotated[float, Field(ge=0, le=1)] | None = None
    references: Annotated[tuple[Reference, ...], Field(max_length=50)] = ()
    as_of: Month | None = None
    setting: Label | None = None
    patient: Patient | None = None
    set: ItemSet | None = None
    tags: Annotated[tuple[Label, ...], Field(max_length=TAGS_LIMIT)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_options(self.options, self.key)
        return self

    @property
    def choose_all(self) -> bool:
        """Whether more than one option has to be chosen."""
        return len(self.key) > 1

    @property
    def words(self) -> int:
        """Reading load: whitespace-separated tokens of stem, lead-in and options."""
        texts = (self.stem, self.lead_in, *(option.text for option in self.options))
        return sum(len(text.split()) for text in texts)

    def option(self, option_id: str) -> Option:
        """The option with this id; KeyError where there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def sheet(self) -> QuestionSheet:
        """What may be shown while a block runs."""
        return QuestionSheet(
            stem=self.stem,
            lead_in=self.lead_in,
            options=tuple((option.id, option.text) for option in self.options),
            option_order=self.option_order,
            choose_all=self.choose_all,
        )
