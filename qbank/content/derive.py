"""What is known of a question beyond its fields: the author's word, else the rules'."""

from dataclasses import dataclass
from typing import Literal

from qbank.content.lead_in import classify
from qbank.content.question import Question

Source = Literal["author", "rule"]


@dataclass(frozen=True, slots=True)
class Derived:
    """What blocks and statistics filter on. Empty text: neither author nor rules say.

    `next_step` is a kind or `none`, from `next_step_source`; `rule_version` is empty for an
    author's. `words` is the reading load: stem, lead-in and options.
    """

    words: int
    asks: str
    lead_in_code: str
    lead_in_family: str
    next_step: str
    next_step_strict: bool
    next_step_source: Source
    rule_version: str
    system: str
    task: str
    area: str


def derive(question: Question) -> Derived:
    """Classify the lead-in and let what the author says go before it."""
    found = classify(question.lead_in)
    said = question.next_step
    return Derived(
        words=question.words,
        asks=found.asks,
        lead_in_code=found.code,
        lead_in_family=found.family,
        next_step=said or found.kind,
        next_step_strict=found.strict and said != "none",
        next_step_source="author" if said else "rule",
        rule_version="" if said else found.rule_version,
        system=question.system or "",
        task=question.task or found.task or "",
        area=question.area or "",
    )
