"""The keys of the page below, every one with what it does. A press on a line does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.actions import parse
from textual.binding import Binding, BindingType

from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.keymap import bindings_of, said
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.lines import Lines
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual.widget import Widget

_EVERYWHERE = (
    ("ctrl+p", "All commands, by name", "app.palette"),
    ("ctrl+t", "Colours: dark, light, high contrast", "app.next_theme"),
    ("ctrl+q", "Leave qbank", "app.quit"),
)


class Deed(NamedTuple):
    """Something that can be done now: its keys as they are said, what it is, its action."""

    keys: str
    what: str
    action: str


class KeysPage(Page):
    """Lists the bindings of a page. The letters that answer have no binding: they come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,question_mark", "back", "Back", id="keys.back"),
    ]

    def __init__(self, of: Page) -> None:
        super().__init__()
        self._of = of
        self._keys = deeds(of)

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Table((Column("key", 12), Column("what it does")), one_press=True, id="list")

    def on_mount(self) -> None:
        """Fill it."""
        self.head([strong("Keys")], [muted("of this page")])
        table = self.query_one(Table)
        table.show(
            [
                Item(str(at), ((Run(key.keys, Ink.KEY),), (Run(key.what),)))
                for at, key in enumerate(self._keys)
            ]
        )
        table.focus()
        self.foot([Hint("⏎", "do it", "screen.choose_row"), Hint("Esc", "back", "screen.back")], ())

    def chosen(self, table: Table, key: str) -> None:
        """Back to the page, and do it there."""
        action = self._keys[int(key)].action
        self.app.call_next(self._do, action)

    async def _do(self, action: str) -> None:
        await self.app.pop_screen()
        if action:
            await self.app.run_action(action, self._of)


def deeds(page: Page) -> list[Deed]:
    """What acts on a page now: its letters and keys, the app's, those of what has the focus."""
    keys = [Deed(key, what, "") for key, what in page.LETTER_KEYS]
    mine = page.qbank.keymap
    keys += [
        _key(each, mine) for each in bindings_of(type(page)) if each.show and _acts(page, each)
    ]
    keys += [Deed(said(key), what, action) for key, what, action in _EVERYWHERE]
    if isinstance(page.focused, Lines):
        keys += [_key(each, mine, "focused.") for each in bindings_of(type(page.focused))]
    return keys


def _acts(page: Page, binding: Binding) -> bool:
    _, name, parameters = parse(binding.action)
    return bool(page.check_action(name, parameters))


def _key(binding: Binding, mine: Mapping[str, str], namespace: str = "") -> Deed:
    keys = mine.get(binding.id or "", binding.key)
    return Deed(said(keys), binding.description, namespace + binding.action)
