"""One question as the rows it becomes: what is filtered on, its version, words, labels."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qbank.content.dump import to_document

if TYPE_CHECKING:
    from qbank.content.lead_in import LeadIn
    from qbank.content.question import Question


@dataclass(frozen=True, slots=True)
class Incoming:
    """A question with its place in the pack, who it is and which version."""

    question: Question
    place: int
    key: str
    hash: str
    question_id: int = 0


def _filters(question: Question, rule: LeadIn) -> dict[str, str]:
    """What questions are filtered by: the author's word, else the rules'; empty: not known."""
    return {
        "system": question.system or "",
        "task": question.task or rule.task or "",
        "area": question.area or "",
        "next_step": question.next_step or rule.kind,
    }


def current(incoming: Incoming, rule: LeadIn) -> dict[str, Any]:
    """The question's row as it now stands: its place, its version, what it is filtered by."""
    place = {"place": incoming.place, "current_hash": incoming.hash}
    return place | _filters(incoming.question, rule)


def version(incoming: Incoming, rule: LeadIn) -> dict[str, Any]:
    """The row of its version, which is never changed again."""
    question = incoming.question
    by_author = question.next_step is not None
    filters = _filters(question, rule)
    return {
        **filters,
        "question_id": incoming.question_id,
        "hash": incoming.hash,
        "content": as_json(to_document(question)),
        "words": question.words,
        "several": question.choose_all,
        "next_step_strict": rule.strict and filters["next_step"] != "none",
        "next_step_source": "author" if by_author else "rule",
        "lead_in_code": rule.code,
        "lead_in_family": rule.family,
        "asks": rule.asks,
        "rule_version": "" if by_author else rule.rule_version,
        "expected_correct": question.expected_correct,
    }


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
