"""The block: the question is the screen; one line of clock above, one line of keys below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.block import events as e
from qbank.block.commands import Blur, Focus, Pause, Resume, Show, Submit
from qbank.block.model import Phase
from qbank.reporting import words
from qbank.services.calculator import Calculator
from qbank.tui import steps
from qbank.tui.explain import explanation_rows
from qbank.tui.hints import PEN_HINTS, block_hints, first_hints
from qbank.tui.ink import Ink, Run
from qbank.tui.screens.answering import Answering
from qbank.tui.widgets.clockline import GO
from qbank.tui.widgets.question import Question

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widget import Widget

    from qbank.block.commands import Command
    from qbank.block.events import Event
    from qbank.services.views import Explanation
    from qbank.tui.running import Running

_HINTED_PRESSES = 10
PAUSE_ASK_S = 5.0
"""How long P waits for the second P."""


class Block(Answering):
    """Goes from question to question and to the pages over them; copies the state to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "onward", "Next question", id="block.next"),
        Binding("backspace,left", "go_back", "Question before", id="block.back"),
        Binding("o,O", "overview", "Overview of all questions", id="block.overview"),
        Binding("t,T", "clock", "What the clock shows", id="block.clock"),
        Binding("l,L", "labs", "Lab values", id="block.labs"),
        Binding("k,K", "calculator", "Calculator", id="block.calculator"),
        Binding("n,N", "note", "Note", id="block.note"),
        Binding("p,P", "pause", "Pause (twice)", id="block.pause"),
        Binding("r,R", "review", "Review and submit", id="block.review"),
        Binding("escape", "let_be", "Let be", id="block.escape", show=False),
    ]

    def __init__(self, running: Running) -> None:
        super().__init__(running)
        self._pausing: Timer | None = None
        self._explanation: Explanation | None = None
        self._pressed = 0
        self._sign: Run | None = None
        self._calculator = Calculator()

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
        if explanation is None:
            self.question.show(running.face(self._cursor))
        else:
            self.question.show(
                running.face(None, explanation.key),
                lambda width: explanation_rows(
                    explanation, running.text(), running.response(), width
                ),
            )
        self.show_clock()
        self.show_keys()

    def told_away(self, ms: int) -> None:
        """Say it where the pace stands, until something else is said."""
        self._said = Run(words.away(ms), Ink.FLAG)

    def pace_line(self) -> Sequence[Sequence[Run]]:
        """A sign that is due, what was just said, else the words of the pace.

        A nudge does not take the place of a sign that stands.
        """
        sign = self.running.sign()
        if sign is not None:
            self._said = self._sign = sign
        elif self._said is not self._sign:
            self._said = self.running.nudge() or self._said
        return [[self._said]] if self._said.text else super().pace_line()

    def show_keys(self) -> None:
        """The pen's own keys, else the first three or all that mean something."""
        if self.question.has_focus:
            self.foot(PEN_HINTS)
            return
        few = self._pressed < _HINTED_PRESSES
        self.foot(first_hints(self.running) if few else block_hints(self.running))

    def _new_question(self) -> None:
        """Another question is on screen: nothing of the one before hangs over it."""
        self._cursor, self._striking, self._explanation = None, False, None
        self.set_focus(None)
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
                self.question.show_answer()

        self.fetch(read, come, group="explain")

    # --- from events to the screen ---------------------------------------------------------

    def do(self, command: Command | None) -> tuple[Event, ...]:
        """Hand on a command; some events change more of the screen than the marks."""
        self._drop_pause()
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
        """A key counts."""
        self._count()

    def on_mouse_down(self) -> None:
        """A press of the mouse counts, too; the foot changes with what it does, not under it."""
        self._count()

    def _count(self) -> None:
        """Count the first presses, for the hint."""
        if self._pressed < _HINTED_PRESSES:
            self._pressed += 1
            self.qbank.memory.keep("keys", self._pressed)

    def pressed(self, target: str) -> None:
        """A press on the bar goes to a question."""
        if target.startswith(GO):
            self.do(Show(int(target.removeprefix(GO))))
        else:
            super().pressed(target)

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

    def action_let_be(self) -> None:
        """Take back what was begun: a strike, a pause, the cursor."""
        self.drop_begun()
        self._drop_pause()
        self.show_all()

    def action_clock(self) -> None:
        """Show the clock another way."""
        self.say(f"Now: {self.running.next_clock()}")

    # --- other pages over this one ----------------------------------------------------------------

    def action_overview(self) -> None:
        """Every question at a glance."""
        from qbank.tui.screens.overview import Overview

        self.open(Overview(self.running, self._go_where))

    def action_review(self) -> None:
        """What is open, and the way to hand the block in."""
        from qbank.tui.screens.submit import ReviewAndSubmit

        self.open(ReviewAndSubmit(self.running, self._go_where))

    def action_labs(self) -> None:
        """The sheet of lab values."""
        from qbank.tui.screens.labs import Labs

        self.open(Labs(self.running))

    def action_calculator(self) -> None:
        """A calculator beside the question, with what it came to before."""
        from qbank.tui.screens.calculator import CalculatorBox

        self.app.call_next(self.app.push_screen, CalculatorBox(self._calculator))

    def action_note(self) -> None:
        """The note on this question."""
        from qbank.tui.screens.note import Note

        notes, block_id = self.qbank.application.notes, self.runner.spec.block_id
        position = steps.shown(self.runner.state)
        note = Note(
            lambda: notes.note(block_id, position),
            lambda text: notes.set_note(block_id, position, text),
        )
        self.app.call_next(self.app.push_screen, note)

    def _go_where(self, answer: str) -> None:
        if answer == "review":
            self.action_review()
        elif answer == "submit":
            self.do(Submit())
        else:
            self.do(Show(int(answer)))

    def _go_on(self, _answer: str) -> None:
        self.do(Resume())

    def _drop_pause(self) -> None:
        if self._pausing is not None:
            self._pausing.stop()
            self._pausing = None

    def _pause_lapses(self) -> None:
        """Whoever does not press P again soon did not mean it."""
        self._drop_pause()
        if self._said.text == words.PAUSE_ASK:
            self.say("")

    def action_pause(self) -> None:
        """Twice: stop the clock and cover the question, where the block allows it."""
        if not self.running.pausable:
            self.say(words.NO_PAUSE)
        elif self._pausing is None:
            self.say(words.PAUSE_ASK)
            self._pausing = self.set_timer(PAUSE_ASK_S, self._pause_lapses)
        elif self.do(Pause()) and self.runner.state.phase is Phase.PAUSED:
            from qbank.tui.screens.paused import Paused

            self.open(Paused(self.running, self._go_on))
