"""E01, E02, W13, W14, L08: is everything there that makes a question one."""

import re
from collections.abc import Iterator
from typing import Final

from qbank.content.lead_in import classify
from qbank.content.lint.remarks import Remark, texts
from qbank.content.lint.tokens import content_words, folded, generic_words, quoted, tokens
from qbank.content.question import Option, Question

KEPT_MONTHS: Final = 24
"""A key checked longer ago than this is looked at again."""

_CHOOSE_ALL: Final = re.compile(
    r"\b(?:all (?:that|which) appl|(?:choose|select|pick|mark) (?:all|every|two|three|the two|\d)"
    r"|which (?:two|three|four|\d)\b)",
    re.IGNORECASE,
)
_PLACEHOLDER: Final = re.compile(
    r"\bTODO\b|\bFIXME\b|\bTBD\b|\bXXX+\b|(?i:\blorem ipsum\b|\bplaceholder\b)"
    r"|^(?i:option|answer|choice|distractor) (?:[A-J]|\d{1,2})\.?$"
)
_OPTION_SIGN: Final = re.compile(
    r"(?i:\b(?:option|choice|answer)s?(?: is)?:?)\s*\(?([A-J])\b\)?|\(([A-J])\)"
)
_CALLED_RIGHT: Final = re.compile(
    r"\b(?:correct|right|best) (?:answer|option|choice)(?: is|:)\s*(?P<rest>.{1,120})",
    re.IGNORECASE,
)
_LETTER_FIRST: Final = re.compile(r"\(?([A-J])\b[).:,]?")


def key_and_options(question: Question) -> Iterator[Remark]:
    """E01: the options differ, and several keys are asked for in words."""
    seen: dict[str, int] = {}
    for place, option in enumerate(question.options):
        first = seen.setdefault(folded(option.text), place)
        if first != place:
            message = f"reads as option {first + 1} does, {quoted(option.text)}"
            fix = "Change or remove one of them."
            yield Remark("E01", ("options", place, "text"), message, fix)
    if question.choose_all and not _CHOOSE_ALL.search(question.lead_in):
        message = f"{len(question.key)} keys, but the lead-in does not ask for several"
        yield Remark("E01", ("key",), message, "Keep one key, or ask to choose all that apply.")


def placeholders(question: Question) -> Iterator[Remark]:
    """E02: something is asked, and nothing waits to be written."""
    if not question.stem and not tokens(question.lead_in) - generic_words():
        message = "is empty, and the lead-in alone asks about nothing"
        yield Remark("E02", ("stem",), message, "Write the vignette.")
    for path, text in texts(question):
        found = _PLACEHOLDER.search(text)
        if found:
            message = f"holds the placeholder {quoted(found.group())}"
            yield Remark("E02", path, message, "Write what belongs here.")
    for place, reference in enumerate(question.references):
        if _PLACEHOLDER.search(f"{reference.title} {reference.body} {reference.supports}"):
            message = "holds a placeholder"
            yield Remark("E02", ("references", place), message, "Name the source, or leave it out.")


def explanation(question: Question) -> Iterator[Remark]:
    """W13: the key is explained, and nothing else is called right."""
    text = question.explanation
    keys = [question.option(key) for key in question.key]
    reasons = any(option.why for option in question.options)
    if not text and not all(option.why for option in keys):
        yield Remark("W13", ("explanation",), "is missing", "Say why the key is right.")
        return
    other = _called_right(question, text)
    if other:
        message = f"calls {other} right, which is not the key"
        yield Remark("W13", ("explanation",), message, "Correct the explanation or the key.")
    elif text and not reasons and not any(_names(question, option) for option in keys):
        message = f"does not name the key, {quoted(keys[0].text)}"
        yield Remark("W13", ("explanation",), message, "Say why this option is the best one.")


def _letter(question: Question, option: Option) -> str:
    place = question.options.index(option)
    return chr(ord("A") + place)


def _names(question: Question, option: Option) -> bool:
    """Whether the explanation names the option: its text, most of its words, or its letter."""
    text = question.explanation
    if folded(option.text).rstrip(".") in folded(text):
        return True
    words = content_words(option.text, 4)
    if words and 2 * len(words & content_words(text, 4)) >= len(words):
        return True
    letters = {first or second for first, second in _OPTION_SIGN.findall(text)}
    return _letter(question, option) in letters


def _called_right(question: Question, text: str) -> str:
    """The option that the explanation calls right and that is no key; empty where none is."""
    found = _CALLED_RIGHT.search(text)
    if not found:
        return ""
    rest = found["rest"]
    letter = _LETTER_FIRST.match(rest)
    keys = [question.option(key) for key in question.key]
    if letter and letter[1] in {_letter(question, option) for option in question.options}:
        right = {_letter(question, option) for option in keys}
        return "" if letter[1] in right or _starts(rest, keys) else f"option {letter[1]}"
    others = [option for option in question.options if option not in keys]
    named = [] if _starts(rest, keys) else [each for each in others if _starts(rest, [each])]
    return quoted(named[0].text) if named else ""


def _starts(text: str, options: list[Option]) -> bool:
    return any(folded(text).startswith(folded(option.text).rstrip(".")) for option in options)


def known_lead_in(question: Question) -> Iterator[Remark]:
    """W14: the rules know what the lead-in asks for."""
    if question.next_step is None and classify(question.lead_in).code == "other":
        message = "asks for nothing the rules know, so that filters will not find it"
        fix = "Use a wording of the exam, or say `next_step` and `task`."
        yield Remark("W14", ("lead_in",), message, fix)


def checked_lately(question: Question, pack_as_of: str | None, today: str) -> Iterator[Remark]:
    """L08: the key was checked within 24 months. Months are `YYYY-MM`."""
    as_of = question.as_of or pack_as_of
    if as_of is None:
        return
    age = _months(today) - _months(as_of)
    if age > KEPT_MONTHS:
        message = f"{as_of} is {age} months ago"
        fix = "Check the key against current guidance and date it anew."
        yield Remark("L08", ("as_of",), message, fix)


def _months(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number)
