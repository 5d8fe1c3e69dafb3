"""What a screen may hold of a question while its block runs; no dependencies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A question without its key, its reasons and its explanation.

    `options` are (option id, text) in the author's order. `choose_all` says that more
    than one option is wanted, and nothing about which.
    """

    stem: str
    lead_in: str
    options: tuple[tuple[str, str], ...]
    option_order: str
    choose_all: bool
