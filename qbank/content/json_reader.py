"""JSON: the fast parser for the data, a token scan for the lines."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from qbank.content.documents import Builder, Document, Event, decode, refuse
from qbank.content.text import gate_document

# A string, a bracket or a bare word; commas, colons and space need no event.
_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]|[^\s{}\[\],:"]+', re.DOTALL)
_ADVICE: Final = "Check commas, quotes and brackets near this line."


class _Refused(ValueError):
    """JSON that Python would take and a pack must not contain."""


def read_json(data: bytes | str, file: str, first_line: int = 1) -> Document:
    """One JSON value; PackError, with a line, for anything refused.

    Numbers stay text with all their digits. A name whose value is null is absent.
    `first_line` is the line on which the text begins in its file.
    """
    text = decode(data, file) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    try:
        plain = json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
            object_pairs_hook=_mapping,
        )
        gated, removed = gate_document(plain)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        refuse(file, line, f"no valid JSON: {error.msg[:1].lower()}{error.msg[1:]}", _ADVICE)
    except (_Refused, ValueError, RecursionError, MemoryError) as error:
        _find_refused(text, file, first_line, str(error) or "nested too deep")
    start = first_line + text.count("\n", 0, len(text) - len(text.lstrip()))
    return Document(file, gated, start, removed, lambda: _build(text, file, first_line).marks)


def _refuse_constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is no value")


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _Refused("a name stands twice")
    return {name: value for name, value in pairs if value is not None}


def _find_refused(text: str, file: str, first_line: int, problem: str) -> NoReturn:
    """Go through the tokens for the line of what the fast parser refused without one."""
    _build(text, file, first_line)
    refuse(file, first_line, problem, "Write every value as text, number, list or mapping.")


def _build(text: str, file: str, first_line: int) -> Document:
    return Builder(file).build(_events(text, file, first_line))


def _events(text: str, file: str, first_line: int) -> Iterator[Event]:
    line, scanned = first_line, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", scanned, token.start())
        scanned = token.start()
        word = token.group()
        if word == "{":
            yield Event("map", line)
        elif word == "[":
            yield Event("seq", line)
        elif word in "}]":
            yield Event("end", line)
        elif word in ("NaN", "Infinity", "-Infinity"):
            refuse(file, line, f"{word} is no value", "Leave the field out.")
        else:
            yield Event("value", line, _scalar(word))


def _scalar(word: str) -> str | None:
    if word == "null":
        return None
    return str(json.loads(word)) if word.startswith('"') else word
