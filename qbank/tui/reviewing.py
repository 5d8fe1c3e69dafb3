"""A question as it was answered, as rows: on a next step the ladder first, the prose second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.block.model import Outcome
from qbank.reporting import words
from qbank.reporting.review_words import REASONS
from qbank.tui.explain import change_rows, ladder_rows, option_rows, prose_rows
from qbank.tui.face import Face, OptionMark, flat_rows
from qbank.tui.ink import (
    BLANK,
    Ink,
    Row,
    Run,
    fit,
    gap,
    hanging,
    inset,
    muted,
    row,
    strong,
    trailing,
)

if TYPE_CHECKING:
    from qbank.services.views import AttemptView, QuestionReview

_LABEL = 7
_MOST = 110


def review_rows(review: QuestionReview, width: int) -> list[Row]:
    """Everything there is to read about one answered question."""
    inner = min(_MOST, width - 6)
    explanation, response = review.explanation, review.attempt.final
    rows = [*_you_and_key(review, inner), BLANK]
    ladder = ladder_rows(explanation, response, inner)
    if ladder:
        rows += [*ladder, *change_rows(explanation, inner), *_heading("The question", inner)]
    rows += [*_question(review, inner), BLANK]
    rows += _heading("Every option", inner)
    rows += option_rows(explanation, review.text, response, inner)
    if not ladder:
        rows += change_rows(explanation, inner)
    rows += prose_rows(explanation, inner)
    rows += _timeline(review, inner)
    rows += _note(review, inner)
    return [inset(one, 2) for one in rows]


def _heading(title: str, width: int) -> list[Row]:
    return [row(Run(f"{title} ", Ink.HEAD), Run("─" * (width - len(title) - 1), Ink.RULE)), BLANK]


def _you_and_key(review: QuestionReview, width: int) -> list[Row]:
    attempt = review.attempt
    texts = {option.id: option.text for option in review.text.options}

    def said(options: Sequence[str]) -> str:
        named = (f"{attempt.letters.get(o, '·')}  {texts.get(o, '')}" for o in options)
        return ", ".join(named) or words.outcome(attempt.outcome)

    right = attempt.final == attempt.key
    you = Run(fit("you", _LABEL), Ink.GOOD if right else Ink.BAD)
    rows = hanging((you,), said(attempt.final), width, Ink.STRONG)
    if attempt.reason:
        reason = REASONS.get(attempt.reason, attempt.reason)
        rows = trailing(rows, muted(f"· {reason}"), width, _LABEL)
    if not right:
        rows += hanging(
            (Run(fit("right", _LABEL), Ink.GOOD),), said(attempt.key), width, Ink.STRONG
        )
    return rows


def _question(review: QuestionReview, width: int) -> list[Row]:
    attempt = review.attempt
    marks = {
        option.id: OptionMark(
            chosen=option.id in attempt.final,
            sign="✓" if option.id in attempt.key else "✗" if option.id in attempt.final else "",
            note="yours" if option.id in attempt.final else "",
        )
        for option in review.text.options
    }
    return flat_rows(Face(review.text, marks), width)


def _timeline(review: QuestionReview, width: int) -> list[Row]:
    if not review.timeline:
        return []
    rows = _heading("What you did", width)
    for moment in review.timeline:
        rows.append(
            row(muted(fit(words.clock(moment.at_ms), 6, right=True)), gap(2), Run(moment.what))
        )
    return [*rows, BLANK]


def _note(review: QuestionReview, width: int) -> list[Row]:
    if not review.note:
        return []
    return [*_heading("Your note", width), *hanging((strong("  "),), review.note, width), BLANK]


def change_said(attempt: AttemptView) -> str:
    """From the first answer to the last, where there was a change."""
    if not attempt.changes:
        return ""
    last = words.sign(attempt.outcome)
    first = words.sign(Outcome.CORRECT if attempt.first == attempt.key else Outcome.INCORRECT)
    return f"{first} → {last}"
