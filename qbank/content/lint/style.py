"""L01 to L05: the manner in which shipped questions are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from qbank.content.lint.data import table
from qbank.content.lint.remarks import Remark, texts
from qbank.content.lint.tokens import quoted
from qbank.content.question import Question

_CELSIUS: Final = re.compile(r"(?<![\d.])(-?\d+(?:\.\d+)?)\s*°\s?C\b")
_FAHRENHEIT: Final = re.compile(r"(?<![\d.])(-?\d+(?:\.\d+)?)\s*°\s?F\b")
_NEAR: Final = 40
"""Characters after a temperature within which its other unit has to begin."""
_BEFORE: Final = 12
_NUMBER: Final = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?")
# How far the two may be apart in °F: by the digits that are given.
_EXACT: Final = 0.15
_WHOLE: Final = 1.0

# In the order of the exam. A value has to follow, so that talk of a pulse is none.
_VALUE: Final = (
    r"(?: (?:is|was|of|are|were|now|again|still|remains?|has \w+ to|to|at))*,? (?:about )?\d"
)
_SIGNS: Final = tuple(
    (name, re.compile(rf"\b(?:{words}){_VALUE}", re.IGNORECASE))
    for name, words in (
        ("temperature", "temperature"),
        ("pulse", "pulse(?: rate)?|heart rate"),
        ("respirations", "respirations|respiratory rate"),
        ("blood pressure", "blood pressure"),
        ("oxygen saturation", "oxygen saturation|SpO2|saturation"),
    )
)
_SENTENCE_END: Final = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_WHEN_RIGHT: Final = re.compile(
    r"(?:right|expected|correct|best|indicated|appropriate|useful|needed|typical|seen|found|true"
    r"|likely|first choice|first-line|preferred|reasonable|would be (?:right|expected))\b"
)


@dataclass(frozen=True, slots=True)
class _Avoided:
    """A word to avoid: where it stands, what to say instead, and what makes it right."""

    pattern: re.Pattern[str]
    say: str
    unless: re.Pattern[str] | None


def temperatures(question: Question) -> Iterator[Remark]:
    """L01: °C has °F beside it, and both are the same temperature."""
    for path, text in texts(question):
        for found in _CELSIUS.finditer(text):
            wanted = float(found[1]) * 9 / 5 + 32
            fix = f"Write {found[1]}°C ({wanted:.1f}°F)."
            said = _beside(text, found)
            if not said:
                yield Remark("L01", path, f"{found.group()} without °F", fix)
            elif not any(_same(found[1], value, wanted) for value in said):
                message = f"{found.group()} is {wanted:.1f}°F, not {said[0]}°F"
                yield Remark("L01", path, message, fix)


def _beside(text: str, celsius: re.Match[str]) -> list[str]:
    """The temperatures in °F right before and after; of a range, both ends."""
    after = text[celsius.end() : celsius.end() + _NEAR]
    before = text[max(0, celsius.start() - _BEFORE) : celsius.start()]
    said = [found[1] for part in (after, before) for found in _FAHRENHEIT.finditer(part)]
    return said + (_NUMBER.findall(after) if said else [])


def _same(celsius: str, fahrenheit: str, wanted: float) -> bool:
    exact = "." in celsius and "." in fahrenheit
    return abs(wanted - float(fahrenheit)) <= (_EXACT if exact else _WHOLE)


def brand_names(question: Question) -> Iterator[Remark]:
    """L02: drugs by their generic names."""
    brands, pattern = _brands()
    for path, text in texts(question):
        for name in dict.fromkeys(pattern.findall(text)):
            message = f"{quoted(name)} is a brand name"
            yield Remark("L02", path, message, f"Write {brands[name]}.")


def avoided_words(question: Question) -> Iterator[Remark]:
    """L03: how patients are spoken of; eponyms without possessive; no names."""
    whole = " ".join(text for _, text in texts(question))
    for word in _avoided():
        if word.unless is not None and word.unless.search(whole):
            continue
        for path, text in texts(question):
            found = word.pattern.search(text)
            if found:
                yield Remark("L03", path, quoted(found.group()), word.say)


def vital_signs(question: Question) -> Iterator[Remark]:
    """L04: temperature, pulse, respirations, blood pressure, saturation, in this order."""
    latest = -1
    seen: set[int] = set()
    for sentence in _SENTENCE_END.split(question.stem):
        found = sorted(
            (match.start(), rank)
            for rank, (_, pattern) in enumerate(_SIGNS)
            for match in pattern.finditer(sentence)
        )
        if not found or seen.intersection(rank for _, rank in found):
            # Other matters, or a second measurement: a list of its own.
            latest, seen = -1, set()
        for _, rank in found:
            if rank in seen:
                latest, seen = -1, set()
            if rank < latest:
                message = f"{_SIGNS[rank][0]} stands after {_SIGNS[latest][0]}"
                fix = "Temperature, pulse, respirations, blood pressure, oxygen saturation."
                yield Remark("L04", ("stem",), message, fix)
                return
            latest = rank
            seen.add(rank)


def when_right(question: Question) -> Iterator[Remark]:
    """L05: the reason of a distractor first says when it would be right."""
    for place, option in enumerate(question.options):
        if option.id in question.key or not option.why:
            continue
        if not _WHEN_RIGHT.match(option.why.lstrip().casefold()):
            message = f"{quoted(option.why, 30)} does not begin with when the option is right"
            fix = (
                'Begin with "Right for ..." or "Expected with ...", then what here speaks against.'
            )
            yield Remark("L05", ("options", place, "why"), message, fix)


@cache
def _avoided() -> tuple[_Avoided, ...]:
    return tuple(
        _Avoided(
            pattern=re.compile(entry["find"]),
            say=entry["say"],
            unless=re.compile(entry["unless"], re.IGNORECASE) if "unless" in entry else None,
        )
        for entry in table("words.toml")["word"]
    )


@cache
def _brands() -> tuple[dict[str, str], re.Pattern[str]]:
    """Generic name by brand name, and a pattern that finds any of the brands."""
    names: dict[str, str] = table("brands.toml")
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(names, key=len, reverse=True))})\b")
    return names, pattern
