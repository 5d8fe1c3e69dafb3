"""Keys of one's own: choose what is to be done, press the key for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.settings_file import put
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.keymap import every_action, held, named, said
from qbank.tui.screens.dialogs import Buttons, Dialog, Said
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget


class KeymapPage(Page):
    """Every action with its keys, page by page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", "Back", id="keymap.back"),
        Binding("delete,d,D", "default", "Back to its own key", id="keymap.default"),
    ]

    def body(self) -> Iterable[Widget]:
        """The list."""
        columns = (Column("key", 14), Column("what it does"), Column("name", 22, rank=1))
        yield Table(columns, one_press=True, id="list")

    def on_mount(self) -> None:
        """Fill it; pages come in the order of their names, the block first."""
        self.head([strong("Keys of your own")], [muted("A to J in a block only ever answer")])
        self.foot(
            [
                Hint("⏎", "another key", "screen.choose_row"),
                Hint("D", "its own", "screen.default"),
                Hint("Esc", "back", "screen.back"),
            ]
        )
        self._show()
        self.query_one(Table).focus()

    def _show(self) -> None:
        mine = self.qbank.keymap
        actions = sorted(every_action().values(), key=lambda each: each.page != "block")
        self.query_one(Table).show(
            [
                Item(
                    each.id,
                    (
                        (Run(said(mine.get(each.id, each.keys)), Ink.KEY),),
                        (Run(each.what, Ink.STRONG if each.id in mine else Ink.PLAIN),),
                        (muted(each.id),),
                    ),
                )
                for each in actions
            ]
        )

    def chosen(self, table: Table, key: str) -> None:
        """Ask for the key."""
        what = every_action()[key].what
        self.ask(PressKey(what), lambda pressed: self._take(key, pressed))

    def action_default(self) -> None:
        """Its own key again."""
        self._change({k: v for k, v in self._changed.items() if k != self.query_one(Table).key})

    @property
    def _changed(self) -> dict[str, str]:
        return dict(self.qbank.settings.keys)

    def _take(self, action: str, pressed: str) -> None:
        changed = {**self._changed, action: pressed}
        wrong = held({action: pressed}).wrong or [w for w in held(changed).wrong if action in w]
        if wrong:
            self.app.notify(f"Not taken: {wrong[0]}.", markup=False, severity="warning", timeout=6)
        else:
            self._change(changed)

    def _change(self, keys: dict[str, str]) -> None:
        def done(value: tuple[tuple[str, str], ...]) -> None:
            self.qbank.set("keys", value)
            self._show()

        self.fetch(lambda: put(self.qbank.settings.paths.config, "keys", keys), done)


class PressKey(Dialog[str]):
    """Waits for one key; gives its name. Esc gives none."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    def body(self) -> Iterable[Widget]:
        """What to do."""
        yield Said(self._what, "Press the key for it.")
        yield Buttons(("leave", "Esc", "leave it"))

    def on_key(self, event: events.Key) -> None:
        """The key, whatever it is."""
        if event.key != "escape":
            event.stop()
            self.give(named(event.key))
