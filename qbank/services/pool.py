"""Every question of the store by its labels and by what the learner did with it, counted.

Held in memory between two looks: a form's counts then come from a table of the
few combinations that occur, not from a pass over every question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qbank.services.views import Seen

if TYPE_CHECKING:
    from qbank.services.views import BlockRequest
    from qbank.store.build_queries import Labels, Met

NEXT_STEP: Final = "next_step"
"""The pseudo-task of every question whose lead-in asks for the next step."""

_UNUSED: Final = frozenset({Seen.UNUSED})
_NOWHERE: Final[frozenset[Seen]] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A combination that occurs: labels, and what was done. Compared as an object."""

    labels: Labels
    seen: frozenset[Seen]


@dataclass(slots=True)
class Facets:
    """How many questions match, and for each box of a form how many would with it ticked alone."""

    matching: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    packs: Counter[str] = field(default_factory=Counter)
    systems: Counter[str] = field(default_factory=Counter)
    tasks: Counter[str] = field(default_factory=Counter)
    next_steps: Counter[str] = field(default_factory=Counter)


class Pool:
    """The questions a learner may be asked. `taken` are in blocks that were begun already."""

    def __init__(
        self,
        labels: Mapping[int, Labels],
        met: Mapping[int, Met],
        taken: frozenset[int],
        pack_titles: Mapping[str, str],
    ) -> None:
        self.met = met
        self.pack_titles = pack_titles
        self._kind = _kinds(labels, met, taken)
        self._tally = Counter(self._kind.values())
        self._last: tuple[Sequence[int], Counter[Kind]] | None = None

    @property
    def total(self) -> int:
        """Number of questions."""
        return len(self._kind)

    @property
    def fresh(self) -> int:
        """Number of questions that were never on screen."""
        return self.total - sum(question in self._kind for question in self.met)

    def count(self, request: BlockRequest, found: Sequence[int] | None = None) -> Facets:
        """The counts of a request. `found` are the questions its search words are in."""
        facets = Facets()
        for kind, number in self._narrowed(found).items():
            labels, (seen, pack, system, task, step, area) = kind.labels, _fits(request, kind)
            missing = 5 - seen - pack - system - task - step
            if missing > 1 or not area:
                continue
            if missing == 0:
                facets.matching += number
            if not (missing and seen):
                for each in kind.seen:
                    facets.seen[each] += number
            if not (missing and pack):
                facets.packs[labels.pack] += number
            if not (missing and system):
                facets.systems[labels.system] += number
            if not (missing and task):
                facets.tasks[labels.task] += number
                facets.tasks[NEXT_STEP] += number * bool(labels.next_step)
            if labels.next_step and not (missing and step):
                facets.next_steps[labels.next_step] += number
        return facets

    def matching(self, request: BlockRequest, found: Sequence[int] | None = None) -> list[int]:
        """The questions that match, by their ids, in the order of ids."""
        fitting = {kind for kind in self._tally if all(_fits(request, kind))}
        asked = self._kind if found is None else found
        return sorted(each for each in asked if self._kind.get(each) in fitting)

    def system(self, question: int) -> str:
        """A question's system; empty where it has none."""
        return self._kind[question].labels.system

    def times_met(self, question: int) -> int:
        """In how many blocks a question was on screen."""
        return self.met[question].times if question in self.met else 0

    def _narrowed(self, found: Sequence[int] | None) -> Counter[Kind]:
        """How many of each kind there are, in all or among those found."""
        if found is None:
            return self._tally
        if self._last is None or self._last[0] is not found:
            kinds = map(self._kind.get, found)
            self._last = (found, Counter(kind for kind in kinds if kind is not None))
        return self._last[1]


def _kinds(
    labels: Mapping[int, Labels], met: Mapping[int, Met], taken: frozenset[int]
) -> dict[int, Kind]:
    """The kind of every question; equal kinds are one object."""
    unused = {each: Kind(each, _UNUSED) for each in set(labels.values())}
    kinds = {question: unused[each] for question, each in labels.items()}
    seen = {question: _seen(each) for question, each in met.items()}
    seen |= dict.fromkeys(taken, _NOWHERE)
    known: dict[tuple[Labels, frozenset[Seen]], Kind] = {}
    for question, done in seen.items():
        if question in labels:
            key = (labels[question], done)
            kinds[question] = known.setdefault(key, Kind(*key))
    return kinds


def _seen(met: Met) -> frozenset[Seen]:
    latest = Seen.CORRECT if met.correct else Seen.INCORRECT
    return frozenset({latest, Seen.FLAGGED} if met.flagged else {latest})


def _fits(request: BlockRequest, kind: Kind) -> tuple[bool, bool, bool, bool, bool, bool]:
    """Whether a question fits each filter: seen, packs, systems, tasks, next steps, areas."""
    labels, tasks = kind.labels, request.tasks
    return (
        not kind.seen.isdisjoint(request.seen) if request.seen else bool(kind.seen),
        not request.packs or labels.pack in request.packs,
        not request.systems or labels.system in request.systems,
        not tasks or labels.task in tasks or (labels.next_step != "" and NEXT_STEP in tasks),
        not request.next_steps or labels.next_step in request.next_steps,
        not request.areas or labels.area in request.areas,
    )
