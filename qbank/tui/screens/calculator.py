"""The calculator over a question, which stays in sight: typed, or pressed key by key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from qbank.errors import UsageError
from qbank.reporting import words
from qbank.services.calculator import LONGEST, Calculator, shown
from qbank.tui.ink import BLANK, Ink, Row, Run, gap, muted, paragraph, row, shorten, spread
from qbank.tui.screens.dialogs import Buttons, Dialog
from qbank.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual.widget import Widget

_TAPE_SHOWN: Final = 2
_CELL: Final = 5
_TYPED: Final = r"[-=0-9.,+*/xX×÷−()%²^√rRaAnNsS ]*"
_CARRIES_ON: Final = frozenset("+-−*x×/÷%²^")
_PRESSED: Final = "press:"
_KEYS: Final = (
    ("7", "8", "9", "÷", "√"),
    ("4", "5", "6", "×", "²"),
    ("1", "2", "3", "−", "("),
    ("0", ".", "%", "+", ")"),
    ("C", "⌫", "Ans", "="),
)


class Tape(Lines):
    """The last calculations, and what the one being typed comes to."""

    def __init__(self) -> None:
        super().__init__()
        self._done: Sequence[tuple[str, str]] = ()
        self._now = muted("")

    def show(self, done: Sequence[tuple[str, str]], now: Run) -> None:
        """Say what was calculated, and what is now."""
        self._done, self._now = tuple(done[-_TAPE_SHOWN:]), now
        self.update()

    def build(self, width: int, height: int) -> Sequence[Row]:
        """As many lines in any case, so that nothing moves."""
        rows = [BLANK] * (_TAPE_SHOWN - len(self._done))
        for said, result in self._done:
            room = width - len(result) - 4
            rows.append(spread([muted(f"{shorten(said, room)} =")], [Run(result)], width))
        lines = paragraph(self._now.text, width, self._now.ink)[:2]
        return [*rows, *lines, *[BLANK] * (2 - len(lines))]


class Pad(Lines):
    """The keys, for the mouse."""

    def build(self, width: int, height: int) -> Sequence[Row]:
        """Rows of keys, a cell of air between them."""
        rows = [BLANK]
        for line in _KEYS:
            runs: list[Run] = []
            for key in line:
                ink = Ink.KEY if key.isdigit() or key == "." else Ink.ACCENT
                runs += [Run(key.center(_CELL), ink, _PRESSED + key), gap(1)]
            rows.append(row(*runs))
        return [*rows, BLANK, row(muted("r is √, ^2 squares, Ans: the last"))]


class CalculatorBox(Dialog[str]):
    """Esc closes it; what it came to is there again the next time."""

    def __init__(self, calculator: Calculator) -> None:
        super().__init__()
        self._calculator = calculator

    def body(self) -> Iterable[Widget]:
        """What was calculated, the line, the keys."""
        yield Tape()
        yield Input(
            placeholder="type, or press the keys",
            restrict=_TYPED,
            max_length=LONGEST,
            select_on_focus=False,
            id="calculation",
        )
        yield Pad()
        yield Buttons(("enter", "⏎", "calculate"), ("leave", "Esc", "close"))

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Carry on from the last result where a sign comes first; show what it comes to."""
        if "=" in event.value:
            event.input.value = event.value.replace("=", "")
            self.action_enter()
        elif event.value in _CARRIES_ON and self._calculator.has_result:
            event.input.value = f"Ans {event.value}"
            event.input.cursor_position = len(event.input.value)
        else:
            self._show()

    def on_input_submitted(self) -> None:
        """Enter calculates."""
        self.action_enter()

    def action_enter(self) -> None:
        """Calculate and keep it; where something is wrong, say what."""
        field = self.query_one(Input)
        if not field.value.strip():
            return
        try:
            self._calculator.enter(field.value)
        except UsageError as wrong:
            self._show(Run(words.sentence(wrong.message), Ink.FLAG))
        else:
            field.value = ""
            self._show()

    def _show(self, said: Run | None = None) -> None:
        self.query_one(Tape).show(self._calculator.tape, said or self._now())

    def _now(self) -> Run:
        """What is typed comes to this so far; nothing while it makes no sense yet."""
        try:
            return muted(f"= {shown(self._calculator.value(self.query_one(Input).value))}")
        except UsageError:
            return muted("")

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on a key does what the key does."""
        event.stop()
        field, key = self.query_one(Input), event.target.removeprefix(_PRESSED)
        field.focus()
        if key == "=":
            self.action_enter()
        elif key == "⌫":
            field.action_delete_left()
        elif key == "C":
            self._calculator.clear()
            field.value = ""
            self._show()
        else:
            field.insert_text_at_cursor(key)
