"""Reference ranges: every figure fits its other unit, every test is found by its names."""

from decimal import Decimal

import pytest

from qbank.content.lab_values import LabRange, LabTest, figures, lab_sheet

TESTS = [test for section in lab_sheet().sections for test in section.tests]
PAIRS = [(test, each) for test in TESTS for each in test.ranges]


def _names(words: str) -> list[str]:
    return [test.name for section in lab_sheet().find(words) for test in section.tests]


def _place(said: str) -> Decimal:
    """One in the last place of the figure with the most places."""
    return Decimal(1).scaleb(min(int(f.as_tuple().exponent) for f in figures(said)))


@pytest.mark.parametrize(
    ("test", "each"), PAIRS, ids=[f"{test.name} {each.who}" for test, each in PAIRS]
)
def test_conventional_and_si_figures_are_the_same_quantity(test: LabTest, each: LabRange) -> None:
    if test.factor is None:
        assert each.si == each.conventional
        assert test.si_unit == test.unit
        return
    assert each.si.strip("0123456789.,–") == each.conventional.strip("0123456789.,–")
    for one, other in zip(figures(each.conventional), figures(each.si), strict=True):
        assert abs((one - test.less) * test.factor - other) <= _place(each.si)


def test_a_range_runs_upwards() -> None:
    for _, each in PAIRS:
        assert list(figures(each.conventional)) == sorted(figures(each.conventional))


def test_there_is_all_of_the_sheet_and_where_it_comes_from() -> None:
    names = [test.name for test in TESTS]
    assert 110 <= len(names) <= 150
    assert len(set(names)) == len(names)
    assert lab_sheet().as_of == "2026-11"
    for section in lab_sheet().sections:
        assert section.source
        assert section.specimen
    on_the_sheet = {section.source for section in lab_sheet().sections if section.sheet}
    assert on_the_sheet == {"NBME, Laboratory Reference Values, April 2026 (nbme.org)"}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("na", "Sodium"),
        ("K", "Potassium"),
        ("ALT", "Alanine aminotransferase"),
        ("sgpt", "Alanine aminotransferase"),
        ("alanine amino", "Alanine aminotransferase"),
        ("natri", "B-type natriuretic peptide"),
        ("β-hCG", "Beta-hCG"),
        ("csf glucose", "Glucose, CSF"),
        ("haemoglobin", "Hemoglobin A1c"),
        ("wbc", "Leukocytes"),
        ("t4", "Thyroxine, free"),
    ],
)
def test_a_test_is_found_by_any_of_its_names(words: str, first: str) -> None:
    assert _names(words)[0] == first


def test_a_section_is_found_by_its_name_and_everything_without_a_word() -> None:
    assert len(_names("lipids")) == 4
    assert len(_names(" ")) == len(TESTS)
    assert _names("no such test") == []


@pytest.mark.parametrize("said", ["", "12", "3–<4", "a–b", "–4", "1–2–3"])
def test_what_is_no_range_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"no range|no sign"):
        figures(said)


def test_men_and_women_are_told_apart_where_they_differ() -> None:
    (hemoglobin,) = [test for test in TESTS if test.name == "Hemoglobin"]
    assert [(each.who, each.said(si=True)) for each in hemoglobin.ranges] == [
        ("men", "135–175"),
        ("women", "120–160"),
    ]
