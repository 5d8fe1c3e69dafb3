"""Boxes to tick and circles to choose among: the signs say the state, colour only helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from qbank.tui.ink import Ink, Row, Run, fit, gap, muted, row
from qbank.tui.widgets.lines import FocusedLines, Lines

_LABEL = 12
_AIR = 2
_PICK = "pick:"


class Pick(NamedTuple):
    """One thing to pick: its value, its words, and how many questions it has (-1: not said)."""

    value: str
    words: str
    number: int = -1


class Picks(FocusedLines):
    """A labelled group that wraps; with `single`, one of them and no more is picked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Left", id="picks.left", show=False),
        Binding("right", "move(1)", "Right", id="picks.right", show=False),
        Binding("space", "pick", "Tick", id="picks.pick", show=False),
    ]

    class Changed(Message):
        """Something was picked, or let go."""

        def __init__(self, picks: Picks) -> None:
            super().__init__()
            self.picks = picks

        @property
        def control(self) -> Picks:
            """Who says it."""
            return self.picks

    def __init__(
        self,
        label: str,
        picks: Sequence[Pick] = (),
        *,
        picked: Iterable[str] = (),
        single: bool = False,
        id: str | None = None,  # noqa: A002 - textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._picks = tuple(picks)
        self._picked = set(picked)
        self._single = single
        self._at = 0

    @property
    def picked(self) -> tuple[str, ...]:
        """The values picked, in their printed order."""
        return tuple(pick.value for pick in self._picks if pick.value in self._picked)

    def show(self, picks: Sequence[Pick]) -> None:
        """Offer these; what was picked stays, with none where it is no longer among them."""
        there = {pick.value for pick in picks}
        gone = (each for each in self._picks if each.value in self._picked - there)
        self._picks = (*picks, *(each._replace(number=0) for each in gone))
        self._at = max(0, min(self._at, len(self._picks) - 1))
        self.update()

    def choose(self, picked: Iterable[str]) -> None:
        """Let these be picked and no others."""
        self._picked = set(picked)
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The label, and the picks wrapped behind it."""
        label = Run(fit(self._label, _LABEL), Ink.HEAD if self.has_focus else Ink.MUTED)
        lines: list[list[Run]] = [[gap(3), label]]
        taken = 3 + _LABEL
        for at, pick in enumerate(self._picks):
            runs = self._runs(at, pick)
            size = sum(cell_len(run.text) for run in runs)
            # The air behind the last one may go over the edge.
            if taken + size - _AIR > width - 1 and taken > 3 + _LABEL:
                lines.append([gap(3 + _LABEL)])
                taken = 3 + _LABEL
            lines[-1] += runs
            taken += size
        if not self._picks:
            lines[-1].append(muted(" none to choose"))
        return [row(*line) for line in lines]

    def _runs(self, at: int, pick: Pick) -> list[Run]:
        here = self.has_focus and at == self._at
        on = pick.value in self._picked
        shape = ("(•)" if on else "( )") if self._single else ("[x]" if on else "[ ]")
        target = f"{_PICK}{at}"
        count = "" if pick.number < 0 else f" {pick.number:,}"
        return [
            Run("▸" if here else " ", Ink.KEY, target),
            Run(shape, Ink.KEY if on else Ink.MUTED, target),
            Run(f" {pick.words}", Ink.STRONG if here else Ink.PLAIN, target),
            muted(count)._replace(target=target),
            Run(" " * _AIR, target=target),
        ]

    def action_move(self, step: int) -> None:
        """Move among the picks; a circle is chosen by coming to it."""
        self._at = max(0, min(self._at + step, len(self._picks) - 1))
        if self._single:
            self.action_pick()
        self.update()

    def action_pick(self) -> None:
        """Pick, or let go."""
        if not self._picks:
            return
        value = self._picks[self._at].value
        if self._single:
            self._picked = {value}
        else:
            self._picked ^= {value}
        self.update()
        self.post_message(self.Changed(self))

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press picks."""
        event.stop()
        self.focus()
        self._at = int(event.target.removeprefix(_PICK))
        self.action_pick()
