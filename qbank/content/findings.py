"""What is wrong with a question or a pack, in words a writer can act on."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from qbank.content.pack import LANGUAGE_PATTERN, Pack
from qbank.content.question import (
    MONTH_PATTERN,
    SLUG_PATTERN,
    Change,
    ItemSet,
    Option,
    Patient,
    Question,
    Reference,
    Rung,
    StageOne,
)
from qbank.errors import nearest

# The model that stands under each field of this name, wherever it appears.
_MODELS: Final[dict[str, type[BaseModel]]] = {
    "pack": Pack,
    "questions": Question,
    "options": Option,
    "sequence": Rung,
    "if_instead": Change,
    "stage_one": StageOne,
    "references": Reference,
    "patient": Patient,
    "set": ItemSet,
}

_FORM: Final = "See the description of the pack format."
_PATTERNS: Final = {
    SLUG_PATTERN: "Use letters, digits, '-', '_', '.', ':' or '+'; begin with a letter or digit.",
    MONTH_PATTERN: "Write year and month, as in 2026-11.",
    LANGUAGE_PATTERN: "Write a language code, as in en-US.",
}

Path = tuple[str | int, ...]


def problems(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Path, str, str]]:
    """(path, problem, what to do) for each fault that pydantic found in a `model`."""
    for detail in error.errors(include_url=False):
        path = tuple(detail["loc"])
        context = detail.get("ctx", {})
        if detail["type"] == "content":
            yield (*path, context["field"]), context["problem"], context["fix"]
        else:
            yield path, *_words(detail["type"], path, detail["input"], context, model)


def field_name(path: Path) -> str:
    """A path as people write it, `questions[2].options[3].text`; places counted from 1."""
    name = ""
    for step in path:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            name += f".{step}" if name else step
    return name


def _words(
    kind: str, path: Path, value: object, context: dict[str, Any], model: type[BaseModel]
) -> tuple[str, str]:
    """The problem and the remedy for one pydantic error type."""
    if kind == "missing":
        return "is missing", "Add it."
    if kind == "extra_forbidden":
        return "is no known field", _suggest(str(path[-1]), known_fields(path, model))
    if kind == "literal_error":
        names = [name.strip("'") for name in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{_short(value)} is not allowed here", _suggest(str(value), names)
    if kind == "string_pattern_mismatch":
        return f"{_short(value)} has the wrong form", _PATTERNS.get(context["pattern"], _FORM)
    limit = context.get("max_length", context.get("min_length", 0))
    length = len(value) if isinstance(value, str | list | tuple) else 0
    by_kind = {
        "string_too_long": (f"has {length:,} characters", f"Shorten it to {limit:,} at most."),
        "string_too_short": ("is empty", "Write it, or leave the field out if it is optional."),
        "too_long": (f"has {length:,} entries", f"Keep {limit:,} at most."),
        "too_short": (f"has {length:,} entries", f"Give at least {limit:,}."),
        "string_type": (f"{_short(value)} is no text", "Write text, in quotes if need be."),
        "tuple_type": (f"{_short(value)} is no list", "Write a list."),
        "model_type": (f"{_short(value)} is no set of fields", "Write fields under it."),
        "int_parsing": (f"{_short(value)} is no whole number", "Write a whole number."),
        "float_parsing": (f"{_short(value)} is no number", "Write a number such as 0.66."),
        "bool_parsing": (f"{_short(value)} is neither true nor false", "Write true or false."),
        "greater_than_equal": (f"{_short(value)} is too small", f"At least {context.get('ge')}."),
        "less_than_equal": (f"{_short(value)} is too large", f"At most {context.get('le')}."),
    }
    return by_kind.get(kind, (f"{_short(value)} does not fit here", _FORM))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _suggest(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    if near:
        return f"Did you mean {near!r}?"
    return f"Use one of: {', '.join(known)}."


def known_fields(path: Path, model: type[BaseModel]) -> list[str]:
    """The fields that may stand where the last step of `path` stands."""
    around = [step for step in path[:-1] if isinstance(step, str)]
    inner = _MODELS.get(around[-1], model) if around else model
    return list(inner.model_fields)
