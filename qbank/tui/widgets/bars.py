"""The thin lines of every screen: a head, a rule, and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from qbank.tui.ink import Ink, Row, Run, gap, inset, row, spread
from qbank.tui.widgets.lines import Lines


class Line(Lines):
    """One line with something at either edge."""

    DEFAULT_CSS = "Line { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._lefts: tuple[tuple[Run, ...], ...] = ((),)
        self._right: tuple[Run, ...] = ()

    def show(
        self,
        left: Iterable[Run],
        right: Iterable[Run] = (),
        shorter: Iterable[Iterable[Run]] = (),
    ) -> None:
        """Say what stands at the edges; `shorter` ways to say the left one, for less room."""
        self._lefts, self._right = (tuple(left), *map(tuple, shorter)), tuple(right)
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The one line, a cell in from either edge."""
        room = width - 2 - sum(cell_len(run.text) for run in self._right) - bool(self._right)
        fitting = (left for left in self._lefts if sum(cell_len(r.text) for r in left) <= room)
        inner = spread(next(fitting, self._lefts[-1]), self._right, width - 2)
        return (row(gap(1), *inner.runs, gap(1)),)


class Rule(Lines):
    """A thin rule that says how many rows are out of sight on its side."""

    DEFAULT_CSS = "Rule { height: 1; }"

    def __init__(self, *, below: bool = False, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._is_below = below
        self._hidden = 0
        self._key = ""

    def show(self, hidden: int, *, key: str = "Space") -> None:
        """Say how many rows are out of sight, and below which key brings them."""
        self._hidden, self._key = hidden, key
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The rule, with its sign where something is hidden."""
        return (inset(rule(width - 2, self._hidden, self._key, below=self._is_below), 1),)


def rule(width: int, hidden: int, key: str = "Space", *, below: bool) -> Row:
    """A thin rule, with a sign where rows are hidden on its side; a press on it shows more."""
    if not hidden:
        return row(Run("─" * width, Ink.RULE))
    lines = "line" if hidden == 1 else "lines"
    said = f"{'▼' if below else '▲'} {hidden} more {lines}"
    if below:
        said += f" · {key}"
    return row(
        Run("─" * (width - len(said) - 5), Ink.RULE),
        gap(1),
        Run(said, Ink.ACCENT),
        gap(1),
        Run("───", Ink.RULE),
        target="more" if below else "back",
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

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on a key runs its action; not waited for here: the screen may go with it."""
        event.stop()
        self.app.call_next(self.run_action, event.target)


def _runs(hint: Hint) -> tuple[Run, Run, Run]:
    return (
        Run(f"{hint.key} " if hint.label else hint.key, Ink.KEY, hint.action),
        Run(hint.label, Ink.MUTED, hint.action),
        Run("  "),
    )


def _width(hints: Sequence[Hint]) -> int:
    return sum(cell_len(run.text) for hint in hints for run in _runs(hint)) - 2
