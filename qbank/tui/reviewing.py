"""A question as it was answered, as rows: on a next step the ladder first, the prose second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.block.model import Outcome
from qbank.reporting import review_words as say
from qbank.reporting import words
from qbank.tui.explain import change_rows, ladder_rows, option_rows, prose_rows
from qbank.tui.face import Face, OptionMark, choice_note, flat_rows
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
    trailing,
)

if TYPE_CHECKING:
    from qbank.services.views import AttemptView, QuestionReview

_LABEL = 7
_MOST = 110


def review_rows(review: QuestionReview, width: int, *, every: bool = False) -> list[Row]:
    """All there is to read about one answered question; `every` option's why, or two of them."""
    inner = min(_MOST, width - 6)
    explanation, response = review.explanation, review.attempt.final
    ladder = ladder_rows(explanation, response, inner)
    changes = change_rows(explanation, review.text, response, inner)
    rows = [*_you_and_key(review, inner), BLANK]
    if ladder:
        rows += [*ladder, *changes, *_heading("The question", inner)]
    rows += [*_question(review, inner), BLANK]
    rows += _why(review, inner, every=every)
    rows += [] if ladder else changes
    rows += prose_rows(explanation, inner, markdown=review.text.markdown)
    rows += _timeline(review, inner)
    rows += _written("Your note", review.note, inner)
    rows += _written("You reported", review.fault, inner)
    return [inset(one, 2) for one in rows]


def folded(review: QuestionReview) -> int:
    """How many options have a why that does not stand there unless it is asked for."""
    read = {*review.explanation.key, *review.attempt.final}
    options = review.explanation.options
    return sum(option.id not in read and bool(option.why or option.error) for option in options)


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
    reason = say.reason_stands(attempt.cause, attempt.reason)
    if reason:
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
            note=choice_note(option.id, attempt.final, attempt.key),
        )
        for option in review.text.options
    }
    return flat_rows(Face(review.text, marks, highlights=review.highlights), width)


def _why(review: QuestionReview, width: int, *, every: bool) -> list[Row]:
    """The reasons behind the options; what is folded says how to unfold it."""
    response = review.attempt.final
    rows = option_rows(review.explanation, review.text, response, width, every=every)
    others = folded(review)
    if others and not every:
        fold = row(gap(7), Run(say.others_folded(others), Ink.ACCENT, "screen.every"))
        rows = [*rows[:-1], fold, BLANK]
    return [*_heading("Why", width), *rows] if rows else []


def _timeline(review: QuestionReview, width: int) -> list[Row]:
    if not review.timeline:
        return []
    rows = _heading("What you did", width)
    for moment in review.timeline:
        at = muted(fit(words.clock(moment.at_ms), 6, right=True))
        stay = "" if moment.stay_ms is None else f"  {say.stayed(moment.stay_ms)}"
        rows.append(row(at, gap(2), Run(moment.what), muted(stay)))
    return [*rows, BLANK]


def _written(title: str, text: str, width: int) -> list[Row]:
    """What the person wrote."""
    return [*_heading(title, width), *hanging((gap(2),), text, width), BLANK] if text else []


def change_said(attempt: AttemptView) -> str:
    """From the first answer to the last, where there was a change."""
    if not attempt.changes:
        return ""
    last = words.sign(attempt.outcome)
    first = words.sign(Outcome.CORRECT if attempt.first == attempt.key else Outcome.INCORRECT)
    return f"{first} → {last}"
