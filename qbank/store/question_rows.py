"""One question as the rows it becomes: what is filtered on, its version, words, labels."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from qbank.content.dump import to_document

if TYPE_CHECKING:
    from qbank.content.derive import Derived
    from qbank.content.question import Question


@dataclass(frozen=True, slots=True)
class Incoming:
    """A question with its place in the pack, who it is and which version.

    `markdown` says how its texts are to be read.
    """

    question: Question
    place: int
    key: str
    hash: str
    question_id: int = 0
    markdown: bool = False


def current(incoming: Incoming, derived: Derived) -> dict[str, Any]:
    """The question's row as it now stands: its place, its version, what it is filtered by."""
    return {
        "place": incoming.place,
        "current_hash": incoming.hash,
        "system": derived.system,
        "task": derived.task,
        "area": derived.area,
        "next_step": derived.next_step,
    }


def version(incoming: Incoming, derived: Derived) -> dict[str, Any]:
    """The row of its version, which is never changed again."""
    question = incoming.question
    return {
        **asdict(derived),
        "question_id": incoming.question_id,
        "hash": incoming.hash,
        "content": as_json(to_document(question)),
        "several": question.choose_all,
        "markdown": incoming.markdown,
        "expected_correct": question.expected_correct,
        **on_offer(question),
    }


def on_offer(question: Question) -> dict[str, Any]:
    """How many options a version has, and what each does where the author says so."""
    coded = [(each.id, each.error, each.action) for each in question.options]
    known = any(error or action for _, error, action in coded)
    return {"choices": len(coded), "offered": as_json(coded) if known else None}


def words(incoming: Incoming) -> dict[str, Any]:
    """What is searched. The key is not in it; the reasons stand with the explanation."""
    question = incoming.question
    reasons = (question.explanation, question.objective, question.turns_on)
    whys = (option.why for option in question.options)
    return {
        "question_id": incoming.question_id,
        "stem": question.stem,
        "lead_in": question.lead_in,
        "options": "\n".join(option.text for option in question.options),
        "explanation": "\n".join(text for text in (*reasons, *whys) if text),
    }


def tags(incoming: Incoming) -> list[dict[str, Any]]:
    """A row for each label."""
    question = incoming.question
    pairs: set[tuple[str, str]] = {("discipline", each) for each in question.disciplines}
    pairs |= {("overlay", each) for each in question.overlays}
    pairs |= {("tag", each) for each in question.tags}
    if question.topic:
        pairs.add(("topic", question.topic))
    return [
        {"kind": kind, "value": value, "question_id": incoming.question_id}
        for kind, value in sorted(pairs)
    ]


def as_json(data: object) -> str:
    """Plain data as it is stored."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
