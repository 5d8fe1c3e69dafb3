"""Asks why a question was not right: what stands for it now is ready, and Enter confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.reporting import review_words as say
from qbank.reporting import words
from qbank.reporting.label_words import label
from qbank.tui import safe
from qbank.tui.screens.dialogs import Ask, Choice

if TYPE_CHECKING:
    from qbank.services.views import AttemptView


def reason_of(attempt: AttemptView) -> str:
    """The reason that stands: the person's, else the log's; empty for none."""
    return attempt.reason or attempt.cause


def ask_reason(attempt: AttemptView) -> Ask:
    """The reasons that may be given; gives the name of one."""
    said = {name: "as the log says" for name in (attempt.cause,) if name}
    choices = [Choice(name, say.reason(name), said.get(name, "")) for name in attempt.reasons]
    stands = reason_of(attempt)
    ready = stands if stands in attempt.reasons else ""
    return Ask(say.REASON_ASK, [called(attempt), say.REASON_HINT], choices, ready=ready)


def called(attempt: AttemptView) -> str:
    """A question in a line: its number, its sign, what it is about."""
    about = attempt.topic or label(attempt.system)
    parts = (
        f"{attempt.position:>2}",
        words.next_step_sign(attempt.next_step),
        safe.one_line(about),
    )
    return " ".join(part for part in parts if part)
