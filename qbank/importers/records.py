"""One record, a row of a table or an object of a data set, as a question."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from qbank.content.findings import field_name, problems
from qbank.content.lead_in import extract
from qbank.content.names import SYSTEMS, TASKS
from qbank.content.option_list import strip_option_list
from qbank.content.question import OPTIONS_LIMIT, TAGS_LIMIT, Question
from qbank.importers.keys import Choice, Claim, Manner, NoKey, Places, resolve
from qbank.importers.layout import Layout
from qbank.importers.values import (
    as_text,
    as_texts,
    choices_of,
    paragraphs,
    sentences,
)

Record = Mapping[str, object]

LABEL_LIMIT: Final = 100
_VERDICTS: Final = (Choice("A", "yes"), Choice("B", "no"), Choice("C", "maybe"))
_PADDING: Final = frozenset({"", "n/a", "nan"})
_TAG_BREAK: Final = re.compile(r"[,;|]")
_POINTS: Final = re.compile(r"(?=.*[1-9])[\d.,]+\s*%?")
_LIST_HEADING: Final = re.compile(r"\s*\banswer choices:\s*(?=\(A\)\s)", re.IGNORECASE)
_LIST_LETTER: Final = re.compile(r"(?<!\S)\(([A-Z])\)\s")
_STAR: Final = "*"
_ALL: Final = (1, 100)
"""What all points of a question come to: as a share, or in percent."""


class NoQuestion(ValueError):
    """Why a record is no question that can be taken, in words."""


def choices(record: Record, layout: Layout) -> tuple[Choice, ...]:
    """The options of a record, empty ones included, so that places stay places."""
    if layout.verdict:
        return _VERDICTS
    if layout.choices:
        return choices_of(record.get(layout.choices))
    whys = dict(layout.whys)
    found = [
        Choice(label, as_text(record.get(name)), as_text(record.get(whys.get(label, ""))))
        for label, name in layout.options
    ]
    while found and not found[-1].text:
        found.pop()
    return tuple(found)


def claims(record: Record, layout: Layout) -> tuple[Claim, ...]:
    """What the record says of its key."""
    said = ((key, as_texts(record.get(key.name))) for key in layout.keys)
    return tuple(Claim(key, values) for key, values in said if values)


def to_question(
    record: Record, layout: Layout, manners: Mapping[str, Manner], *, own_id: bool
) -> Question:
    """The record as a question; NoQuestion, with the reason, where it is none.

    `manners` says by field how a key is read, `own_id` whether the record's id counts.
    """
    text = paragraphs(record.get(layout.stem)) if layout.stem else ""
    if not text:
        raise NoQuestion("no question text")
    options = choices(record, layout)
    if not any(choice.text for choice in options):
        raise NoQuestion("no options")
    if len(options) > OPTIONS_LIMIT:
        raise NoQuestion(f"more than {OPTIONS_LIMIT} options")
    try:
        options, key = _key(record, layout, options, manners)
    except NoKey as error:
        raise NoQuestion(str(error)) from error
    stem, lead_in = _stem_and_lead_in(record, layout, text, options)
    fields: dict[str, Any] = {
        "id": as_text(record.get(layout.id)) if own_id else None,
        "stem": stem,
        "lead_in": lead_in,
        "key": [options[place].label for place in key],
        "options": [
            {"id": choice.label, "text": choice.text, "why": choice.why}
            for place, choice in enumerate(options)
            if place in key or choice.text.casefold() not in _PADDING
        ],
        "explanation": paragraphs(record.get(layout.explanation)),
        **_labels(record, layout),
    }
    return _validated(fields)


def _validated(fields: dict[str, Any]) -> Question:
    try:
        return Question.model_validate(fields)
    except ValidationError as error:
        path, problem, _ = next(problems(error, Question))
        raise NoQuestion(f"{field_name(path)}: {problem}" if path else problem) from error


def _key(
    record: Record, layout: Layout, options: tuple[Choice, ...], manners: Mapping[str, Manner]
) -> tuple[tuple[Choice, ...], Places]:
    """The options and the places of the right ones; NoKey where they are not certain."""
    if layout.keys:
        places = resolve(claims(record, layout), options, manners)
    elif layout.fractions:
        places = _by_fractions(record, layout)
    else:
        options, places = _by_stars(options)
    empty = [options[place].label for place in places if not options[place].text]
    if empty:
        raise NoKey(f"the key names option {empty[0]}, which is empty")
    return options, places


def _by_fractions(record: Record, layout: Layout) -> Places:
    """Every option that earns points: one, or several that earn all of them together."""
    order = [label for label, _ in layout.options]
    earned = {
        order.index(label): _points(as_text(record.get(name)))
        for label, name in layout.fractions
        if label in order and _POINTS.fullmatch(as_text(record.get(name)))
    }
    if not earned:
        raise NoKey("no key: no option earns points")
    if len(earned) > 1 and not any(abs(sum(earned.values()) / each - 1) < 0.02 for each in _ALL):
        raise NoKey("some options earn a part of the points: which ones are right is not said")
    return frozenset(earned)


def _points(text: str) -> float:
    """Points as a number, also with a comma; 0 where it is none after all."""
    try:
        return float(text.removesuffix("%").replace(",", "."))
    except ValueError:
        return 0.0


def _by_stars(options: tuple[Choice, ...]) -> tuple[tuple[Choice, ...], Places]:
    """The options that begin with an asterisk, and all of them without it."""
    starred = [choice.text.startswith(_STAR) for choice in options]
    if not any(starred):
        raise NoKey("no key")
    plain = (
        Choice(each.label, each.text.removeprefix(_STAR).strip(), each.why) for each in options
    )
    return tuple(plain), frozenset(place for place, star in enumerate(starred) if star)


def _stem_and_lead_in(
    record: Record, layout: Layout, text: str, options: tuple[Choice, ...]
) -> tuple[str, str]:
    text = strip_option_list(text, [choice.text for choice in options if choice.text])
    text = _without_headed_list(text, options)
    lead_in = as_text(record.get(layout.lead_in))
    if lead_in:
        return text, lead_in
    context = record.get(layout.context)
    before = paragraphs(context) if layout.context_paragraphs else sentences(context)
    return (before, text) if before else extract(text)


def _without_headed_list(text: str, options: tuple[Choice, ...]) -> str:
    """The text without `Answer Choices: (A) ... (B) ...`, also where a word of it differs."""
    heading = _LIST_HEADING.search(text)
    if heading is None or not text[: heading.start()].strip():
        return text
    letters = _LIST_LETTER.findall(text, heading.end())
    return text[: heading.start()] if letters == [choice.label for choice in options] else text


def _labels(record: Record, layout: Layout) -> dict[str, Any]:
    """System, task, topic and tags; a system or task of somebody else's list is a tag."""
    found: dict[str, Any] = {}
    tags: list[str] = []
    for name, field, known in (("system", layout.system, SYSTEMS), ("task", layout.task, TASKS)):
        value = as_text(record.get(field))
        slug = re.sub(r"\W+", "_", value.casefold())
        if slug in known:
            found[name] = slug
        elif value:
            tags.append(value)
    topic = as_text(record.get(layout.topic))
    if topic and len(topic) <= LABEL_LIMIT:
        found["topic"] = topic
    for field in layout.tags:
        tags += as_texts(record.get(field))
    for field in layout.tag_lists:
        for value in as_texts(record.get(field)):
            tags += _TAG_BREAK.split(value)
    stripped = (tag.strip() for tag in tags)
    kept = [tag for tag in dict.fromkeys(stripped) if 0 < len(tag) <= LABEL_LIMIT]
    found["tags"] = kept[:TAGS_LIMIT]
    return found
