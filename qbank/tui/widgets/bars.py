"""The thin lines of every screen: a head, a rule, and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from qbank.tui.ink import Ink, Row, Run, gap, row, spread
from qbank.tui.widgets.lines import Lines


class Line(Lines):
    """One line with something at either edge."""

    DEFAULT_CSS = "Line { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._left: tuple[Run, ...] = ()
        self._right: tuple[Run, ...] = ()

    def show(self, left: Iterable[Run], right: Iterable[Run] = ()) -> None:
        """Say what stands at the edges."""
        self._left, self._right = tuple(left), tuple(right)
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The one line, a cell in from either edge."""
        inner = spread(self._left, self._right, width - 2)
        return (row(gap(1), *inner.runs, gap(1)),)


class Rule(Lines):
    """A thin rule that says how many rows are out of sight on its side."""

    DEFAULT_CSS = "Rule { height: 1; }"

    def __init__(self, *, below: bool = False, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._is_below = below
        self._hidden = 0

    def show(self, hidden: int) -> None:
        """Say how many rows are out of sight."""
        self._hidden = hidden
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The rule, with its sign where something is hidden."""
        if not self._hidden:
            return (row(gap(1), Run("─" * (width - 2), Ink.RULE)),)
        lines = "line" if self._hidden == 1 else "lines"
        said = f"{'▼' if self._is_below else '▲'} {self._hidden} more {lines}"
        if self._is_below:
            said += " · Space"
        before = width - 2 - len(said) - 5
        target = "more" if self._is_below else "back"
        return (
            row(
                gap(1),
                Run("─" * before, Ink.RULE),
                gap(1),
                Run(said, Ink.ACCENT),
                gap(1),
                Run("───", Ink.RULE),
                target=target,
            ),
        )


class Hint(NamedTuple):
    """A key and what it does; `action` is what a press on it runs. Low `rank` goes last."""

    key: str
    label: str
    action: str
    rank: int = 0


class Keys(Lines):
    """The line of keys. Each is a button, too; those of high rank go where room is short."""

    DEFAULT_CSS = "Keys { height: 1; }"

    def __init__(self, hints: Sequence[Hint] = (), *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._hints = tuple(hints)
        self._right: tuple[Hint, ...] = ()

    def show(self, hints: Sequence[Hint], right: Sequence[Hint] = ()) -> None:
        """Say which keys there are; `right` ones stand at the right edge."""
        self._hints, self._right = tuple(hints), tuple(right)
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """As many keys as fit."""
        right = [run for hint in self._right for run in _runs(hint)][:-1]
        room = width - 2 - sum(cell_len(run.text) for run in right) - (2 if right else 0)
        kept = list(self._hints)
        while kept and _width(kept) > room:
            kept.remove(max(reversed(kept), key=lambda hint: hint.rank))
        left = [run for hint in kept for run in _runs(hint)][:-1]
        inner = spread(left, right, width - 2)
        return (row(gap(1), *inner.runs, gap(1)),)

    async def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on a key runs its action on the screen."""
        event.stop()
        await self.run_action(event.target)


def _runs(hint: Hint) -> tuple[Run, Run, Run]:
    return (
        Run(f"{hint.key} " if hint.label else hint.key, Ink.KEY, hint.action),
        Run(hint.label, Ink.MUTED, hint.action),
        Run("  "),
    )


def _width(hints: Sequence[Hint]) -> int:
    return sum(cell_len(run.text) for hint in hints for run in _runs(hint)) - 2
