"""Every figure of a learner: read once, counted once, kept until something changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from qbank.analytics.eligible import class_of
from qbank.analytics.gate import Result
from qbank.analytics.timed_answers import timed_answers
from qbank.block.model import Mode
from qbank.reporting import words
from qbank.services import stats_sections as sections
from qbank.services.garbage import no_collecting
from qbank.services.results import result_views
from qbank.services.stats_ladders import class_bests, trend_figures
from qbank.services.stats_rows import read_history
from qbank.services.stats_says import Findings
from qbank.services.verdicts import last_of
from qbank.services.views.said import Said, Tab
from qbank.services.views.stats import Figures, StatsFilter
from qbank.store.stats_queries import stamp

if TYPE_CHECKING:
    from qbank.analytics.rows import AnalysedBlock
    from qbank.services.run import RunService
    from qbank.services.stats_rows import History
    from qbank.store.engine import Store
    from qbank.store.types import Connection

EVERYTHING = StatsFilter()
_KEPT = 4
"""How many filters' figures are kept for the next look."""

_MESSAGE: Mapping[Result, str] = {
    Result.STARTING_MARK: "M1",
    Result.BEAT: "M2",
    Result.FASTER_FEWER_RIGHT: "M3",
    Result.MORE_RIGHT_NOT_FASTER: "M4",
    Result.NOT_BEATEN: "M5",
}


class StatsService:
    """The figures of one learner. `outline` is of 100 exam questions how many a system has."""

    def __init__(
        self,
        store: Store,
        learner_id: int,
        outline: Mapping[str, float],
        runs: RunService,
    ) -> None:
        self._store = store
        self._learner_id = learner_id
        self._outline = outline
        self._runs = runs
        self._known: dict[StatsFilter, tuple[tuple[Any, ...], Figures]] = {}
        self._counting = Lock()

    def figures(self, asked: StatsFilter = EVERYTHING) -> Figures:
        """Every section for the answers that pass a filter.

        Kept until a block is closed, deleted, left out, marked or scored anew.
        """
        # Home and Statistics ask in threads of their own: the second waits for the first's.
        with self._counting:
            found = self._current(asked)
        return replace(found, says=(*found.says, *self._waiting()))

    def _current(self, asked: StatsFilter) -> Figures:
        with self._store.read() as connection:
            mark = stamp(connection, self._learner_id)
            known = self._known.pop(asked, None)
            if known is None or known[0] != mark:
                with no_collecting():
                    known = (mark, self._count(connection, asked))
        self._known[asked] = known
        if len(self._known) > _KEPT:
            self._known.pop(next(iter(self._known)))
        return known[1]

    def _count(self, connection: Connection, asked: StatsFilter) -> Figures:
        history = read_history(connection, self._learner_id, asked)
        ever = self._ever(connection, asked, history).blocks
        blocks = history.blocks
        # Answers age against the latest one: a rest makes none of them weigh less than another.
        now = blocks[-1].closed_at if blocks else 0
        times = timed_answers(blocks)
        time = sections.time(blocks, times)
        next_step = sections.next_step(blocks, times, now)
        trend = trend_figures(sections.classes(blocks))
        systems = sections.systems(blocks, now, self._outline)
        changes = sections.changes(blocks)
        findings = Findings(blocks, time, next_step, trend, systems, changes)
        results = result_views(connection, self._learner_id)
        latest = _latest(blocks) if asked == EVERYTHING else ()
        return Figures(
            filter=asked,
            blocks=len(blocks),
            left_out=history.left_out,
            questions=sum(len(one.attempts) for one in blocks),
            fresh=systems.asked,
            first_at=blocks[0].closed_at if blocks else None,
            last_at=blocks[-1].closed_at if blocks else None,
            time=time,
            next_step=next_step,
            where=sections.where(history),
            trend=trend,
            systems=systems,
            changes=changes,
            bests=class_bests(sections.classes(ever), asked.since),
            results=results,
            says=(*latest, *findings.says(results)),
            can_say=tuple(findings.can_say()),
            one_thing=findings.one_thing(),
        )

    def _ever(self, connection: Connection, asked: StatsFilter, history: History) -> History:
        """The same answers of all times: what a best had to beat lies before any range."""
        ever = replace(asked, since=None, until=None)
        return history if ever == asked else read_history(connection, self._learner_id, ever)

    def _waiting(self) -> tuple[Said, ...]:
        """Blocks that a crash cut off and that are here again (M15)."""
        return tuple(
            Said(
                "M15",
                Tab.TIME,
                (
                    words.back_after_crash(
                        block.position, block.remaining_ms, block.answered, block.away_ms
                    ),
                ),
            )
            for block in self._runs.resumable()
            if block.crashed
        )


def _latest(blocks: Sequence[AnalysedBlock]) -> tuple[Said, ...]:
    """What the latest block came to (M1 to M5), if it had a clock."""
    key = class_of(blocks[-1]) if blocks and blocks[-1].mode is Mode.TIMED else None
    if key is None or key.source:
        return ()
    result, lines = last_of([one for one in blocks if class_of(one) == key])
    return (Said(_MESSAGE[result], Tab.BESTS, lines),) if result in _MESSAGE and lines else ()
