"""Which option a record calls right: by letter, by number, by text, once or twice said.

Nothing is guessed: a value that can be read in two ways has to be settled by the others of
its file or by a second field of its record; where it is not, it is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qbank.importers.layout import KeyField

Places = frozenset[int]

_FEW: Final = 60
_NUMBER: Final = re.compile(r"-?\d{1,6}(?:\.0)?")
_MARKED_LETTER: Final = re.compile(
    r"(?:(?:option|choice|answer)\s+)?[(\[]?(?P<letter>[A-Za-z]|\d{1,2})[)\].:]?", re.IGNORECASE
)
_LETTER_AND_TEXT: Final = re.compile(r"[(\[]?(?P<letter>[A-Za-z])[)\].:]\s+(?P<text>.+)", re.DOTALL)
_SEPARATORS: Final = re.compile(r"\s*(?:[,;|/&+]|\band\b)\s*")


class NoKey(ValueError):
    """Why the right option of a record is not known, in words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as its source has it: the label it is named by, and its text."""

    label: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one field says of the key: one value, or several."""

    field: KeyField
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the values of a key field are read, once its whole file was looked at.

    `base` is what the first option is numbered, None where numbers are no places. `texts`
    says that a text counts as much as a letter, `spare` that it counts where no letter or
    number is meant.
    """

    base: int | None = None
    labels: bool = True
    texts: bool = True
    spare: bool = True


@dataclass(slots=True)
class KeySurvey:
    """What the values of one key field look like over a whole file."""

    labels_only: int = 0
    texts_only: int = 0
    numbers: int = 0
    number_texts: int = 0
    inside: int = 0
    zeros: int = 0
    lasts: int = 0

    def add(self, claim: Claim, choices: Sequence[Choice]) -> None:
        """Take one record's value in."""
        if not choices:
            return
        for value in claim.values:
            by_label = bool(_by_label(value, choices))
            by_text = bool(_by_text(value, choices)) and not claim.field.place
            number = as_number(value)
            if number is None or by_label:
                self.labels_only += by_label and not by_text
                self.texts_only += by_text and not by_label
                continue
            self.numbers += 1
            self.number_texts += by_text
            self.inside += 0 <= number <= len(choices)
            self.zeros += number in (0, -1)
            self.lasts += number == len(choices)

    def manner(self, field: KeyField, wanted: int | None) -> Manner:
        """How to read the field; `wanted` is the number of the first option, where it was said.

        Raises NoKey where the values do not settle it.
        """
        return Manner(
            base=self._base(field, wanted),
            labels=bool(self.labels_only) or not self.texts_only,
            texts=not field.place and (bool(self.texts_only) or not self.labels_only),
            spare=not field.place,
        )

    def _base(self, field: KeyField, wanted: int | None) -> int | None:
        if not self.numbers or wanted is not None:
            return wanted if self.numbers else None
        if self.number_texts == self.numbers:
            if self.inside == self.numbers and not (self.labels_only or self.texts_only):
                raise NoKey(f"the numbers of {field.name!r} could be places or texts of options")
            return None
        if self.zeros and self.lasts:
            raise NoKey(f"{field.name!r} counts from 0 in some rows and from 1 in others")
        if self.zeros or (field.base == 0 and not self.lasts):
            return 0
        if self.lasts or field.base == 1:
            return 1
        raise NoKey(f"the numbers of {field.name!r} could count from 0 or from 1")


def as_number(value: str) -> int | None:
    """A whole number, also one that a spreadsheet wrote as `2.0`."""
    return int(value.removesuffix(".0")) if _NUMBER.fullmatch(value) else None


def resolve(
    claims: Sequence[Claim], choices: Sequence[Choice], manners: Mapping[str, Manner]
) -> Places:
    """The places of the right options, from 0. NoKey where they are not certain.

    `manners` says by field how its values are read.
    """
    if not claims:
        raise NoKey("no key")
    readings = [
        _readings(claim, choices, manners.get(claim.field.name) or _unsurveyed(claim.field))
        for claim in claims
    ]
    common = frozenset.intersection(*readings)
    if len(common) == 1:
        return next(iter(common))
    said = " and ".join(f"{claim.field.name} = {_shown(claim.values)}" for claim in claims)
    if not common:
        raise NoKey(f"the key is given twice and does not agree: {said}")
    raise NoKey(f"the key can be read in two ways: {said}")


def _unsurveyed(field: KeyField) -> Manner:
    """How to read a field that no row gave a usable value for."""
    return Manner(texts=not field.place, spare=not field.place)


def _readings(claim: Claim, choices: Sequence[Choice], manner: Manner) -> frozenset[Places]:
    """Every way to read a claim; NoKey where there is none."""
    if len(claim.values) > 1:
        each = [_single(value, choices, manner) for value in claim.values]
        if all(len(ways) == 1 for ways in each):
            return frozenset([frozenset(next(iter(ways)) for ways in each)])
        raise NoKey(f"the key {_shown(claim.values)} names no options of this question")
    value = claim.values[0]
    ways = frozenset(frozenset([place]) for place in _single(value, choices, manner))
    ways = ways or _several(value, choices, manner)
    if not ways and manner.base is not None and value.startswith("-"):
        raise NoKey(f"no key: {claim.field.name} is {value}, which hides it")
    if not ways:
        raise NoKey(f"the key {_shown(claim.values)} is none of the {len(choices)} options")
    return ways


def _single(value: str, choices: Sequence[Choice], manner: Manner) -> Places:
    """The places that one value may mean."""
    by_label = _by_label(value, choices) if manner.labels else frozenset()
    number = as_number(value)
    if number is not None and manner.base is not None and not by_label:
        place = number - manner.base
        return frozenset([place]) if 0 <= place < len(choices) else frozenset()
    by_text = _by_text(value, choices) if manner.spare else frozenset()
    if manner.texts:
        return by_label | by_text or _by_both(value, choices)
    return by_label or by_text or _by_both(value, choices)


def _several(value: str, choices: Sequence[Choice], manner: Manner) -> frozenset[Places]:
    """Several places in one value: `A, C`, `A;C`, `AC`, `1,3`."""
    parts = _SEPARATORS.split(value)
    if len(parts) == 1 and value.isalpha() and value.isupper() and len(value) <= len(choices):
        parts = list(value)
    each = [_single(part, choices, manner) for part in parts]
    if len(parts) > 1 and all(len(places) == 1 for places in each):
        return frozenset([frozenset().union(*each)])
    return frozenset()


def _by_label(value: str, choices: Sequence[Choice]) -> Places:
    match = _MARKED_LETTER.fullmatch(value)
    wanted = (match["letter"] if match else value).casefold()
    return frozenset(
        place for place, choice in enumerate(choices) if choice.label.casefold() == wanted
    )


def _by_both(value: str, choices: Sequence[Choice]) -> Places:
    """`C. Gout`: a letter and the text of its option, which have to agree."""
    match = _LETTER_AND_TEXT.fullmatch(value)
    if match is None:
        return frozenset()
    return _by_label(match["letter"], choices) & _by_text(match["text"], choices)


def _by_text(value: str, choices: Sequence[Choice]) -> Places:
    wanted = _fold(value)
    exact = frozenset(place for place, choice in enumerate(choices) if choice.text == value)
    return exact or frozenset(
        place for place, choice in enumerate(choices) if _fold(choice.text) == wanted
    )


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _shown(values: Sequence[str]) -> str:
    text = repr(values[0] if len(values) == 1 else ", ".join(values))
    return text if len(text) <= _FEW else f"{text[: _FEW - 3]}..."
