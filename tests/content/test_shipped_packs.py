"""The blocks under `questions/` hold what was planned for them, pack by pack."""

from itertools import pairwise
from pathlib import Path

import pytest

from qbank.content.lint.facts import PackFacts, pack_facts
from qbank.content.lint.placed import Placed, PlacedPack
from qbank.importers.base import Draft
from qbank.importers.registry import open_path
from tests.support.shared import ROOT

QUESTIONS = ROOT / "questions"

# How many questions of each name the blocks 1 to 8 hold.
PLAN = {
    "systems": {
        "social": (2, 3, 3, 3, 2, 2, 3, 2),
        "renal_reproductive": (2, 2, 2, 2, 2, 2, 2, 2),
        "cardiovascular": (2, 2, 2, 1, 2, 2, 2, 1),
        "musculoskeletal_skin": (2, 1, 2, 1, 2, 2, 2, 2),
        "behavioral": (1, 2, 1, 2, 1, 2, 2, 1),
        "blood_immune": (1, 2, 2, 1, 2, 1, 1, 2),
        "gastrointestinal": (1, 1, 2, 1, 1, 2, 2, 2),
        "nervous": (2, 2, 2, 2, 1, 1, 1, 1),
        "respiratory": (2, 1, 1, 2, 2, 1, 1, 2),
        "multisystem": (1, 1, 1, 2, 1, 1, 1, 1),
        "endocrine": (1, 1, 1, 1, 1, 1, 1, 1),
        "pregnancy": (1, 1, 1, 1, 1, 1, 1, 1),
        "biostatistics": (1, 1, 0, 0, 1, 1, 1, 1),
        "development": (1, 0, 0, 1, 1, 1, 0, 1),
    },
    "tasks": {
        "lab_diagnostic": (3, 3, 3, 3, 3, 3, 3, 3),
        "diagnosis": (4, 3, 4, 4, 3, 4, 4, 4),
        "prognosis": (1, 2, 2, 1, 1, 2, 1, 1),
        "prevention": (2, 2, 2, 1, 2, 1, 1, 2),
        "pharmacotherapy": (2, 2, 2, 2, 2, 2, 2, 2),
        "intervention": (2, 1, 1, 2, 2, 2, 2, 1),
        "mixed_management": (3, 3, 3, 3, 3, 3, 3, 3),
        "systems_safety": (1, 2, 1, 1, 1, 1, 1, 2),
        "practice_learning": (1, 1, 1, 1, 1, 1, 1, 1),
        "professionalism": (1, 1, 1, 2, 2, 1, 2, 1),
    },
    "next_steps": {
        "none": (10, 10, 10, 10, 10, 10, 10, 10),
        "diagnostic": (3, 3, 3, 2, 3, 2, 3, 3),
        "therapeutic": (4, 4, 4, 4, 4, 4, 4, 4),
        "procedural": (1, 1, 1, 2, 1, 2, 1, 1),
        "preventive": (1, 1, 1, 1, 1, 1, 1, 1),
        "communication": (1, 1, 1, 1, 1, 1, 1, 1),
    },
    "disciplines": {
        "medicine": (10, 11, 11, 13, 12, 13, 11, 13),
        "surgery": (5, 4, 6, 4, 5, 4, 4, 5),
        "pediatrics": (3, 4, 4, 4, 3, 4, 4, 4),
        "obstetrics_gynecology": (2, 2, 3, 2, 3, 2, 2, 2),
        "psychiatry": (3, 3, 1, 2, 1, 2, 2, 2),
    },
    "overlays": {"nutrition": (3, 4, 3, 3, 3, 4, 4, 3)},
}


def read(path: Path) -> PlacedPack:
    """The one pack of a file."""
    (reading,) = open_path(path)
    drafts = [item for item in reading.items if isinstance(item, Draft)]
    placed = tuple(Placed(draft.question, path.name, None) for draft in drafts)
    return PlacedPack(reading.pack, path.name, placed)


PACKS = {path.stem: read(path) for path in sorted(QUESTIONS.glob("*.yaml"))}
FACTS = {name: pack_facts(pack) for name, pack in PACKS.items()}
BLOCKS = {number: FACTS[f"block-{number}"] for number in range(1, 9) if f"block-{number}" in FACTS}


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS)
def test_a_pack_is_one_block_of_twenty_with_ten_next_steps(facts: PackFacts) -> None:
    assert (facts.questions, facts.next_steps) == (20, 10)
    assert facts.expected_correct is not None


@pytest.mark.parametrize("name", PACKS)
def test_no_two_neighbours_are_of_one_system(name: str) -> None:
    systems = [placed.question.system for placed in PACKS[name].questions]
    assert None not in systems
    assert all(one != other for one, other in pairwise(systems))


@pytest.mark.parametrize("name", PACKS)
def test_next_steps_are_spread_over_the_quarters(name: str) -> None:
    asks = [placed.question.next_step != "none" for placed in PACKS[name].questions]
    assert all(2 <= sum(asks[start : start + 5]) <= 3 for start in range(0, 20, 5))


@pytest.mark.parametrize("name", PACKS)
def test_the_next_steps_of_a_pack_are_asked_in_at_least_four_wordings(name: str) -> None:
    questions = [placed.question for placed in PACKS[name].questions]
    assert len({each.lead_in for each in questions if each.next_step != "none"}) >= 4


def test_every_question_has_its_labels_and_a_source() -> None:
    for pack in PACKS.values():
        for placed in pack.questions:
            each = placed.question
            whole = (each.id, each.system, each.area, each.task, each.topic, each.disciplines)
            assert all(whole), each.id
            assert each.references, each.id
            assert all((each.objective, each.explanation, each.as_of)), each.id
            assert all(option.why for option in each.options), each.id
            assert 4 <= len(each.options) <= 6, each.id


def test_ids_differ_over_all_packs() -> None:
    ids = [placed.name for pack in PACKS.values() for placed in pack.questions]
    assert len(ids) == len(set(ids))


def test_the_blocks_hold_what_was_planned() -> None:
    for number, facts in BLOCKS.items():
        for group, names in PLAN.items():
            planned = {name: counts[number - 1] for name, counts in names.items()}
            found = dict.fromkeys(planned, 0) | dict(facts.counts[group])
            assert found == planned, f"block {number}, {group}"
