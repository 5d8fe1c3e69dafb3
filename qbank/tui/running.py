"""A running block as it stands in words: what its two lines, its overview and its face say.

Reads the runner's state, never changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qbank.block.commands import Reveal
from qbank.block.model import PausePolicy
from qbank.reporting import words
from qbank.services.views import SaveState
from qbank.tui.face import Face, OptionMark, letter
from qbank.tui.ink import Ink, Run, muted
from qbank.tui.steps import onward, shown

if TYPE_CHECKING:
    from qbank.services.runner import BlockRunner
    from qbank.services.views import QuestionText
    from qbank.tui.memory import Memory

PACE, TIME, QUIET = "pace", "time", "quiet"
CLOCKS: Final = (PACE, TIME, QUIET)
_CLOCK_NAMES: Final = {
    PACE: "clock and pace",
    TIME: "clock without pace",
    QUIET: "no clock until 5:00",
}
_QUIET_UNTIL_MS: Final = 300_000


@dataclass(frozen=True, slots=True)
class Clockface:
    """What the head of a running block shows."""

    position: int
    size: int
    done: tuple[bool, ...]
    flagged: tuple[bool, ...]
    time: str
    this_one: str
    loud: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A question in the overview."""

    position: int
    answered: bool
    visited: bool
    flagged: bool
    time: str
    letters: str


class Running:
    """A runner and what the person chose to see of its clock."""

    def __init__(self, runner: BlockRunner, memory: Memory, *, count_down: bool) -> None:
        self.runner = runner
        self._memory = memory
        self._count_down = count_down
        chosen = memory.text("clock", PACE)
        self._clock = chosen if chosen in CLOCKS else PACE
        self._sign_said: set[int] = set()

    # --- the clock ------------------------------------------------------------------

    @property
    def pausable(self) -> bool:
        """Whether the block allows a pause."""
        return self.may_pause(self.runner)

    @staticmethod
    def may_pause(runner: BlockRunner) -> bool:
        """Whether a block allows a pause."""
        return runner.spec.pause is PausePolicy.ALLOWED

    def next_clock(self) -> str:
        """Show the clock another way from now on; says which."""
        self._clock = CLOCKS[(CLOCKS.index(self._clock) + 1) % len(CLOCKS)]
        self._memory.keep("clock", self._clock)
        return _CLOCK_NAMES[self._clock]

    def clockface(self) -> Clockface:
        """The head at this moment."""
        state, live = self.runner.state, self.runner.clock()
        remaining = live.remaining_ms
        last = remaining is not None and remaining <= _QUIET_UNTIL_MS
        quiet = self._clock == QUIET and not last
        return Clockface(
            position=shown(state),
            size=state.spec.size,
            done=tuple(bool(cell.response) for cell in state.cells),
            flagged=tuple(cell.flagged for cell in state.cells),
            time="" if quiet else self._time(live.used_ms, remaining),
            this_one="" if quiet else f"this one {words.clock(live.this_one_ms)}",
            loud=last,
        )

    def _time(self, used_ms: int, remaining_ms: int | None) -> str:
        if remaining_ms is None or not self._count_down:
            return f"{words.clock(used_ms)} used"
        return f"{words.clock_left(remaining_ms)} left"

    def until_next_second(self) -> float:
        """Seconds until the clock shows another figure."""
        live = self.runner.clock()
        running = live.used_ms if live.remaining_ms is None else -live.remaining_ms
        return (1000 - running % 1000) / 1000

    # --- the second line ---------------------------------------------------------------

    def pace_words(self) -> str:
        """The words of the pace, where they are wanted and there are any."""
        pace = self.runner.clock().pace
        outlook = words.outlook(pace) if pace is not None and self._clock == PACE else ""
        return f"{words.even_pace(pace.debt_ms)} · {outlook}" if pace and outlook else ""

    def sign(self) -> str:
        """The sign of the last minutes; each is said once."""
        remaining = self.runner.clock().remaining_ms
        limit = self.runner.spec.limit_ms
        if remaining is None or limit is None:
            return ""
        for at_ms, say in ((120_000, words.two_left), (300_000, words.five_left)):
            if remaining <= at_ms < limit:
                if at_ms in self._sign_said:
                    return ""
                self._sign_said.add(at_ms)
                return say(len(self.runner.state.blank)) if remaining > at_ms - 60_000 else ""
        return ""

    def marks_said(self) -> tuple[Run, ...]:
        """Flag, sureness and saving of the question on screen."""
        state = self.runner.state
        cell = state.cell(shown(state))
        said = []
        if cell.confidence is not None:
            said.append(muted(cell.confidence.value))
        if cell.flagged:
            said.append(Run(f"{words.FLAGGED} flagged", Ink.FLAG))
        said.append(self._saving())
        return tuple(run for one in said if one.text for run in (Run("   "), one))

    def _saving(self) -> Run:
        state = self.runner.save_state
        if state is SaveState.FAILED:
            return Run(f"! {words.not_saved(self.runner.unsaved)}", Ink.LOUD)
        if state is SaveState.SLOW:
            return Run("saving …", Ink.FLAG)
        answered = self.runner.state.response(shown(self.runner.state))
        return muted("saved") if answered and state is SaveState.SAVED else Run("")

    # --- the question ---------------------------------------------------------------------

    def text(self) -> QuestionText:
        """The question on screen."""
        return self.runner.texts[shown(self.runner.state) - 1]

    def response(self) -> tuple[str, ...]:
        """The response to the question on screen."""
        return self.runner.state.response(shown(self.runner.state))

    def reveals(self) -> bool:
        """Whether going on would lock the answer and explain it."""
        return isinstance(onward(self.runner.state), Reveal)

    def face(self, cursor: int | None, key: tuple[str, ...] = ()) -> Face:
        """The question with the person's marks; with a key, also what was right."""
        state = self.runner.state
        position = shown(state)
        cell = state.cell(position)
        saved = self.runner.saved(position)
        marks: Mapping[str, OptionMark] = {
            option.id: OptionMark(
                chosen=option.id in cell.response,
                saved=saved,
                struck=option.id in cell.struck,
                sign=_sign(option.id, cell.response, key),
            )
            for option in self.text().options
        }
        return Face(self.text(), marks, cursor)

    def cells(self) -> tuple[Seen, ...]:
        """Every question for the overview."""
        state, live = self.runner.state, self.runner.clock()
        seen = []
        for position in state.spec.positions:
            cell = state.cell(position)
            here = position == state.shown
            spent_ms = live.this_one_ms if here else cell.clock_ms
            options = state.spec.slot(position).options
            seen.append(
                Seen(
                    position=position,
                    answered=bool(cell.response),
                    visited=cell.visits > 0,
                    flagged=cell.flagged,
                    time=words.clock(spent_ms) if cell.visits else "",
                    letters="".join(letter(options.index(option)) for option in cell.response),
                )
            )
        return tuple(seen)


def _sign(option: str, response: tuple[str, ...], key: tuple[str, ...]) -> str:
    if not key:
        return ""
    if option in key:
        return "✓"
    return "✗" if option in response else ""
