"""The line of keys under a running block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.tui import steps
from qbank.tui.face import LETTERS
from qbank.tui.widgets.bars import Hint

if TYPE_CHECKING:
    from qbank.tui.running import Running


PEN_HINTS = (
    Hint("←", "", "focused.word(-1)"),
    Hint("→", "word", "focused.word(1)"),
    Hint("↑", "", "focused.line(-1)"),
    Hint("↓", "line", "focused.line(1)"),
    Hint("Space", "from, to", "focused.mark"),
    Hint("Del", "take away", "focused.unmark"),
    Hint("Esc", "done", "focused.close"),
)
"""The keys of the pen, while it is open."""


def _answer(running: Running) -> list[Hint]:
    """The letters, while one of them can be chosen."""
    if steps.locked(running.runner.state):
        return []
    letters = LETTERS[: len(running.text().options)]
    return [Hint(f"A–{letters[-1]}", "answer", "screen.let_be")]


def _exhibit(running: Running) -> list[Hint]:
    """The key of the pictures, where the question has any."""
    return [Hint("V", "exhibit", "screen.exhibit")] if running.text().exhibits else []


def _onward(running: Running, going_on: str) -> str:
    return "lock and explain" if running.reveals() else going_on


def first_hints(running: Running) -> list[Hint]:
    """The three that matter, until ten presses of a key or of the mouse."""
    return [
        *_answer(running),
        *_exhibit(running),
        Hint("⏎", _onward(running, "next question"), "screen.onward"),
        Hint("O", "all questions", "screen.overview"),
    ]


def block_hints(running: Running) -> list[Hint]:
    """Every key that means something now, those that may be dropped with a rank."""
    answer = _answer(running)
    strike = [Hint("X", "strike", "screen.strike", 1)] if answer else []
    return [
        *answer,
        *_exhibit(running),
        *strike,
        Hint("⏎", _onward(running, "next"), "screen.onward"),
        Hint("⌫", "back", "screen.go_back", 2),
        Hint("M", "flag", "screen.flag"),
        Hint("O", "all", "screen.overview"),
        Hint("L", "labs", "screen.labs", 3),
        Hint("P", "pause", "screen.pause", 4),
        Hint("R", "submit", "screen.review", 5),
        Hint("T", "clock", "screen.clock", 6),
        Hint("W", "ink", "screen.pen", 7),
        Hint("N", "note", "screen.note", 8),
        Hint("K", "calculator", "screen.calculator", 9),
    ]
