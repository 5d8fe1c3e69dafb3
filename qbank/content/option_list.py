"""A list of options repeated inside a stem, as some data sets have it."""

import re
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"\S+")
_HEADING: Final = re.compile(
    r"(?:the )?(?:(?:answer )?(?:choices|options)|answers)(?: are)?\s*:?\s*$", re.IGNORECASE
)
_BULLETS: Final = frozenset("-*•–")
_SEPARATORS: Final = ",;"


def strip_option_list(text: str, options: Sequence[str]) -> str:
    """The text without the option list at its end; unchanged where none matches.

    `options` are the option texts in order. Every one of them has to stand at the end of the
    text, in this order, word for word, each with its letter, its number, a bullet or nothing
    before it; a heading such as `Answer Choices:` goes with the list.
    """
    wanted = [option.split() for option in options]
    if len(wanted) < 2 or not all(wanted):
        return text
    end = text.rstrip()
    if not end.rstrip(_SEPARATORS + ".").endswith(wanted[-1][-1].rstrip(_SEPARATORS + ".")):
        return text
    words = list(_WORD.finditer(end))
    place = len(words)
    for index in reversed(range(len(wanted))):
        place = _before(words, place, wanted[index], index)
        if place < 0:
            return text
    head = end[: words[place].start()] if place < len(words) else end
    return _HEADING.sub("", head).rstrip()


def _before(words: list[re.Match[str]], place: int, option: list[str], index: int) -> int:
    """Where the option that ends before `place` begins, its label included; -1: not there."""
    start = place - len(option)
    if start < 0:
        return -1
    found = [word.group() for word in words[start:place]]
    found[-1], option = found[-1].rstrip(_SEPARATORS), [*option]
    option[-1] = option[-1].rstrip(_SEPARATORS)
    label = _label(index)
    if found == option:
        before = words[start - 1].group() if start > 0 else ""
        return start - 1 if before in _BULLETS or label.fullmatch(before) else start
    found[0] = label.sub("", found[0], count=1)
    return start if found == option else -1


def _label(index: int) -> re.Pattern[str]:
    """The letter or number of the option at `index`, with the signs around it."""
    letter = chr(ord("A") + index) if index < 26 else "A"
    return re.compile(rf"^[(\[]?(?:{letter}|{index + 1})[)\].:]", re.IGNORECASE)
