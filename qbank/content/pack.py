"""The pack: who made it, what may be done with it, and its questions as one document."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from qbank.content.names import TextStyle
from qbank.content.question import Frozen, Label, Line, LongText, Month, Question, Slug

FORMAT: Final = "qbank-pack/1"
SCHEMA_ID: Final = "urn:qbank:schema:qbank-pack-1"

LANGUAGE_PATTERN: Final = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]


class Pack(Frozen):
    """The manifest. `text` says how the texts of its questions are to be read."""

    id: Slug
    title: Annotated[str, Field(min_length=1, max_length=200)]
    version: Label = "1"
    language: Language = "en"
    exam: Slug | None = None
    licence: Annotated[str, Field(max_length=200)] = ""
    as_of: Month | None = None
    text: TextStyle = "plain"
    authors: Annotated[tuple[Label, ...], Field(max_length=200)] = ()
    source: Line = ""
    url: Line = ""
    description: LongText = ""


class PackDocument(Frozen):
    """A whole pack in one document: what a YAML or JSON pack file holds."""

    format: Literal["qbank-pack/1"]
    pack: Pack
    questions: tuple[Question, ...]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a pack document, as published with the documentation."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **PackDocument.model_json_schema(),
    }
