"""Questions: packs on the left, their questions on the right, search as you type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from qbank.reporting import words
from qbank.reporting.label_words import label
from qbank.services.views import Seen
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, gap, muted, strong
from qbank.tui.screens.places import Place
from qbank.tui.widgets.bars import Hint, Line
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from qbank.services.views import PackView, QuestionHit

_ALL = "*"
_PACK_COLUMNS = (
    Column("pack", 0),
    Column("n", 6, right=True),
    Column("fresh", 6, right=True, rank=1),
)
_HIT_COLUMNS = (
    Column("", 1),
    Column("", 1),
    Column("question", 0),
    Column("system", 16, rank=1),
)
_SEEN_SIGNS = {
    Seen.UNUSED: ("·", Ink.MUTED),
    Seen.INCORRECT: ("✗", Ink.BAD),
    Seen.FLAGGED: (words.FLAGGED, Ink.FLAG),
    Seen.CORRECT: ("✓", Ink.GOOD),
}


class Questions(Place):
    """The library. Enter opens a question with its key covered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i,I", "import", "Import questions", id="questions.import"),
        Binding("slash", "search", "Search", id="questions.search"),
        Binding("escape", "back", "Back", id="questions.back"),
    ]
    COLUMN = "column wide"
    NAME = "questions"

    def __init__(self) -> None:
        super().__init__()
        self._packs: tuple[PackView, ...] = ()
        self._hits: tuple[QuestionHit, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Packs; a line to search in, and what was found."""
        with Horizontal(id="library"):
            yield Table(_PACK_COLUMNS, holds=True, id="packs")
            with Vertical(id="found"):
                yield Input(placeholder="search in all questions", id="search")
                yield Line(id="count")
                yield Table(_HIT_COLUMNS, id="hits")

    def on_mount(self) -> None:
        """Fetch the packs."""
        self.head([strong("Questions")])
        self.foot(
            [
                Hint("⏎", "look at it", "screen.choose_row"),
                Hint("/", "search", "screen.search"),
                Hint("Tab", "packs, search, questions", "app.focus_next", 2),
                Hint("I", "import", "screen.import"),
            ],
            self.others(),
        )
        self.query_one("#packs", Table).focus()

    def on_screen_resume(self) -> None:
        """An import may have brought more."""
        self.fetch(self.qbank.application.packs.list, self._fill, group="packs")

    def _fill(self, packs: tuple[PackView, ...]) -> None:
        self._packs = packs
        total = sum(pack.questions for pack in packs)
        fresh = sum(pack.fresh for pack in packs)
        every = Item(_ALL, ((strong("all packs"),), (Run(f"{total:,}"),), (muted(f"{fresh:,}"),)))
        self.query_one("#packs", Table).show([every, *(_pack(pack) for pack in packs)])
        self._search()

    def _search(self) -> None:
        key = self.query_one("#packs", Table).key
        pack = None if key in ("", _ALL) else key
        text = self.query_one("#search", Input).value
        packs = self.qbank.application.packs

        def work() -> tuple[int, tuple[QuestionHit, ...]]:
            return packs.count(pack, text), packs.questions(pack, text)

        self.fetch(work, self._found, group="search")

    def _found(self, found: tuple[int, tuple[QuestionHit, ...]]) -> None:
        number, self._hits = found
        more = f", the first {len(self._hits)} here" if number > len(self._hits) else ""
        self.query_one("#count", Line).show([gap(2), muted(words.count(number, "question") + more)])
        items = [_hit(str(at), hit) for at, hit in enumerate(self._hits)]
        self.query_one("#hits", Table).show(items)

    # --- keys ----------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Search as one types."""
        self._search()

    def on_input_submitted(self) -> None:
        """On to what was found."""
        self.query_one("#hits", Table).focus()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Another pack: its questions."""
        if event.table.id == "packs":
            self._search()

    def chosen(self, table: Table, key: str) -> None:
        """A pack leads to its questions, a question opens."""
        if table.id == "packs":
            self.query_one("#hits", Table).focus()
            return
        from qbank.tui.screens.preview import Preview

        self.open(Preview(self._hits, int(key)))

    def action_search(self) -> None:
        """Type words to search for."""
        self.query_one("#search", Input).focus()

    async def action_back(self) -> None:
        """First out of the search, then out of here."""
        field = self.query_one("#search", Input)
        if field.has_focus or field.value:
            field.value = ""
            self.query_one("#hits", Table).focus()
        else:
            await super().action_back()

    def action_import(self) -> None:
        """Bring in more."""
        from qbank.tui.screens.importing import Import

        self.open(Import())

    def on_paste(self, event: events.Paste) -> None:
        """A path pasted or a file dropped here is to be imported."""
        from qbank.tui.screens.importing import Import, pasted_path

        path = pasted_path(event.text)
        if path is not None:
            event.stop()
            self.open(Import(path))


def _pack(pack: PackView) -> Item:
    name = Run(safe.one_line(pack.title))
    return Item(pack.id, ((name,), (Run(f"{pack.questions:,}"),), (muted(f"{pack.fresh:,}"),)))


def _hit(key: str, hit: QuestionHit) -> Item:
    sign, ink = _SEEN_SIGNS[hit.seen]
    step = Run(words.next_step_sign(hit.next_step) or " ", Ink.ACCENT)
    opening = Run(safe.one_line(hit.opening or hit.lead_in))
    topic = muted(safe.one_line(label(hit.system)))
    return Item(key, ((Run(sign, ink),), (step,), (opening,), (topic,)))
