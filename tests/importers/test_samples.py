"""Real data sets: every item is taken or skipped with a reason, and the counts are as known."""

import json
from pathlib import Path

import pytest

from tests.importers.reading import read_one
from tests.support.shared import shared

FORMATS = ("csv", "csv-mmlu", "json", "jsonl")
SAMPLES = shared("samples")
ITEMS = {
    f"{entry['fmt']}/{entry['dest']}": entry["n"]
    for entry in json.loads((SAMPLES / "manifest.json").read_text(encoding="utf-8"))
    if entry["fmt"] in FORMATS
}
KNOWN = {
    "jsonl/medqa-us-5options_test_1273.jsonl": (1273, 0),
    "jsonl/medxpertqa-u_589.jsonl": (589, 0),
    "jsonl/pubmedqa_test_500.jsonl": (500, 0),
    "json/frenchmedmcqa_dev.json": (312, 0),
    "json/frenchmedmcqa_test.json": (622, 0),
    "csv/kahoot.csv": (4, 1),
    "csv/testify_questions_template.csv": (2, 1),
}


@pytest.mark.parametrize("name", ITEMS)
def test_every_item_is_accounted_for(name: str) -> None:
    found = read_one(SAMPLES / name)
    taken, skipped = len(found["taken"]), len(found["skipped"])
    assert taken + skipped == ITEMS[name] == found["total"]
    assert KNOWN.get(name, (taken, skipped)) == (taken, skipped)
    assert taken > 0.85 * ITEMS[name] or name in KNOWN


@pytest.mark.parametrize("name", ["json/frenchmedmcqa_dev.json", "json/frenchmedmcqa_test.json"])
def test_several_right_answers_are_those_of_the_source(name: str) -> None:
    raw = {each["id"]: each for each in json.loads((SAMPLES / name).read_text(encoding="utf-8"))}
    taken = list(read_one(SAMPLES / name)["taken"].values())
    for question in taken:
        right = question["key"] if isinstance(question["key"], list) else [question["key"]]
        assert sorted(right) == sorted(raw[question["id"]]["correct_answers"])
    assert any(isinstance(question["key"], list) for question in taken)


def _raw_lines(name: str) -> list[dict[str, object]]:
    lines = (SAMPLES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_keys_and_options_are_those_of_the_source() -> None:
    name = "jsonl/medqa-us-5options_test_1273.jsonl"
    taken = list(read_one(SAMPLES / name)["taken"].values())
    for raw, question in zip(_raw_lines(name), taken, strict=True):
        options = {option["id"]: option["text"] for option in question["options"]}
        assert question["key"] == raw["answer_idx"]
        assert list(options) == list(raw["options"])  # type: ignore[call-overload]  # a mapping
        assert options[question["key"]] == str(raw["answer"]).strip()


def test_an_option_list_in_the_stem_is_stripped() -> None:
    taken = read_one(SAMPLES / "jsonl/medxpertqa-u_589.jsonl")["taken"].values()
    left = [q for q in taken if "Answer Choices" in q.get("stem", "") + q["lead_in"]]
    assert not left


def test_a_stem_of_sentences_is_joined_and_the_question_is_the_lead_in() -> None:
    name = "jsonl/mediq_craft_md.jsonl"
    first_raw = _raw_lines(name)[0]
    first = read_one(SAMPLES / name)["taken"]["mediq_craft_md.jsonl:1"]
    assert first["lead_in"] == first_raw["question"]
    assert first["stem"].startswith("A 22-year-old man presented")
    assert "10 days ago. He denied fever" in first["stem"]


def test_padding_in_the_fifth_column_is_no_option() -> None:
    taken = read_one(SAMPLES / "jsonl/afrimedqa_test_174.jsonl")["taken"].values()
    texts = [option["text"].casefold() for q in taken for option in q["options"]]
    assert "n/a" not in texts
    assert any(len(q["options"]) == 4 for q in taken)


def test_the_authors_ids_are_kept_where_they_are_ids() -> None:
    taken = read_one(SAMPLES / "json/frenchmedmcqa_dev.json")["taken"].values()
    assert all(len(question["id"]) == 64 for question in taken)


def test_model_questions_of_the_design_load_as_they_are() -> None:
    path: Path = shared("design", "examples", "questions.yaml")
    found = read_one(path)
    assert (found["total"], found["skipped"], found["complete"]) == (3, [], True)
