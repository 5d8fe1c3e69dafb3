"""Tabs in a line: the one in front is underlined heavily, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from qbank.tui.ink import Ink, Row, Run, gap, row
from qbank.tui.widgets.lines import Lines

_AIR = 3
_EDGE = 3
_TAB = "tab:"


class Tabs(Lines):
    """Words to press, and a rule below them."""

    DEFAULT_CSS = "Tabs { height: 2; }"

    class Chosen(Message):
        """A tab was pressed."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._names = tuple(names)
        self._at = 0

    def turn_to(self, at: int) -> None:
        """Put a tab in front."""
        self._at = at
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The words, closer to each other where there is less room, and the rule."""
        taken = sum(map(len, self._names)) + 2 * _EDGE
        air = max(1, min(_AIR, (width - taken) // max(1, len(self._names) - 1)))
        words: list[Run] = [gap(_EDGE)]
        begin, left = 0, _EDGE
        for at, name in enumerate(self._names):
            ink = Ink.HEAD if at == self._at else Ink.MUTED
            words += [Run(name, ink, f"{_TAB}{at}"), gap(air)]
            begin = left if at == self._at else begin
            left += len(name) + air
        size = len(self._names[self._at])
        rule = [
            gap(1),
            Run("─" * (begin - 2), Ink.RULE),
            Run("━" * (size + 2), Ink.KEY),
            Run("─" * (width - begin - size - 2), Ink.RULE),
        ]
        return (row(*words), row(*rule))

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press puts a tab in front."""
        event.stop()
        self.post_message(self.Chosen(int(event.target.removeprefix(_TAB))))
