"""Reference ranges on the command line."""

import json

import jsonschema
import pytest

from qbank.content.lab_values import lab_sheet
from qbank.reporting.lab_words import ASK, NONE_FOUND, in_both
from tests.cli.conftest import Qbank
from tests.support.shared import ROOT


def test_a_test_by_any_of_its_names(qbank: Qbank) -> None:
    said = qbank("labs", "sgpt")
    assert said.code == 0
    assert said.out == "Liver and proteins (serum)\n  Alanine aminotransferase: 10–40 U/L\n"
    assert "NBME, Laboratory Reference Values, April 2026" in said.err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("ferritin",), "  Ferritin: men 20–250, women 10–120 ng/mL"),
        (("csf", "glucose", "--si"), "  Glucose, CSF: 2.2–3.9 mmol/L"),
        (("plt",), "  Platelets: 150,000–400,000/mm³"),
        (("hct", "--si"), "  Hematocrit: men 0.41–0.53, women 0.36–0.46"),
    ],
)
def test_ranges_are_one_line_a_test(qbank: Qbank, words: tuple[str, ...], line: str) -> None:
    assert line in qbank("labs", *words).out.splitlines()


def test_what_is_not_on_the_sheet_is_said(qbank: Qbank) -> None:
    assert "not on the exam's sheet" in qbank("labs", "bnp").out
    assert "not on the exam's sheet" not in qbank("labs", "sodium").out


def test_a_name_that_no_test_bears_prints_nothing(qbank: Qbank) -> None:
    said = qbank("labs", "no", "such")
    assert (said.code, said.out, said.err) == (0, "", f"{NONE_FOUND}\n")


def test_all_of_it_as_json_is_what_the_schema_says(qbank: Qbank) -> None:
    found = qbank("labs", "--json").data
    schema = json.loads((ROOT / "docs" / "schemas" / "labs.schema.json").read_text())
    jsonschema.validate(found, schema)
    assert len(found) == sum(len(section.tests) for section in lab_sheet().sections)
    (sodium,) = qbank("labs", "na", "--json").data
    assert sodium["ranges"] == [{"who": "", "conventional": "136–146", "si": "136–146"}]
    assert (sodium["unit"], sodium["si_unit"], sodium["sheet"]) == ("mEq/L", "mmol/L", True)


def test_a_line_says_both_units_where_they_differ() -> None:
    assert in_both(lab_sheet().find("creatinine")) == [
        "Creatinine: 0.6–1.2 mg/dL (SI: 53–106 µmol/L)",
        "Creatinine clearance: men 97–137, women 88–128 mL/min",
    ]
    assert in_both(lab_sheet().find("serum")) == ["93 tests with that name; say more of it."]
    assert in_both(lab_sheet().find("nothing like it")) == [NONE_FOUND]
    assert "labs sodium" in ASK
