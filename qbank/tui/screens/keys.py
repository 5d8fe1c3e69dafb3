"""The keys of the page below, every one with what it does. A press on a line does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.keys import format_key

from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.lines import Lines
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual.widget import Widget

_SIGNS = {
    "enter": "⏎",
    "backspace": "⌫",
    "delete": "Del",
    "escape": "Esc",
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}
_EVERYWHERE = (
    ("ctrl+t", "Colours: dark, light, high contrast", "app.next_theme"),
    ("ctrl+q", "Leave qbank", "app.quit"),
)


class _Key(NamedTuple):
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
        self._keys = _keys_of(of)

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


def _keys_of(page: Page) -> list[_Key]:
    """What acts on a page now: its letters and keys, the app's, those of what has the focus."""
    keys = [_Key(key, what, "") for key, what in page.LETTER_KEYS]
    keys += [_key(each) for each in _bindings(type(page)) if each.show and _acts(page, each)]
    keys += [_Key(_said(key), what, action) for key, what, action in _EVERYWHERE]
    if isinstance(page.focused, Lines):
        keys += [_key(each, "focused.") for each in _bindings(type(page.focused))]
    return keys


def _bindings(kind: type) -> Iterator[Binding]:
    """The bindings of a class and its bases, the nearest first, none whose keys are taken."""
    taken: set[str] = set()
    for owner in kind.__mro__:
        for binding in vars(owner).get("BINDINGS", ()):
            keys = set(binding.key.split(",")) if isinstance(binding, Binding) else set()
            if keys - taken:
                taken |= keys
                yield binding


def _acts(page: Page, binding: Binding) -> bool:
    _, name, parameters = parse(binding.action)
    return bool(page.check_action(name, parameters))


def _key(binding: Binding, namespace: str = "") -> _Key:
    return _Key(_said(binding.key), binding.description, namespace + binding.action)


def _said(keys: str) -> str:
    """Keys as they stand on a keyboard, the shifted twin of a letter left out."""
    names = [name for name in keys.split(",") if not (len(name) == 1 and name.isupper())]
    return " ".join(_SIGNS.get(name) or _plain(name) for name in names)


def _plain(name: str) -> str:
    """A letter as on its key, a control key with its hat."""
    return name.upper() if len(name) == 1 else format_key(name).replace("ctrl+", "^")
