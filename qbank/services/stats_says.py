"""Which messages hold, what the figures can say so far, and the one thing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qbank.analytics.changes import ChangingPays
from qbank.analytics.claims import Claim
from qbank.analytics.eligible import is_clocked
from qbank.analytics.estimate import NotYet
from qbank.analytics.goal import Goal, Reserve
from qbank.analytics.overthinking import Worth
from qbank.analytics.thresholds import BLANK_BLOCKS, FINDING_LEVEL, STARTING_BLOCKS
from qbank.reporting import finding_words as finding
from qbank.reporting import stats_words as say
from qbank.reporting import verdict_words
from qbank.reporting.label_words import label
from qbank.services.views.said import About, CanSay, Known, OneThing, Said, Tab

if TYPE_CHECKING:
    from qbank.analytics.offered import OfferedChosen
    from qbank.analytics.rows import AnalysedBlock
    from qbank.services.views.stats import (
        ChangeFigures,
        ClassPace,
        NextStepFigures,
        ResultView,
        SystemFigures,
        TimeFigures,
        TrendFigures,
    )

USUAL_SIZE = 20
_RUNNING = 2
"""Blocks without a blank, from which on they are a run."""
_SURE_ANSWERS = 100
"""Of each side, from which on a share is known and not rough."""
_LATE_MS = 30_000
"""At a checkpoint, before being behind it is worth a word."""
_HURRIED = 0.75
"""Of the time on the first quarter's questions: below this the last quarter's were hurried."""
_SURELY_BELOW = 0.95
"""Probability of a system's lying 5 points below one's own average, to be the one thing."""


class Findings:
    """The sections of one learner's figures, held against what may be said of each."""

    def __init__(
        self,
        blocks: Sequence[AnalysedBlock],
        time: TimeFigures,
        next_step: NextStepFigures,
        trend: Sequence[TrendFigures],
        systems: SystemFigures,
        changes: ChangeFigures,
    ) -> None:
        self._blocks = blocks
        self._time = time
        self._next_step = next_step
        self._trend = trend
        self._systems = systems
        self._changes = changes
        self._class: ClassPace | None = time.classes[0] if time.classes else None

    @property
    def _size(self) -> int:
        return self._class.key.size if self._class else USUAL_SIZE

    @property
    def _limit_ms(self) -> int | None:
        return round(self._class.budget_ms * self._size) if self._class else None

    # --- messages ---

    def says(self, results: Sequence[ResultView]) -> Iterator[Said]:
        """The messages that hold, by their numbers."""
        yield from self._of_blanks()
        rest = self._next_step.rest
        if isinstance(rest, NotYet):
            yield Said("M8", Tab.NEXT_STEP, say.next_step_not_yet(rest, self._blocks_for(rest)))
        if self._trend:
            yield Said("M9", Tab.TREND, self._trend[0].lines)
        drop = self._time.dropoff
        if not isinstance(drop, NotYet) and round(100 * drop.all.value):
            yield Said("M10", Tab.TIME, say.late(drop, (self._size, self._limit_ms)))
        if self._changes.matrix.changed:
            yield Said("M11", Tab.CHANGES, say.changed(self._changes.matrix))
        hand = self._class.reserve if self._class else None
        if isinstance(hand, Reserve) and self._class and self._class.goal is Goal.SPEND:
            yield Said("M12", Tab.TIME, (verdict_words.time_in_hand(hand.in_hand_ms),))
        for one in self._claimed():
            yield Said("M13", Tab.NEXT_STEP, say.steps_go(one))
        if results:
            yield Said("M17", Tab.TREND, results[-1].lines)

    def _claimed(self) -> tuple[OfferedChosen, ...]:
        """The ways in which next steps go wrong more than the options offered would."""
        errors = self._next_step.errors
        return () if isinstance(errors, NotYet) else tuple(one for one in errors if one.claimed)

    def _of_blanks(self) -> Iterator[Said]:
        """None blank any more (M7); that some were (M6) is said of a block, by its Result."""
        last, first = self._time.blanks_last, self._time.blanks_first.per_block
        if last.clear_run >= _RUNNING and last.total and first:
            size = next(one.size for one in reversed(self._blocks) if is_clocked(one))
            yield Said("M7", Tab.TIME, say.no_blanks(size, last.clear_run, first))

    def _blocks_for(self, missing: NotYet) -> int | None:
        """About how many blocks bring what is missing."""
        if not missing.have or not self._blocks:
            return None
        return math.ceil(missing.more * len(self._blocks) / missing.have)

    # --- what the figures can say so far ---

    def can_say(self) -> Iterator[CanSay]:
        """A line a figure: its value and how sure it is, or what is missing."""
        blanks = self._time.blanks_last
        if blanks.n:
            known = Known.KNOWN if blanks.n >= STARTING_BLOCKS else Known.ROUGH
            text = finding.blanks_a_block(blanks.per_block or 0.0, blanks.n)
            yield CanSay(finding.BLANKS, text, known, Tab.TIME)
        if self._class:
            hand = self._class.reserve
            if isinstance(hand, NotYet):
                yield _needs(finding.IN_HAND, hand, Tab.TIME)
            else:
                text = finding.in_hand(hand.in_hand_ms)
                yield CanSay(finding.IN_HAND, text, Known.KNOWN, Tab.TIME)
        yield self._next_step_line()
        if self._trend:
            found = self._trend[0].trends
            if isinstance(found, NotYet):
                yield _needs(finding.PACE_TREND, found, Tab.TREND)
            else:
                text = _CLAIM_WORDS[self._trend[0].claim]
                known = Known.ROUGH if self._trend[0].claim in _OPEN else Known.KNOWN
                yield CanSay(finding.PACE_TREND, text, known, Tab.TREND)
        yield self._late_line()
        if self._systems.systems:
            yield self._systems_line()
        matrix = self._changes.matrix
        settled = matrix.pays in (ChangingPays.EARNED, ChangingPays.COST)
        known = Known.KNOWN if settled else Known.ROUGH
        text = finding.net(matrix.net, matrix.changed)
        yield CanSay(finding.CHANGED, text, known, Tab.CHANGES)

    def _next_step_line(self) -> CanSay:
        found, rest = self._next_step, self._next_step.rest
        if isinstance(rest, NotYet):
            return _needs(finding.NEXT_STEP, rest, Tab.NEXT_STEP)
        others = (self._systems.right - found.right, self._systems.asked - found.asked)
        sure = min(found.asked, others[1]) >= _SURE_ANSWERS
        text = finding.right_against((found.right, found.asked), others)
        return CanSay(finding.NEXT_STEP, text, Known.KNOWN if sure else Known.ROUGH, Tab.NEXT_STEP)

    def _late_line(self) -> CanSay:
        drop = self._time.dropoff
        if isinstance(drop, NotYet):
            return _needs(finding.LATE, drop, Tab.TIME)
        text = finding.points(round(100 * drop.all.value))
        known = Known.KNOWN if drop.established else Known.ROUGH
        return CanSay(finding.LATE, text, known, Tab.TIME)

    def _systems_line(self) -> CanSay:
        systems = self._systems.systems
        enough = sum(not isinstance(one.share, NotYet) for one in systems)
        known = Known.KNOWN if enough and enough == len(systems) else Known.ROUGH
        text = finding.enough(enough, len(systems))
        return CanSay(finding.SYSTEMS, text, known if enough else Known.NEEDS, Tab.SYSTEMS)

    # --- the one thing ---

    def one_thing(self) -> OneThing:
        """The finding with most questions a block at stake; else that nothing stands out."""
        if found := self.found():
            return found[0]
        if len(self._blocks) < STARTING_BLOCKS:
            return OneThing(finding.TOO_EARLY, None)
        return OneThing(finding.NOTHING, None)

    def found(self) -> tuple[OneThing, ...]:
        """Every finding that meets its threshold, that with most at stake first."""
        return tuple(sorted(self._found(), key=lambda one: -one.at_stake))

    def _found(self) -> Iterator[OneThing]:
        yield from self._blank_ones()
        yield from self._late_ones()
        yield from self._long_ones()
        yield from self._trade()
        yield from self._step_ones()
        yield from self._below()
        matrix = self._changes.matrix
        if matrix.pays is ChangingPays.COST:
            lines = finding.changes_cost(matrix.net, matrix.changed)
            yield OneThing(lines, Tab.CHANGES, -matrix.net / len(self._blocks), About.CHANGES)

    def _blank_ones(self) -> Iterator[OneThing]:
        last = self._time.blanks_last
        blank, first = last.per_block or 0.0, self._time.blanks_first.per_block or 0.0
        if last.blocks < BLANK_BLOCKS:
            return
        overall = self._systems.overall
        stake = blank * (1.0 if isinstance(overall, NotYet) else overall.value)
        late = [
            one
            for one in (self._class.checkpoints if self._class else ())
            if one.usual_ms is not None and one.usual_ms > one.due_ms + _LATE_MS
        ]
        if late and (at := late[-1]).usual_ms is not None:
            lines = finding.late_at(at.target, at.usual_ms, at.due_ms, blank, first)
        else:
            lines = finding.blank_ones(blank, first)
        yield OneThing(lines, Tab.TIME, stake, About.BLANKS)

    def _late_ones(self) -> Iterator[OneThing]:
        drop = self._time.dropoff
        if isinstance(drop, NotYet) or drop.all.value >= 0:
            return
        if not drop.established:
            return
        part, pace = drop.of_the_clock, drop.pace
        of_clock = part is not None and part <= drop.all.value / 2
        hurried = pace is not None and pace.high is not None and pace.high < _HURRIED
        in_time = say.percent(pace.value) if pace and hurried else None
        lines = finding.drop(round(100 * drop.all.value), of_clock, in_time)
        yield OneThing(lines, Tab.TIME, -drop.all.value * self._size / 4, About.LATE)

    def _long_ones(self) -> Iterator[OneThing]:
        found = self._time.long
        if isinstance(found, NotYet) or found.worth is not Worth.EARNS_LESS:
            return
        if not found.earned.clears(found.usual, FINDING_LEVEL):
            return
        minutes = found.over_ms / 60_000 / len(self._blocks)
        lines = finding.long_ones(say.percent(found.index))
        stake = minutes * (found.usual - found.earned.value)
        yield OneThing(lines, Tab.TIME, stake, About.LONG)

    def _trade(self) -> Iterator[OneThing]:
        for one in self._trend[:1]:
            if one.claim is Claim.FASTER_FEWER_RIGHT and not isinstance(one.trends, NotYet):
                fewer = -one.trends.right_per_ten.value
                yield OneThing(finding.trade(fewer), Tab.TREND, fewer, About.TRADE)

    def _step_ones(self) -> Iterator[OneThing]:
        found = self._next_step
        for one in self._claimed():
            stake = (one.chosen - one.expected) / len(self._blocks)
            yield OneThing(say.steps_go(one), Tab.NEXT_STEP, stake, About.CHOICES)
        if isinstance(found.rest, NotYet):
            return
        gap = found.rest.gap
        if gap.value < 0 and found.rest.established:
            each = found.asked / len(self._blocks)
            lines = finding.step_gap(*say.points(gap))
            yield OneThing(lines, Tab.NEXT_STEP, -gap.value * each, About.NEXT_STEP)

    def _below(self) -> Iterator[OneThing]:
        overall = self._systems.overall
        if isinstance(overall, NotYet):
            return
        of_100: Mapping[str, float] = {one.system: one.of_100 for one in self._systems.gains}
        for one in self._systems.systems:
            if one.well_below >= _SURELY_BELOW and one.group in of_100:
                stake = (overall.value - one.mean) * of_100[one.group] / 100 * self._size
                shares = (say.percent(one.mean), say.percent(overall.value))
                lines = finding.below_average(label(one.group), *shares)
                yield OneThing(lines, Tab.SYSTEMS, stake, About.SYSTEM)


def _needs(name: str, missing: NotYet, tab: Tab) -> CanSay:
    return CanSay(name, say.needed(missing), Known.NEEDS, tab)


_OPEN = {Claim.NO_CLEAR_CHANGE, *(claim for claim in Claim if claim.value.startswith("leaning"))}
_CLAIM_WORDS = {
    claim: claim.value.replace("_", " ").replace("faster fewer", "faster, fewer") for claim in Claim
}
_CLAIM_WORDS[Claim.NO_CLEAR_CHANGE] = "no clear change yet"
_CLAIM_WORDS[Claim.SLOWER_MORE_RIGHT] = "slower, more right"
