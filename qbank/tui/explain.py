"""What stands behind a question, as rows: the ladder first, then every option, then the prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from qbank.reporting import review_words as say
from qbank.reporting import words
from qbank.tui.face import letter
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, hanging, hung, muted, paragraph
from qbank.tui.markdown import text_rows

if TYPE_CHECKING:
    from qbank.services.views import (
        ChangeText,
        Explanation,
        OptionReview,
        QuestionText,
        RungText,
    )

_LABEL = 12
_LEAD = 7


def explanation_rows(
    explanation: Explanation, text: QuestionText, response: Sequence[str], width: int
) -> list[Row]:
    """Everything behind a question whose options stand above in their printed order."""
    rows: list[Row] = [BLANK, *_verdict(explanation, text, response, width), BLANK]
    rows += ladder_rows(explanation, response, width)
    rows += option_rows(explanation, text, response, width)
    rows += change_rows(explanation, text, response, width)
    return rows + prose_rows(explanation, width, markdown=text.markdown)


def _verdict(
    explanation: Explanation, text: QuestionText, response: Sequence[str], width: int
) -> list[Row]:
    """What the answer is as a whole: of several right ones, some are not enough."""
    letters = {option.id: letter(place) for place, option in enumerate(text.options)}
    given, key = (
        sorted(letters[each] for each in chosen if each in letters)
        for chosen in (response, explanation.key)
    )
    ink = Ink.GOOD if given == key else Ink.BAD
    return paragraph(say.verdict(given, key), width, ink)


def prose_rows(explanation: Explanation, width: int, *, markdown: bool = False) -> list[Row]:
    """The reasoning, the sentence worth remembering, and the sources."""
    rows = text_rows(explanation.explanation, width, markdown=markdown)
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
        rows += _rung(at, rung, _rung_said(at, rung, asked, mine=rung.id in chosen), width)
    return [*rows, BLANK] if rows else []


def _rung(at: int, rung: RungText, said: Run, width: int) -> list[Row]:
    """The stage, what is done, and at the right edge what it is to this question."""
    lead = (gap(2), muted(f"{at + 1} "), muted(fit(rung.stage.replace("_", " "), _LABEL)))
    rows = hanging(lead, rung.do, width, Ink.STRONG if rung.state == "asked" else Ink.PLAIN)
    if said.text:
        size = cell_len(said.text)
        last = rows[-1] if rows[-1].width + 2 + size <= width else BLANK
        placed = Row((*last.runs, gap(width - size - last.width), said))
        rows = [*rows[:-1], placed] if last is rows[-1] else [*rows, placed]
    return rows


def _rung_said(at: int, rung: RungText, asked: Sequence[int], *, mine: bool) -> Run:
    if rung.state == "asked":
        return Run("◂ asked here" + (", yours" if mine else ""), Ink.GOOD)
    if mine and asked:
        return Run(f"◂ yours: {words.rungs_early(at - asked[0])}", Ink.BAD)
    return muted("done in the stem" if rung.state == "done" else "")


def option_rows(
    explanation: Explanation,
    text: QuestionText,
    response: Sequence[str],
    width: int,
    *,
    every: bool = True,
) -> list[Row]:
    """Every option's why behind its letter, or that of the right one and the person's own alone."""
    reviews = {option.id: option for option in explanation.options}
    rows: list[Row] = []
    for place, option in enumerate(text.options):
        review = reviews.get(option.id)
        right, yours = option.id in explanation.key, option.id in response
        if review is None or not (review.why or review.error) or not (every or right or yours):
            continue
        sign = Run("✓ ", Ink.GOOD) if right else Run("✗ ", Ink.BAD) if yours else gap(2)
        lead = (gap(2), sign, Run(letter(place), Ink.GOOD if right else Ink.KEY), gap(2))
        ink = Ink.PLAIN if right or yours else Ink.MUTED
        why = f"{_goes_wrong(review, explanation)}{review.why}"
        rows += hung(lead, text_rows(why, width - _LEAD, markdown=text.markdown, ink=ink))
    return [*rows, BLANK] if rows else []


def _goes_wrong(review: OptionReview, explanation: Explanation) -> str:
    """How a choice goes wrong on a next step, as a sentence of its own; by rungs where it can."""
    said = words.error(review.error)
    order = [rung.id for rung in explanation.ladder]
    asked = [at for at, rung in enumerate(explanation.ladder) if rung.state == "asked"]
    if review.error == "too_early" and review.step in order and asked:
        said = words.rungs_early(order.index(review.step) - asked[0])
    return f"{said[:1].upper()}{said[1:]}. " if said else ""


def change_rows(
    explanation: Explanation, text: QuestionText, response: Sequence[str], width: int
) -> list[Row]:
    """What one other finding would have made of it, the person's own choice first.

    Each option by its letter and text, and under it the finding.
    """
    places = {option.id: letter(place) for place, option in enumerate(text.options)}
    rows: list[Row] = []
    last = ""
    for change in sorted(explanation.if_instead, key=lambda each: _order(each, response)):
        said = say.IF_STILL if change.same else say.IF_INSTEAD
        if said != last:
            rows.append(Row((Run(said, Ink.HEAD),)))
            last = said
        place = Run(places.get(change.option, "·"), Ink.GOOD if change.same else Ink.KEY)
        lead = (gap(4), place, gap(2))
        rows += hanging(lead, f"{change.then}, {say.IF}", width, Ink.STRONG)
        rows += hanging((gap(_LEAD + 2),), change.change, width)
    return [*rows, BLANK] if rows else []


def _order(change: ChangeText, response: Sequence[str]) -> tuple[bool, bool]:
    return change.same, change.option not in response


def _labelled(label: str, text: str, width: int, ink: Ink = Ink.PLAIN) -> list[Row]:
    if not text:
        return []
    return hanging((Run(fit(label, _LABEL), Ink.HEAD), gap(1)), text, width, ink)
