"""Review before the end: all, incomplete, flagged; and the one question before handing in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.content.markdown import plain_text
from qbank.reporting import words
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, gap, muted
from qbank.tui.screens.dialogs import Ask, Choice
from qbank.tui.screens.overview import OverBlock
from qbank.tui.widgets.bars import Hint, Line
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import QuestionText
    from qbank.tui.running import Running, Seen
    from qbank.tui.widgets.lines import Lines

_COLUMNS = (
    Column("#", 3, right=True),
    Column("answer", 8),
    Column("", 1),
    Column("time", 6, right=True),
    Column("question", 0),
)
_SHOW = "show:"


class ReviewAndSubmit(OverBlock):
    """Gives the position to go to, or `submit`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,A", "show('all')", "All questions", id="review.all"),
        Binding("i,I", "show('incomplete')", "The incomplete ones", id="review.incomplete"),
        Binding("f,F", "show('flagged')", "The flagged ones", id="review.flagged"),
        Binding("s,S", "submit", "Submit the block", id="review.submit"),
    ]

    def __init__(self, running: Running, then: Callable[[str], None]) -> None:
        super().__init__(running, then)
        self._which = "all"

    def body(self) -> Iterable[Widget]:
        """Which ones, and the list."""
        yield Line(id="which")
        yield Table(_COLUMNS, one_press=True, id="list")

    def on_mount(self) -> None:
        """All of them at first."""
        self.action_show("all")
        self.query_one(Table).focus()
        self.foot(
            [
                Hint("⏎", "go there", "screen.choose_row"),
                Hint("A", "all", "screen.show('all')", 2),
                Hint("I", "incomplete", "screen.show('incomplete')", 2),
                Hint("F", "flagged", "screen.show('flagged')", 2),
                Hint("S", "submit", "screen.submit"),
                Hint("Esc", "back", "screen.leave"),
            ]
        )

    def action_show(self, which: str) -> None:
        """Show all, the incomplete or the flagged ones."""
        self._which = which
        cells = self.running.cells()
        kinds = {
            "all": cells,
            "incomplete": tuple(cell for cell in cells if not cell.answered),
            "flagged": tuple(cell for cell in cells if cell.flagged),
        }
        runs = [gap(2)]
        for name, found in kinds.items():
            ink = Ink.HEAD if name == which else Ink.MUTED
            sign = "▸ " if name == which else "  "
            runs += [Run(f"{sign}{name} {len(found)}", ink, f"{_SHOW}{name}"), gap(3)]
        self.query_one("#which", Line).show(runs)
        self.query_one(Table).show([self._item(cell) for cell in kinds[which]])

    def _item(self, cell: Seen) -> Item:
        text = self.running.runner.texts[cell.position - 1]
        answer = (
            Run(cell.letters, Ink.KEY)
            if cell.answered
            else muted("open" if cell.visited else "not seen")
        )
        cells = (
            (Run(str(cell.position)),),
            (answer,),
            (Run(words.FLAGGED if cell.flagged else " ", Ink.FLAG),),
            (muted(cell.time),),
            (muted(safe.one_line(_first_words(text))),),
        )
        return Item(str(cell.position), cells)

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on all, incomplete or flagged."""
        if event.target.startswith(_SHOW):
            event.stop()
            self.action_show(event.target.removeprefix(_SHOW))

    def chosen(self, table: Table, key: str) -> None:
        """Go to that question."""
        self.give(key)

    def action_submit(self) -> None:
        """Ask once, and say what stays blank."""
        state = self.running.runner.state
        said = words.submit_ask(len(state.blank), len(state.flagged))
        choices = [Choice("submit", "Submit"), Choice("stay", "Not yet")]
        if state.blank:
            choices.reverse()
        self.ask(Ask("Submit this block?", [said], choices), self._submit)

    def _submit(self, answer: str) -> None:
        if answer == "submit":
            self.give("submit")


def _first_words(text: QuestionText) -> str:
    """How a question begins, for a list."""
    said = text.stem or text.lead_in
    return plain_text(said) if text.markdown else said
