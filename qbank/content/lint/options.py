"""W09, W10, L06: the options as a list: numbers, kinds, order."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from qbank.content.lint.numbers import Amount, amounts, in_order
from qbank.content.lint.remarks import Remark
from qbank.content.lint.tokens import quoted
from qbank.content.question import Question

ONE_KIND: Final = 0.8
"""From this share of options of one kind on, another kind among them is a mistake."""

_ACTION: Final = re.compile(
    r"^(?:add|administer|admit|advise|apply|arrange|ask|assess|avoid|begin|call|change|check"
    r"|consult|continue|counsel|decrease|discharge|disclose|discontinue|do|encourage|evaluate"
    r"|examine|explain|give|hold|increase|inform|initiate|inquire|insert|maintain|measure|obtain"
    r"|offer|order|perform|place|prescribe|provide|reassure|recommend|reduce|refer|remove|repeat"
    r"|replace|report|request|schedule|send|start|stop|switch|tell|transfer|treat|use)\b"
    r"|\b(?:administration|antibiotics?|aspiration|biopsy|catheterization|cultures?|drainage"
    r"|imaging|injection|intubation|measurement|mri|ct scan|x-ray|radiograph|radiography"
    r"|reassurance|referral|repair|resection|scan|surgery|test|testing|therapy|therapies"
    r"|transfusion|transplantation|ultrasonography|ultrasound|vaccination|vaccine)\b"
    r"|\b\w+(?:ectomy|ostomy|otomy|oscopy|ography|centesis|plasty)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:abscess|aneurysm|anomaly|asthma|cancer|carcinoma|deficiency|disease|dislocation|disorder"
    r"|embolism|failure|fistula|fracture|hemorrhage|hernia|infarction|infection|insufficiency"
    r"|intoxication|lymphoma|obstruction|palsy|perforation|pneumonia|poisoning|rupture|stenosis|stroke"
    r"|syndrome|thrombosis|toxicity|tumor|withdrawal)s?\.?$"
    r"|\b\w{3,}(?:itis|osis|oma|emia|uria|pathy|trophy|plegia|algia|penia|megaly)\.?$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PUNCTUATION: Final = re.compile(r"[^\w\s%./+]")


def numeric_options(question: Question) -> Iterator[Remark]:
    """W09: numbers rise or fall, do not overlap, and have one unit."""
    found = amounts([option.text for option in question.options])
    if found is None:
        return
    if not in_order([(each.low,) for each in found]):
        yield Remark("W09", ("options",), "the numbers are out of order", "Let them rise or fall.")
    overlap = _overlap(found)
    if overlap:
        fix = "Give each range ends of its own, as in 5 to 7 and 8 to 10."
        yield Remark("W09", ("options",), f"the ranges {overlap} overlap", fix)
    units = sorted({each.unit for each in found})
    if len(units) > 1:
        named = ", ".join(quoted(unit) if unit else "none" for unit in units)
        yield Remark("W09", ("options",), f"mixed units: {named}", "Give all in one unit.")


def _overlap(found: list[Amount]) -> str:
    ordered = sorted(found, key=lambda each: (each.low, each.high))
    for one, other in pairwise(ordered):
        if (one.is_range or other.is_range) and other.low <= one.high:
            return f"{one.low:g} to {one.high:g} and {other.low:g} to {other.high:g}"
    return ""


def kind(text: str) -> str:
    """`action`, `condition` or nothing, by the option's verb or head noun."""
    if _ACTION.search(text):
        return "action"
    return "condition" if _CONDITION.search(text) else ""


def one_kind(question: Question) -> Iterator[Remark]:
    """W10: no diagnosis among actions, no action among diagnoses."""
    kinds = [kind(option.text) for option in question.options]
    for main, other in (("action", "condition"), ("condition", "action")):
        if kinds.count(main) < ONE_KIND * len(kinds):
            continue
        for place, found in enumerate(kinds):
            if found == other:
                text = quoted(question.options[place].text)
                message = f"{text} looks like a {_called(other)} among {_called(main)}s"
                fix = "Make the options of one kind."
                yield Remark("W10", ("options", place, "text"), message, fix)


def _called(name: str) -> str:
    return "thing to do" if name == "action" else name


def stated_order(question: Question) -> Iterator[Remark]:
    """L06: the options stand in the order that the question says they do."""
    texts = [option.text for option in question.options]
    if question.option_order == "alphabetical" and not _alphabetical(texts):
        by_name = sorted(texts, key=_spaced)
        first = next(mine for mine, right in zip(texts, by_name, strict=True) if mine is not right)
        message = f"said to be alphabetical, but {quoted(first)} is out of place"
        yield Remark("L06", ("options",), message, "Sort them, or name another `option_order`.")
    if question.option_order == "numerical":
        numbers = [_numbers(text) for text in texts]
        found = amounts(texts)
        if not all(numbers):
            message = "said to be numerical, but not every option holds a number"
            yield Remark("L06", ("option_order",), message, "Name another `option_order`.")
        elif not in_order([(each.low, each.high) for each in found] if found else numbers):
            message = "said to be numerical, but the numbers neither rise nor fall"
            yield Remark("L06", ("options",), message, "Sort them.")


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(each.replace(",", "")) for each in _NUMBER.findall(text))


def _alphabetical(texts: list[str]) -> bool:
    """Sorted with signs taken out, or taken for spaces: dictionaries do either."""
    return any(
        [fold(text) for text in texts] == sorted(map(fold, texts)) for fold in (_spaced, _joined)
    )


def _spaced(text: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", text.casefold()).split())


def _joined(text: str) -> str:
    return " ".join(_PUNCTUATION.sub("", text.casefold()).split())
