"""What line mode reads out: whole sentences, one after the other, nothing over another."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from qbank.cli import line_words
from qbank.content.markdown import plain_text
from qbank.reporting import words

if TYPE_CHECKING:
    from qbank.services.runner import BlockRunner


class Voice:
    """Writes lines. `width` breaks them at words; None leaves them whole, as a pipe wants them."""

    def __init__(self, write: Callable[[str], None], width: int | None = None) -> None:
        self._write = write
        self._width = width

    def say(self, line: str) -> None:
        """One line, broken at words where it is too long."""
        whole = self._width is None
        pieces = [line] if whole else textwrap.wrap(line, self._width or 1, break_long_words=False)
        for piece in pieces or [""]:
            self._write(piece)

    def lines(self, lines: Iterable[str]) -> None:
        """Several lines."""
        for line in lines:
            self.say(line)

    def echo(self, line: str) -> None:
        """What came in, where no terminal has shown it."""
        self._write(f"> {line}")

    def read(self, runner: BlockRunner) -> None:
        """The question on screen, whole."""
        position = runner.state.shown or 1
        text, cell = runner.texts[position - 1], runner.state.cell(position)
        left = runner.clock().remaining_ms
        self.say("")
        time_said = "" if left is None else f"{words.clock_left(left)} left"
        self.say(line_words.question_head(runner.state, position, time_said))
        pictures = words.exhibits(each.alt for each in text.exhibits)
        stem = plain_text(text.stem) if text.markdown else text.stem
        parts = (*stem.split("\n"), *pictures, text.lead_in)
        self.lines(part for part in parts if part.strip())
        if text.several:
            self.say(line_words.SEVERAL)
        self.lines(line_words.options(text, runner.letters(position), cell))
