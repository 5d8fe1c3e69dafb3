"""A block as lines of plain text: for screen readers, slow links, pipes and scripts.

The same runner as in the app. Nothing moves on the screen and nothing is coloured; the
time is said when it is asked for, with each question, and at the warnings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from qbank import typed
from qbank.block import commands as c
from qbank.block import events as e
from qbank.block.model import Confidence, Mode, PausePolicy, Phase
from qbank.block.spans import marked, unmarked
from qbank.cli import line_words
from qbank.content.lab_values import lab_sheet
from qbank.errors import NotSaved, QbankError
from qbank.reporting import lab_words, words
from qbank.services.signs import Signs

if TYPE_CHECKING:
    from qbank.block.state import BlockState, Cell
    from qbank.cli.typed_lines import Lines
    from qbank.cli.voice import Voice
    from qbank.services.notes import NoteService
    from qbank.services.runner import BlockRunner

TICK_S = 1.0
SAVED_WITHIN_S = 5.0
_SAVING = ("retry", "copy")
"""The words that still do something when the block is over and not on disk."""


class End(StrEnum):
    """How a block was let go of."""

    CLOSED = "closed"
    LEFT = "left"


class LineMode:
    """One block, taken by typed lines.

    `leave` lets the block go in another way than its runner's own, and says what that means.
    """

    def __init__(
        self,
        runner: BlockRunner,
        lines: Lines,
        voice: Voice,
        notes: NoteService,
        leave: Callable[[], str] | None = None,
    ) -> None:
        self._runner = runner
        self._lines = lines
        self._voice = voice
        self._say = voice.say
        self._notes = notes
        self._let_go = leave or self._leave_block
        self._signs = Signs(runner)
        self._ending = False
        self._left = False
        self._unsaved_said = False
        self._words: Mapping[str, Callable[[str], None]] = {
            "help": self._help,
            "?": self._help,
            "next": lambda _: self._onward(),
            "back": lambda _: self._back(),
            "go": self._go,
            "again": lambda _: self._voice.read(self._runner),
            "clear": lambda _: self._clear(),
            "strike": self._strike,
            "flag": lambda _: self._flag(),
            **{level.value: self._sureness(level) for level in Confidence},
            "mark": self._mark,
            "note": self._note,
            "labs": self._labs,
            "clock": lambda _: self._clock(),
            "review": self._review,
            "pause": lambda _: self._pause(),
            "resume": lambda _: self._resume(),
            "retry": lambda _: self._retry(),
            "copy": self._copy,
            "leave": lambda _: self.leave(),
            "end": lambda _: self._end(),
        }

    def take(self) -> End:
        """Take lines until the block is over and on disk, or left.

        The end of input submits where it was a pipe; where a person types, it leaves the
        block open. Raises NotSaved where input ends before the block's end is on disk.
        """
        self._open()
        while not (self._left or self._done()):
            try:
                line = self._lines.next(TICK_S)
            except EOFError:
                self._no_more_lines()
                break
            self._poll()
            if line is not None and line.strip():
                self._obey(line.strip())
        if self._left:
            return End.LEFT
        if not self._runner.wait_saved(SAVED_WITHIN_S):
            raise NotSaved("the end of the block is not saved", hint="Make room, then try again.")
        return End.CLOSED

    def _done(self) -> bool:
        """Over, with all of it on disk. What is not there is said once and can still be saved."""
        if not self._over or self._runner.wait_saved(SAVED_WITHIN_S):
            return self._over
        if not self._unsaved_said:
            self._unsaved_said = True
            said = words.sentence(words.not_saved(self._runner.unsaved))
            self._say(f"{said} {line_words.SAVE_HINT}")
        return False

    # --- a line --------------------------------------------------------------------

    def _obey(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if self._over and word.lower() not in _SAVING:
            return
        if not self._lines.typed:
            self._voice.echo(line)
        act = self._words.get(word.lower())
        ending, self._ending = self._ending, False
        try:
            if act is not None:
                self._ending = ending and word.lower() == "end"
                act(rest.strip())
            elif not self._answer(line):
                self._say(line_words.NOT_KNOWN)
        except NotSaved as error:
            self._say(f"{words.sentence(error.message)} {line_words.SAVE_HINT}")
        except QbankError as error:
            self._say(words.sentence(error.message))

    def _answer(self, line: str) -> bool:
        """Take the line as letters; whether it was any."""
        typed = line.upper().replace(" ", "").replace(",", "")
        letters = {name: option for option, name in self._letters().items()}
        if not typed.isalpha() or len(set(typed)) < len(typed):
            return False
        slot = self._runner.spec.slot(self._position)
        if len(typed) > 1 and not set(typed) <= set(letters):
            return False
        if len(typed) > 1 and not slot.several:
            self._say(line_words.ONE_ONLY)
            return True
        if typed[0] not in letters:
            self._say(line_words.NO_SUCH_LETTER.format(letter=typed[0]))
            return True
        if self._cell.revealed:
            self._say(line_words.ANSWER_LOCKED)
            return True
        self._do(c.Answer(self._position, tuple(letters[each] for each in typed)))
        if self._state.phase is Phase.RUNNING:
            saved = self._runner.wait_saved(SAVED_WITHIN_S)
            self._say(line_words.answered("".join(sorted(typed)), saved=saved))
            self._onward()
        return True

    # --- words ---------------------------------------------------------------------

    def _help(self, _rest: str) -> None:
        self._voice.lines(f"{word}: {does}" for word, does in line_words.HELP.items())

    def _onward(self) -> None:
        """Explain in tutor mode what was answered, else the next question."""
        cell, position = self._cell, self._position
        if self._runner.spec.mode is Mode.TUTOR and cell.response and not cell.revealed:
            self._do(c.Reveal(position))
            said = self._runner.explanation(position)
            self._voice.lines(line_words.explained(said, self._letters(), cell.response))
        elif position == self._runner.spec.size:
            self._say(line_words.LAST_QUESTION)
        else:
            self._show(position + 1)

    def _back(self) -> None:
        if self._position == 1:
            self._say(line_words.FIRST_QUESTION)
        else:
            self._show(self._position - 1)

    def _go(self, rest: str) -> None:
        if rest.isdecimal() and int(rest) in self._runner.spec.positions:
            self._show(int(rest))
        else:
            self._say(f"`go` takes a number from 1 to {self._runner.spec.size}.")

    def _clear(self) -> None:
        self._do(c.Clear(self._position))
        self._say("No answer now.")

    def _strike(self, rest: str) -> None:
        option = next((o for o, name in self._letters().items() if name == rest.upper()), None)
        if option is None:
            self._say(line_words.NO_SUCH_LETTER.format(letter=rest or "without a letter"))
            return
        out = option not in self._cell.struck
        self._do((c.Strike if out else c.Unstrike)(self._position, option))
        self._say(line_words.struck(rest.upper(), out))

    def _flag(self) -> None:
        on = not self._cell.flagged
        self._do((c.Flag if on else c.Unflag)(self._position))
        self._say(line_words.flagged(on))

    def _sureness(self, level: Confidence) -> Callable[[str], None]:
        def say_so(_rest: str) -> None:
            self._do(c.SetConfidence(self._position, level))
            self._say(f"{level.value.capitalize()}.")

        return say_so

    def _mark(self, rest: str) -> None:
        stem = self._runner.texts[self._position - 1].stem
        found = re.search(re.escape(rest), stem, re.IGNORECASE) if rest else None
        if found is None:
            self._say(line_words.not_in_the_question(rest))
            return
        span, spans = found.span(), self._cell.highlights
        begin = span[0]
        on = span not in spans
        kept = marked(spans, span) if on else unmarked(spans, begin)
        self._do(c.Highlight(self._position, kept))
        joined = next((each for each in kept if each[0] <= begin < each[1]), span)
        self._say(line_words.marked(on, stem[slice(*joined)]))

    def _note(self, rest: str) -> None:
        block, position = self._runner.spec.block_id, self._position
        if rest:
            self._notes.set_note(block, position, rest)
            self._say(line_words.NOTE_KEPT)
        else:
            self._say(self._notes.note(block, position) or line_words.NO_NOTE)

    def _labs(self, rest: str) -> None:
        if rest:
            self._voice.lines(lab_words.in_both(lab_sheet().find(rest)))
        else:
            self._say(lab_words.ASK)

    def _clock(self) -> None:
        self._say(line_words.clock(self._runner.clock(), self._limit()))

    def _review(self, rest: str) -> None:
        state = self._state
        positions = {"blank": state.blank, "flagged": state.flagged}.get(
            rest.lower(), tuple(state.spec.positions)
        )
        chosen = {p: line_words.together(state.response(p), self._letters(p)) for p in positions}
        self._say(line_words.overview(state, positions, chosen))

    def _pause(self) -> None:
        if self._runner.spec.pause is not PausePolicy.ALLOWED:
            self._say(words.NO_PAUSE)
            return
        self._do(c.Pause())
        self._say(line_words.PAUSED)

    def _resume(self) -> None:
        if self._state.phase is Phase.PAUSED:
            self._do(c.Resume())
        self._voice.read(self._runner)

    def _retry(self) -> None:
        self._runner.retry()
        saved = self._runner.wait_saved(SAVED_WITHIN_S)
        self._say("Saved." if saved else f"Not saved yet. {line_words.SAVE_HINT}")

    def _copy(self, rest: str) -> None:
        """A copy of the log; the block is let go of, as where the store cannot be written."""
        self._runner.export_log(typed.path(rest))
        self._left = True
        self._say("Copy saved. `qbank import` takes it back.")

    def leave(self) -> None:
        """Let the block go as it stands, and say how to go on; also where Ctrl+C was pressed."""
        self._left = True
        self._say(self._let_go())

    def _leave_block(self) -> str:
        self._runner.leave()
        return line_words.LEFT

    def _end(self) -> None:
        """Hand in; a person is asked once more while something is open."""
        blank, flagged = len(self._state.blank), len(self._state.flagged)
        if self._lines.typed and blank and not self._ending:
            self._ending = True
            self._say(f"{words.submit_ask(blank, flagged)} {line_words.END_AGAIN}")
        else:
            self._do(c.Submit())

    # --- inside --------------------------------------------------------------------

    def _open(self) -> None:
        phase = self._state.phase
        if phase is Phase.READY:
            self._say(line_words.begun(self._runner.name, self._runner.spec.size, self._limit()))
            self._do(c.Start())
        elif phase is Phase.PAUSED:
            self._do(c.Resume())
        if self._state.phase is Phase.RUNNING:
            self._voice.read(self._runner)

    def _no_more_lines(self) -> None:
        if self._lines.typed:
            self.leave()
            return
        if self._state.phase is Phase.PAUSED:
            self._do(c.Resume())
        if self._state.phase is Phase.RUNNING:
            self._do(c.Submit())

    def _poll(self) -> None:
        """Let time do what it does: the warnings, the end."""
        self._heed(self._runner.poll())
        sign = self._signs.due()
        if sign:
            self._interrupt(f"{sign}.")

    def _do(self, command: c.Command) -> None:
        self._heed(self._runner.do(command))

    def _heed(self, events: tuple[e.Event, ...]) -> None:
        if any(isinstance(each, e.Closed) and each.reason == "expired" for each in events):
            state = self._state
            said = words.time_is_up(state.answered, state.unreached, state.spec.size)
            self._interrupt(said)
            self._lines.forget()

    def _interrupt(self, said: str) -> None:
        """Say something that was not asked for: on a line of its own, whatever is being typed."""
        if self._lines.typed:
            self._say("")
        self._say(said)

    def _show(self, position: int) -> None:
        self._do(c.Show(position))
        if self._state.phase is Phase.RUNNING:
            self._voice.read(self._runner)

    def _letters(self, position: int | None = None) -> Mapping[str, str]:
        return self._runner.letters(position or self._position)

    def _limit(self) -> str:
        spec = self._runner.spec
        return words.limit(spec.limit_ms, spec.time_factor)

    @property
    def _over(self) -> bool:
        return self._state.phase is Phase.CLOSED

    @property
    def _state(self) -> BlockState:
        return self._runner.state

    @property
    def _position(self) -> int:
        return self._state.shown or 1

    @property
    def _cell(self) -> Cell:
        return self._state.cell(self._position)
