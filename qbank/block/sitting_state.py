"""Where an exam day stands: a value, and the questions one may ask of it.

Every instant of the day belongs to one account: between blocks
`at_ms = tutorial_ms + testing_ms + break_ms + overrun_ms + gap_ms`. And no time is made or
lost: what was authorised is what was used, what is left and what was `forgone`.
"""

from dataclasses import dataclass

from qbank.block.sitting_model import DayEnd, DayPhase, SittingSpec


@dataclass(frozen=True, slots=True)
class Behind:
    """A block that is over. `lost`: no time was left to begin it."""

    number: int
    used_ms: int
    lost: bool = False


@dataclass(frozen=True, slots=True)
class SittingState:
    """A day as its events so far have made it. Times in milliseconds, totals up to `at_ms`.

    `sessions_ms` is the testing time left on every session's clock. `break_ms` was taken from
    the pool, `overrun_ms` from testing time beyond it, `earned_ms` came into the pool and
    `forgone_ms` went to nobody. `gap_ms` is time that no clock was charged with. `number` is
    the block that runs or ran last and `began_at_ms` when it began. `away`: the person left
    on purpose and has not come back.
    """

    spec: SittingSpec
    sessions_ms: tuple[int, ...]
    phase: DayPhase = DayPhase.READY
    at_ms: int = 0
    number: int = 0
    began_at_ms: int = 0
    behind: tuple[Behind, ...] = ()
    tutorial_ms: int = 0
    testing_ms: int = 0
    break_ms: int = 0
    overrun_ms: int = 0
    gap_ms: int = 0
    earned_ms: int = 0
    forgone_ms: int = 0
    away: bool = False
    interrupted: bool = False
    reason: DayEnd | None = None

    @property
    def next_number(self) -> int | None:
        """The block that comes next; None after the last one, and while one runs."""
        number = len(self.behind) + 1
        return number if self.phase is not DayPhase.BLOCK and number <= self.spec.blocks else None

    @property
    def on_pool(self) -> bool:
        """Whether time between blocks is break time here; else the session's clock runs on."""
        number = self.next_number
        return number is not None and self.spec.break_before(number)

    @property
    def tutorial_left_ms(self) -> int:
        """What is left of the tutorial; 0 once it is behind."""
        waits = self.phase in (DayPhase.READY, DayPhase.TUTORIAL)
        return self.spec.tutorial_ms - self.tutorial_ms if waits else 0

    @property
    def pool_ms(self) -> int:
        """Break time left."""
        return self.spec.break_ms + self.earned_ms - self.break_ms

    @property
    def next_limit_ms(self) -> int:
        """What the next block has on its clock, were it begun now; 0 where there is none."""
        number = self.next_number
        return 0 if number is None else self.sessions_ms[self.spec.session_of(number)]

    def day_left_ms(self, block_used_ms: int = 0) -> int:
        """The day's clock: what is left of everything, with so much used of a running block."""
        return self.tutorial_left_ms + self.pool_ms + sum(self.sessions_ms) - block_used_ms


def initial_day(spec: SittingSpec) -> SittingState:
    """A day that has not begun."""
    return SittingState(spec, tuple(session.limit_ms for session in spec.sessions))
