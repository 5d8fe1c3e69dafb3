"""Home: what to do now. It paints its frame first and is filled once the store is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from qbank.errors import ConcurrentRun, QbankError
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.places import PLACES, Place
from qbank.tui.widgets.bars import Hint, Rule
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import Door, HomeFigures, HomeView, SittingRequest
    from qbank.tui.keymap import Held

_TRIES = 20
_TRY_AGAIN_S = 0.25
_ROOM_FOR_BLOCKS = 34
"""Lines from which the latest blocks stand below the figures, too."""
LEAVE = Hint("^q", "leave", "app.quit")
DATE = Hint("E", "exam date", "screen.exam_date", 1)


class Home(Place):
    """Doors to what can be done, the sentences that hold, what the figures say; latest blocks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,E", "exam_date", "The day of the exam", id="home.exam_date"),
    ]
    NAME = "home"

    def __init__(self) -> None:
        super().__init__()
        self._view: HomeView | None = None
        self._figures: HomeFigures | None = None
        self._opening = False
        self._looking_at = ""
        self._tries = 0
        self._health: tuple[str, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Doors, sentences, figures, latest blocks."""
        yield Table((Column(width=17), Column()), one_press=True, id="doors")
        yield Sentences(id="lines")
        yield Rule(id="between")
        yield Table(id="figures")
        yield Table(id="recent")

    def on_mount(self) -> None:
        """Paint the frame, then open the store."""
        self.head([strong("qbank")])
        self.query_one("#lines", Sentences).show([[muted("Opening your questions …")]])
        self._foot()
        for lower in ("#between", "#figures", "#recent"):
            self.query_one(lower).display = False
        self.query_one("#doors", Table).focus()
        self.call_after_refresh(self._open_store)

    def _foot(self) -> None:
        self.foot(PLACES, (DATE, Hint("?", "keys", "screen.keys"), LEAVE))

    def on_screen_resume(self) -> None:
        """Something may have changed while another page was in front."""
        if self.qbank.is_open:
            self._opening = False
            self._read()

    def _open_store(self, *, write: bool = True) -> None:
        def work() -> tuple[HomeView, Held]:
            from qbank.tui.keymap import held

            application, settings = self.qbank.open_store(write=write), self.qbank.settings
            return application.home.view(settings.exam_date), held(dict(settings.keys))

        self.fetch(work, self._opened, group="open")

    def _read(self) -> None:
        application, day = self.qbank.application, self.qbank.settings.exam_date
        self.fetch(lambda: application.home.view(day), self._fill)

    def _opened(self, opened: tuple[HomeView, Held]) -> None:
        view, held = opened
        self._fill(view)
        self._take_keys(held)
        self._begin_with(self.qbank.first)
        self.qbank.release_keys()
        self.fetch(self._look_after, self._looked_after, group="health")

    def _take_keys(self, held: Held) -> None:
        """Keys of the person's own: those that hold, and what is wrong with the others."""
        if held.keys != self.qbank.keymap:
            self.qbank.take_keys(held.keys)
            self._foot()
        if held.wrong:
            first, *others = held.wrong
            more = f" And {len(others)} more: Settings, keys." if others else ""
            said = f"keys: {first}.{more}"
            self.app.notify(said, markup=False, severity="warning", timeout=10)

    def _begin_with(self, first: str | SittingRequest | None) -> None:
        """What the command line asked for comes at once."""
        if isinstance(first, str):
            from qbank.tui.screens.begin import Begin

            self.open(Begin(block_id=first))
        elif first is not None:
            from qbank.tui.screens.exam_day_start import ExamDayStart

            self.open(ExamDayStart(request=first))

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
        self._arrange()
        doors = self.query_one("#doors", Table)
        items = [Item(str(at), _door(door)) for at, door in enumerate(view.doors)]
        doors.show(items, first=changed)
        if changed and items:
            doors.turn_to(str(_first_to_do(view)))
        doors.display = bool(view.doors)
        self._say(view)
        recent = self.query_one("#recent", Table)
        recent.show([block_item(block) for block in view.recent], BLOCK_COLUMNS)
        if not view.doors:
            recent.focus()
        if view.blocks_done:
            self.call_after_refresh(self._add_up)

    def _arrange(self) -> None:
        """Which of the lower parts there is room and reason for; none is moved later."""
        view = self._view
        if view is None:
            return
        told = bool(view.blocks_done) and (not view.quiet or view.days_left in (0, 1))
        self.query_one("#between").display = told
        self.query_one("#figures").display = told
        room = self.size.height >= _ROOM_FOR_BLOCKS or not view.doors
        self.query_one("#recent").display = bool(view.recent) and room and not view.quiet

    def on_resize(self) -> None:
        """The latest blocks stand where there is room."""
        self._arrange()

    # --- the figures: a second look, so that the doors never wait -------------------------

    def _add_up(self) -> None:
        from qbank.tui.home_figures import adding_up

        if self._figures is None:
            self.query_one("#figures", Table).lead(adding_up)
        application, quiet = self.qbank.application, self._view is not None and self._view.quiet

        def work() -> HomeFigures:
            from qbank.services.home_figures import home_figures

            offset_min = application.clock.read().offset_min
            return home_figures(application.stats.figures(), quiet=quiet, offset_min=offset_min)

        self.fetch(work, self._tell_figures, group="figures")

    def _tell_figures(self, figures: HomeFigures) -> None:
        from qbank.tui.home_figures import COLUMNS, item, lead

        self._figures = figures
        table = self.query_one("#figures", Table)
        table.lead(lambda width: lead(figures, width))
        counted = not figures.basis
        rows = [item(at, figure, counted=counted) for at, figure in enumerate(figures.rows)]
        table.show(rows, COLUMNS)

    def _say(self, view: HomeView) -> None:
        looking = [f"Looking only: {self._looking_at}."] if self._looking_at else []
        trouble = [self.qbank.settings.trouble] if self.qbank.settings.trouble else []
        loud = [Run(line, Ink.FLAG) for line in (*trouble, *self._health, *looking)]
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
        """Go through a door, to what is behind a figure, or to a block's result."""
        if self._view is None or self._opening:
            return
        if table.id == "doors":
            self._go_through(self._view.doors[int(key)])
            return
        if table.id == "figures":
            self._look_behind(key)
            return
        from qbank.tui.screens.result import Result

        self.open(Result(key))

    def _go_through(self, door: Door) -> None:
        from qbank.services.views import DoorKind

        if door.kind is DoorKind.EXAM_DATE:
            self.action_exam_date()
        elif door.kind is DoorKind.CLOSE:
            self.app.call_next(self.app.action_quit)
        else:
            from qbank.tui.screens.doors import through

            self._opening = True
            self.open(through(door))

    def _look_behind(self, key: str) -> None:
        """Statistics, at the tab of a figure."""
        if self._figures is not None:
            self.qbank.memory.keep("stats_tab", self._figures.rows[int(key)].tab)
            self.app.call_next(self.action_place, "statistics")

    # --- the day of the exam ----------------------------------------------------------------

    def action_exam_date(self) -> None:
        """Ask for the day of the exam; it stands in the settings file."""
        from qbank.reporting import home_words as say
        from qbank.tui.screens.dialogs import AskText

        day = self.qbank.settings.exam_date
        self.ask(AskText(say.EXAM_DATE, day, say.EXAM_DATE_HINT), self._book)

    def _book(self, text: str) -> None:
        from qbank.settings_file import drop, put

        file = self.qbank.settings.paths.config

        def work() -> Any:
            return put(file, "exam_date", text) if text else drop(file, "exam_date")

        def done(day: str | None) -> None:
            self.qbank.set("exam_date", day or "")
            self._read()

        self.fetch(work, done, group="date")


def _first_to_do(view: HomeView) -> int:
    """Where the cursor begins: the question for a day may be passed over."""
    from qbank.services.views import DoorKind

    return next(at for at, door in enumerate(view.doors) if door.kind is not DoorKind.EXAM_DATE)


def _door(door: Door) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    return (strong(door.title),), (muted(door.detail),)
