"""Each check of one question: what makes it fire, and what comes near and does not."""

from typing import Any

import pytest
from hypothesis import given, settings

from qbank.content.findings import field_name
from qbank.content.lint.numbers import amount
from qbank.content.lint.options import kind
from qbank.content.lint.remarks import CHECKS
from qbank.content.lint.structure import checked_lately
from qbank.content.question import Question
from tests.content.lint_samples import bent, fired, plain, remarks
from tests.content.strategies import questions

STEM = "A 30-year-old man comes to the clinic because of a cough for three weeks and some fever. "
SET_CHECKS = {"E00", "P01", "P02", "P03", "P04", "L07", "L08"}
"""Checks that are not of a single question, or need a date; tested elsewhere."""

# Check, the field it names, the question in which it fires.
FIRES: list[tuple[str, str, Question]] = [
    ("E01", "options[2].text", plain("Gout", "gout", "Bunion")),
    ("E01", "key", plain(key=["a", "b"])),
    ("E02", "stem", plain(stem="")),
    ("E02", "stem", plain(stem=STEM + "TODO")),
    ("E02", "options[1].text", plain("Option A", "Option B", "Option C")),
    ("E02", "explanation", plain(explanation="Lorem ipsum dolor")),
    ("E02", "explanation", plain(explanation="gout: lorem ipsum")),
    ("W01", "options[3].text", plain("Gout", "Bunion", "All of the above")),
    ("W01", "options[3].text", plain("Gout", "Bunion", "None of these")),
    ("W01", "options[3].text", plain("Gout", "Bunion", "Both of the listed")),
    ("W01", "options[3].text", plain("Gout", "Bunion", "Neither")),
    ("W02", "lead_in", plain(lead_in="All of the following are causes EXCEPT which one?")),
    ("W02", "lead_in", plain(lead_in="Which of the following is least likely?")),
    ("W02", "lead_in", plain(lead_in="Which of the following drugs is NOT a cause?")),
    ("W02", "lead_in", plain(lead_in="Which of the following is incorrect?")),
    ("W03", "lead_in", plain(lead_in="Which of the following statements is true?")),
    ("W03", "lead_in", plain(lead_in="Which of the following is most correct regarding gout?")),
    ("W03", "lead_in", plain(lead_in="The most likely diagnosis is:")),
    ("W03", "lead_in", plain(lead_in="The diagnosis?")),
    ("W04", "options[2].text", plain("Rest", "Never walk")),
    ("W04", "options[1].text", plain("Rest at every meal", "Walk")),
    ("W05", "options[2].text", plain("Rest", "Usually rest")),
    (
        "W06",
        "options[1].text",
        plain("Gout after a rich meal", "Cellulitis", "Bunion", "Fracture"),
    ),
    ("W07", "options[1].text", plain("Painful crystals", "Cellulitis", "Bunion")),
    (
        "W08",
        "options[1].text",
        plain("Loop diuretic and nitrate", "Loop diuretic", "Beta blocker and nitrate"),
    ),
    ("W09", "options", plain("64", "16", "8", "4", "32")),
    ("W09", "options", plain("5 to 7%", "7 to 10%", "11 to 15%")),
    ("W09", "options", plain("270 mg", "1 g", "2 g")),
    (
        "W10",
        "options[5].text",
        plain("CT scan", "Colonoscopy", "Biopsy", "Stool culture", "Ulcerative colitis"),
    ),
    (
        "W10",
        "options[1].text",
        plain("Order a chest x-ray", "Asthma", "Bronchitis", "Pneumonia", "Pulmonary embolism"),
    ),
    (
        "W11",
        "lead_in",
        plain("Ulcer", "Abscess", "Bunion", lead_in="What he most likely has is an"),
    ),
    (
        "W11",
        "lead_in",
        plain("Nerve roots", "Muscle", "Bone", lead_in="What most likely hurts are the:"),
    ),
    ("W12", "stem", plain(stem="A painful toe.")),
    ("W12", "stem", plain(stem=STEM + "He coughs. " * 100)),
    ("W12", "lead_in", plain(stem="Which drug is best? " + STEM)),
    ("W12", "stem", plain(stem="A man has had a cough with some fever for a long time by now.")),
    ("W13", "explanation", plain(explanation="")),
    ("W13", "explanation", plain(explanation="It comes within a day.")),
    ("W13", "explanation", plain(explanation="The correct answer is B.")),
    ("W13", "explanation", plain(explanation="Gout it is not. Correct answer: cellulitis.")),
    ("W14", "lead_in", plain(lead_in="Which colour would the joint fluid have in plain light?")),
    ("N01", "sequence", bent(sequence=[])),
    ("N01", "sequence", bent(sequence__1__state="later")),
    ("N01", "sequence", bent(sequence__2__state="asked")),
    ("N01", "sequence", bent(sequence__3__state="done")),
    ("N01", "sequence", bent(sequence__3=None, options__2__step="prove")),
    ("N02", "options[3].step", bent(options__2__step="prevnt")),
    ("N02", "sequence[3].id", bent(sequence__3__id="prove")),
    ("N03", "options[3].error", bent(options__2__error="too_late")),
    ("N03", "options[3].error", bent(options__2__error="needless")),
    ("N03", "options[3].error", bent(options__2__step="look")),
    ("N03", "options[3].error", bent(options__2__step="give")),
    ("N03", "options[3].error", bent(options__2__step=None)),
    ("N03", "options[1].step", bent(options__0__error=None)),
    ("N03", "options[1].action", bent(options__0__action=None)),
    ("N03", "options[2].error", bent(options__1__error="harmful")),
    ("N03", "options[2].step", bent(options__1__step=None)),
    ("N03", "options[2].step", bent(options__1__step="prove")),
    ("N04", "options", bent(options__2__step=None, options__2__error="needless")),
    (
        "N05",
        "options[1].action",
        bent(lead_in="Which of the following is the most appropriate next step in diagnosis?"),
    ),
    ("N06", "turns_on", bent(turns_on="")),
    ("N07", "if_instead[1].then", bent(if_instead__0__then="antihistamin")),
    ("N07", "if_instead", bent(if_instead__0__then="adrenaline")),
    ("N07", "if_instead", bent(if_instead=[])),
    ("L01", "stem", plain(stem=STEM + "Temperature is 38.0°C.")),
    ("L01", "stem", plain(stem=STEM + "Temperature is 38.0°C (101.4°F).")),
    ("L02", "options[1].why", bent(options__0__why="Right for hives. Benadryl acts late.")),
    ("L02", "stem", plain(stem=STEM + "He takes Tylenol.")),
    ("L03", "stem", plain(stem=STEM + "He complains of pain.")),
    ("L03", "stem", plain(stem=STEM + "He denies fever.")),
    ("L03", "stem", plain(stem=STEM + "He refuses the tablets.")),
    ("L03", "stem", plain(stem=STEM + "The patient failed treatment.")),
    ("L03", "stem", plain(stem=STEM + "She has failed outpatient therapy.")),
    ("L03", "stem", plain(stem=STEM + "His brother is a known diabetic.")),
    ("L03", "stem", plain(stem=STEM + "Diabetic patients often have it.")),
    (
        "L03",
        "stem",
        plain(stem="A 30-year-old male comes to the clinic because of a cough and pain."),
    ),
    ("L03", "explanation", plain(explanation="Gout, not Crohn's disease.")),
    ("L03", "stem", plain(stem=STEM + "Mr. Smith is anxious.")),
    ("L03", "stem", plain(stem=STEM + "His father committed suicide.")),
    (
        "L04",
        "stem",
        plain(stem=STEM + "Pulse is 80/min, temperature is 37.0°C (98.6°F)."),
    ),
    (
        "L04",
        "stem",
        plain(stem=STEM + "Oxygen saturation is 94% on room air. Blood pressure is 120/80 mm Hg."),
    ),
    ("L05", "options[1].why", bent(options__0__why="Does nothing for the airway.")),
    ("L06", "options", bent(options__0__text="Loratadine by mouth")),
    ("L06", "options", plain("3%", "1%", "2%", option_order="numerical")),
    ("L06", "option_order", plain("3%", "Some", option_order="numerical")),
]

# Check, and what comes near it without a flaw.
SILENT: list[tuple[str, Question]] = [
    ("E01", plain(key=["a", "b"], lead_in="Which causes are likely? Choose all that apply.")),
    ("E02", plain(stem="", lead_in="Which vitamin does a diet of polished rice lack?")),
    ("E02", plain("Optional testing", "Answer the phone")),
    ("W01", plain("Both feet", "All four limbs", "None")),
    ("W02", plain(lead_in="Which drug should be given for at least 6 months?")),
    ("W02", plain(lead_in="Which of the following explains the false positive result?")),
    ("W02", plain(stem=STEM + "Examination is normal except for a murmur.")),
    ("W03", plain(lead_in="Which of the following is the most correct next step?")),
    ("W04", plain("Repeat every 6 months", "Repeat every other day", "Dusty")),
    ("W05", plain("Mayonnaise", "Softening")),
    ("W06", plain("Gouty arthritis", "Cellulitis", "Bunion", "Fracture")),
    ("W06", plain("Gout", "Cellulitis of the great toe", "Bunion", "Fracture")),
    ("W07", plain("Gout", "Painful bunion", "Fracture")),
    ("W07", plain("Painful gout", "Painful bunion", "Fracture")),
    ("W08", plain("Loop diuretic", "Loop diuretic and nitrate", "Beta blocker and nitrate")),
    ("W09", plain("4", "8", "16", "32", "64")),
    ("W09", plain("100%", "75%", "50%")),
    ("W09", plain("2 days", "1 week", "1 month", "1 year")),
    ("W09", plain("5 to 7%", "8 to 10%", "11 to 15%")),
    ("W09", plain("69XXY", "45XO", "23XX")),
    ("W09", plain("2 only", "1 only", "1 and 2")),
    ("W10", plain("CT scan", "Colonoscopy", "Biopsy", "Reassurance", "No further studies")),
    ("W10", plain("CT scan", "Colonoscopy", "Gout", "Ulcerative colitis", "Biopsy")),
    ("W11", plain("Ulcer", "Abscess", lead_in="Which of these does he most likely have?")),
    ("W11", plain("Rice", "Eggs", lead_in="Which food carries hepatitis A?")),
    ("W12", bent(stem=STEM)),
    (
        "W13",
        plain(
            explanation="",
            options=[
                {"id": "a", "text": "Gout", "why": "It comes within a day."},
                {"id": "b", "text": "Bunion"},
            ],
        ),
    ),
    ("W13", plain(explanation="The correct answer is A.")),
    ("W13", plain(explanation="Option A is right: urate.")),
    ("W14", plain(lead_in="What colour would it have?", next_step="none")),
    ("N01", plain(lead_in="Which of the following is the next best step in management?")),
    ("N03", bent(options__2__error="harmful")),
    ("N03", bent(options__0__step="give")),
    ("N05", plain(lead_in="Which of the following is the next best step in diagnosis?")),
    ("L01", plain(stem=STEM + "Temperature is 38.0°C (100.4°F).")),
    ("L01", plain(stem=STEM + "Temperature is 100.4°F (38.0°C).")),
    ("L01", plain(stem=STEM + "It was 36.5°C to 37.5°C (97.7°F to 99.5°F).")),
    ("L01", plain(stem=STEM + "It is kept at 4°C (39°F).")),
    ("L02", plain(stem=STEM + "He takes acetaminophen; ensure rest.")),
    ("L03", plain(stem=STEM + "He has diabetic ketoacidosis and heart failure.")),
    ("L03", plain(stem=STEM + "She has capacity and refuses the transfusion.")),
    ("L03", plain(stem=STEM + "The insurer denied coverage.")),
    ("L03", plain(stem=STEM + "The patient's disease is Crohn disease.")),
    (
        "L04",
        plain(
            stem=STEM + "Blood pressure is 90/60 mm Hg. One liter later pulse is 90/min and "
            "blood pressure is 110/70 mm Hg."
        ),
    ),
    ("L04", plain(stem=STEM + "Oxygen saturation is 94%. Later, he sleeps. Pulse is 80/min.")),
    ("L05", bent(options__0__why="Expected with hives alone. She has more.")),
    ("L06", plain("T-cell", "T cells, many", "Tubular", option_order="alphabetical")),
    ("L06", plain('"Come in."', '"I see."', '"We did."', option_order="alphabetical")),
    ("L06", plain("Zebra", "Ant", option_order="logical")),
    ("L06", plain("3% and 1%", "3% and 10%", "30% and 1%", option_order="numerical")),
    ("L06", plain("100%", "50%", "3%", option_order="numerical")),
]


def _ids(cases: list[Any]) -> list[str]:
    return [f"{case[0]}-{number}" for number, case in enumerate(cases)]


def test_a_clean_question_is_left_alone() -> None:
    assert remarks(bent()) == []
    assert remarks(plain()) == []


@pytest.mark.parametrize(("check", "field", "question"), FIRES, ids=_ids(FIRES))
def test_it_fires(check: str, field: str, question: Question) -> None:
    found = [remark for remark in remarks(question) if remark.check == check]
    assert [field_name(remark.path) for remark in found][:1] == [field]
    assert all(remark.message and remark.fix for remark in found)


@pytest.mark.parametrize(("check", "question"), SILENT, ids=_ids(SILENT))
def test_it_is_silent(check: str, question: Question) -> None:
    assert check not in fired(question)


def test_every_check_of_a_question_is_tried_both_ways() -> None:
    of_questions = set(CHECKS) - SET_CHECKS
    assert {check for check, _, _ in FIRES} == of_questions
    # What the clean question leaves silent needs no case of its own.
    assert {check for check, _ in SILENT} | {"N02", "N04", "N06", "N07"} == of_questions


@settings(max_examples=150)
@given(questions())
def test_whatever_a_pack_may_hold_can_be_checked(question: Question) -> None:
    document: Any = question.model_dump()
    for remark in remarks(question):
        inside: Any = document
        for step in remark.path:
            inside = inside[step]
        assert remark.check in CHECKS


def test_long_texts_are_checked_soon() -> None:
    long = "5 " + "a. " * 1_600 + "("
    question = plain(*(f"{long}{number}" for number in range(26)), stem="A man is 40. " * 1_500)
    assert "W12" in fired(question)


def test_a_key_without_the_absolute_word_is_reported() -> None:
    (lacking,) = [each for each in remarks(plain("Rest", "Never walk")) if each.check == "W04"]
    (having,) = [each for each in remarks(plain("Never walk", "Rest")) if each.check == "W04"]
    assert lacking.message.endswith("the key has none")
    assert not having.message.endswith("the key has none")


def test_an_unknown_option_of_a_change_is_an_error() -> None:
    unknown = next(each for each in remarks(bent(if_instead__0__then="x")) if each.check == "N07")
    missing = next(each for each in remarks(bent(if_instead=[])) if each.check == "N07")
    assert (unknown.weight, missing.weight) == ("error", "warning")


@pytest.mark.parametrize(
    ("as_of", "pack", "fires"),
    [
        ("2024-10", None, True),
        ("2024-11", None, False),
        (None, "2023-01", True),
        ("2026-10", "2019-01", False),
        (None, None, False),
    ],
)
def test_an_old_key_is_named(as_of: str | None, pack: str | None, fires: bool) -> None:
    question = plain() if as_of is None else plain(as_of=as_of)
    found = list(checked_lately(question, pack, "2026-11"))
    assert [remark.check for remark in found] == (["L08"] if fires else [])


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1,200 mL", 1200, 1200, "ml"),
        ("5 to 7%", 5, 7, "%"),
        ("2 weeks", 336, 336, "time"),
        ("1st pharyngeal arch", 1, 1, "pharyngeal"),
        ("25/10 mmHg", 25, 25, "mmhg"),
        ("Less than 3 cups", 3, 3, "cup"),
        ("1 in 200", 1, 1, ""),
    ],
)
def test_amounts(text: str, low: float, high: float, unit: str) -> None:
    found = amount(text)
    assert found is not None
    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["580 / (20 + 590)", "Vitamin B12", "46XX", "1 and 2", ""])
def test_what_is_no_amount(text: str) -> None:
    assert amount(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CT scan of the chest", "action"),
        ("Laparoscopic appendectomy", "action"),
        ("Treat the infection", "action"),
        ("Acute pancreatitis", "condition"),
        ("Renal cell carcinoma", "condition"),
        ("Aspirin", ""),
    ],
)
def test_kinds_of_options(text: str, expected: str) -> None:
    assert kind(text) == expected
