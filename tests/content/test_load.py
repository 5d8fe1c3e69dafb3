"""Documents as packs: the model pack loads as it is; faults come all at once, with lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.content.dump import dump_json, dump_yaml, pack_document
from qbank.content.json_reader import read_json
from qbank.content.load import (
    FINDINGS_LIMIT,
    load_pack_document,
    load_questions,
)
from qbank.content.pack import Pack
from qbank.content.question import Question
from qbank.content.yaml_reader import read_yaml
from qbank.errors import Finding, PackError
from tests.content.samples import PACK_YAML, plain_question
from tests.content.strategies import packs, questions
from tests.support.shared import shared


def _model_pack() -> str:
    return shared("design", "examples", "questions.yaml").read_text("utf-8")


def _findings(text: str) -> list[Finding]:
    with pytest.raises(PackError) as caught:
        load_pack_document(read_yaml(text, "bad.yaml"))
    return list(caught.value.findings)


def test_the_model_pack_loads_as_it_is() -> None:
    pack, located = load_pack_document(read_yaml(_model_pack(), "questions.yaml"))
    assert (pack.id, pack.version, pack.as_of) == ("model-questions", "1.0.0", "2026-11")
    first, second, third = (item.question for item in located)
    assert first.key == ("hydrocortisone",)
    assert first.expected_correct == pytest.approx(0.66)
    assert [rung.state for rung in first.sequence[:4]] == ["done", "done", "asked", "later"]
    assert first.stage_one is not None
    assert first.stage_one.key == "adrenal"
    assert second.overlays == ("nutrition",)
    assert [change.then for change in second.if_instead] == ["egd", "hla", "serology"]
    assert third.next_step == "none"
    assert third.patient is not None
    assert third.patient.age == "74 years"
    text = _model_pack().split("\n")
    for item in located:
        assert text[item.line - 1].strip() == f"- id: {item.question.id}"


def test_every_fault_of_the_model_pack_is_found_at_its_line() -> None:
    text = _model_pack()
    faults = {
        "key: hydrocortisone": ("key: hydrocortison", "key", "Did you mean 'hydrocortisone'?"),
        "turns_on: She": ("turnson: She", "turnson", "Did you mean 'turns_on'?"),
        "task: diagnosis": ("task: diagnos", "task", "Did you mean 'diagnosis'?"),
        "expected_correct: 0.74": ("expected_correct: high", "expected_correct", "number"),
        "year: 2023": ("year: 2023a", "references[1].year", "whole number"),
        "text: Alzheimer disease": ("text: ''", "options[1].text", "Write it"),
    }
    for good, (bad, _, _) in faults.items():
        text = text.replace(good, bad, 1)
    findings = _findings(text)
    assert len(findings) == len(faults)
    lines = text.split("\n")
    for bad, field, fix in faults.values():
        line = next(
            number
            for number, full in enumerate(lines, 1)
            if full.strip().endswith(bad) or f"{bad} " in full or full.strip().startswith(bad)
        )
        (finding,) = [one for one in findings if one.line == line]
        assert finding.field.endswith(field)
        assert fix in finding.fix
    assert [finding.line for finding in findings] == sorted(one.line or 0 for one in findings)


def test_what_yaml_would_guess_stays_text() -> None:
    _, (item,) = load_pack_document(read_yaml(PACK_YAML, "small.yaml"))
    assert [option.text for option in item.question.options] == ["NO", "012"]
    assert item.question.stem == "A man has a titre of 1:30."
    assert item.where == "small.yaml:6"


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (("format: qbank-pack/1\n", ""), "format", "is missing"),
        (("qbank-pack/1", "qbank-pack/2"), "format", "not known"),
        (("pack:\n  id: small\n  title: A small pack\n", ""), "pack", "is missing"),
        (("  title: A small pack\n", ""), "pack.title", "is missing"),
        (("questions:", "question:"), "question", "is no known field"),
        (("  id: small", "  id: a b"), "pack.id", "wrong form"),
        (("title: A small", "language: x\n  title: A small"), "pack.language", "wrong form"),
        (("title: A small", "text: html\n  title: A small"), "pack.text", "not allowed"),
    ],
)
def test_a_faulty_frame_is_named(change: tuple[str, str], field: str, words: str) -> None:
    findings = _findings(PACK_YAML.replace(*change))
    assert any(one.field == field and words in one.problem for one in findings)


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b\n", "questions: 3\n"])
def test_what_is_no_pack_is_refused(text: str) -> None:
    assert _findings(text)


def test_a_pack_without_an_id_takes_the_one_given() -> None:
    text = PACK_YAML.replace("  id: small\n", "")
    assert load_pack_document(read_yaml(text, "f"), "my-file")[0].id == "my-file"
    assert load_pack_document(read_yaml(PACK_YAML, "f"), "my-file")[0].id == "small"
    assert [finding.field for finding in _findings(text)] == ["pack.id"]


def test_not_more_findings_than_a_person_can_use() -> None:
    many = PACK_YAML + "  - {}\n" * 400
    with pytest.raises(PackError) as caught:
        load_pack_document(read_yaml(many, "bad.yaml"))
    assert len(caught.value.findings) == FINDINGS_LIMIT
    assert "1200 faults" in caught.value.message
    assert str(FINDINGS_LIMIT) in caught.value.hint


def test_parts_of_a_pack_load_alone() -> None:
    one = dump_json(plain_question())
    assert len(load_questions(read_json(one, "one.json"))) == 1
    assert len(load_questions(read_json(f"[{one},{one}]", "two.json"))) == 2
    assert len(load_questions(read_json(f'{{"questions": [{one}]}}', "q.json"))) == 1
    with pytest.raises(PackError) as caught:
        load_questions(read_json(f'{{"questions": [{one}], "pack": {{}}}}', "q.json"))
    assert caught.value.findings[0].field == "pack"


@settings(max_examples=60)
@given(packs, st.lists(questions(), max_size=3))
def test_what_is_written_reads_back(pack: Pack, written: list[Question]) -> None:
    document = pack_document(pack, written)
    for text, read in ((dump_yaml(document), read_yaml), (dump_json(document), read_json)):
        pack_again, located = load_pack_document(read(text, "f"))
        assert pack_again == pack
        assert [item.question for item in located] == written


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(
                    [
                        "format",
                        "pack",
                        "questions",
                        "options",
                        "key",
                        "id",
                        "text",
                        "stage_one",
                        "sequence",
                        "set",
                        "x",
                    ]
                ),
                inner,
                max_size=5,
            ),
        ),
        max_leaves=20,
    )
)
def test_no_document_crashes_the_loader(data: object) -> None:
    document = read_json(dump_json({"format": "qbank-pack/1", "questions": data}), "f")
    for load in (load_pack_document, load_questions):
        with pytest.raises(PackError) as caught:
            load(document)
        assert all(one.line and one.fix for one in caught.value.findings)
