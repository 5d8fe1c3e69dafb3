"""Home: what to do now. It paints its frame first and is filled once the store is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qbank.errors import ConcurrentRun, QbankError
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.places import PLACES, Place
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import Door, HomeView

_TRIES = 20
_TRY_AGAIN_S = 0.25
LEAVE = Hint("^q", "leave", "app.quit")


class Home(Place):
    """Doors to what can be done, the sentences that hold, and the latest blocks."""

    NAME = "home"

    def __init__(self) -> None:
        super().__init__()
        self._view: HomeView | None = None
        self._opening = False
        self._looking_at = ""
        self._tries = 0
        self._health: tuple[str, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Doors, sentences, latest blocks."""
        yield Table((Column(width=16), Column()), one_press=True, id="doors")
        yield Sentences(id="lines")
        yield Table(id="recent")

    def on_mount(self) -> None:
        """Paint the frame, then open the store."""
        self.head([strong("qbank")])
        self.query_one("#lines", Sentences).show([[muted("Opening your questions …")]])
        self.foot(PLACES, (Hint("?", "keys", "screen.keys"), LEAVE))
        self.query_one("#doors", Table).focus()
        self.call_after_refresh(self._open_store)

    def on_screen_resume(self) -> None:
        """Something may have changed while another page was in front."""
        if self.qbank.is_open:
            self._opening = False
            self.fetch(self.qbank.application.home.view, self._fill)

    def _open_store(self, *, write: bool = True) -> None:
        def work() -> HomeView:
            return self.qbank.open_store(write=write).home.view()

        self.fetch(work, self._opened, group="open")

    def _opened(self, view: HomeView) -> None:
        self._fill(view)
        if self.qbank.first_block:
            from qbank.tui.screens.begin import Begin

            self.open(Begin(block_id=self.qbank.first_block))
        self.qbank.release_keys()
        self.fetch(self._look_after, self._looked_after, group="health")
        if self.qbank.settings.keys:
            self.fetch(self._wrong_keys, self._tell_keys, group="keys")

    def _wrong_keys(self) -> list[str]:
        from qbank.tui.keymap import faults

        return faults(dict(self.qbank.settings.keys))

    def _tell_keys(self, wrong: list[str]) -> None:
        """Keys of the person's own that cannot hold: which, and why."""
        for fault in wrong:
            self.app.notify(f"keys: {fault}.", markup=False, severity="warning", timeout=10)

    def _look_after(self) -> tuple[str, ...]:
        from qbank.tui.health import look_after

        return look_after(self.qbank.application.backup)

    def _looked_after(self, health: tuple[str, ...]) -> None:
        """Quiet unless the person has to do something; a block that has begun is not covered."""
        if not health or self._view is None:
            return
        self._health = health
        self._say(self._view)
        if self.app.screen is not self:
            said = f"{health[0]} Home says what to do."
            self.app.notify(said, markup=False, severity="warning", timeout=10)

    def work_failed(self, error: BaseException) -> None:
        """Without a store there is nothing but to say why."""
        if self.qbank.is_open:
            self._opening = False
            super().work_failed(error)
            if self.qbank.holds_keys:
                self.qbank.release_keys()
            return
        if isinstance(error, ConcurrentRun) and self._tries:
            self._tries -= 1
            self.set_timer(_TRY_AGAIN_S, self._open_store)
            return
        self.qbank.exit_code = error.exit_code if isinstance(error, QbankError) else 1
        if isinstance(error, QbankError):
            from qbank.tui.screens.refused import Refused

            self._looking_at = error.message
            self.ask(Refused(error), self._refused)
        else:
            super().work_failed(error)
        self.qbank.release_keys()

    def _refused(self, answer: str) -> None:
        if answer == "look":
            self._open_store(write=False)
        elif answer == "end":
            self._looking_at, self._tries = "", _TRIES
            self.fetch(self._ask_to_end, lambda _: self._open_store())
        else:
            self.qbank.leave()

    def _ask_to_end(self) -> None:
        from qbank.bootstrap import ask_to_end

        ask_to_end(self.qbank.settings)

    def _fill(self, view: HomeView) -> None:
        from qbank.tui.screens.rows import BLOCK_COLUMNS, block_item

        changed = self._view is None or self._view.doors != view.doors
        self._view = view
        self.head([strong("qbank")], [muted(view.exam)])
        doors = self.query_one("#doors", Table)
        items = [Item(str(at), _door(door)) for at, door in enumerate(view.doors)]
        doors.show(items, first=changed)
        doors.display = bool(view.doors)
        self._say(view)
        recent = self.query_one("#recent", Table)
        recent.show([block_item(block) for block in view.recent], BLOCK_COLUMNS)
        recent.display = bool(view.recent)
        if not view.doors:
            recent.focus()

    def _say(self, view: HomeView) -> None:
        looking = [f"Looking only: {self._looking_at}."] if self._looking_at else []
        loud = [Run(line, Ink.FLAG) for line in (*self._health, *looking)]
        said = [*loud, *(muted(line) for line in view.lines)]
        self.query_one("#lines", Sentences).show([[run] for run in said])

    def more_commands(self) -> Iterable[tuple[str, str]]:
        """The doors."""
        doors = self._view.doors if self._view else ()
        return [(door.title, f"screen.door('{at}')") for at, door in enumerate(doors)]

    def action_door(self, at: str) -> None:
        """Go through a door by its number."""
        self.chosen(self.query_one("#doors", Table), at)

    def chosen(self, table: Table, key: str) -> None:
        """Go through a door, or open a block's result."""
        if self._view is None or self._opening:
            return
        if table.id == "doors":
            self._opening = True
            from qbank.tui.screens.doors import through

            self.open(through(self._view.doors[int(key)]))
            return
        from qbank.tui.screens.result import Result

        self.open(Result(key))


def _door(door: Door) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    return (strong(door.title),), (muted(door.detail),)
