"""What a person does to the question on screen: answer, strike, clear, flag, say how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.tui import steps
from qbank.tui.face import LETTERS, OPTION
from qbank.tui.ink import Ink, Run
from qbank.tui.screens.clocked import Clocked
from qbank.tui.widgets.question import Question

if TYPE_CHECKING:
    from qbank.block.commands import Command
    from qbank.block.events import Event
    from qbank.tui.running import Running
    from qbank.tui.widgets.lines import Lines

_PAGES = {"more": 1, "back": -1}
_OPTION_PAGES = {"options-down": 1, "options-up": -1}
_PEN_FROM = "Highlight: Space marks from it."
_PEN_TO = "Highlight: Space marks to it."
_NO_EXHIBIT = "This question has no picture."
_STRIKE_ASK = "Strike which? Its letter, or Space under the cursor. Esc: none."


class Answering(Clocked):
    """Keys and presses on a question become commands; letters from A to J only ever answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", "Cursor up the options", id="block.up"),
        Binding("down", "cursor(1)", "Cursor down the options", id="block.down"),
        Binding("space", "choose", "Choose under the cursor, else scroll", id="block.choose"),
        Binding("x,X", "strike", "Strike: then a letter", id="block.strike"),
        Binding("w,W", "pen", "Highlight words", id="block.pen"),
        Binding("v,V", "exhibit", "Exhibits: pictures of the question", id="block.exhibit"),
        Binding("delete", "clear", "Clear the answer", id="block.clear"),
        Binding("1", "confidence('1')", "Sure", id="block.sure"),
        Binding("2", "confidence('2')", "Unsure", id="block.unsure"),
        Binding("3", "confidence('3')", "A guess", id="block.guess"),
        Binding("m,M", "flag", "Flag", id="block.flag"),
        Binding("pagedown", "scroll(1)", "Scroll down", id="block.pagedown"),
        Binding("pageup", "scroll(-1)", "Scroll up", id="block.pageup"),
        Binding("home", "edge(0)", "Top of the question", id="block.top"),
        Binding("end", "edge(1)", "End of the question", id="block.end"),
        *(
            Binding(
                f"{letter.lower()},{letter}", f"answer({place})", id=f"block.{letter}", show=False
            )
            for place, letter in enumerate(LETTERS)
        ),
    ]

    LETTER_KEYS = (("A … J", "Answer"),)

    def __init__(self, running: Running) -> None:
        super().__init__(running)
        self._cursor: int | None = None
        self._striking = False
        self._said = Run("")

    def show_keys(self) -> None:
        """Say which keys there are."""

    @property
    def question(self) -> Question:
        """The question on screen."""
        return self.query_one(Question)

    def do(self, command: Command | None) -> tuple[Event, ...]:
        """Hand on a command; what was said before it is no longer."""
        self._said = Run("")
        return super().do(command)

    def drop_begun(self) -> None:
        """Nothing that was begun goes on."""
        self._cursor, self._striking, self._said = None, False, Run("")

    def say(self, text: str) -> None:
        """Say something on the second line, until the next thing done."""
        self._said = Run(text, Ink.ACCENT)
        self.show_clock()

    # --- keys -------------------------------------------------------------------------

    def action_answer(self, place: int) -> None:
        """A letter from A to J only ever answers (or strikes, after X)."""
        state = self.runner.state
        if self._striking:
            self._striking = False
            self.do(steps.strike(state, place))
            self.show_all()
        else:
            self.do(steps.answer(state, place))
        self.question.show_option(place)

    def action_cursor(self, step: int) -> None:
        """Put a cursor on the options, or move it; while an explanation is read, scroll."""
        if steps.locked(self.runner.state):
            self.question.scroll_rows(step)
            return
        last = len(self.running.text().options) - 1
        start = -1 if step > 0 else last + 1
        at = (start if self._cursor is None else self._cursor) + step
        self._cursor = max(0, min(at, last))
        self.show_all()

    def action_choose(self) -> None:
        """Choose (or strike) under the cursor; without one, scroll."""
        if self._cursor is None:
            self.action_scroll(1)
        else:
            self.action_answer(self._cursor)

    def action_strike(self) -> None:
        """The next letter strikes."""
        if not steps.locked(self.runner.state):
            self._striking = True
            self.say(_STRIKE_ASK)

    def action_clear(self) -> None:
        """Take the answer back."""
        self.do(steps.clear(self.runner.state))

    def action_confidence(self, key: str) -> None:
        """Say how sure."""
        if self.qbank.settings.confidence:
            self.do(steps.confidence(self.runner.state, key))

    def action_flag(self) -> None:
        """Flag, or take the flag off."""
        self.do(steps.flag(self.runner.state))

    # --- reading ------------------------------------------------------------------------

    def action_scroll(self, pages: int) -> None:
        """Scroll by a page, two lines kept in sight."""
        self.question.page(pages)

    def action_edge(self, end: int) -> None:
        """To the top or the end of the question."""
        self.question.edge(end)

    # --- the mouse ------------------------------------------------------------------------

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on an option answers, the right button strikes."""
        event.stop()
        if event.target.startswith(OPTION):
            self._striking = self._striking or event.right
            self.action_answer(int(event.target.removeprefix(OPTION)))
        else:
            self.pressed(event.target)

    def pressed(self, target: str) -> None:
        """A press on something else; a line that says there is more leads there."""
        if target in _PAGES:
            self.action_scroll(_PAGES[target])
        elif target in _OPTION_PAGES:
            self.question.page_options(_OPTION_PAGES[target])
        else:
            self.call_next(self.run_action, target)

    def action_exhibit(self, at: int = 0) -> None:
        """The pictures of the question, where it has any."""
        from qbank.tui.screens.exhibits import Exhibits

        exhibits = self.running.text().exhibits
        if exhibits:
            self.open(Exhibits(exhibits, at, self.running))
        else:
            self.say(_NO_EXHIBIT)

    # --- the pen --------------------------------------------------------------------------

    def action_pen(self) -> None:
        """A cursor over the words of the text, to mark some."""
        self._cursor = None
        self.show_all()
        self.question.focus()

    def on_question_pen(self) -> None:
        """Say what the pen does now; while it is open the keys at the foot are its own."""
        if not self.question.has_focus:
            self.say("")
        else:
            self.say(_PEN_TO if self.question.begun else _PEN_FROM)
        self.show_keys()

    def on_question_highlighted(self, event: Question.Highlighted) -> None:
        """Keep what is marked with the block."""
        self.do(steps.highlight(self.runner.state, event.spans))
