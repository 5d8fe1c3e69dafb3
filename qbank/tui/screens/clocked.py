"""A page that owns a running block: it ticks, saves, leaves, and ends with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.containers import Vertical

from qbank import typed
from qbank.block import events as e
from qbank.block.model import CloseReason, Phase
from qbank.errors import NotSaved, QbankError
from qbank.reporting import words
from qbank.services.views import SaveState
from qbank.tui.screens.dialogs import Ask, AskText, Choice
from qbank.tui.screens.page import Page, TooSmall
from qbank.tui.widgets.bars import Keys, Line, Rule
from qbank.tui.widgets.clockline import Clockline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.screen import Screen
    from textual.timer import Timer

    from qbank.block.commands import Command
    from qbank.block.events import Event
    from qbank.tui.ink import Run
    from qbank.tui.running import Running

_SAVE_CHECK_S = 0.04
_RETRY_S = 0.5


class Clocked(Page):
    """The owner of a runner. Pages over it are told the time by it, and closed at the end."""

    def __init__(self, running: Running) -> None:
        super().__init__()
        self.running = running
        self.runner = running.runner
        self._timer: Timer | None = None
        self._save_timer: Timer | None = None
        self._ended = False
        self._telling = False
        self._let_be = False
        self._leaving = False

    def compose(self) -> ComposeResult:
        """Two lines of clock, the body across the screen, the keys."""
        with Vertical(classes="across"), Vertical(classes="reading"):
            yield Clockline(id="clock")
            yield Line(id="pace")
            yield Rule(id="above")
        yield from self.body()
        with Vertical(classes="across"), Vertical(classes="reading"):
            yield Rule(below=True, id="below")
            yield Keys(id="keys")
        yield TooSmall()

    def show_all(self) -> None:
        """Copy the whole state to the widgets."""

    def pace_line(self) -> Sequence[Sequence[Run]]:
        """What stands on the second line at the left, said in full and ever shorter."""
        return self.running.pace_said() or ((),)

    # --- acting ---------------------------------------------------------------------

    def do(self, command: Command | None) -> tuple[Event, ...]:
        """Hand a command to the runner and show what came of it."""
        if command is None or self._ended:
            return ()
        try:
            events = self.runner.do(command)
        except NotSaved:
            self._tell_not_saved()
            return ()
        self._heed(events)
        return events

    def _heed(self, events: Iterable[Event]) -> None:
        """Show the state after events; the end leads away from here."""
        closed = [event for event in events if isinstance(event, e.Closed)]
        gaps = [event.ms for event in events if isinstance(event, e.GapNoted) and not event.charged]
        if gaps:
            self.told_away(sum(gaps))
        self.show_all()
        self._watch_saving()
        if closed:
            self._end(closed[0].reason)

    def told_away(self, ms: int) -> None:
        """The machine slept, or the program stood still, for so long; nobody's clock ran."""

    # --- time ---------------------------------------------------------------------------

    def tick(self) -> None:
        """About once a second: the clock's line, and whether time is up."""
        if self._ended:
            return
        events = self.runner.poll()
        if events:
            self._heed(events)
        self.show_clock()
        if self.runner.save_state is SaveState.FAILED and not self._let_be:
            self._tell_not_saved()
        self._timer = self.set_timer(self.running.until_next_second() + 0.005, self.tick)

    def show_clock(self) -> None:
        """The lines of time, here and on the page that lies over this one."""
        face = self.running.clockface()
        over: Screen[Any] = self.app.screen
        for line in [*self.query(Clockline), *(over.query(Clockline) if over is not self else ())]:
            line.show(face)
        self.qbank.terminal_title.say(self.running.title())
        left, *shorter = self.pace_line()
        self.query_one("#pace", Line).show(left, self.running.marks_said(), shorter)

    def _watch_saving(self) -> None:
        """Look now and then until all is on disk, so that the mark fills at once."""
        if self._save_timer is None:
            self._save_timer = self.set_timer(_SAVE_CHECK_S, self._look_at_saving)

    def _look_at_saving(self) -> None:
        self._save_timer = None
        if self._ended:
            return
        self.show_all()
        state = self.runner.save_state
        if state is SaveState.FAILED:
            if not self._let_be:
                self._tell_not_saved()
        elif state is not SaveState.SAVED:
            self._watch_saving()

    # --- the end --------------------------------------------------------------------------

    def _end(self, reason: CloseReason) -> None:
        self._ended = True
        self.qbank.terminal_title.say("")
        if reason is CloseReason.EXPIRED:
            self.running.ring()
        self.app.call_next(self.leave_for_result, reason)

    async def leave_for_result(self, reason: CloseReason) -> None:
        """On to what comes after the block, whatever lies over it."""
        from qbank.tui.screens.ended import Ended
        from qbank.tui.screens.result import Result

        while self.app.screen is not self and len(self.app.screen_stack) > 1:
            await self.app.pop_screen()
        if reason is CloseReason.EXPIRED:
            await self.app.switch_screen(Ended(self.runner))
        else:
            await self.app.switch_screen(Result(self.runner.spec.block_id, self.runner))

    # --- leaving ----------------------------------------------------------------------------

    async def may_leave(self) -> bool:
        """Say first what the clock will do."""
        if self._ended or self.runner.state.phase is Phase.CLOSED:
            return True
        if self._leaving:
            self._leave("leave")
            return False
        self._leaving = True
        runner = self.runner
        clocked, pausable = runner.spec.limit_ms is not None, self.running.pausable
        said = words.leaving(runner.state.answered, clocked=clocked, pausable=pausable)
        choices = [Choice("stay", "Stay"), Choice("leave", "Leave qbank", "^q")]
        choices.insert(1, Choice("home", "Leave the block", "to Home"))
        dialog = Ask("Leave?", [said], choices)
        self.app.call_next(self.app.push_screen, dialog, self._leave)
        return False

    def _leave(self, answer: str | None) -> None:
        """To Home or out; again ^q while it is asked is out, too."""
        self._leaving = False
        if answer in (None, "stay") or self._ended:
            return
        self._ended = True

        def gone(_: None) -> None:
            self.qbank.terminal_title.say("")
            if answer == "home":
                self.app.call_next(self.qbank.go, None)
            else:
                self.app.exit()

        self.fetch(self.let_go, gone, group="leave")

    def let_go(self) -> None:
        """Leave the block; called in a thread."""
        self.runner.leave()

    # --- when saving fails ---------------------------------------------------------------------

    def _tell_not_saved(self) -> None:
        """Ask what to do, once; whoever lets it be is asked again at the next key."""
        if self._telling:
            return
        self._telling = True
        choices = [
            Choice("retry", "Try again"),
            Choice("copy", "Save a copy", "of the whole block, to a file; then leave it"),
        ]
        sentence = "The clock stands meanwhile. Nothing you did is lost while this window is open."
        ask = Ask(words.not_saved(self.runner.unsaved), [sentence], choices)
        self.app.call_next(self.app.push_screen, ask, self._save_again)

    def _save_again(self, answer: str | None) -> None:
        if answer == "copy":
            place = str(Path.home() / "qbank-block.json")
            ask = AskText("Save a copy of the block to", place)
            self.app.call_next(self.app.push_screen, ask, self._save_copy)
        elif answer == "retry":
            self.runner.retry()
            self.set_timer(_RETRY_S, self._saving_settled)
        else:
            self._telling, self._let_be = False, True

    def _saving_settled(self) -> None:
        self._telling = self._let_be = False
        self._look_at_saving()

    def _save_copy(self, place: str | None) -> None:
        self._telling = False
        self._let_be = place is None
        if place is None:
            return
        try:
            self.runner.export_log(typed.path(place))
        except QbankError as error:
            self.qbank.failed(error)
            return
        self._ended = True
        self.copied()
        self.app.call_next(self.qbank.go, None)

    def copied(self) -> None:
        """The block was let go of with a copy beside it."""
