"""What every screen shares: a head, a body, keys, work in threads, and the way back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.worker import Worker, WorkerState, WorkType

from qbank.tui.ink import Ink, Row, Run, muted, paragraph
from qbank.tui.widgets.bars import Hint, Keys, Line, Rule
from qbank.tui.widgets.lines import INK_CLASSES, Lines
from qbank.tui.widgets.table import Table

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from qbank.tui.app import QbankApp

T = TypeVar("T")
R = TypeVar("R")

KEYS_HINT = Hint("?", "keys", "screen.keys")


class TooSmall(Lines):
    """Stands in for a page that has no room; the page keeps its place meanwhile."""

    def build(self, width: int, height: int) -> Sequence[Row]:
        """What is needed and what there is."""
        size = self.app.size
        said = (
            Run("qbank needs 80 columns and 24 lines.", Ink.STRONG),
            muted(f"This terminal has {size.width} and {size.height}."),
            muted("Nothing is lost: make it larger to go on."),
            muted("A running block's clock runs on. ^q leaves."),
        )
        return [line for run in said for line in paragraph(run.text, width, run.ink)]


class Page(Screen[str]):
    """A full screen: `title` and `aside` in the head, `body` below, `hints` at the foot."""

    COMPONENT_CLASSES = set(INK_CLASSES)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "keys", "Keys", id="page.keys"),
        Binding("enter", "choose_row", "Open what the cursor is on", id="page.choose"),
    ]
    COLUMN: ClassVar[str] = "column"
    LETTER_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys without a binding, for the page of keys: (key, what it does)."""

    def compose(self) -> ComposeResult:
        """The frame, with the page's own body in it."""
        with Vertical(classes=self.COLUMN):
            yield self.head_widget()
            yield Rule(id="above")
            with Vertical(id="body"):
                yield from self.body()
            yield Rule(below=True, id="below")
            yield Keys(id="keys")
        yield TooSmall()

    def head_widget(self) -> Widget:
        """The line at the top."""
        return Line(id="head")

    def body(self) -> Iterable[Widget]:
        """The widgets between the rules."""
        return ()

    @property
    def qbank(self) -> QbankApp:
        """The app, with its type."""
        return cast("QbankApp", self.app)

    def head(self, left: Iterable[Run], right: Iterable[Run] = ()) -> None:
        """Say what the page is."""
        self.query_one("#head", Line).show(left, right)

    def foot(self, hints: Sequence[Hint], right: Sequence[Hint] = (KEYS_HINT,)) -> None:
        """Say which keys there are, those that the person chose in the place of ours."""
        mine = [[self._mine(hint) for hint in edge] for edge in (hints, right)]
        self.query_one("#keys", Keys).show(*mine)

    def _mine(self, hint: Hint) -> Hint:
        if not self.qbank.keymap:
            return hint
        from qbank.tui.keymap import bindings_of, said

        for binding in bindings_of(type(self)):
            keys = self.qbank.keymap.get(binding.id or "")
            if keys and hint.action.endswith(f".{binding.action}"):
                return hint._replace(key=said(keys))
        return hint

    def on_lines_scrolled(self, event: Lines.Scrolled) -> None:
        """The rules say how much is out of sight."""
        self.query_one("#above", Rule).show(event.above)
        self.query_one("#below", Rule).show(event.below)

    # --- work -------------------------------------------------------------------------

    def fetch(
        self, work: Callable[[], T], then: Callable[[T], None], *, group: str = "fetch"
    ) -> None:
        """Do something slow in a thread, then go on here; a newer one of a group replaces it."""

        async def run() -> None:
            result = await asyncio.to_thread(work)
            if self.is_attached:
                then(result)

        # Not called here: one that is replaced before it begins is never made at all.
        later: WorkType[None] = run
        self.run_worker(later, group=group, exclusive=True, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that failed is told of in one place."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.work_failed(event.worker.error)

    def work_failed(self, error: BaseException) -> None:
        """What happens when work of this page failed."""
        self.qbank.failed(error)

    def give(self, answer: str | None) -> None:
        """Answer the page that asked, and go."""
        _going = self.dismiss(answer)

    def ask(self, dialog: Screen[R], then: Callable[[R], None]) -> None:
        """Put a dialog or page over this one; `then` hears its answer, if there is one."""

        def answered(answer: R | None) -> None:
            if answer is not None:
                then(answer)

        self.app.call_next(self.app.push_screen, dialog, answered)

    def open(self, page: Page, *, instead: bool = False) -> None:
        """Go on to another page; `instead` of this one, so that Back skips it."""
        self.app.call_next(self.app.switch_screen if instead else self.app.push_screen, page)

    # --- rows -------------------------------------------------------------------------------

    def chosen(self, table: Table, key: str) -> None:
        """A row was chosen, by Enter or a press."""

    def action_choose_row(self) -> None:
        """Choose the row under the cursor. Keys act one after the other, without a message."""
        here = [self.focused] if isinstance(self.focused, Table) else []
        table = next((each for each in (*here, *self.query(Table)) if each.key), None)
        if table is not None:
            self.chosen(table, table.key)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """A press chooses as Enter does."""
        self.chosen(event.table, event.key)

    def more_commands(self) -> Iterable[tuple[str, str]]:
        """What the list of commands has beside the keys: words, and the action of this page."""
        return ()

    # --- moving about -------------------------------------------------------------------

    async def may_leave(self) -> bool:
        """Whether qbank may be left from here."""
        return True

    async def action_back(self) -> None:
        """Back to where this page was opened from."""
        if len(self.app.screen_stack) > 1:
            await self.app.pop_screen()

    async def action_keys(self) -> None:
        """Show the keys of this page."""
        from qbank.tui.screens.keys import KeysPage

        await self.app.push_screen(KeysPage(self))
