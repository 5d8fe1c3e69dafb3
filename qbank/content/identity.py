"""Who a question is: the same after a corrected key, another after a changed stem."""

import json
import unicodedata
from hashlib import blake2b
from typing import Final
from uuid import UUID, uuid5

from qbank.content.question import Question
from qbank.content.text import normalise

DIGEST_BYTES: Final = 16
_NAMESPACE: Final = UUID("9d0e4a52-6b0f-4c3e-8a55-0f6d2f3a7c11")


def _canonical(data: object) -> str:
    """Plain data as one text: sorted names, no spaces, NFC."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def question_uid(pack_id: str, question: Question) -> UUID:
    """The question's public id: the same on every machine and at every import.

    It rests on the author's id within the pack where there is one, else on the pack, the
    text that asks and the set of option texts. Key, reasons and explanation are left out,
    so a corrected key changes a question and does not make a new one.
    """
    if question.id is not None:
        return uuid5(_NAMESPACE, _canonical(["id", pack_id, question.id]))
    asked = normalise(f"{question.stem} {question.lead_in}")
    options = sorted(normalise(option.text) for option in question.options)
    return uuid5(_NAMESPACE, _canonical(["text", pack_id, asked, options]))


def content_hash(question: Question) -> str:
    """The id of a version: a hash, in hex, over every field that differs from its default."""
    fields = question.model_dump(mode="json", exclude_defaults=True)
    return blake2b(_canonical(fields).encode("utf-8"), digest_size=DIGEST_BYTES).hexdigest()
