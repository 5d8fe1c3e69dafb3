"""One of many, shown alone: the arrows turn to the next, a press opens the whole list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.message import Message

from qbank.tui.ink import Ink, Row, Run, cut, fit, gap, muted, paragraph, row
from qbank.tui.widgets.lines import FocusedLines, Lines

_LABEL = 12
_LEFT, _RIGHT, _LIST = "left", "right", "list"


class Leaf(NamedTuple):
    """One of the many: its value, its name, what it means, and what else is to be known."""

    value: str
    name: str
    meaning: str
    caution: str = ""


class Turn(FocusedLines):
    """A labelled line, `◂ name ▸`, with what the name means; a caution stands under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "The one before", id="turn.left", show=False),
        Binding("right", "turn(1)", "The next one", id="turn.right", show=False),
    ]

    class Changed(Message):
        """Another one is shown."""

        def __init__(self, turn: Turn) -> None:
            super().__init__()
            self.turn = turn

    class Opened(Changed):
        """The whole list is wanted."""

    def __init__(
        self,
        label: str,
        leaves: Sequence[Leaf],
        value: str,
        *,
        id: str | None = None,  # noqa: A002 - textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.label = label
        self._leaves = tuple(leaves)
        self._at = self._place(value)

    def _place(self, value: str) -> int:
        return [leaf.value for leaf in self._leaves].index(value)

    @property
    def value(self) -> str:
        """The value of the one shown."""
        return self._leaves[self._at].value

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All there are."""
        return self._leaves

    def show(self, leaves: Sequence[Leaf]) -> None:
        """Offer these; the one shown stays where it is among them, else the first comes."""
        value = self.value
        self._leaves = tuple(leaves)
        values = [leaf.value for leaf in self._leaves]
        self._at = values.index(value) if value in values else 0
        self.update()

    def turn_to(self, value: str) -> None:
        """Show the one with this value."""
        self._put(self._place(value))

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The line, and the caution where there is one."""
        leaf = self._leaves[self._at]
        here = self.has_focus
        runs = [
            gap(3),
            Run(fit(self.label, _LABEL), Ink.HEAD if here else Ink.MUTED),
            gap(1),
            Run("◂ ", Ink.KEY if self._at else Ink.MUTED, _LEFT),
            Run(leaf.name, Ink.STRONG if here else Ink.PLAIN, _LIST),
            Run(" ▸", Ink.KEY if self._at < len(self._leaves) - 1 else Ink.MUTED, _RIGHT),
            muted(f"   {leaf.meaning}"),
        ]
        lead = gap(3 + _LABEL + 3)
        said = paragraph(leaf.caution, width - len(lead.text) - 1, Ink.FLAG)
        return [row(*cut(runs, width - 1)), *(row(lead, *line.runs) for line in said)]

    def action_turn(self, step: int) -> None:
        """Show the next one, as far as there is one."""
        self._put(max(0, min(self._at + step, len(self._leaves) - 1)))

    def _put(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.update()
            self.post_message(self.Changed(self))

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on an arrow turns, on the name it opens the list."""
        event.stop()
        self.focus()
        if event.target == _LIST:
            self.post_message(self.Opened(self))
        else:
            self.action_turn(-1 if event.target == _LEFT else 1)
