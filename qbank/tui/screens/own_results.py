"""Own mocks and score reports: a list, what may be said of each, and a line of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import result_words as say
from qbank.services.result_form import result_cells, time_line
from qbank.tui import safe
from qbank.tui.charts.draw import chart_rows, dots_for
from qbank.tui.ink import Ink, Row, Run, inset, muted, strong
from qbank.tui.screens.dialogs import Ask, Choice
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.pages import Scroll
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views.stats import ResultView

_COLUMNS = (
    Column("date", 11),
    Column("kind", 10),
    Column("name"),
    Column("score", 6, right=True),
    Column("pass mark", 9, right=True),
    Column("error", 5, right=True),
)
_CHANGES = {"new", "delete"}


class OwnResults(Page):
    """The list by date; Enter changes a result, N enters one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,N", "new", "Enter a result", id="results.new"),
        Binding("delete,d,D", "delete", "Delete", id="results.delete"),
        Binding("escape,backspace", "back", "Back", id="results.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._results: tuple[ResultView, ...] = ()
        self._read_once = False

    def body(self) -> Iterable[Widget]:
        """The list, what is known of the one under the cursor, the line of time."""
        yield Table(_COLUMNS, id="results")
        yield Sentences(id="known")
        yield Scroll(id="line")

    def on_mount(self) -> None:
        """Read them."""
        self.head([strong(say.TITLE)], [muted(say.ASIDE)])
        self.query_one("#results", Table).focus()
        self._foot()
        self._read()

    def _foot(self) -> None:
        hints = (
            Hint("N", "enter one", "screen.new"),
            Hint("⏎", "change", "screen.choose_row"),
            Hint("Del", "delete", "screen.delete"),
            Hint("Esc", "back", "screen.back"),
        )
        self.foot([each for each in hints if self.check_action(each.action[7:], ())])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Keys that cannot act are not offered: none that write in a look."""
        if action in _CHANGES and self.qbank.application.read_only:
            return False
        if action in ("choose_row", "delete"):
            return bool(self._results) and not self.qbank.application.read_only
        return True

    def _read(self) -> None:
        self.fetch(self.qbank.application.results.list, self._fill)

    def _fill(self, found: tuple[ResultView, ...]) -> None:
        self._results = found
        table = self.query_one("#results", Table)
        table.show([_item(one) for one in found])
        table.display = bool(found)
        if found:
            table.focus()
        if found and not self._read_once:
            table.turn_to(found[-1].id)
        self._read_once = True
        self._tell()
        self._draw()
        self._foot()

    def _here(self) -> ResultView | None:
        key = self.query_one("#results", Table).key
        return next((one for one in self._results if one.id == key), None)

    def on_table_moved(self) -> None:
        """Say what is known of this one."""
        self._tell()

    def _tell(self) -> None:
        one = self._here()
        said = self.query_one("#known", Sentences)
        if one is None:
            said.show([[muted(say.NOTHING_YET)]])
            return
        lines = [[Run(line)] for line in one.lines]
        lines += [[muted(safe.one_line(text))] for text in (say.bars(one.bands), one.note) if text]
        said.show(lines)

    def _draw(self) -> None:
        chart = time_line(self._results)
        dots = dots_for(self.qbank.settings.charts)

        def rows(width: int) -> Sequence[Row]:
            if chart is None:
                return ()
            return [inset(one, 3) for one in chart_rows(chart, width - 6, 0, dots)]

        self.query_one("#line", Scroll).show(rows)

    # --- changing -------------------------------------------------------------------------

    def chosen(self, table: Table, key: str) -> None:
        """Change it."""
        one = self._here()
        if one is not None:
            self._enter(one)

    def action_new(self) -> None:
        """Enter one; the pass mark of the last stands there already."""
        self._enter(None)

    def _enter(self, one: ResultView | None) -> None:
        from qbank.tui.screens.results_entry import ResultForm

        marks = [each.pass_mark for each in self._results if each.pass_mark is not None]
        self.ask(ResultForm(one, marks[-1] if marks else None), self._entered)

    def _entered(self, result_id: str) -> None:
        def fill(found: tuple[ResultView, ...]) -> None:
            self._fill(found)
            self.query_one("#results", Table).turn_to(result_id)
            self._tell()

        self.fetch(self.qbank.application.results.list, fill)

    def action_delete(self) -> None:
        """Ask; then take it away."""
        one = self._here()
        if one is None:
            return
        which = safe.one_line(say.which(one.day, one.kind, one.name))
        choices = [Choice("delete", "Delete it"), Choice("keep", "Keep it")]
        dialog = Ask(f"Delete {which}?", [], choices, ready="keep")
        self.ask(dialog, lambda answer: self._delete(one) if answer == "delete" else None)

    def _delete(self, one: ResultView) -> None:
        results = self.qbank.application.results
        self.fetch(lambda: results.remove(one.id), lambda _: self._read(), group="change")


def _item(one: ResultView) -> Item:
    inks = (Ink.PLAIN, Ink.MUTED, Ink.PLAIN, Ink.STRONG, Ink.MUTED, Ink.MUTED)
    texts = zip(result_cells(one), inks, strict=True)
    return Item(one.id, tuple((Run(safe.one_line(text), ink),) for text, ink in texts))
