"""The races of blocks about to be built: what is offered, what is meant, and what is frozen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.analytics.goal import Goal
from qbank.block.model import Mode, RaceKind
from qbank.reporting import build_words, pace_words, words
from qbank.services.ghosts import EVEN, Course, Rivals, chosen, frozen_race, rivals
from qbank.services.views import Rival
from qbank.store.build_queries import blocks_stamp
from qbank.store.runs import RunRow, right_in

if TYPE_CHECKING:
    from qbank.block.model import Race
    from qbank.services.choosing import Choosing
    from qbank.services.views import Aim, BlockRequest
    from qbank.store.types import Connection

OFFERED = 20
"""So many earlier runs are offered by name, the latest first."""

_KINDS = (RaceKind.BEST, RaceKind.LAST, RaceKind.MEDIAN)


class Racing:
    """The races of one learner. What was found for a course is kept until a block changes."""

    def __init__(self, learner_id: int) -> None:
        self._learner_id = learner_id
        self._known: tuple[object, Rivals, dict[int, int]] | None = None

    def offered(
        self, connection: Connection, asked: str, course: Course | None
    ) -> tuple[tuple[Rival, ...], str, Aim | None]:
        """The ways to race, what fits now first; in words what the one asked for races; the aim.

        Nothing without a clock. Raises as `chosen`.
        """
        if course is None:
            return (), "", None
        found, right = self._look(connection, course)
        meant = chosen(connection, self._learner_id, found, asked)
        fitting = Rival("", build_words.FITTING, _fitting(found, course))
        kinds = [(kind, kind.value, found.of_kind(kind)) for kind in _KINDS]
        named = [(RaceKind.RUN, run.uuid, run) for run in found.others[:OFFERED]]
        runs = [
            Rival(value, _whom(kind, run, course), _came(run, right))
            for kind, value, run in (*kinds, *named)
            if run is not None
        ]
        even = Rival(EVEN, build_words.EVEN_ALONE, "")
        return (fitting, even, *runs), _racing(meant, course), found.aim

    def freeze(
        self,
        connection: Connection,
        asked: str,
        course: Course | None,
        questions: Sequence[int],
    ) -> Race | None:
        """What a block of these questions races. Raises as `chosen`."""
        if course is None:
            return None
        found = rivals(connection, self._learner_id, course)
        meant = chosen(connection, self._learner_id, found, asked)
        if meant is None:
            return None
        return frozen_race(connection, self._learner_id, meant, course, questions)

    def _look(self, connection: Connection, course: Course) -> tuple[Rivals, dict[int, int]]:
        stamp = blocks_stamp(connection, self._learner_id)
        known = self._known
        if known is None or known[0] != (stamp, course):
            found = rivals(connection, self._learner_id, course)
            right = right_in(connection, [run.id for run in found.others])
            self._known = known = ((stamp, course), found, right)
        return known[1:]


def course_of(
    request: BlockRequest, size: int, limit_ms: int | None, same: Choosing | None
) -> Course | None:
    """What a request's block will be; None where it has no clock."""
    if request.mode is not Mode.TIMED or limit_ms is None:
        return None
    of_set = None if same is None else same.repeat_of
    return Course(size, limit_ms, request.time_factor, of_set, request.retake)


def _whom(kind: RaceKind, run: RunRow, course: Course) -> str:
    return pace_words.whom(kind, run.name, again=course.has_questions_of(run))


def _came(run: RunRow, right: dict[int, int]) -> str:
    when = words.date(run.started_at, run.offset_min)
    return build_words.run_meaning(run.used_ms, right.get(run.id, 0), when)


def _racing(meant: tuple[RaceKind, RunRow] | None, course: Course) -> str:
    if meant is None:
        return ""
    kind, run = meant
    return build_words.racing(_whom(kind, run, course), run.used_ms)


def _fitting(found: Rivals, course: Course) -> str:
    """What fits the learner's stage, in words."""
    meant = found.fitting()
    if meant is not None:
        kind, run = meant
        return f"{_whom(kind, run, course)}, {words.clock(run.used_ms)}"
    if found.aim.stage is None:
        return build_words.NO_MARK_YET
    if found.aim.stage is Goal.FINISH:
        return build_words.FINISH_FIRST
    if found.aim.stage is Goal.SPEND:
        return build_words.time_in_hand(found.aim.in_hand_ms)
    return build_words.NO_BEST_YET
