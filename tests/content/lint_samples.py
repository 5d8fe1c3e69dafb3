"""A question without any flaw, to bend one field at a time, and what the checks say of it."""

from copy import deepcopy
from typing import Any

from qbank.content.lint.remarks import Remark
from qbank.content.lint.run import QUESTION_CHECKS
from qbank.content.question import Question

CLEAN: dict[str, Any] = {
    "id": "wheeze-after-bee-sting",
    "stem": (
        "A 34-year-old woman is brought to the emergency department 10 minutes after a bee sting. "
        "She has hives and feels faint. Temperature is 37.0°C (98.6°F), pulse is 124/min, "
        "respirations are 26/min, and blood pressure is 82/46 mm Hg. Oxygen saturation is 93% on "
        "room air. She wheezes on both sides."
    ),
    "lead_in": "Which of the following is the most appropriate next step in management?",
    "key": "adrenaline",
    "option_order": "alphabetical",
    "options": [
        {
            "id": "antihistamine",
            "text": "Diphenhydramine by vein",
            "error": "insufficient",
            "action": "treat",
            "why": "Right for hives alone. It does nothing for the airway or the pressure.",
        },
        {
            "id": "adrenaline",
            "text": "Epinephrine into the thigh",
            "step": "give",
            "action": "treat",
            "why": "Hives with wheezing and shock are anaphylaxis.",
        },
        {
            "id": "steroid",
            "text": "Methylprednisolone by vein",
            "error": "too_early",
            "step": "prevent",
            "action": "treat",
            "why": "Right later, if at all. It acts within hours.",
        },
        {
            "id": "tryptase",
            "text": "Serum tryptase concentration",
            "error": "too_early",
            "step": "prove",
            "action": "test",
            "why": "Right once she is stable. The case is clear without it.",
        },
    ],
    "next_step": "therapeutic",
    "turns_on": "Hives, wheezing and low blood pressure minutes after a sting",
    "sequence": [
        {"id": "look", "stage": "assess", "do": "Look at airway and skin", "state": "done"},
        {"id": "give", "stage": "treat", "do": "Epinephrine", "state": "asked"},
        {"id": "prove", "stage": "confirm", "do": "Tryptase"},
        {"id": "prevent", "stage": "prevent", "do": "Steroid, autoinjector, allergist"},
    ],
    "if_instead": [
        {"change": "She has hives and nothing else", "then": "antihistamine"},
        {"change": "The sting was two hours ago", "then": "adrenaline"},
    ],
    "objective": "Epinephrine comes first in anaphylaxis.",
    "explanation": "Two organs and the circulation are involved.",
    "as_of": "2026-11",
}


def bent(**fields: Any) -> Question:
    """The clean question with fields put over it.

    A name may lead inside, as in `options__0__text`; None takes a field away.
    """
    data = deepcopy(CLEAN)
    for name, value in fields.items():
        *way, last = [int(step) if step.isdigit() else step for step in name.split("__")]
        inside: Any = data
        for step in way:
            inside = inside[step]
        if value is None:
            del inside[last]
        else:
            inside[last] = value
    return Question.model_validate(data)


def options(*texts: str) -> list[dict[str, str]]:
    """Plain options; the first one's id is `a`, the key of `plain`."""
    return [{"id": chr(ord("a") + place), "text": text} for place, text in enumerate(texts)]


def plain(*texts: str, key: str | list[str] = "a", **fields: Any) -> Question:
    """A question as data sets have them: options without reasons, nothing said of the step."""
    return Question.model_validate(
        {
            "stem": "A 40-year-old man comes to the clinic because of a painful toe since "
            "yesterday. The joint is red and warm.",
            "lead_in": "Which of the following is the most likely diagnosis?",
            "key": key,
            "options": options(*(texts or ("Gout", "Cellulitis", "Bunion", "Fracture"))),
            "explanation": "Gout comes within a day.",
        }
        | fields
    )


def remarks(question: Question) -> list[Remark]:
    """What all checks of a single question say."""
    return [remark for check in QUESTION_CHECKS for remark in check(question)]


def fired(question: Question) -> set[str]:
    """The ids of the checks that say something."""
    return {remark.check for remark in remarks(question)}
