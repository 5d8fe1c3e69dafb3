"""Which field of a table or record is what, by the names people give them.

Names are compared without case, accents, spaces and signs: `Option A`, `option_a` and
`OptionA` are one. The same table serves the columns of a CSV and the keys of a JSON record.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# fmt: off
_STEMS: Final = (
    "question", "questiontext", "questionstem", "questionhtml", "questionclean", "fullquestion",
    "qtext", "stem", "prompt", "enonce", "frage", "pregunta", "content", "titletext", "title",
)
_CONTEXTS: Final = ("context", "contexts", "vignette", "scenario", "passage", "case", "stem")
_LEAD_INS: Final = ("leadin", "leadinquestion")
_CHOICES: Final = ("options", "choices", "answeroptions", "alternatives", "answers", "propositions")
_PLACE_KEYS: Final = (
    "answeridx", "answerindex", "correctanswerindex", "correctoptionindex", "correctindex",
    "correctidx", "cop", "ra", "answerkey", "correctletter", "answerletter", "label", "gold",
)
_ANY_KEYS: Final = (
    "answer", "correctanswer", "correctanswers", "correctoption", "correctoptions",
    "correctchoice", "rightanswer", "finaldecision", "key", "solution", "correct", "answered",
    "answers", "bonnereponse", "bonnesreponses", "richtig", "correcta",
)
_ZERO_BASED: Final = frozenset({"answerindex", "correctindex", "cop"})
_VERDICT: Final = "finaldecision"
_EXPLANATIONS: Final = (
    "explanation", "exp", "rationale", "answerrationale", "reason", "longanswer", "explication",
    "generalfeedback", "feedbackgeneral", "feedback",
)
_IDS: Final = ("id", "realidx", "sampleid", "questionid", "qid", "uid", "uuid", "pubid", "pmid")
_TOPICS: Final = ("topic", "topicname")
_SYSTEMS: Final = ("system", "bodysystem")
_TASKS: Final = ("task", "medicaltask")
_TAGS: Final = (
    "category", "subject", "subjectname", "specialty", "exam", "metainfo", "complexity", "level",
    "questiontype",
)
_TAG_LISTS: Final = ("tags", "tag", "categories")
_PARAGRAPHS: Final = "contexts"
# fmt: on

_NOTE: Final = re.compile(r"\s[-–—]\s.*$|\(s\)", re.DOTALL)
_SIGNS: Final = re.compile(r"[\W_]+")
_OPTION: Final = re.compile(
    r"(?:(?:op|opt|option|choice|answer|reponse|antwort|opcion|distractor)"
    r"(?P<named>[a-z]|[1-9]\d?)|(?P<bare>[a-z]))(?:text)?"
)
_WHY: Final = re.compile(r"(?:feedback|why|rationale|explanation)(?P<named>[a-z]|[1-9]\d?)")
_FRACTION: Final = re.compile(r"fraction(?P<named>[a-z]|[1-9]\d?)")


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """A field's name for comparing: `Answer 1 - max 75 characters` is `answer1`."""
    plain = unicodedata.normalize("NFKD", _NOTE.sub("", name.casefold()))
    return _SIGNS.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign)))


@dataclass(frozen=True, slots=True)
class KeyField:
    """A field that says which option is right.

    `place` says that its value is a letter or number, never an option's text. `base` is what
    the first option is numbered where its own name, or those of the options, settle it.
    """

    name: str
    place: bool
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields that are read, by the names they have in the source; empty: there is none.

    `options` are (label, field) where each option has a field of its own, `choices` the one
    field that holds them all. `whys` and `fractions` are by the label of their option.
    `context_paragraphs` says that the texts of the context stand one under the other,
    `verdict` that the options are unsaid: yes, no or maybe. `tag_lists` are divided by commas.
    """

    stem: str
    context: str
    context_paragraphs: bool
    lead_in: str
    options: tuple[tuple[str, str], ...]
    choices: str
    verdict: bool
    keys: tuple[KeyField, ...]
    explanation: str
    whys: tuple[tuple[str, str], ...]
    fractions: tuple[tuple[str, str], ...]
    id: str
    topic: str
    system: str
    task: str
    tags: tuple[str, ...]
    tag_lists: tuple[str, ...]

    @property
    def read(self) -> frozenset[str]:
        """Every field that is read."""
        pairs = (*self.options, *self.whys, *self.fractions)
        single = (self.stem, self.context, self.lead_in, self.choices, self.explanation, self.id)
        names = {*single, self.topic, self.system, self.task, *self.tags, *self.tag_lists}
        names |= {field for _, field in pairs} | {key.name for key in self.keys}
        return frozenset(names - {""})

    @property
    def whole(self) -> bool:
        """Whether there is enough to make questions of."""
        return bool(self.stem and (self.choices or len(self.options) > 1 or self.verdict))

    @property
    def asks(self) -> bool:
        """Whether it looks like a question, complete or not."""
        return bool(self.stem and (self.whole or self.options or self.choices or self.keys))


@lru_cache(maxsize=1024)
def find_layout(names: tuple[str, ...]) -> Layout:
    """What the `names` of a record's or table's fields mean, taken together."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(fold_name(name), name)
    known.pop("", None)
    options = _options(known)
    choices = "" if options else _first(_CHOICES, known)
    stem = _first(_STEMS, known)
    context = _first(_CONTEXTS, {fold: name for fold, name in known.items() if name != stem})
    taken = {choices, *(field for _, field in options)}
    asked = {fold: name for fold, name in known.items() if name not in taken}
    keys = _keys(asked, _first_number(options))
    tags = {fold: known[fold] for fold in (*_TAGS, *_TAG_LISTS) if fold in known}
    return Layout(
        stem=stem,
        context=context,
        context_paragraphs=bool(context) and context == known.get(_PARAGRAPHS),
        lead_in=_first(_LEAD_INS, known),
        options=options,
        choices=choices,
        verdict=not options and not choices and _VERDICT in known,
        keys=keys,
        explanation=_first(_EXPLANATIONS, known),
        whys=_by_label(_WHY, known),
        fractions=_by_label(_FRACTION, known),
        id=_first(_IDS, known),
        topic=_first(_TOPICS, known),
        system=_first(_SYSTEMS, known),
        task=_first(_TASKS, known),
        tags=tuple(name for fold, name in tags.items() if fold in _TAGS),
        tag_lists=tuple(name for fold, name in tags.items() if fold in _TAG_LISTS),
    )


def headerless(count: int) -> tuple[str, ...]:
    """The names of `count` cells without a header: question, options, key letter."""
    return ("question", *LETTERS[: count - 2], "answer")


def _first(names: Sequence[str], known: Mapping[str, str]) -> str:
    return next((known[name] for name in names if name in known), "")


def _keys(known: Mapping[str, str], numbered: int | None) -> tuple[KeyField, ...]:
    """The first field of each sort; where both are there, they have to agree.

    `numbered` is what the name of the first option calls it.
    """
    place = _first(_PLACE_KEYS, known)
    anything = _first(_ANY_KEYS, known)
    found = []
    if anything:
        found.append(KeyField(anything, place=False, base=numbered))
    if place:
        base = 0 if fold_name(place) in _ZERO_BASED else numbered
        found.append(KeyField(place, place=True, base=base))
    return tuple(found)


def _first_number(options: Sequence[tuple[str, str]]) -> int | None:
    """1 where the options are called `Option 1`, `Option 2` and so on; else None."""
    return 1 if options and fold_name(options[0][1]).removesuffix("text").endswith("1") else None


def _options(known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(label, field) of the options, by the most common way of naming them."""
    named: dict[str, str] = {}
    bare: dict[str, str] = {}
    for fold, name in known.items():
        match = _OPTION.fullmatch(fold)
        if match is None:
            continue
        if match["bare"]:
            bare.setdefault(_label(match["bare"]), name)
        else:
            named.setdefault(_label(match["named"]), name)
    return _from_a(named) or _from_a(bare)


def _from_a(found: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The fields in order of their labels, where they begin with A and B."""
    ordered = tuple((label, found[label]) for label in LETTERS if label in found)
    return ordered if {"A", "B"} <= found.keys() else ()


def _by_label(pattern: re.Pattern[str], known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    matches = ((pattern.fullmatch(fold), name) for fold, name in known.items())
    return tuple((_label(match["named"]), name) for match, name in matches if match)


def _label(named: str) -> str:
    """A letter for a letter or a number counted from 1; empty beyond Z."""
    if named.isdigit():
        return LETTERS[int(named) - 1] if int(named) <= len(LETTERS) else ""
    return named.upper()
