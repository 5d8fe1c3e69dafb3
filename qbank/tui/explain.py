"""What stands behind a question, as rows: the ladder first, then every option, then the prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.reporting import words
from qbank.tui.face import letter
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, hanging, muted, paragraph, row

if TYPE_CHECKING:
    from qbank.services.views import Explanation, OptionReview, QuestionText, RungText

_LABEL = 12


def explanation_rows(
    explanation: Explanation, text: QuestionText, response: Sequence[str], width: int
) -> list[Row]:
    """Everything behind a question whose options stand above in their printed order."""
    rows: list[Row] = [BLANK]
    rows += ladder_rows(explanation, response, width)
    rows += option_rows(explanation, text, response, width)
    rows += change_rows(explanation, width)
    return rows + prose_rows(explanation, width)


def prose_rows(explanation: Explanation, width: int) -> list[Row]:
    """The reasoning, the sentence worth remembering, and the sources."""
    rows = paragraph(explanation.explanation, width)
    rows += [BLANK] if rows else []
    remember = _labelled("Remember", explanation.objective, width)
    rows += [*remember, BLANK] if remember else []
    for at, reference in enumerate(explanation.references):
        rows += _labelled("" if at else "Sources", reference, width, Ink.MUTED)
    return [*rows, BLANK]


def ladder_rows(explanation: Explanation, response: Sequence[str], width: int) -> list[Row]:
    """What the step turns on, and the ladder with the asked rung and the chosen one."""
    rows = _labelled("It turns on", explanation.turns_on, width)
    rows += [BLANK] if rows and explanation.ladder else []
    chosen = {option.step for option in explanation.options if option.id in response}
    asked = [at for at, rung in enumerate(explanation.ladder) if rung.state == "asked"]
    for at, rung in enumerate(explanation.ladder):
        rows.append(_rung(at, rung, _rung_said(at, rung, asked, mine=rung.id in chosen), width))
    return [*rows, BLANK] if rows else []


def _rung(at: int, rung: RungText, said: Run, width: int) -> Row:
    ink = Ink.STRONG if rung.state == "asked" else Ink.PLAIN
    room = width - _LABEL - 4 - len(said.text) - 2
    lead = (gap(2), muted(f"{at + 1} "), muted(fit(rung.stage.replace("_", " "), _LABEL)))
    return row(*lead, Run(fit(rung.do, room), ink), gap(2), said)


def _rung_said(at: int, rung: RungText, asked: Sequence[int], *, mine: bool) -> Run:
    if rung.state == "asked":
        return Run("◂ asked here" + (", yours" if mine else ""), Ink.GOOD)
    if mine and asked:
        return Run(f"◂ yours: {words.rungs_early(at - asked[0])}", Ink.BAD)
    return muted("done in the stem" if rung.state == "done" else "")


def option_rows(
    explanation: Explanation, text: QuestionText, response: Sequence[str], width: int
) -> list[Row]:
    reviews = {option.id: option for option in explanation.options}
    rows: list[Row] = []
    for place, option in enumerate(text.options):
        review = reviews.get(option.id)
        if review is not None and (review.why or review.error):
            rows += _option(place, review, explanation, response, width)
    return [*rows, BLANK] if rows else []


def _option(
    place: int,
    review: OptionReview,
    explanation: Explanation,
    response: Sequence[str],
    width: int,
) -> list[Row]:
    right = review.id in explanation.key
    yours = review.id in response
    sign = Run("✓ ", Ink.GOOD) if right else Run("✗ ", Ink.BAD) if yours else gap(2)
    lead = (gap(2), sign, Run(letter(place), Ink.GOOD if right else Ink.KEY), gap(2))
    error = words.error(review.error)
    why = f"{error[:1].upper()}{error[1:]}. {review.why}" if error else review.why
    return hanging(lead, why, width, Ink.PLAIN if right or yours else Ink.MUTED)


def change_rows(explanation: Explanation, width: int) -> list[Row]:
    rows: list[Row] = []
    for at, change in enumerate(explanation.if_instead):
        then = f"the same: {change.then}" if change.same else change.then
        label = "" if at else "If instead"
        rows += _labelled(label, f"{change.change} → {then}", width)
    return [*rows, BLANK] if rows else []


def _labelled(label: str, text: str, width: int, ink: Ink = Ink.PLAIN) -> list[Row]:
    if not text:
        return []
    return hanging((Run(fit(label, _LABEL), Ink.HEAD), gap(1)), text, width, ink)
