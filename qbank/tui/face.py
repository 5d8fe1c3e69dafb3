"""A question's face: its text as lines, its options as rows, with the person's marks on them.

Pure: the same face at the same size gives the same rows. Presses on an option
carry `option:` and its place, from 0; those on a picture's label the action that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from qbank.reporting import words
from qbank.tui.ink import BLANK, Ink, Row, Run, gap, hung
from qbank.tui.markdown import text_rows
from qbank.tui.prose import Bit, Line, Paint, lay, painted
from qbank.tui.safe import clean
from qbank.tui.wrapping import breaks

if TYPE_CHECKING:
    from qbank.services.views import OptionText, QuestionText

LETTERS: Final = "ABCDEFGHIJ"
_LEAD: Final = 6
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
    """A question as it is to be shown.

    `cursor` is an option's place or None; `highlights` are (from, to) in its `source`.
    """

    text: QuestionText
    marks: Mapping[str, OptionMark]
    cursor: int | None = None
    highlights: tuple[tuple[int, int], ...] = ()


class Options(NamedTuple):
    """The rows of all options and, for each, its first and last one."""

    rows: list[Row]
    spans: tuple[tuple[int, int], ...]


def letter(place: int) -> str:
    """The letter of an option's place; beyond J there is none."""
    return LETTERS[place] if place < len(LETTERS) else "·"


def choice_note(option: str, response: Sequence[str], key: Sequence[str]) -> str:
    """The word behind an option once the key is known: chosen, or one of several left out."""
    if option in response:
        return "yours"
    return "not chosen" if option in key and len(key) > 1 else ""


def source(text: QuestionText) -> str:
    """What highlights count their places in: the stem, an empty line, the lead-in."""
    return f"{text.stem}\n\n{text.lead_in}" if text.stem else text.lead_in


def stem_lines(text: QuestionText, width: int) -> tuple[Line, ...]:
    """The stem and its exhibits in words; none where the lead-in is the whole question."""
    stem = lay(text.stem, width, markdown=text.markdown)
    return together(stem, _exhibit_lines(text, width)) if text.exhibits else stem


def _exhibit_lines(text: QuestionText, width: int) -> tuple[Line, ...]:
    """A label for each picture, which a press opens, and what it shows."""
    lines: list[Line] = []
    for place, exhibit in enumerate(text.exhibits):
        label = Bit(f"▣ Exhibit {place + 1}  ", Ink.KEY, target=f"screen.exhibit({place})")
        indent = cell_len(label.text)
        said = clean(exhibit.alt)
        for begin, end in breaks(said, width - indent):
            first = label if begin == 0 else Bit(" " * indent)
            lines.append((first, Bit(said[begin:end])))
    return tuple(lines)


def asked_lines(text: QuestionText, width: int) -> tuple[Line, ...]:
    """The lead-in and, where several options have to be chosen, a line that says so."""
    base = len(text.stem) + 2 if text.stem else 0
    lines = lay(text.lead_in, width, markdown=text.markdown, base=base)
    strong = tuple(
        tuple(bit._replace(ink=Ink.STRONG) if bit.ink is Ink.PLAIN else bit for bit in line)
        for line in lines
    )
    return (*strong, *_choose_all(width)) if text.several else strong


def _choose_all(width: int) -> tuple[Line, ...]:
    said = words.CHOOSE_ALL
    return tuple((Bit(said[begin:end], Ink.ACCENT),) for begin, end in breaks(said, width))


def paint(face: Face) -> tuple[Paint, ...]:
    """What the person marked in the text."""
    return tuple((begin, end, Ink.MARKED) for begin, end in face.highlights)


def flat_rows(face: Face, width: int) -> list[Row]:
    """The face as part of a page: everything under each other, nothing to press."""
    lines = together(stem_lines(face.text, width), asked_lines(face.text, width))
    marked = paint(face)
    rows = [painted(line, marked) for line in lines]
    plain = (one._replace(fill=Ink.PLAIN, target="") for one in option_rows(face, width).rows)
    return [*rows, *([BLANK] if rows else []), *plain]


def together(*groups: tuple[Line, ...]) -> tuple[Line, ...]:
    """Groups of lines with an empty one between them; groups without a line left out."""
    lines: list[Line] = []
    for group in groups:
        lines += [()] if lines and group else []
        lines += group
    return tuple(lines)


def option_rows(face: Face, width: int, *, airy: bool = False) -> Options:
    """Every option in its place; `airy` ones stand apart."""
    rows: list[Row] = []
    spans: list[tuple[int, int]] = []
    for place, option in enumerate(face.text.options):
        if airy and rows:
            rows.append(BLANK)
        mark = face.marks.get(option.id, OptionMark())
        first = len(rows)
        rows += _option(place, option, mark, width, face)
        spans.append((first, len(rows) - 1))
    return Options(rows, tuple(spans))


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
