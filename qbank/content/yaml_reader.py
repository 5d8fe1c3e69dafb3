"""YAML by its events: no types are guessed and nothing is constructed but text."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

from qbank.content.documents import Builder, Document, Event, decode, refuse

_Loader: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_STRING_TAG: Final = "tag:yaml.org,2002:str"


def read_yaml(data: bytes | str, file: str) -> Document:
    """The one document of a YAML text; PackError, with a line, for anything refused.

    A plain scalar that is empty, `~` or `null` means: absent.
    """
    text = decode(data, file) if isinstance(data, bytes) else data
    try:
        return Builder(file).build(_events(text, file))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else None
        refuse(file, line, f"no valid YAML: {error.problem or error.context}", _ADVICE)
    except yaml.YAMLError as error:
        refuse(file, _reader_line(text, error), "no valid YAML: a character YAML forbids", _ADVICE)
    except (UnicodeEncodeError, RecursionError, MemoryError):
        refuse(file, None, "no valid YAML", _ADVICE)


_ADVICE: Final = "Check indentation, and put text with ': ' or '#' in double quotes."


def _reader_line(text: str, error: yaml.YAMLError) -> int | None:
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else None


def _events(text: str, file: str) -> Iterator[Event]:
    documents = 0
    parsed: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    for event in parsed:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                refuse(file, line, "a second document (---)", "Write one document in a file.")
        elif isinstance(event, yaml.AliasEvent):
            refuse(file, line, f"an alias (*{event.anchor})", "Write the text out.")
        elif isinstance(event, yaml.NodeEvent):
            _check_node(event, file, line)
            yield _node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            yield Event("end", line)


def _check_node(event: Any, file: str, line: int) -> None:
    if event.anchor is not None:
        refuse(file, line, f"an anchor (&{event.anchor})", "Leave the anchor out.")
    if event.tag not in (None, "!", _STRING_TAG):
        refuse(file, line, f"a tag ({event.tag})", "Leave the tag out; every value is text.")


def _node(event: Any, line: int) -> Event:
    if isinstance(event, yaml.MappingStartEvent):
        return Event("map", line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Event("seq", line)
    absent = event.value in _NULLS and not event.style and event.tag is None
    return Event("value", line, None if absent else event.value)
