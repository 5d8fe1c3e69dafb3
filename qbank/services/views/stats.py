"""Where the time and the points went: every figure of a learner, a section a question asked.

The values are those of `qbank.analytics`: an `Estimate` with its interval, or a `NotYet` that
says how much of what is missing. Nothing is worked out in a front. Times are milliseconds,
shares lie in 0 to 1; words that hold are in `Figures.says`, by the tab they stand on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.analytics.bands import Band
    from qbank.analytics.bests import Best
    from qbank.analytics.blanks import Blanks
    from qbank.analytics.causes import Went
    from qbank.analytics.changes import ChangeMatrix
    from qbank.analytics.claims import Claim
    from qbank.analytics.confidence import Brier, Level
    from qbank.analytics.debt import Passage
    from qbank.analytics.dropoff import DropOff, Quarter
    from qbank.analytics.eligible import ClassKey
    from qbank.analytics.estimate import Estimate, NotYet
    from qbank.analytics.gate import Mark
    from qbank.analytics.goal import Goal, Reserve
    from qbank.analytics.next_step import NextStepGap
    from qbank.analytics.offered import Coverage, OfferedChosen
    from qbank.analytics.overthinking import LongAnswers
    from qbank.analytics.position import PositionGap
    from qbank.analytics.progress import Progress, Trends
    from qbank.analytics.rapid import QuickAnswers
    from qbank.analytics.right_wrong import RightWrong
    from qbank.analytics.shrinkage import Standing
    from qbank.analytics.timing import PaceFigures
    from qbank.analytics.trend import Trend
    from qbank.block.model import Mode
    from qbank.services.views.said import CanSay, OneThing, Said, Tab


@dataclass(frozen=True, slots=True)
class StatsFilter:
    """Which answers are looked at; nothing said: all that count.

    `since` and `until` are epoch milliseconds of a block's end (the latter not included).
    `packs` are pack ids: other questions of a block are left aside, and a block of which a
    part is left is in no figure of pace. `source` is empty for qbank's own packs, else an
    answer sheet's name; None is all.
    """

    since: int | None = None
    until: int | None = None
    packs: tuple[str, ...] = ()
    mode: Mode | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ClassPace:
    """Pace over the eligible blocks of one class. `name` is `20 q · 90 s each`.

    `adjusted_ms` is word-adjusted (A9); `right_per_minute` is D1; `goal` the one thing to aim
    at with the clock, `target_ms` a useful pace (D7); `checkpoints` how A7 was passed.
    """

    key: ClassKey
    name: str
    blocks: int
    pace: PaceFigures | NotYet
    adjusted_ms: float | None
    budget_ms: float
    right_per_minute: Estimate | NotYet
    reserve: Reserve | NotYet
    goal: Goal
    target_ms: float | NotYet
    checkpoints: tuple[Passage, ...]
    blanks: Blanks


@dataclass(frozen=True, slots=True)
class TimeBin:
    """Answers that took from `low_ms` up to `high_ms` (None: no end), right and not right."""

    low_ms: int
    high_ms: int | None
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class TimeFigures:
    """Do I finish? `classes` has the main class of late first.

    `blanks` is of all blocks with a clock, `blanks_first` and `blanks_last` of the first and
    the last ten of them. `quadrants` counts timed answers: within and beyond what was due,
    right and not right each (quick right, quick wrong, long right, long wrong).
    """

    classes: tuple[ClassPace, ...]
    blanks: Blanks
    blanks_first: Blanks
    blanks_last: Blanks
    quick: QuickAnswers
    quarters: tuple[Quarter, ...]
    dropoff: DropOff | NotYet
    day_dropoff: DropOff | NotYet
    bands: tuple[Band, ...] | NotYet
    long: LongAnswers | NotYet
    right_wrong: RightWrong | NotYet
    histogram: tuple[TimeBin, ...]
    quadrants: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class NextStepFigures:
    """Next steps against the rest, by kind, over time, and how they go wrong.

    `right` of `asked` fresh next steps; `by_block` is (block id, right, asked) in time order.
    """

    right: int
    asked: int
    rest: NextStepGap | NotYet
    diagnosis: NextStepGap | NotYet
    kinds: tuple[Standing, ...]
    families: tuple[Standing, ...]
    by_block: tuple[tuple[str, int, int], ...]
    trend: Trend | NotYet
    coverage: Coverage
    errors: tuple[OfferedChosen, ...] | NotYet
    actions: tuple[OfferedChosen, ...] | NotYet


@dataclass(frozen=True, slots=True)
class SystemPlace:
    """B9 of one system."""

    system: str
    gap: PositionGap | NotYet


@dataclass(frozen=True, slots=True)
class WhereFigures:
    """Where questions not right went (B8), and what of a system is where the block put it (B9).

    `timing_share` is the part of timing and test-taking; None where nothing went wrong.
    """

    went: tuple[Went, ...]
    timing_share: float | None
    positions: tuple[SystemPlace, ...]


@dataclass(frozen=True, slots=True)
class TrendFigures:
    """One class's series by block, their trends and what may be said of them (E1 to E4).

    `smooth_log_pace` and `smooth_share` are lines for the eye (E2). `claim` is of both
    together; `days` are ISO dates, one a block.
    """

    key: ClassKey
    name: str
    progress: Progress
    days: tuple[str, ...]
    smooth_log_pace: tuple[float, ...]
    smooth_share: tuple[float, ...]
    trends: Trends | NotYet
    pace_claim: Claim
    share_claim: Claim
    claim: Claim
    balance: Estimate | NotYet
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """What a system's study is worth: of 100 exam questions, those it has and would not be right.

    `of_100` is the middle of the exam's own range; `to_gain` is that part not right so far,
    by the share drawn to one's own average.
    """

    system: str
    of_100: float
    to_gain: float


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """C3 by system, task and area, the lowest posterior mean first; C1 of all together.

    `gains` ranks the systems with enough answers by what is to gain, the most first; empty
    where no outline is known. `needs` is how many answers a system needs to be ranked.
    """

    overall: Estimate | NotYet
    right: int
    asked: int
    systems: tuple[Standing, ...]
    tasks: tuple[Standing, ...]
    areas: tuple[Standing, ...]
    gains: tuple[Gain, ...]
    needs: int


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """B3 of fresh answers and F1; `sure_not_right` is (block id, position), the latest first."""

    matrix: ChangeMatrix
    levels: tuple[Level, ...]
    calibration: Brier | NotYet
    sure_not_right: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ClassBests:
    """A class with a ladder: the best that stands, all of them in time order, the next mark.

    `best` is the last of `fell` or None; `blocks` counts the class's eligible ones.
    """

    key: ClassKey
    name: str
    blocks: int
    best: Best | None
    fell: tuple[Best, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result entered: an own mock or a score report, never mixed with block figures.

    `day` is an ISO date. `error` is the form's own standard error and `pass_mark` what was
    entered, None where neither is known. `bands` are (name, text) as on the report. `lines`
    is what may be said (M17).
    """

    id: str
    day: str
    kind: str
    name: str
    score: float
    pass_mark: float | None
    error: float | None
    bands: tuple[tuple[str, str], ...]
    note: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that can be said of a learner's closed blocks that pass a filter.

    `blocks` count, `left_out` were left out by their owner; `questions` and `fresh` are
    questions in the former. `first_at` and `last_at` are the ends of the first and last.
    """

    filter: StatsFilter
    blocks: int
    left_out: int
    questions: int
    fresh: int
    first_at: int | None
    last_at: int | None
    time: TimeFigures
    next_step: NextStepFigures
    where: WhereFigures
    trend: tuple[TrendFigures, ...]
    systems: SystemFigures
    changes: ChangeFigures
    bests: tuple[ClassBests, ...]
    results: tuple[ResultView, ...]
    says: tuple[Said, ...]
    can_say: tuple[CanSay, ...]
    one_thing: OneThing

    def said_on(self, tab: Tab) -> tuple[Said, ...]:
        """The messages that stand on a tab."""
        return tuple(one for one in self.says if one.tab is tab)
