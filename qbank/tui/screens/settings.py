"""The settings: each with its value and its meaning. A change stands in the person's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from qbank.settings import SETTABLE, Settings
from qbank.settings_file import drop, origin, put
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.dialogs import AskText
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

_LATER = ("data_dir", "learner", "mouse", "extra_dirs", "debug")
"""What holds from the next start on."""


class SettingsPage(Page):
    """A row for each; Enter changes it at once, or asks for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", "Back", id="settings.back"),
        Binding("delete,d,D", "default", "Back to the default", id="settings.default"),
    ]

    def body(self) -> Iterable[Widget]:
        """The rows, and what the one under the cursor means."""
        yield Table((Column("setting", 12), Column("value")), one_press=True, id="list")
        yield Sentences(id="known")

    def on_mount(self) -> None:
        """Show what holds."""
        self.head([strong("Settings")], [muted(safe.one_line(str(self._file)))])
        self.foot(
            [
                Hint("⏎", "change", "screen.choose_row"),
                Hint("D", "default", "screen.default"),
                Hint("Esc", "back", "screen.back"),
            ]
        )
        self._show()
        table = self.query_one(Table)
        table.focus()
        self._tell(table.key)

    @property
    def _file(self) -> Path:
        return self.qbank.settings.paths.config

    def _show(self) -> None:
        settings = self.qbank.settings
        items = [
            Item(name, ((Run(name),), (Run(value_said(settings, name), Ink.STRONG),)))
            for name in sorted(SETTABLE, key=lambda each: each in _LATER)
        ]
        self.query_one(Table).show(items)

    def on_table_moved(self, event: Table.Moved) -> None:
        """Say what this one means."""
        self._tell(event.key)

    def _tell(self, name: str) -> None:
        said = [[Run(SETTABLE[name].metadata["doc"])]]
        where = origin(self.qbank.settings, name)
        if where == "environment":
            said.append(
                [Run(f"QBANK_{name.upper()} is set here and stands over the file.", Ink.FLAG)]
            )
        elif where == "option":
            said.append([muted("Given on the command line, for this time.")])
        if name in _LATER:
            said.append([muted("A change holds from the next start on.")])
        self.query_one("#known", Sentences).show(said)

    # --- changing -------------------------------------------------------------------

    def chosen(self, table: Table, key: str) -> None:
        """Turn a switch, take the next of a few, or ask."""
        setting = SETTABLE[key]
        now = getattr(self.qbank.settings, key)
        few = setting.metadata["few"]
        if key == "keys":
            from qbank.tui.screens.keymap import KeymapPage

            self.open(KeymapPage())
        elif isinstance(now, bool):
            self._put(key, not now)
        elif few:
            self._put(key, few[(few.index(now) + 1) % len(few)] if now in few else few[0])
        else:
            written = value_said(self.qbank.settings, key)
            asked = AskText(key, "" if now in (None, ()) else written, setting.metadata["doc"])
            self.ask(asked, lambda text: self._put(key, text) if text else self._drop(key))

    def action_default(self) -> None:
        """Take the value out of the file."""
        self._drop(self.query_one(Table).key)

    def _put(self, name: str, value: object) -> None:
        self._change(name, lambda: put(self._file, name, value))

    def _drop(self, name: str) -> None:
        def work() -> Any:
            drop(self._file, name)
            return getattr(Settings(), name)

        self._change(name, work)

    def _change(self, name: str, work: Callable[[], Any]) -> None:
        def done(value: Any) -> None:
            self.qbank.set(name, value)
            self._show()
            self._tell(name)

        # A change of one setting does not take the place of another's.
        self.fetch(work, done, group=f"change {name}")

    def on_screen_resume(self) -> None:
        """Keys may have been changed on their own page."""
        self._show()


def value_said(settings: Settings, name: str) -> str:
    """A value as a person reads it."""
    value = getattr(settings, name)
    if isinstance(value, bool):
        return "on" if value else "off"
    if name == "keys":
        return f"{len(value)} of your own" if value else "as shipped"
    if isinstance(value, tuple):
        return safe.one_line(", ".join(map(str, value)))
    if name == "data_dir":
        return safe.one_line(str(settings.paths.data_dir))
    return safe.one_line(str(value))
