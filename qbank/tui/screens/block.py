"""The block: the question is the screen; one line of clock above, one line of keys below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.block import events as e
from qbank.block.commands import Blur, Focus, Pause, Resume, Show, Submit
from qbank.block.model import Phase
from qbank.reporting import words
from qbank.tui import steps
from qbank.tui.explain import explanation_rows
from qbank.tui.face import LETTERS, OPTION
from qbank.tui.hints import block_hints, first_hints
from qbank.tui.ink import Ink, Run
from qbank.tui.screens.clocked import Clocked
from qbank.tui.widgets.clockline import GO
from qbank.tui.widgets.question import Question

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.block.commands import Command
    from qbank.block.events import Event
    from qbank.services.views import Explanation
    from qbank.tui.running import Running
    from qbank.tui.widgets.lines import Lines

_HINTED_KEYS = 10
_STRIKE_ASK = "Strike which? Its letter, or Space under the cursor. Esc: none."


class Block(Clocked):
    """Keys and presses become commands; the state is copied to the widgets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "onward", "Next question", id="block.next"),
        Binding("backspace,left", "go_back", "Question before", id="block.back"),
        Binding("up", "cursor(-1)", "Cursor up the options", id="block.up"),
        Binding("down", "cursor(1)", "Cursor down the options", id="block.down"),
        Binding("space", "choose", "Choose under the cursor, else scroll", id="block.choose"),
        Binding("x,X", "strike", "Strike: then a letter", id="block.strike"),
        Binding("delete", "clear", "Clear the answer", id="block.clear"),
        Binding("1", "confidence('1')", "Sure", id="block.sure"),
        Binding("2", "confidence('2')", "Unsure", id="block.unsure"),
        Binding("3", "confidence('3')", "A guess", id="block.guess"),
        Binding("m,M", "flag", "Flag", id="block.flag"),
        Binding("o,O", "overview", "Overview of all questions", id="block.overview"),
        Binding("t,T", "clock", "What the clock shows", id="block.clock"),
        Binding("p,P", "pause", "Pause (twice)", id="block.pause"),
        Binding("r,R", "review", "Review and submit", id="block.review"),
        Binding("pagedown", "scroll(1)", "Scroll down", id="block.pagedown"),
        Binding("pageup", "scroll(-1)", "Scroll up", id="block.pageup"),
        Binding("home", "edge(0)", "Top of the question", id="block.top"),
        Binding("end", "edge(1)", "End of the question", id="block.end"),
        Binding("escape", "let_be", "Let be", id="block.escape", show=False),
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
        self._pausing = False
        self._said = Run("")
        self._explanation: Explanation | None = None
        self._pressed = 0

    def body(self) -> Iterable[Widget]:
        """The question."""
        yield Question(id="question")

    def on_mount(self) -> None:
        """The clock runs already; show the question."""
        self._pressed = self.qbank.memory.number("keys")
        self.watch(self.app, "app_focus", self._focus_changed, init=False)
        self._new_question()
        self.tick()

    # --- showing ------------------------------------------------------------------------

    def show_all(self) -> None:
        """Copy the block's state to the screen."""
        explanation, running = self._explanation, self.running
        question = self.query_one(Question)
        if explanation is None:
            question.show(running.face(self._cursor))
        else:
            question.show(
                running.face(None, explanation.key),
                lambda width: explanation_rows(
                    explanation, running.text(), running.response(), width
                ),
            )
        self.show_clock()
        self._show_keys()

    def pace_line(self) -> tuple[Iterable[Run], Iterable[Run]]:
        """What was just said, the sign of the last minutes, else the words of the pace."""
        sign = self.running.sign()
        if sign:
            self._said = Run(f" ◔ {sign} ", Ink.LOUD)
        left = self._said if self._said.text else Run(self.running.pace_words(), Ink.MUTED)
        return [left], self.running.marks_said()

    def _show_keys(self) -> None:
        few = self._pressed < _HINTED_KEYS
        self.foot(first_hints(self.running) if few else block_hints(self.running))

    def _new_question(self) -> None:
        """Another question is on screen: nothing of the one before hangs over it."""
        self._cursor, self._striking, self._explanation = None, False, None
        if steps.locked(self.runner.state):
            self._explain()
        self.show_all()

    def _explain(self) -> None:
        position = steps.shown(self.runner.state)

        def read() -> Explanation:
            return self.runner.explanation(position)

        def come(explanation: Explanation) -> None:
            if steps.shown(self.runner.state) == position:
                self._explanation = explanation
                self.show_all()
                self.query_one(Question).show_answer()

        self.fetch(read, come, group="explain")

    # --- from events to the screen ---------------------------------------------------------

    def do(self, command: Command | None) -> tuple[Event, ...]:
        """Hand on a command; some events change more of the screen than the marks."""
        self._said, self._pausing = Run(""), False
        events = super().do(command)
        if any(isinstance(event, e.Shown) for event in events):
            self._new_question()
        if any(isinstance(event, e.Revealed) for event in events):
            self._cursor = None
            self._explain()
        return events

    def _focus_changed(self, focused: bool) -> None:
        """The terminal said that its window lost or got the focus."""
        if self.runner.state.phase in (Phase.RUNNING, Phase.PAUSED):
            self.do(Focus() if focused else Blur())

    # --- keys ----------------------------------------------------------------------------------

    def on_key(self) -> None:
        """Count the first keys, for the hint."""
        if self._pressed < _HINTED_KEYS:
            self._pressed += 1
            self.qbank.memory.keep("keys", self._pressed)

    def action_answer(self, place: int) -> None:
        """A letter from A to J only ever answers (or strikes, after X)."""
        state = self.runner.state
        if self._striking:
            self._striking = False
            self.do(steps.strike(state, place))
            self.show_all()
        else:
            self.do(steps.answer(state, place))
        self.query_one(Question).show_option(place)

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on an option answers, the right button strikes; the bar goes to a question."""
        event.stop()
        target = event.target
        if target.startswith(OPTION):
            self._striking = self._striking or event.right
            self.action_answer(int(target.removeprefix(OPTION)))
        elif target.startswith(GO):
            self.do(Show(int(target.removeprefix(GO))))
        elif target in ("more", "back"):
            self.action_scroll(1 if target == "more" else -1)

    def action_onward(self) -> None:
        """Lock and explain, the next question, or at the end the overview."""
        command = steps.onward(self.runner.state)
        if command is None:
            self.action_overview()
        else:
            self.do(command)

    def action_go_back(self) -> None:
        """The question before."""
        self.do(steps.back(self.runner.state))

    def action_cursor(self, step: int) -> None:
        """Put a cursor on the options, or move it; while an explanation is read, scroll."""
        if steps.locked(self.runner.state):
            self.query_one(Question).scroll_rows(step)
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

    def action_scroll(self, pages: int) -> None:
        """Scroll by a page, two lines kept in sight."""
        question = self.query_one(Question)
        question.scroll_rows(pages * max(1, question.size.height - 2))

    def action_edge(self, end: int) -> None:
        """To the top or the end of the question."""
        question = self.query_one(Question)
        question.show_from(len(question.rows) if end else 0)

    def action_strike(self) -> None:
        """The next letter strikes."""
        if not steps.locked(self.runner.state):
            self._striking, self._said = True, Run(_STRIKE_ASK, Ink.ACCENT)
            self.show_clock()

    def action_let_be(self) -> None:
        """Take back what was begun: a strike, a pause, the cursor."""
        self._striking, self._pausing, self._cursor = False, False, None
        self._said = Run("")
        self.show_all()

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

    def action_clock(self) -> None:
        """Show the clock another way."""
        self._said = Run(f"Now: {self.running.next_clock()}", Ink.ACCENT)
        self.show_clock()

    # --- other pages over this one ----------------------------------------------------------------

    def action_overview(self) -> None:
        """Every question at a glance."""
        from qbank.tui.screens.overview import Overview

        self.open(Overview(self.running, self._go_where))

    def action_review(self) -> None:
        """What is open, and the way to hand the block in."""
        from qbank.tui.screens.submit import ReviewAndSubmit

        self.open(ReviewAndSubmit(self.running, self._go_where))

    def _go_where(self, answer: str) -> None:
        if answer == "review":
            self.action_review()
        elif answer == "submit":
            self.do(Submit())
        else:
            self.do(Show(int(answer)))

    def _go_on(self, _answer: str) -> None:
        self.do(Resume())

    def action_pause(self) -> None:
        """Twice: stop the clock and cover the question, where the block allows it."""
        if not self.running.pausable:
            self._said = Run(words.NO_PAUSE, Ink.ACCENT)
        elif not self._pausing:
            self._pausing, self._said = True, Run(words.PAUSE_ASK, Ink.ACCENT)
        elif self.do(Pause()) and self.runner.state.phase is Phase.PAUSED:
            from qbank.tui.screens.paused import Paused

            self.open(Paused(self.running, self._go_on))
        self.show_clock()
