"""Where a block stands: a value, and the questions one may ask of it.

Every instant of a block's axis belongs to exactly one account, so that at any
time `at_ms = clock_ms + paused_ms + reading_ms + uncharged_gap_ms`, and
`clock_ms` is the sum of the cells' clocks.
"""

from dataclasses import dataclass

from qbank.block.model import BlockSpec, CloseReason, Confidence, OptionId, Phase


@dataclass(frozen=True, slots=True)
class Cell:
    """One question of a block so far. Times in milliseconds.

    `clock_ms` is time on screen with the clock running, all visits together;
    `away_ms` the part of it with the window hidden; `first_visit_ms` the part of it
    before the question was first left; `reading_ms` time after Revealed, in no other
    figure. The first answer is kept by its place on the axis and by the block's clock.
    `response` and its companions hold sorted option ids, empty when blank;
    `last_response` is the last one that was not blank, so that clearing and choosing
    the same again is no change.
    """

    visits: int = 0
    clock_ms: int = 0
    away_ms: int = 0
    reading_ms: int = 0
    first_visit_ms: int = 0
    first_shown_at_ms: int | None = None
    first_answered_at_ms: int | None = None
    first_answered_clock_ms: int | None = None
    response: tuple[OptionId, ...] = ()
    first_response: tuple[OptionId, ...] = ()
    last_response: tuple[OptionId, ...] = ()
    changes: int = 0
    struck: frozenset[OptionId] = frozenset()
    flagged: bool = False
    confidence: Confidence | None = None
    highlights: tuple[tuple[int, int], ...] = ()
    revealed: bool = False


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block as its events so far have made it.

    `at_ms` is the time of the last event. `shown` is the position on screen (at the
    end: the last one that was), None before the start. The `_ms` fields are totals up
    to `at_ms`; what has run since is asked with the methods that take an `at_ms`.
    `focus_known` says that the terminal reports focus at all. `interrupted` marks a
    block with a sleep, a crash or a reboot in it.
    """

    spec: BlockSpec
    cells: tuple[Cell, ...]
    phase: Phase = Phase.READY
    at_ms: int = 0
    shown: int | None = None
    clock_ms: int = 0
    paused_ms: int = 0
    reading_ms: int = 0
    uncharged_gap_ms: int = 0
    charged_gap_ms: int = 0
    blurred: bool = False
    focus_known: bool = False
    interrupted: bool = False
    close_reason: CloseReason | None = None

    def cell(self, position: int) -> Cell:
        """The question at a position (from 1)."""
        return self.cells[position - 1]

    def response(self, position: int) -> tuple[OptionId, ...]:
        """The present response, sorted; empty when blank."""
        return self.cell(position).response

    def is_struck(self, position: int, option: OptionId) -> bool:
        """Whether an option is ruled out."""
        return option in self.cell(position).struck

    @property
    def answered(self) -> int:
        """Number of questions with a response."""
        return sum(1 for cell in self.cells if cell.response)

    @property
    def reached(self) -> int:
        """Number of questions that were ever on screen."""
        return sum(1 for cell in self.cells if cell.visits)

    @property
    def unreached(self) -> int:
        """Number of questions that were never on screen."""
        return self.spec.size - self.reached

    @property
    def flagged(self) -> tuple[int, ...]:
        """Positions that are flagged, in order."""
        return tuple(p for p in self.spec.positions if self.cell(p).flagged)

    @property
    def blank(self) -> tuple[int, ...]:
        """Positions without a response, in order; those never seen among them."""
        return tuple(p for p in self.spec.positions if not self.cell(p).response)

    @property
    def reading(self) -> bool:
        """Whether a revealed explanation is on screen: the clock stands."""
        return self.shown is not None and self.cell(self.shown).revealed

    @property
    def ticking(self) -> bool:
        """Whether the block's clock runs."""
        return self.phase is Phase.RUNNING and not self.reading

    @property
    def deadline_ms(self) -> int | None:
        """The instant of the axis at which time is up; None without a limit.

        It moves back while the block is paused or an explanation is read; as of `at_ms`.
        """
        if self.spec.limit_ms is None:
            return None
        return self.spec.limit_ms + self.paused_ms + self.reading_ms + self.uncharged_gap_ms

    @property
    def closed_at_ms(self) -> int | None:
        """When the block was closed; None while it is not."""
        return self.at_ms if self.phase is Phase.CLOSED else None

    def used_ms(self, at_ms: int) -> int:
        """Time charged to the block by `at_ms`; never more than the limit."""
        return self.clock_ms + self._running_ms(at_ms)

    def remaining_ms(self, at_ms: int) -> int | None:
        """Time left at `at_ms`; None without a limit, constant once closed."""
        limit_ms = self.spec.limit_ms
        return None if limit_ms is None else limit_ms - self.used_ms(at_ms)

    def time_on(self, position: int, at_ms: int) -> int:
        """Time charged to a question by `at_ms`, the visit that goes on included."""
        spent_ms = self.cell(position).clock_ms
        return spent_ms + self._running_ms(at_ms) if position == self.shown else spent_ms

    def _running_ms(self, at_ms: int) -> int:
        """Clock time since the last event; a reading taken before it counts as none."""
        if not self.ticking:
            return 0
        running_ms = max(0, at_ms - self.at_ms)
        if self.spec.limit_ms is None:
            return running_ms
        return min(running_ms, self.spec.limit_ms - self.clock_ms)


def initial(spec: BlockSpec) -> BlockState:
    """A block that has not begun."""
    return BlockState(spec, cells=(Cell(),) * spec.size)
