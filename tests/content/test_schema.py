"""The published schema is the model's, and agrees with it on real documents."""

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qbank.content.dump import pack_document
from qbank.content.load import load_pack_document
from qbank.content.pack import Pack, json_schema
from qbank.content.question import Question
from qbank.content.yaml_reader import read_yaml
from tests.content.samples import plain_question
from tests.content.strategies import packs, questions
from tests.support.shared import ROOT, shared

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
PAGE = (ROOT / "docs" / "pack-format.md").read_text("utf-8")


def test_the_published_schema_is_that_of_the_model() -> None:
    published = ROOT / "docs" / "schemas" / "qbank-pack-1.schema.json"
    assert json.loads(published.read_text("utf-8")) == SCHEMA
    Draft202012Validator.check_schema(SCHEMA)


def test_the_model_pack_fits_the_schema() -> None:
    text = shared("design", "examples", "questions.yaml").read_text("utf-8")
    pack, located = load_pack_document(read_yaml(text, "questions.yaml"))
    VALIDATOR.validate(pack_document(pack, [item.question for item in located]))


@settings(max_examples=40)
@given(packs, st.lists(questions(), max_size=2))
def test_what_the_model_takes_the_schema_takes(pack: Pack, written: list[Question]) -> None:
    VALIDATOR.validate(pack_document(pack, written))


@pytest.mark.parametrize(
    "fields", [{"difficulty": 3}, {"system": "heart"}, {"key": []}, {"lead_in": ""}]
)
def test_what_the_model_refuses_the_schema_refuses(fields: dict[str, Any]) -> None:
    document = {
        "format": "qbank-pack/1",
        "pack": {"id": "p", "title": "P"},
        "questions": [plain_question(**fields)],
    }
    assert not VALIDATOR.is_valid(document)


def test_every_field_is_described() -> None:
    models = {"Question", "Option", "Rung", "Change", "StageOne", "Reference", "Patient", "Pack"}
    assert models < set(SCHEMA["$defs"])
    fields = {field for name in models for field in SCHEMA["$defs"][name]["properties"]}
    assert [field for field in sorted(fields) if f"`{field}`" not in PAGE] == []


def test_the_example_of_the_page_loads() -> None:
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    pack, located = load_pack_document(read_yaml(example, "pack-format.md"))
    assert pack.title
    assert located[0].question.next_step


@pytest.mark.parametrize("module", ["lead_in", "exam", "text", "names", "sheet", "markdown"])
def test_the_light_modules_stay_light(module: str) -> None:
    code = f"import sys, qbank.content.{module}; print(*{{'pydantic', 'yaml'}} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == ""
