"""Statistics: seven questions, each answered by a sentence, then pictures, then tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.block.model import Mode
from qbank.reporting import tab_words as say
from qbank.reporting import words
from qbank.services.pages.asked import RANGES, Asked, remembered
from qbank.services.views.said import Tab
from qbank.tui import safe
from qbank.tui.charts.draw import dots_for
from qbank.tui.charts.pages import page_rows
from qbank.tui.ink import Row, gap, muted, row, strong
from qbank.tui.screens.dialogs import Ask, Choice
from qbank.tui.screens.places import Place
from qbank.tui.screens.statistics_files import ask_for_picture, ask_for_table
from qbank.tui.widgets.bars import Hint, Keys
from qbank.tui.widgets.pages import Scroll
from qbank.tui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.pages.page import TabPage
    from qbank.services.views import PackView

_TABS = tuple(Tab)


class Statistics(Place):
    """Every tab is made at once, in a thread; going from one to another reads nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "The tab before", id="statistics.left"),
        Binding("right", "turn(1)", "The next tab", id="statistics.right"),
        Binding("x,X", "words", "The pictures as numbers", id="statistics.words"),
        Binding("i,I", "details", "What stands behind these figures", id="statistics.details"),
        Binding("r,R", "range", "Which time", id="statistics.range"),
        Binding("p,P", "pack", "Which pack", id="statistics.pack"),
        Binding("m,M", "mode", "Which mode", id="statistics.mode"),
        Binding("s,S", "save", "Save a picture", id="statistics.save"),
        Binding("c,C", "table", "Save a table as CSV", id="statistics.table"),
        Binding("escape", "back", "Back", id="statistics.back"),
    ]
    COLUMN = "column wide"
    NAME = "statistics"

    def __init__(self) -> None:
        super().__init__()
        self._pages: Mapping[Tab, TabPage] = {}
        self._packs: tuple[PackView, ...] = ()
        self._asked = Asked()
        self._tab = Tab.TIME
        self._in_words = False

    def body(self) -> Iterable[Widget]:
        """What is looked at, the tabs, and the page of the one in front."""
        yield Keys(id="asked")
        yield Tabs([say.TABS[tab][0] for tab in _TABS], id="tabs")
        yield Scroll(id="page")

    def on_mount(self) -> None:
        """Take up where it was left, and read."""
        memory = self.qbank.memory
        found = (memory.text(f"stats_{name}", "") for name in ("days", "pack", "mode"))
        self._asked = remembered(*found)
        tab = memory.text("stats_tab", "")
        self._tab = Tab(tab) if tab in _TABS else Tab.TIME
        self.query_one("#above").display = False
        self.query_one(Scroll).show(lambda _: [row(gap(3), muted("Adding up …"))])
        self.query_one(Scroll).focus()
        self._front()
        self.fetch(self.qbank.application.packs.list, self._know_packs, group="packs")
        self._read()

    def on_screen_resume(self) -> None:
        """A block may have come while another page was in front."""
        if self._pages:
            self._read()

    def on_resize(self) -> None:
        """The pictures are as high as the screen allows."""
        self._show(stay=True)

    # --- reading ------------------------------------------------------------------------

    def _read(self) -> None:
        application, asked = self.qbank.application, self._asked

        def work() -> Mapping[Tab, TabPage]:
            from qbank.services.pages.tabs import pages

            now_ms = application.clock.read().wall_utc_ms
            return pages(application.stats.figures(asked.filter(now_ms)))

        self.fetch(work, self._fill)

    def _fill(self, pages: Mapping[Tab, TabPage]) -> None:
        stay = bool(self._pages)
        self._pages = pages
        self._show(stay=stay)
        self._foot()

    def _know_packs(self, packs: tuple[PackView, ...]) -> None:
        self._packs = packs
        self._front()

    # --- showing ------------------------------------------------------------------------

    def _front(self) -> None:
        """The question of the tab in front, and what is looked at."""
        self.head([strong("Statistics"), muted(f"   {say.TABS[self._tab][1]}")])
        self.query_one(Tabs).turn_to(_TABS.index(self._tab))
        asked = self._asked
        self.query_one("#asked", Keys).show(
            [
                Hint("R", say.days(asked.days), "screen.range"),
                Hint("P", self._pack_name(asked.pack), "screen.pack"),
                Hint(
                    "M",
                    words.mode(Mode(asked.mode)) if asked.mode else say.ALL_MODES,
                    "screen.mode",
                ),
            ]
        )
        self._foot()

    def _pack_name(self, pack: str) -> str:
        titles = (each.title for each in self._packs if each.id == pack)
        return safe.one_line(next(titles, pack)) if pack else say.ALL_PACKS

    def _foot(self) -> None:
        hints = (
            Hint("←", "", "screen.turn(-1)"),
            Hint("→", "tab", "screen.turn(1)"),
            Hint("X", "pictures" if self._in_words else "numbers", "screen.words", 1),
            Hint("I", "details", "screen.details", 2),
            Hint("S", "save", "screen.save", 3),
            Hint("C", "CSV", "screen.table", 3),
        )
        self.foot([hint for hint in hints if self._can(hint.action)], self.others())

    def _can(self, action: str) -> bool:
        name, _, _ = action.removeprefix("screen.").partition("(")
        return self.check_action(name, ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Keys that cannot act are not offered."""
        page = self._pages.get(self._tab)
        if action in ("words", "save"):
            return page is not None and bool(page.pictures)
        if action == "table":
            return page is not None and bool(page.pictures or page.tables)
        if action == "details":
            return page is not None and bool(page.details)
        return super().check_action(action, parameters)

    def _show(self, *, stay: bool = False) -> None:
        page = self._pages.get(self._tab)
        if page is None:
            return
        self.query_one(Scroll).show(lambda width: self._rows(page, width), stay=stay)

    def _rows(self, page: TabPage, width: int) -> list[Row]:
        dots = dots_for(self.qbank.settings.charts)
        return page_rows(page, width, self.size.height, dots, in_words=self._in_words)

    # --- tabs ---------------------------------------------------------------------------

    def action_turn(self, step: int) -> None:
        """The next tab; after the last comes the first."""
        self._go(_TABS[(_TABS.index(self._tab) + step) % len(_TABS)])

    def action_tab(self, name: str) -> None:
        """A tab by its name."""
        self._go(Tab(name))

    def on_tabs_chosen(self, event: Tabs.Chosen) -> None:
        """A press on a tab."""
        self._go(_TABS[event.at])

    def _go(self, tab: Tab) -> None:
        self._tab = tab
        self.qbank.memory.keep("stats_tab", tab)
        self._front()
        self._show()

    def more_commands(self) -> Iterable[tuple[str, str]]:
        """The tabs."""
        return [(question, f"screen.tab('{name}')") for name, (_, question) in say.TABS.items()]

    def action_words(self) -> None:
        """The pictures as numbers, or as pictures again."""
        self._in_words = not self._in_words
        self._foot()
        self._show()

    def action_details(self) -> None:
        """Intervals, slopes and rules."""
        from qbank.tui.screens.why import Sections

        self.open(Sections(say.TABS[self._tab][1], self._pages[self._tab].details))

    # --- what is looked at ----------------------------------------------------------------

    def action_range(self) -> None:
        """Ask for the time."""
        choices = [Choice(str(days), say.days(days)) for days in RANGES]
        now = str(self._asked.days)
        self._ask(say.WHICH_TIME, choices, now, lambda key: replace(self._asked, days=int(key)))

    def action_pack(self) -> None:
        """Ask for the pack."""
        packs = [Choice(f"={each.id}", safe.one_line(each.title)) for each in self._packs]
        choices = [Choice("=", say.ALL_PACKS), *packs]
        now = f"={self._asked.pack}"
        self._ask(say.WHICH_PACK, choices, now, lambda key: replace(self._asked, pack=key[1:]))

    def action_mode(self) -> None:
        """Ask for the mode."""
        modes = [Choice(f"={mode}", words.mode(mode)) for mode in Mode]
        choices = [Choice("=", say.ALL_MODES), *modes]
        now = f"={self._asked.mode}"
        self._ask(say.WHICH_MODE, choices, now, lambda key: replace(self._asked, mode=key[1:]))

    def _ask(
        self, title: str, choices: list[Choice], now: str, wanted: Callable[[str], Asked]
    ) -> None:
        ready = now if any(choice.key == now for choice in choices) else choices[0].key
        self.ask(Ask(title, [], choices, ready=ready), lambda key: self._look_at(wanted(key)))

    def _look_at(self, asked: Asked) -> None:
        self._asked = asked
        for name, value in (("days", asked.days), ("pack", asked.pack), ("mode", asked.mode)):
            self.qbank.memory.keep(f"stats_{name}", value)
        self._front()
        self._read()

    # --- files --------------------------------------------------------------------------

    def action_save(self) -> None:
        """Ask which picture and where to, then write it."""
        ask_for_picture(self, self._pages[self._tab])

    def action_table(self) -> None:
        """Ask which table and where to, then write it."""
        ask_for_table(self, self._pages[self._tab])
