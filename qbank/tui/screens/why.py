"""What stands behind figures: intervals and rules, to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.tui.ink import BLANK, Ink, Row, Run, fit, gap, hanging, inset, paragraph, row, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.pages import Scroll

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.reporting.why_words import Section

_MARGIN = 3
_MOST = 96


class Sections(Page):
    """Sections under each other, to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,enter,i,I", "back", "Back", id="why.back"),
    ]

    def __init__(self, title: str, sections: Sequence[Section] = ()) -> None:
        super().__init__()
        self._title = title
        self._sections = tuple(sections)

    def body(self) -> Iterable[Widget]:
        """One page to read."""
        yield Scroll(id="why")

    def on_mount(self) -> None:
        """Show what there is."""
        self.head([strong(self._title)])
        self.query_one(Scroll).focus()
        self.foot([Hint("⏎", "back", "screen.back")])
        self.show_sections(self._sections)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show these."""
        self.query_one(Scroll).show(lambda width: _rows(sections, width))


class Why(Sections):
    """What stands behind the figures of a result."""

    def __init__(self, block_id: str) -> None:
        super().__init__("What these figures mean")
        self._block_id = block_id

    def on_mount(self) -> None:
        """Fetch it."""
        super().on_mount()
        review = self.qbank.application.review
        self.fetch(lambda: review.meaning(self._block_id), self.show_sections)


def _rows(sections: Sequence[Section], width: int) -> list[Row]:
    inner = min(_MOST, width - 2 * _MARGIN)
    rows: list[Row] = []
    for section in sections:
        rows.append(row(Run(section.title, Ink.HEAD)))
        for sentence in section.sentences:
            rows += paragraph(sentence, inner)
        size = max((len(name) for name, _ in section.lines), default=0)
        for name, said in section.lines:
            rows += hanging((Run(fit(name, size)), gap(_MARGIN)), said, inner, Ink.MUTED)
        rows.append(BLANK)
    return [inset(one, _MARGIN) for one in rows]
