"""A running block as it stands in words: what its two lines, its overview and its face say.

Reads the runner's state, never changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qbank.block.commands import Reveal
from qbank.block.model import Mode, PausePolicy
from qbank.block.pace import Outlook
from qbank.reporting import pace_words, words
from qbank.services.pacing import Nudge
from qbank.services.signs import Signs
from qbank.services.views import SaveState
from qbank.tui import safe
from qbank.tui.face import Face, OptionMark, choice_note, letter
from qbank.tui.ink import Ink, Run, gap, muted
from qbank.tui.steps import onward, shown

if TYPE_CHECKING:
    from qbank.services.runner import BlockRunner
    from qbank.services.views import QuestionText
    from qbank.tui.memory import Memory

BOTH, EVEN, TIME, QUIET = "both", "even", "time", "quiet"
CLOCKS: Final = (BOTH, EVEN, TIME, QUIET)
"""What the clock shows, from most to least; the first is everything there is."""

_LAST_MS: Final = 300_000
_EXAM_LAST_MS: Final = 120_000


@dataclass(frozen=True, slots=True)
class Clockface:
    """What the head of a running block shows; `plain` is without colour."""

    position: int
    size: int
    done: tuple[bool, ...]
    flagged: tuple[bool, ...]
    time: str
    this_one: str
    loud: bool
    plain: bool
    stopwatch: bool


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

    def __init__(
        self,
        runner: BlockRunner,
        memory: Memory,
        *,
        count_down: bool,
        nudge: bool = False,
        ring: Callable[[], None] = lambda: None,
    ) -> None:
        self.runner = runner
        self.ring = ring
        self._memory = memory
        self._count_down = count_down
        chosen = memory.text("clock", BOTH)
        self._wanted = chosen if chosen in CLOCKS else BOTH
        self._signs = Signs(runner)
        self._nudge = Nudge(runner) if nudge else None
        on_exam_day = runner.spec.mode is Mode.EXAM_DAY
        self._last_ms = _EXAM_LAST_MS if on_exam_day else _LAST_MS

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
        """Show less of the clock from now on, after the least everything again; says what."""
        ways = self._ways()
        at = (ways.index(self._way) + 1) % len(ways)
        self._wanted = ways[at] if at else BOTH
        self._memory.keep("clock", self._wanted)
        self._memory.write()
        return self._clock_name()

    def _ways(self) -> tuple[str, ...]:
        """The ways that differ in this block, from most to least."""
        if not self.runner.pacing.told(self.runner.state):
            return (TIME, QUIET)
        return CLOCKS if self.runner.spec.race is not None else CLOCKS[1:]

    @property
    def _way(self) -> str:
        """What is shown: as wanted, or the next less that there is in this block."""
        wanted = CLOCKS.index(self._wanted)
        return next(way for way in self._ways() if CLOCKS.index(way) >= wanted)

    def _clock_name(self) -> str:
        spec = self.runner.spec
        if self._way == QUIET:
            until = f" until {words.clock(self._last_ms)}"
            return f"no clock{until if spec.limit_ms is not None else ''}"
        if self._way == BOTH and spec.race is not None:
            return f"even pace and {safe.one_line(pace_words.rival(spec.race))}"
        return "even pace" if self._way == EVEN else "the clock alone"

    def clockface(self) -> Clockface:
        """The head at this moment."""
        state, live = self.runner.state, self.runner.clock()
        remaining = live.remaining_ms
        last = remaining is not None and remaining <= self._last_ms
        plain = self._way == QUIET
        quiet = plain and not last
        return Clockface(
            position=shown(state),
            size=state.spec.size,
            done=tuple(bool(cell.response) for cell in state.cells),
            flagged=tuple(cell.flagged for cell in state.cells),
            time="" if quiet else self._time(live.used_ms, remaining),
            this_one="" if quiet else f"this one {words.clock(live.this_one_ms)}",
            loud=last,
            plain=plain,
            stopwatch=remaining is None,
        )

    def _time(self, used_ms: int, remaining_ms: int | None) -> str:
        if remaining_ms is None or not self._count_down:
            return f"{words.clock(used_ms)} used"
        return f"{words.clock_left(remaining_ms)} left"

    def title(self) -> str:
        """What the terminal's title says: the block, and the minutes left where they are shown."""
        live = self.runner.clock()
        hidden = live.remaining_ms is None or not self.clockface().time
        left = "" if hidden else f" · {words.minutes_left(live.remaining_ms or 0)}"
        return f"{self.runner.name}{left} · qbank"

    def until_next_second(self) -> float:
        """Seconds until the clock shows another figure."""
        live = self.runner.clock()
        running = live.used_ms if live.remaining_ms is None else -live.remaining_ms
        return (1000 - running % 1000) / 1000

    # --- the second line ---------------------------------------------------------------

    def pace_said(self) -> tuple[tuple[Run, ...], ...]:
        """The words of the pace in full and ever shorter; none where none are wanted."""
        live = self.runner.clock()
        if live.pace is None or self._way not in (BOTH, EVEN):
            return ()
        ghost = live.ghost if self._way == BOTH else None
        against = None if ghost is None else (ghost.delta_ms, ghost.label)
        warns = live.pace.outlook in (Outlook.TIGHT, Outlook.BLANKS)
        ink = Ink.FLAG if warns else Ink.MUTED
        return tuple(
            (*(muted(f"{safe.one_line(part)} · ") for part in parts), Run(outlook, ink))
            for *parts, outlook in pace_words.standing(live.pace, against)
        )

    def sign(self) -> Run | None:
        """The sign of the last minutes that has to be said now, once."""
        sign = self._signs.due()
        if not sign:
            return None
        self.ring()
        return Run(f" ◔ {sign} ", Ink.STRONG if self._way == QUIET else Ink.LOUD)

    def nudge(self) -> Run | None:
        """What is to be said of the question on screen now, once each."""
        nudge = "" if self._nudge is None or self._way == QUIET else self._nudge.due()
        return Run(nudge, Ink.ACCENT) if nudge else None

    def checkpoints(self) -> tuple[Run, ...]:
        """The checkpoints with what was reached, for the overview."""
        if self._way == QUIET:
            return ()
        said: list[Run] = []
        for point in self.runner.checkpoints():
            reached = pace_words.reached(point)
            said += [gap(3)] if said else []
            said.append(Run(pace_words.checkpoint(point), Ink.PLAIN if reached else Ink.MUTED))
            said += [Run(f" {reached}", Ink.KEY if reached == "✓" else Ink.FLAG)] if reached else []
        return tuple(said)

    def so_far(self) -> tuple[Run, ...]:
        """The seconds a question, for the overview."""
        pace = self.runner.clock().pace
        return () if pace is None or self._way == QUIET else (muted(pace_words.so_far(pace)),)

    def marks_said(self) -> tuple[Run, ...]:
        """Flag, sureness and saving of the question on screen."""
        state = self.runner.state
        cell = state.cell(shown(state))
        said = []
        if cell.confidence is not None:
            said.append(muted(cell.confidence.value))
        if cell.flagged:
            ink = Ink.PLAIN if self._way == QUIET else Ink.FLAG
            said.append(Run(f"{words.FLAGGED} flagged", ink))
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
        state, text = self.runner.state, self.text()
        position = shown(state)
        cell = state.cell(position)
        saved = self.runner.saved(position)
        marks: Mapping[str, OptionMark] = {
            option.id: OptionMark(
                chosen=option.id in cell.response,
                saved=saved,
                struck=option.id in cell.struck,
                sign=_sign(option.id, cell.response, key),
                note=choice_note(option.id, cell.response, key) if key and text.several else "",
            )
            for option in text.options
        }
        return Face(text, marks, cursor, cell.highlights)

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
