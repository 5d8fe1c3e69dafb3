"""Who a question is: the same after a corrected key, another after a changed stem."""

import json
import unicodedata
from hashlib import blake2b
from typing import Final

from qbank.content.question import Question
from qbank.content.text import normalise

DIGEST_BYTES: Final = 16


def question_key(pack_id: str, question: Question) -> str:
    """What tells a question from the others of its pack, the same at every import.

    The author's id where there is one; else a hash, in hex, of the pack, the text that asks
    and the set of option texts. Key, reasons and explanation are left out, so a corrected key
    changes a question and does not make a new one.
    """
    if question.id is not None:
        return question.id
    asked = normalise(f"{question.stem} {question.lead_in}")
    options = sorted(normalise(option.text) for option in question.options)
    return _digest([pack_id, asked, options])


def content_hash(question: Question, *, markdown: bool = False) -> str:
    """The id of a version: a hash, in hex, over every field that differs from its default.

    How the texts are to be read belongs to it: `markdown` is the pack's word.
    """
    fields = question.model_dump(mode="json", exclude_defaults=True)
    return _digest({"text": "markdown", **fields} if markdown else fields)


def _digest(data: object) -> str:
    """A hash over plain data in canonical form: sorted names, no spaces, NFC, UTF-8."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    canonical = unicodedata.normalize("NFC", text).encode("utf-8")
    return blake2b(canonical, digest_size=DIGEST_BYTES).hexdigest()
