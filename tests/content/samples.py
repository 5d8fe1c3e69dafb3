"""The smallest question and pack that are valid, to bend one field at a time."""

from typing import Any


def plain_question(**fields: Any) -> dict[str, Any]:
    """A question as plain data, with `fields` put over it."""
    question: dict[str, Any] = {
        "id": "nodule",
        "stem": "A 52-year-old man has a 5-mm lung nodule. He has never smoked.",
        "lead_in": "Which of the following is the most appropriate next step in management?",
        "key": "none",
        "options": [
            {"id": "biopsy", "text": "Biopsy"},
            {"id": "none", "text": "No further studies"},
        ],
    }
    return question | fields


PACK_YAML = """\
format: qbank-pack/1
pack:
  id: small
  title: A small pack
questions:
  - id: first
    stem: A man has a titre of 1:30.
    lead_in: Is this enough?
    key: b
    options:
      - {id: a, text: NO}
      - {id: b, text: 012}
"""
