"""The values of a record, whatever they are wrapped in: a list, a mapping, text holding either."""

import ast
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from qbank.content.question import OPTIONS_LIMIT
from qbank.importers.keys import Choice
from qbank.importers.layout import LETTERS

Value = object

LITERAL_LIMIT: Final = 20_000
"""Longer text is never read as a list or mapping."""

_LABELS: Final = ("label", "aid", "letter", "key", "identifier", "id")
_TEXTS: Final = ("text", "atext", "value", "content", "option", "answer")
_TERMINALS: Final = (".", "?", "!", ":", ";", ")", '"', "”")
_LABELLED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}")


def as_text(value: Value) -> str:
    """A scalar as text, outer space stripped; empty for anything else."""
    if isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def as_texts(value: Value) -> tuple[str, ...]:
    """The texts of a list, or the one text; lists that were written into a cell are opened."""
    value = unwrap(value)
    if isinstance(value, list):
        return tuple(text for text in map(as_text, value) if text)
    text = as_text(value)
    return (text,) if text else ()


def paragraphs(value: Value) -> str:
    """Text, or the texts of a list one under the other."""
    return "\n\n".join(as_texts(value)) if isinstance(value, list) else as_text(value)


def sentences(value: Value) -> str:
    """Text, or a list of sentences as one paragraph."""
    if not isinstance(value, list):
        return as_text(value)
    texts = as_texts(value)
    closed = [text if text.endswith(_TERMINALS) else f"{text}." for text in texts[:-1]]
    return " ".join([*closed, *texts[-1:]])


def unwrap(value: Value) -> Value:
    """A list or mapping that stands as text, as JSON or as Python writes it; else the value."""
    if not isinstance(value, str) or not value.strip().startswith(("[", "{")):
        return value
    text = value.strip()
    if len(text) > LITERAL_LIMIT:
        return value
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(text)
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | dict):
            return _plain(found)
    return value


def choices_of(value: Value) -> tuple[Choice, ...]:
    """The options of a field that holds them all; empty where it holds none.

    A mapping of labels to texts, a list of texts or of mappings, two lists side by side, a
    text that is one of these, or texts divided by `|`. One more than are allowed are looked
    at, so that too many are noticed and no more than that costs time.
    """
    value = unwrap(value)
    if isinstance(value, str) and "|" in value:
        value = [part.strip() for part in value.split("|", OPTIONS_LIMIT + 1)]
    if isinstance(value, dict):
        return tuple(islice(_from_mapping(value), OPTIONS_LIMIT + 1))
    if isinstance(value, list):
        return tuple(islice(_from_list(value), OPTIONS_LIMIT + 1))
    return ()


def _from_mapping(value: dict[str, Value]) -> Iterator[Choice]:
    labels, texts = value.get("label"), value.get("text")
    if isinstance(labels, list) and isinstance(texts, list) and len(labels) == len(texts):
        for label, text in zip(labels, texts, strict=True):
            yield Choice(as_text(label), as_text(text))
        return
    for place, (label, text) in enumerate(value.items()):
        yield Choice(_label(label, place), as_text(text))


def _from_list(value: list[Value]) -> Iterator[Choice]:
    for place, item in enumerate(value):
        if isinstance(item, dict):
            label = next((as_text(item[name]) for name in _LABELS if name in item), "")
            text = next((as_text(item[name]) for name in _TEXTS if name in item), "")
            yield Choice(_label(label, place), text)
        else:
            yield Choice(_label("", place), as_text(item))


def _label(label: str, place: int) -> str:
    """The source's label where it can serve as one, else the letter of the place."""
    label = label.strip()
    if _LABELLED.fullmatch(label):
        return label
    return LETTERS[place] if place < len(LETTERS) else f"option-{place + 1}"


def _plain(value: Value) -> Value:
    """Scalars as text, as the JSON reader gives them."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return None if value is None else str(value)
