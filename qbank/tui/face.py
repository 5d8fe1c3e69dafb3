"""A question's face: stem, lead-in and options as rows, with the person's marks on them.

Pure: the same face at the same size gives the same rows. Presses on an option
carry `option:` and its place, from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from qbank.tui.ink import BLANK, Ink, Row, Run, gap, hung, inset
from qbank.tui.markdown import text_rows

if TYPE_CHECKING:
    from qbank.services.views import OptionText, QuestionText

LETTERS: Final = "ABCDEFGHIJ"
READING_WIDTH: Final = 96
BESIDE_FROM: Final = 120
_MARGIN: Final = 2
_BETWEEN: Final = 5
_MOST_BESIDE: Final = 160
_LEAD: Final = 6
_AIRY_FROM: Final = 36
_STRIKE: Final = "\u0336"

OPTION: Final = "option:"


@dataclass(frozen=True, slots=True)
class OptionMark:
    """What stands at one option: `chosen` with `saved` or not, `struck`, a `sign` after locking.

    `note` is a word behind the option's text.
    """

    chosen: bool = False
    saved: bool = True
    struck: bool = False
    sign: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """A question as it is to be shown. `cursor` is an option's place or None."""

    text: QuestionText
    marks: Mapping[str, OptionMark]
    cursor: int | None = None


class Drawn(NamedTuple):
    """The rows of a face and, for each option, its first and last row.

    `left` and `width` say where the text column lies, for what comes under it.
    """

    rows: list[Row]
    options: tuple[tuple[int, int], ...]
    left: int
    width: int


def letter(place: int) -> str:
    """The letter of an option's place; beyond J there is none."""
    return LETTERS[place] if place < len(LETTERS) else "·"


def column(width: int) -> tuple[int, int]:
    """Where the text column lies on a screen so wide: (left, width), in the middle."""
    text = min(READING_WIDTH, width - 2 * _MARGIN)
    return (width - text) // 2, text


def draw(face: Face, width: int, height: int) -> Drawn:
    """The face at a size: options under the stem, or beside it where only that fits."""
    airy = height >= _AIRY_FROM
    left, text = column(width)
    drawn = _under(_stem(face.text, text), _options(face, text, airy=airy), left, text)
    if width >= BESIDE_FROM and height and len(drawn.rows) > height:
        return _beside(face, width, airy=airy)
    return drawn


def flat_rows(face: Face, width: int) -> list[Row]:
    """The face as part of a page: no column of its own, nothing to press."""
    drawn = _under(_stem(face.text, width), _options(face, width, airy=False), 0, width)
    return [one._replace(fill=Ink.PLAIN, target="") for one in drawn.rows]


def _stem(text: QuestionText, width: int) -> list[Row]:
    rows = text_rows(text.stem, width, markdown=text.markdown)
    if text.lead_in:
        rows += [BLANK] if rows else []
        rows += text_rows(text.lead_in, width, markdown=text.markdown, ink=Ink.STRONG)
    return rows


class _Options(NamedTuple):
    rows: list[Row]
    spans: list[tuple[int, int]]


def _options(face: Face, width: int, *, airy: bool) -> _Options:
    rows: list[Row] = []
    spans: list[tuple[int, int]] = []
    for place, option in enumerate(face.text.options):
        if airy and rows:
            rows.append(BLANK)
        mark = face.marks.get(option.id, OptionMark())
        first = len(rows)
        rows += _option(place, option, mark, width, face)
        spans.append((first, len(rows) - 1))
    return _Options(rows, spans)


def _option(place: int, option: OptionText, mark: OptionMark, width: int, face: Face) -> list[Row]:
    cursor = face.cursor == place
    fill = Ink.CHOSEN if mark.chosen else Ink.CURSOR if cursor else Ink.PLAIN
    lead = (
        Run("▸ ", Ink.KEY) if cursor else gap(2),
        Run(letter(place) + (_STRIKE if mark.struck else ""), _letter_ink(mark)),
        gap(1),
        _sign(mark),
        gap(1),
    )
    ink = Ink.STRUCK if mark.struck and not mark.chosen else Ink.PLAIN
    markdown = face.text.markdown
    note = f"  {mark.note}" if mark.note else ""
    room = width - _LEAD - len(note)
    rows = hung(lead, text_rows(option.text, room, markdown=markdown, ink=ink))
    if note:
        last = rows[-1]
        rows[-1] = last._replace(runs=(*last.runs, Run(note, Ink.MUTED)))
    target = f"{OPTION}{place}"
    return [one._replace(fill=fill, target=target) for one in rows]


def _letter_ink(mark: OptionMark) -> Ink:
    if mark.sign == "✓":
        return Ink.GOOD
    return Ink.MUTED if mark.struck and not mark.chosen else Ink.KEY


def _sign(mark: OptionMark) -> Run:
    if mark.sign:
        return Run(mark.sign, Ink.GOOD if mark.sign == "✓" else Ink.BAD)
    if mark.chosen:
        return Run("●" if mark.saved else "○", Ink.KEY)
    return gap(1)


def _under(stem: Sequence[Row], options: _Options, left: int, width: int) -> Drawn:
    start = len(stem) + (1 if stem else 0)
    rows = [*stem, *([BLANK] if stem else []), *options.rows]
    spans = tuple((first + start, last + start) for first, last in options.spans)
    return Drawn([inset(one, left, width) for one in rows], spans, left, width)


def _beside(face: Face, width: int, *, airy: bool) -> Drawn:
    total = min(_MOST_BESIDE, width - 2 * _MARGIN)
    left = (width - total) // 2
    stem_width = min(READING_WIDTH, (total - _BETWEEN) * 3 // 5)
    option_width = min(READING_WIDTH, total - _BETWEEN - stem_width)
    option_left = stem_width + _BETWEEN
    options = _options(face, option_width, airy=airy)
    rows = []
    for stem, option in zip_longest(_stem(face.text, stem_width), options.rows, fillvalue=BLANK):
        beside = inset(option, option_left - stem.width, option_width)
        whole = beside._replace(
            runs=(*stem.runs, *beside.runs), left=option_left, until=option_left + option_width
        )
        rows.append(inset(whole, left)._replace(left=left + option_left, until=width - left))
    return Drawn(rows, tuple(options.spans), left, total)
