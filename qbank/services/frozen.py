"""A frozen question as its document says it: what may be shown, its key, its reasons.

The document is read as plain data and not checked again: it was checked when it
came in, and what a person answered must stay readable whatever is asked of packs later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qbank.services.views import (
    ChangeText,
    ExhibitText,
    Explanation,
    OptionReview,
    OptionText,
    QuestionText,
    RungText,
)

if TYPE_CHECKING:
    from qbank.store.blocks import FrozenRow

LETTERS = "ABCDEFGHIJ"
"""The letters of the first places; options beyond them are reached by arrows."""

_Document = Mapping[str, Any]


def question_text(row: FrozenRow) -> QuestionText:
    """What may be on screen while the question can still be answered."""
    said: _Document = json.loads(row.content)
    texts = {option["id"]: option["text"] for option in said["options"]}
    return QuestionText(
        position=row.position,
        stem=said.get("stem", ""),
        lead_in=said["lead_in"],
        options=tuple(OptionText(option, texts[option]) for option in row.options),
        several=row.several,
        markdown=row.markdown,
        words=row.words,
        exhibits=tuple(
            ExhibitText(each["sha256"], each["alt"]) for each in said.get("exhibits", ())
        ),
    )


def letters(options: Sequence[str]) -> dict[str, str]:
    """Option id to the letter of its place; options without a letter are left out."""
    return dict(zip(options, LETTERS, strict=False))


def key(row: FrozenRow) -> frozenset[str]:
    """The right options: a regrade's, else the document's."""
    return frozenset(_key(row, json.loads(row.content)))


def keys(rows: Sequence[FrozenRow]) -> dict[str, frozenset[str]]:
    """The keys of a block by the hash of each version, as scoring takes them."""
    return {row.hash: key(row) for row in rows}


def explanation(row: FrozenRow) -> Explanation:
    """The reasoning behind the question, its options in printed order."""
    said: _Document = json.loads(row.content)
    right = _key(row, said)
    options = {option["id"]: option for option in said["options"]}
    return Explanation(
        key=right,
        options=tuple(_option(options[option]) for option in row.options),
        explanation=said.get("explanation", ""),
        objective=said.get("objective", ""),
        turns_on=said.get("turns_on", ""),
        ladder=tuple(_rung(rung) for rung in said.get("sequence", ())),
        if_instead=tuple(
            _change(each, options[each["then"]]["text"], right)
            for each in said.get("if_instead", ())
            if each["then"] in options
        ),
        references=tuple(_reference(each) for each in said.get("references", ())),
        next_step=row.next_step,
        system=row.system,
        task=row.task,
        area=said.get("area") or "",
        topic=said.get("topic") or "",
        pack=row.pack_title,
        expected_correct=said.get("expected_correct"),
    )


def topic(row: FrozenRow) -> str:
    """The question's free label; empty where it has none."""
    return json.loads(row.content).get("topic") or ""


def _key(row: FrozenRow, said: _Document) -> tuple[str, ...]:
    if row.key is not None:
        return tuple(sorted(row.key))
    own = said["key"]
    return tuple(sorted([own] if isinstance(own, str) else own))


def _option(said: _Document) -> OptionReview:
    return OptionReview(
        id=said["id"],
        text=said["text"],
        why=said.get("why", ""),
        error=said.get("error") or "",
        action=said.get("action") or "",
        step=said.get("step") or "",
    )


def _rung(said: _Document) -> RungText:
    return RungText(said["id"], said["stage"], said["do"], said.get("state", "later"))


def _change(said: _Document, then: str, right: Sequence[str]) -> ChangeText:
    return ChangeText(said["change"], said["then"], then, said["then"] in right)


def _reference(said: _Document) -> str:
    """`Body. Title. Year: what it stands for`, without what is not given."""
    year = said.get("year")
    parts = [said.get("body", ""), said["title"], "" if year is None else str(year)]
    source = ". ".join(part for part in parts if part)
    return f"{source}: {said['supports']}" if said.get("supports") else source
