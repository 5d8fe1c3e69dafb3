"""The sheet of lab values over a question: search as you type. The clock runs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from qbank.content.lab_values import lab_sheet
from qbank.reporting import lab_words, words
from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, hung, muted, paragraph, row
from qbank.tui.screens.overview import OverBlock
from qbank.tui.widgets.bars import Hint, Line, Rule
from qbank.tui.widgets.pages import Scroll

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.content.lab_values import LabSection, LabTest
    from qbank.tui.running import Running
    from qbank.tui.widgets.lines import Lines

_UNITS: Final = "units"
_SI: Final = "si"
_LEAD: Final = 3
_WHO: Final = 13
_RANGE: Final = 25
_WIDEST_NAME: Final = 52


class Labs(OverBlock):
    """Every letter goes into the search, so that none answers the question below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "units", "Conventional or SI units", id="labs.units"),
        Binding("up", "move(-1)", "Up", id="labs.up", show=False),
        Binding("down,enter", "move(1)", "Down", id="labs.down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="labs.pageup"),
        Binding("pagedown", "page(1)", "Page down", id="labs.pagedown"),
    ]
    LETTER_KEYS = (("any letter", "Search"),)

    def __init__(self, running: Running) -> None:
        super().__init__(running, lambda _: None)

    def body(self) -> Iterable[Widget]:
        """The words, what they found, and in which units."""
        with Horizontal(id="lab-find"):
            yield Input(placeholder="name or short name: sodium, ALT, csf glucose")
        yield Line(id="lab-units")
        yield Scroll(id="labs")

    def on_mount(self) -> None:
        """All tests, until something is typed."""
        self.query_one(Scroll).can_focus = False
        self.query_one(Input).focus()
        self._show()

    @property
    def _in_si(self) -> bool:
        return self.qbank.memory.text(_UNITS, "") == _SI

    def _show(self, *, stay: bool = False) -> None:
        sheet, si = lab_sheet(), self._in_si
        found = sheet.find(self.query_one(Input).value)
        number = sum(len(section.tests) for section in found)
        self.query_one("#lab-units", Line).show(
            [gap(2), *_choice("conventional", not si), gap(3), *_choice("SI", si)],
            [muted(words.count(number, "test"))],
        )
        self.query_one(Scroll).show(
            lambda width: lab_rows(found, lab_words.as_of(sheet), width, si=si), stay=stay
        )
        self.foot(
            [
                Hint("letters", "search", "screen.search"),
                Hint("Tab", "conventional units" if si else "SI units", "screen.units"),
                Hint("↑", "", "screen.move(-1)"),
                Hint("↓", "scroll", "screen.move(1)"),
                Hint("Esc", "back to the question", "screen.leave"),
            ],
            (),
        )

    def on_input_changed(self) -> None:
        """Find as one types."""
        self._show()

    def action_search(self) -> None:
        """Type anew."""
        self.query_one(Input).value = ""

    def action_units(self) -> None:
        """The other kind of units, from now on."""
        self.qbank.memory.keep(_UNITS, "conventional" if self._in_si else _SI)
        self._show(stay=True)

    def action_move(self, rows: int) -> None:
        """Scroll while the words keep the keys."""
        self.query_one(Scroll).action_line(rows)

    def action_page(self, pages: int) -> None:
        """Scroll by a page."""
        self.query_one(Scroll).action_page(pages)

    def on_lines_scrolled(self, event: Lines.Scrolled) -> None:
        """The rules say how much is out of sight; Space belongs to the words here."""
        event.prevent_default()
        self.query_one("#above", Rule).show(event.above)
        self.query_one("#below", Rule).show(event.below, key="PgDn")

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on the units turns them; one on a sign that there is more shows it."""
        event.stop()
        if event.target == _UNITS:
            self.action_units()
        elif event.target in ("more", "back"):
            self.action_page(1 if event.target == "more" else -1)


def _choice(said: str, chosen: bool) -> tuple[Run, ...]:
    sign = "▸ " if chosen else "  "
    return (Run(f"{sign}{said}", Ink.HEAD if chosen else Ink.MUTED, _UNITS),)


def lab_rows(sections: Sequence[LabSection], as_of: str, width: int, *, si: bool) -> list[Row]:
    """The sheet at a width: sections under each other, at the end where the ranges come from."""
    if not sections:
        return [BLANK, row(gap(_LEAD), muted(lab_words.NONE_FOUND))]
    name_width = min(_WIDEST_NAME, width - _LEAD - _WHO - _RANGE - 5)
    rows: list[Row] = []
    for section in sections:
        beside = "" if section.sheet else f" · {lab_words.OFF_SHEET}"
        title = (Run(section.name, Ink.HEAD), gap(2), muted(f"{section.specimen}{beside}"))
        rows += [BLANK, row(gap(_LEAD - 1), *title)]
        for test in section.tests:
            rows += _test_rows(test, name_width, si=si)
    rows.append(BLANK)
    for said in [*lab_words.sources(sections), as_of]:
        rows += hung((gap(_LEAD - 1),), paragraph(said, width - _LEAD - 1, Ink.MUTED))
    return rows


def _test_rows(test: LabTest, name_width: int, *, si: bool) -> list[Row]:
    """A line for each range; a long name goes on below it."""
    names = [one.text for one in paragraph(test.name, name_width)]
    rows = []
    for at in range(max(len(names), len(test.ranges))):
        name = names[at] if at < len(names) else ""
        room = name_width - cell_len(name)
        also = _also(test, room - 2) if at == len(names) - 1 else ""
        runs = [gap(_LEAD), Run(name), gap(2), muted(fit(also, room))]
        if at < len(test.ranges):
            each = test.ranges[at]
            space, unit = lab_words.unit_behind(test.units(si=si))
            runs += [muted(fit(each.who, _WHO)), gap(2), Run(each.said(si=si), Ink.STRONG)]
            runs += [gap(space), muted(unit)]
        rows.append(row(*runs))
    return rows


def _also(test: LabTest, room: int) -> str:
    """As many of the other names as there is room for, whole ones only."""
    said = ""
    for name in test.also.split(", "):
        longer = f"{said}, {name}" if said else name
        if cell_len(longer) > room:
            break
        said = longer
    return said
