"""Words of a text, as the checks compare them."""

import re
from functools import cache
from typing import Final

from qbank.content.lint.data import table

_CONTENT: Final = re.compile(r"[a-z]{4,}")
_TOKEN: Final = re.compile(r"[a-z0-9]+")


def content_words(text: str, letters: int) -> frozenset[str]:
    """The words of at least so many letters (4 or more) that say something of their own."""
    found = _CONTENT.findall(text.casefold())
    return frozenset(word for word in found if len(word) >= letters and word not in _stop())


def tokens(text: str) -> frozenset[str]:
    """All words and numbers, folded."""
    return frozenset(_TOKEN.findall(text.casefold()))


def folded(text: str) -> str:
    """The text with case and space folded, for comparing options."""
    return " ".join(text.casefold().split())


def word_count(text: str) -> int:
    """Whitespace-separated tokens, as reading load counts them."""
    return len(text.split())


def quoted(text: str, limit: int = 40) -> str:
    """A text short enough to be named in a message, in quotation marks."""
    line = " ".join(text.split())
    return f'"{line if len(line) <= limit else line[: limit - 3].rstrip() + "..."}"'


@cache
def generic_words() -> frozenset[str]:
    """What is left of a lead-in without these is what it asks about by itself."""
    return _listed("generic")


@cache
def _stop() -> frozenset[str]:
    return _listed("stop")


def _listed(name: str) -> frozenset[str]:
    return frozenset(" ".join(table("stop.toml")[name]).split())
