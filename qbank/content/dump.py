"""Questions and packs as native documents; reading what was written gives them back."""

import json
from collections.abc import Iterable
from typing import Any

import yaml

from qbank.content.pack import FORMAT, Pack
from qbank.content.question import Question


def to_document(question: Question) -> dict[str, Any]:
    """The question as a pack file holds it: no defaults, one key as a word, fields in order."""
    fields = question.model_dump(mode="json", exclude_defaults=True)
    if not question.choose_all:
        fields["key"] = question.key[0]
    return fields


def pack_document(pack: Pack, questions: Iterable[Question]) -> dict[str, Any]:
    """A whole pack as one document."""
    return {
        "format": FORMAT,
        "pack": pack.model_dump(mode="json", exclude_defaults=True),
        "questions": [to_document(question) for question in questions],
    }


def dump_json(document: dict[str, Any]) -> str:
    """The document as readable JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


class _Dumper(yaml.SafeDumper):
    """YAML without anchors: a pack may not contain them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump_yaml(document: dict[str, Any]) -> str:
    """The document as YAML in the order of its fields."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
