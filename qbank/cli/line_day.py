"""An exam day as lines of plain text: tutorial, blocks that lock, breaks out of one pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.sitting_model import DayPhase
from qbank.cli import line_words
from qbank.cli.line_mode import TICK_S, End, LineMode
from qbank.reporting import exam_day_words, words

if TYPE_CHECKING:
    from qbank.cli.typed_lines import Lines
    from qbank.cli.voice import Voice
    from qbank.services.notes import NoteService
    from qbank.services.sitting_runner import SittingRunner


class LineDay:
    """One exam day, taken by typed lines; each of its blocks by the words of a block."""

    def __init__(self, day: SittingRunner, lines: Lines, voice: Voice, notes: NoteService) -> None:
        self._day = day
        self._lines = lines
        self._voice = voice
        self._notes = notes
        self._left = False

    def take(self) -> End:
        """Take lines until the day is over or left.

        The end of input ends the day where it was a pipe; where a person types, it leaves
        the day with its clock running.
        """
        if self._day.state.phase is DayPhase.READY:
            self._voice.lines(exam_day_words.RULES)
            self._day.start()
        while not self._left and self._day.state.phase is not DayPhase.OVER:
            if self._day.state.phase is DayPhase.BLOCK:
                self._block()
            else:
                self._between()
        return End.LEFT if self._left else End.CLOSED

    def leave(self) -> None:
        """Let the day go with its clock running, and say so; also where Ctrl+C was pressed."""
        in_block = self._day.state.phase is DayPhase.BLOCK
        self._go_away()
        said = exam_day_words.LEAVING_BLOCK if in_block else exam_day_words.LEAVING_BREAK
        self._voice.say(said)

    # --- a block -------------------------------------------------------------------

    def _block(self) -> None:
        block = self._day.begin_block()
        mode = LineMode(block, self._lines, self._voice, self._notes, leave=self._go_away)
        if mode.take() is End.CLOSED:
            self._day.end_block()
        elif not self._left:
            # A copy was saved and the block let go of: the day goes with it.
            self._left = True
            self._day.close()

    def _go_away(self) -> str:
        self._left = True
        self._day.leave()
        return exam_day_words.LEAVING_BLOCK

    # --- between blocks --------------------------------------------------------------

    def _between(self) -> None:
        """The tutorial or a break, until the next block begins or time alone ends it."""
        self._say_where()
        here = self._place()
        while not self._left and self._place() == here:
            try:
                line = self._lines.next(TICK_S)
            except EOFError:
                self._no_more_lines()
                return
            self._day.poll()
            self._day.settle()
            if line is not None and line.strip() and self._place() == here:
                self._obey(line.strip())

    def _place(self) -> tuple[DayPhase, int]:
        """Where the day stands: what goes on, and the blocks behind."""
        return self._day.state.phase, len(self._day.state.behind)

    def _obey(self, line: str) -> None:
        if not self._lines.typed:
            self._voice.echo(line)
        match line.lower():
            case "begin":
                self._begin()
            case "clock":
                self._say_where()
            case "end day":
                self._day.end_day()
            case "leave":
                self.leave()
            case _:
                self._voice.say(line_words.BETWEEN_HELP)

    def _begin(self) -> None:
        """From the tutorial straight to the first block, as a person who says `begin` means."""
        if self._day.state.phase is DayPhase.TUTORIAL:
            self._day.end_tutorial()
        if self._day.state.phase is DayPhase.BREAK:
            self._block()

    def _no_more_lines(self) -> None:
        if self._lines.typed:
            self.leave()
        else:
            self._day.end_day()

    def _say_where(self) -> None:
        """The block that comes, the time of the tutorial or the break, and the words there are."""
        clock = self._day.clock()
        tutorial = clock.phase is DayPhase.TUTORIAL
        left_ms = clock.tutorial_left_ms if tutorial else clock.pool_ms
        what = exam_day_words.TUTORIAL_LEFT if tutorial else exam_day_words.BREAK_LEFT
        comes = exam_day_words.block_of(clock.number, clock.blocks)
        size = words.count(clock.questions, "question")
        self._voice.say("")
        self._voice.say(f"{comes}: {size}, {words.clock_left(clock.limit_ms)}.")
        self._voice.say(f"{words.clock_left(left_ms)} {what}.")
        if not (clock.on_pool or tutorial):
            runs = exam_day_words.USED_UP if clock.first_on_clock else exam_day_words.RUNS_ON
            self._voice.say(runs)
        self._voice.say(line_words.BETWEEN_HELP)
