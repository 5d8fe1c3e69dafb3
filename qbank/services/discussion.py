"""A sheet to talk questions over with somebody: the questions first, what is known of them after.

Markdown that any reader prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from qbank.reporting import words
from qbank.reporting.inert import plain, styled
from qbank.reporting.review_words import REASONS

if TYPE_CHECKING:
    from qbank.services.views import QuestionReview

_PAGE: Final = '<div style="break-before: page"></div>'


def sheet(title: str, reviews: Sequence[QuestionReview]) -> str:
    """The whole sheet: a page of questions, then a page of keys and reasons, in one order."""
    asked = [_asked(number, each) for number, each in enumerate(reviews, start=1)]
    known = [_known(number, each) for number, each in enumerate(reviews, start=1)]
    parts = [f"# To talk over: {plain(title)}", *asked, _PAGE, "# Keys and reasons", *known]
    return "\n\n".join(parts) + "\n"


def _asked(number: int, review: QuestionReview) -> str:
    text = review.text
    write = styled if text.markdown else plain
    pictures = (plain(said) for said in words.exhibits(each.alt for each in text.exhibits))
    lines = [f"## {number}", write(text.stem), *pictures, f"**{plain(text.lead_in)}**"]
    if text.several:
        lines.append("Choose all that apply.")
    letters = review.attempt.letters
    options = [
        f"- {letters.get(option.id, str(place))}: {write(option.text)}"
        for place, option in enumerate(text.options, start=1)
    ]
    lines.append("\n".join(options))
    lines.append("Your answer, and what decides: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_")
    return "\n\n".join(line for line in lines if line)


def _known(number: int, review: QuestionReview) -> str:
    said, attempt = review.explanation, review.attempt
    write = styled if review.text.markdown else plain
    lines = [f"## {number}: {_letters(review, said.key)}", _mine(review)]
    if said.turns_on:
        lines.append(f"It turns on: {write(said.turns_on)}")
    if said.ladder:
        lines.append("\n".join(_rungs(review)))
    lines += [write(said.explanation), write(said.objective)]
    whys = [
        f"- {attempt.letters.get(option.id, '?')}: {write(option.why)}"
        for option in said.options
        if option.why
    ]
    lines.append("\n".join(whys))
    lines.append(
        "\n".join(f"- {write(each.change)}: {write(each.then)}" for each in said.if_instead)
    )
    lines.append("\n".join(f"- {plain(reference)}" for reference in said.references))
    if review.note:
        lines.append(f"My note: {plain(review.note)}")
    return "\n\n".join(line for line in lines if line)


def _mine(review: QuestionReview) -> str:
    """What the person chose, how long it took, and why it was not right."""
    attempt = review.attempt
    said = [f"I chose {_letters(review, attempt.final) or 'nothing'}"]
    if attempt.first and attempt.first != attempt.final:
        said.append(f"{_letters(review, attempt.first)} at first")
    if attempt.confidence:
        said.append(attempt.confidence)
    said.append(words.clock(attempt.clock_ms))
    if attempt.reason:
        said.append(REASONS.get(attempt.reason, attempt.reason))
    return ", ".join(said) + "."


def _letters(review: QuestionReview, chosen: Sequence[str]) -> str:
    return ", ".join(sorted(review.attempt.letters.get(option, "?") for option in chosen))


def _rungs(review: QuestionReview) -> list[str]:
    notes = {"done": " (done in the stem)", "asked": " (**asked here**)"}
    return [
        f"{number}. {rung.stage.replace('_', ' ')}: {plain(rung.do)}{notes.get(rung.state, '')}"
        for number, rung in enumerate(review.explanation.ladder, start=1)
    ]
