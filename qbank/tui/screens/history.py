"""History: past blocks, to sort, to filter, to open, to take again, to name, to leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from qbank.block.model import Mode
from qbank.reporting import exam_day_words, words
from qbank.services.views import BlockRequest
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, gap, muted, strong
from qbank.tui.screens.dialogs import Ask, AskText, Choice
from qbank.tui.screens.places import Place
from qbank.tui.screens.rows import HISTORY_COLUMNS, NAME_CELLS, SORTS, apart, history_item
from qbank.tui.widgets.bars import Hint, Line
from qbank.tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import BlockSummary


_CHANGES = {"again", "name", "leave_out", "delete"}
"""What writes, and needs a block under the cursor."""


_TWO = 2


class History(Place):
    """The list, newest first until a title is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,A", "again", "Take the same questions again", id="history.again"),
        Binding("n,N", "name", "Rename", id="history.name"),
        Binding("l,L", "leave_out", "Leave out of the statistics, or back in", id="history.out"),
        Binding("delete,d,D", "delete", "Delete", id="history.delete"),
        Binding("u,U", "undo", "Undo the deletion", id="history.undo"),
        Binding("m,M", "mark", "Mark to compare", id="history.mark"),
        Binding("c,C", "compare", "Compare the two that are marked", id="history.compare"),
        Binding("s,S", "sort", "Sort by the next column", id="history.sort"),
        Binding("r,R", "results", "Own mocks and score reports", id="history.results"),
        Binding("slash", "filter", "Filter by words", id="history.filter"),
        Binding("escape", "back", "Back", id="history.back"),
    ]
    COLUMN = "column wide"
    NAME = "history"

    def __init__(self) -> None:
        super().__init__()
        self._blocks: tuple[BlockSummary, ...] = ()
        self._sort = "number"
        self._falling = True
        self._deleted = ""
        self._marked: tuple[str, ...] = ()
        self._shown = 0

    def body(self) -> Iterable[Widget]:
        """A line to filter by, and the list."""
        yield Input(placeholder="filter by name, mode or day", id="filter")
        yield Line(id="said")
        yield Table(HISTORY_COLUMNS, id="blocks")

    def on_mount(self) -> None:
        """Fetch the blocks."""
        self.head([strong("History")])
        self.query_one("#filter", Input).display = False
        self.query_one(Table).focus()
        self._foot()
        self._read()

    def on_screen_resume(self) -> None:
        """A block may have come while another page was in front."""
        if self._blocks:
            self._read()

    def _foot(self) -> None:
        hints = (
            Hint("⏎", "open", "screen.choose_row"),
            Hint("A", "again", "screen.again", 1),
            Hint("N", "rename", "screen.name", 2),
            Hint("L", "leave out", "screen.leave_out", 3),
            Hint("Del", "delete", "screen.delete", 2),
            Hint("U", "undo", "screen.undo"),
            Hint("M", "mark", "screen.mark", 5),
            Hint("C", "compare", "screen.compare", 1 if self._marked else 5),
            Hint("/", "filter", "screen.filter", 3),
            Hint("S", "sort", "screen.sort", 4),
            *([Hint("R", "results", "screen.results", 6)] if self._blocks else []),
        )
        self.foot([hint for hint in hints if self._can(hint.action)], self.others())

    def _can(self, action: str) -> bool:
        return self.check_action(action.removeprefix("screen."), ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Keys that cannot act are not offered: none without a block, none that write in a look."""
        if action in _CHANGES:
            return self._shown > 0 and not self.qbank.application.read_only
        if action in ("choose_row", "sort", "mark"):
            return self._shown > 0
        if action == "compare":
            return self._shown > 1
        if action == "filter":
            return bool(self._blocks)
        if action == "undo":
            return bool(self._deleted)
        return super().check_action(action, parameters)

    def _read(self) -> None:
        self.fetch(self.qbank.application.history.list, self._fill)

    def _fill(self, blocks: tuple[BlockSummary, ...]) -> None:
        first = not self._blocks
        self._blocks = blocks
        self._show()
        if first:
            self.on_table_moved()

    def _show(self) -> None:
        wanted = self.query_one("#filter", Input).value
        found = [block for block in self._blocks if _matches(block, wanted)]
        found.sort(key=SORTS[self._sort], reverse=self._falling)
        self.query_one(Table).show(
            [history_item(block, self._marked) for block in found], self._columns()
        )
        self.head([strong("History")], [muted(words.count(len(found), "block"))])
        self._shown = len(found)
        self._foot()
        if not self._blocks:
            self._say("No block yet. Home has your first one.")

    def _columns(self) -> list[Column]:
        sign = "▾" if self._falling else "▴"
        return [
            column._replace(title=f"{column.title}{sign}") if column.key == self._sort else column
            for column in HISTORY_COLUMNS
        ]

    def _say(self, text: str) -> None:
        self.query_one("#said", Line).show([gap(2), Run(text, Ink.ACCENT)])

    def _here(self) -> BlockSummary | None:
        key = self.query_one(Table).key
        return next((block for block in self._blocks if block.id == key), None)

    def on_table_moved(self) -> None:
        """Say what a narrow row leaves out: a long name, the mode, and what its signs mean."""
        block = self._here()
        if block is not None:
            name = safe.one_line(block.name)
            signs = (f"{sign} {meaning}" for sign, meaning in apart(block))
            long = [name] if len(name) > NAME_CELLS else []
            self._say(" · ".join((*long, words.mode(block.mode), *signs)))

    # --- order and filter ---------------------------------------------------------------

    def on_table_sorted(self, event: Table.Sorted) -> None:
        """By this column; once more, the other way round."""
        self._falling = not self._falling if event.key == self._sort else True
        self._sort = event.key
        self._show()

    def action_sort(self) -> None:
        """By the next column."""
        keys = list(SORTS)
        self._sort = keys[(keys.index(self._sort) + 1) % len(keys)]
        self._show()

    def action_filter(self) -> None:
        """Type words to filter by."""
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    def on_input_changed(self) -> None:
        """Filter as one types."""
        self._show()

    def on_input_submitted(self) -> None:
        """Back to the list, filtered."""
        self.query_one(Table).focus()

    async def action_back(self) -> None:
        """First the filter goes, then the page."""
        field = self.query_one("#filter", Input)
        if field.display:
            field.value = ""
            field.display = False
            self.query_one(Table).focus()
        else:
            await super().action_back()

    # --- what can be done with a block ----------------------------------------------------

    def chosen(self, table: Table, key: str) -> None:
        """Open its result, unless it waits for the end of its exam day."""
        if any(block.id == key and block.waits for block in self._blocks):
            self._say(f"It {exam_day_words.OPENS_LATER}.")
            return
        from qbank.tui.screens.result import Result

        self.open(Result(key))

    def action_mark(self) -> None:
        """Mark the block, or let go of it; a third mark takes the place of the first."""
        block = self._here()
        if block is not None:
            rest = tuple(each for each in self._marked if each != block.id)
            self._marked = rest if block.id in self._marked else (*rest[-1:], block.id)
            self._show()

    def action_compare(self) -> None:
        """The two that are marked, the earlier one first; or the one marked and this one."""
        block = self._here()
        here = (block.id,) if block is not None and len(self._marked) < _TWO else ()
        wanted = {*self._marked, *here}
        found = sorted((b for b in self._blocks if b.id in wanted), key=lambda each: each.number)
        if len(found) != _TWO:
            self._say("Mark one (M), then compare it with another (C).")
            return
        from qbank.tui.screens.compare import Compare

        self.open(Compare(found[0].id, found[1].id))

    def action_results(self) -> None:
        """Own mocks and score reports, which stand apart from blocks."""
        from qbank.tui.screens.own_results import OwnResults

        self.open(OwnResults())

    def action_again(self) -> None:
        """The same questions as it was taken, racing itself; one of an exam day as a timed one."""
        block = self._here()
        if block is None:
            return
        from qbank.tui.screens.begin import Begin

        request = BlockRequest(
            mode=Mode.TIMED if block.mode is Mode.EXAM_DAY else block.mode,
            count=block.questions,
            time_factor=block.time_factor,
            retake=block.id,
            name=block.name,
        )
        self.open(Begin(request=request))

    def action_name(self) -> None:
        """Call it something else."""
        block = self._here()
        if block is not None:
            self.ask(
                AskText("Name of the block", block.name),
                lambda name: self._change(
                    lambda: self.qbank.application.history.rename(block.id, name), "Renamed."
                ),
            )

    def action_leave_out(self) -> None:
        """Leave it out of the statistics, or take it back in."""
        block = self._here()
        if block is not None:
            out = not block.excluded
            self._change(
                lambda: self.qbank.application.history.set_excluded(block.id, out),
                "Left out of the statistics." if out else "Back in the statistics.",
            )

    def action_delete(self) -> None:
        """Ask; then take it out of every list. It can be undone."""
        block = self._here()
        if block is None:
            return
        title = f'Delete block {block.number}, "{safe.one_line(block.name)}"?'
        choices = [Choice("delete", "Delete it"), Choice("keep", "Keep it")]
        self.ask(
            Ask(title, ["It leaves every list and figure. U brings it back."], choices),
            lambda answer: self._delete(block) if answer == "delete" else None,
        )

    def _delete(self, block: BlockSummary) -> None:
        self._deleted = block.id
        self._change(
            lambda: self.qbank.application.history.delete(block.id),
            f"Block {block.number} is deleted. U brings it back.",
        )

    def action_undo(self) -> None:
        """Bring the deleted one back."""
        block_id, self._deleted = self._deleted, ""
        if block_id:
            self._change(lambda: self.qbank.application.history.undelete(block_id), "It is back.")

    def _change(self, work: Callable[[], None], said: str) -> None:
        def done(_: None) -> None:
            self._say(said)
            self._read()

        self.fetch(work, done, group="change")


def _matches(block: BlockSummary, wanted: str) -> bool:
    day = words.day(block.started_at, block.offset_min)
    said = f"{block.number} {block.name} {words.mode(block.mode)} {day}".casefold()
    return all(word in said for word in wanted.casefold().split())
