"""How a simulated learner takes one block: looks, thinks, answers, comes back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from qbank.block import commands as c
from qbank.block.model import Confidence, Mode, Phase

if TYPE_CHECKING:
    from qbank.block.model import BlockSpec
    from qbank.block.state import BlockState
    from qbank.services.profiles import Profile

T = TypeVar("T")

LAST_MINUTE_MS = 60_000
GUESSED_RIGHT = 0.2
SURE_FROM, GUESS_BELOW = 0.75, 0.45
RIGHT_AFTER_THOUGHT = 0.6


class Chance(Protocol):
    """The part of `random.Random` that a learner's whims take."""

    def random(self) -> float:
        """From 0 up to 1."""
        ...

    def gauss(self, mu: float, sigma: float) -> float:
        """Around `mu`."""
        ...

    def choice(self, seq: Sequence[T]) -> T:
        """One of them."""
        ...


class Times(Protocol):
    """What a learner reads off the clock."""

    @property
    def remaining_ms(self) -> int | None:
        """Milliseconds left; None without a limit."""
        ...


class Taken(Protocol):
    """The part of a `BlockRunner` that a learner touches."""

    spec: BlockSpec
    state: BlockState

    def clock(self) -> Times:
        """The block's times at this moment."""
        ...

    def do(self, command: c.Command) -> object:
        """Act at this moment."""
        ...


class Passing(Protocol):
    """A clock whose time passes when it is told to."""

    def advance(self, ms: int) -> None:
        """So many milliseconds pass."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """What decides what is answered: the key, how hard it is, what is asked and offered.

    `early` holds the options that come too early, where the pack says so.
    """

    key: tuple[str, ...]
    difficulty: float
    next_step: bool
    early: tuple[str, ...] = ()


class Taker:
    """One learner on one block."""

    def __init__(
        self,
        runner: Taken,
        clock: Passing,
        profile: Profile,
        chance: Chance,
        known: Sequence[Known],
    ) -> None:
        self._runner = runner
        self._clock = clock
        self._profile = profile
        self._chance = chance
        self._known = known
        self._ability = profile.ability

    def take(self, number: int) -> None:
        """Take the whole block, the learner's `number`th."""
        self._ability = self._profile.ability + self._profile.learning * number
        positions = self._runner.spec.positions
        rest_at = self._chance.choice(positions) if self._likely(self._profile.pauses) else None
        self._do(c.Start())
        self._do(c.Focus())
        for position in positions:
            if position == rest_at:
                self._rest()
            self._question(position)
        for position in positions:
            self._come_back(position)
        self._fill_blanks()
        self._do(c.Submit())

    def _question(self, position: int) -> None:
        """First visit: read, perhaps rule out, answer, perhaps flag."""
        if self._running_out() and self._profile.fills_blanks:
            return
        self._do(c.Show(position))
        thinking_ms = self._thinking_ms(position)
        reading_ms = thinking_ms * 7 // 10
        self._spend(reading_ms)
        if self._likely(self._profile.looks_away):
            self._look_away()
        odds = self._odds(position)
        chosen = self._right(position) if self._likely(odds) else self._wrong(position)
        if self._likely(self._profile.strikes):
            self._strike(position, chosen)
        self._spend(thinking_ms - reading_ms)
        self._do(c.Answer(position, chosen))
        if self._likely(self._profile.says_sure):
            self._do(c.SetConfidence(position, _sureness(odds)))
        if self._runner.spec.mode is Mode.TUTOR:
            self._do(c.Reveal(position))
            self._spend(self._about(35_000))
        elif self._likely(self._profile.flags * (0.5 if odds >= SURE_FROM else 1.5)):
            self._do(c.Flag(position))

    def _come_back(self, position: int) -> None:
        """Later visit: look at it again, and perhaps change the answer."""
        cell = self._runner.state.cell(position)
        if self._over or not cell.response or cell.revealed or self._running_out():
            return
        right = cell.response == self._known[position - 1].key
        share = self._profile.away if right else 1 - self._profile.away
        changing = self._likely(2 * self._profile.changes * share)
        if not (changing or cell.flagged):
            return
        self._do(c.Show(position))
        self._spend(self._about(18_000))
        if changing:
            to_right = not right and self._likely(RIGHT_AFTER_THOUGHT)
            to = self._right(position) if to_right else self._wrong(position, cell.response)
            self._do(c.Answer(position, to))
        if cell.flagged and self._likely(0.5):
            self._do(c.Unflag(position))

    def _fill_blanks(self) -> None:
        """A letter on every open question, where the learner does that."""
        if not self._profile.fills_blanks:
            return
        for position in self._runner.state.blank:
            self._do(c.Show(position))
            self._spend(self._about(3_000))
            self._do(c.Answer(position, (self._chance.choice(self._options(position)),)))

    # --- whims -------------------------------------------------------------------

    def _odds(self, position: int) -> float:
        """How likely the answer is to be right."""
        known, profile = self._known[position - 1], self._profile
        if profile.rush < 0.5 and self._last_quarter(position):
            return GUESSED_RIGHT
        ability = self._ability - profile.tired * position / self._runner.spec.size
        if known.next_step:
            ability += profile.next_step
        knows = 1 / (1 + math.exp(known.difficulty - ability))
        return GUESSED_RIGHT + (1 - GUESSED_RIGHT) * knows

    def _thinking_ms(self, position: int) -> int:
        profile, size = self._profile, self._runner.spec.size
        early = max(0.0, 1 - 2 * (position - 1) / size)
        factor = 1 + (profile.first_slower - 1) * early
        if self._last_quarter(position):
            factor *= profile.rush
        spread = math.exp(self._chance.gauss(0, profile.spread))
        return round(profile.seconds * 1000 * factor * spread)

    def _last_quarter(self, position: int) -> bool:
        return position > self._runner.spec.size * 3 // 4

    def _options(self, position: int) -> tuple[str, ...]:
        return self._runner.spec.slot(position).options

    def _right(self, position: int) -> tuple[str, ...]:
        return self._known[position - 1].key

    def _wrong(self, position: int, besides: tuple[str, ...] = ()) -> tuple[str, ...]:
        """An option that is neither right nor already chosen, if there is one."""
        key = self._right(position)
        others = [each for each in self._options(position) if each not in (*key, *besides)]
        early = [each for each in self._known[position - 1].early if each in others]
        if early and self._profile.early and self._likely(self._profile.early):
            others = early
        return (self._chance.choice(others),) if others else key

    def _strike(self, position: int, chosen: tuple[str, ...]) -> None:
        others = [each for each in self._options(position) if each not in chosen]
        if others:
            self._do(c.Strike(position, self._chance.choice(others)))

    def _look_away(self) -> None:
        self._do(c.Blur())
        self._spend(self._about(8_000))
        self._do(c.Focus())

    def _rest(self) -> None:
        if self._over:
            return
        self._do(c.Pause())
        self._spend(self._about(180_000))
        self._do(c.Resume())

    def _likely(self, odds: float) -> bool:
        return self._chance.random() < odds

    def _about(self, ms: int) -> int:
        return round(ms * math.exp(self._chance.gauss(0, 0.4)))

    # --- the block ---------------------------------------------------------------

    @property
    def _over(self) -> bool:
        return self._runner.state.phase is Phase.CLOSED

    def _running_out(self) -> bool:
        remaining_ms = self._runner.clock().remaining_ms
        return remaining_ms is not None and remaining_ms < LAST_MINUTE_MS

    def _spend(self, ms: int) -> None:
        self._clock.advance(ms)

    def _do(self, command: c.Command) -> None:
        """Act, unless the time ran out meanwhile."""
        if not self._over:
            self._runner.do(command)


def _sureness(odds: float) -> Confidence:
    if odds >= SURE_FROM:
        return Confidence.SURE
    return Confidence.GUESS if odds < GUESS_BELOW else Confidence.UNSURE
