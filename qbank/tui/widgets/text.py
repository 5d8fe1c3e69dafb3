"""Sentences under each other."""

from __future__ import annotations

from collections.abc import Sequence

from qbank.tui.ink import BLANK, Row, Run, gap, inset, muted, paragraph, row
from qbank.tui.widgets.lines import Lines


class Sentences(Lines):
    """Each a line, or several where it wraps; a blank line above and below them all."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id)
        self._said: tuple[tuple[Run, ...], ...] = ()

    def show(self, sentences: Sequence[Sequence[Run]]) -> None:
        """Say what stands here."""
        self._said = tuple(tuple(sentence) for sentence in sentences)
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The sentences, wrapped where they are too long."""
        rows = [BLANK]
        for sentence in self._said:
            for run in sentence:
                rows += [inset(line, 3) for line in paragraph(run.text, width - 4, run.ink)]
        return [*rows, BLANK] if self._said else [BLANK]


class Label(Lines):
    """A word beside a field."""

    def __init__(self, word: str, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name for it
        super().__init__(id=id, classes="label")
        self._word = word

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The word, where the labels of the other lines stand."""
        return (row(gap(3), muted(self._word)),)
