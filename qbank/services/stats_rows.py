"""A learner's closed blocks as the figures take them, read whole and made once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qbank.analytics.causes import Cause
from qbank.analytics.rows import USUAL_CHOICES, AnalysedAttempt, AnalysedBlock, Facts, Offered
from qbank.analytics.thresholds import STARTING_BLOCKS
from qbank.block.model import Confidence, Mode, Outcome
from qbank.services.comparable import races_freely
from qbank.store.stats_queries import (
    BlockTuple,
    Wanted,
    attempts,
    closed_blocks,
    reasons,
    versions,
    words_in,
)

if TYPE_CHECKING:
    from qbank.services.views.stats import StatsFilter
    from qbank.store.types import Connection

_OUTCOMES = {each.value: each for each in Outcome}
_SURE: Mapping[str | None, Confidence | None] = {None: None, **{c.value: c for c in Confidence}}
_WHOLE = 100
_CLOCKED = ("timed", "exam_day")


@dataclass(frozen=True, slots=True)
class History:
    """Blocks that count and pass a filter, in time order; how many were left out by their owner.

    `said` holds what a person said of a miss, by block id and position.
    """

    blocks: tuple[AnalysedBlock, ...]
    left_out: int
    said: Mapping[tuple[str, int], Cause]


def read_history(connection: Connection, learner_id: int, asked: StatsFilter) -> History:
    """Everything the figures are counted from, in one look at the store."""
    mode = asked.mode and asked.mode.value
    wanted = Wanted(learner_id, asked.since, asked.until, asked.packs, mode, asked.source)
    heads = closed_blocks(connection, learner_id)
    rows = attempts(connection, wanted)
    # Only what a miss was chosen from is ever asked for: most versions have none.
    missed = {row[2] for row in rows if row[4] == Outcome.INCORRECT}
    facts = {row[0]: _facts(row, row[0] in missed) for row in versions(connection, wanted)}
    made = _Maker(facts, _loads(connection, heads)).blocks(heads, rows)
    names = {cause.value for cause in Cause}
    return History(
        blocks=tuple(made),
        left_out=sum(head.excluded for head in heads),
        said={
            (block, position): Cause(reason)
            for block, position, reason in reasons(connection, learner_id)
            if reason in names
        },
    )


class _Maker:
    """Makes attempts of rows; equal lists of options become one and the same tuple."""

    def __init__(self, facts: Mapping[int, Facts], loads: Mapping[int, float]) -> None:
        self._facts = facts
        self._loads = loads
        self._options = _Options()

    def blocks(
        self, heads: Iterable[BlockTuple], rows: Iterable[tuple[Any, ...]]
    ) -> Iterator[AnalysedBlock]:
        """A block for each head that has a row, in the order of the heads."""
        by_block: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in rows:
            by_block[row[0]].append(row)
        for head in heads:
            if mine := by_block.get(head.id):
                yield self._block(head, mine)

    def _block(self, head: BlockTuple, rows: Sequence[tuple[Any, ...]]) -> AnalysedBlock:
        stood = head.paused_ms > 0 or bool(head.interrupted) or any(row[10] for row in rows)
        return AnalysedBlock(
            block_id=head.uuid,
            mode=Mode(head.mode),
            limit_ms=head.limit_ms,
            used_ms=head.used_ms,
            closed_at=head.closed_at,
            attempts=tuple(self._attempt(row, stood) for row in rows),
            offset_min=head.offset_min,
            time_factor=head.time_factor,
            source=head.source,
            repeat_of=head.repeats,
            paused=head.paused_ms > 0,
            interrupted=bool(head.interrupted),
            races_freely=head.spec is not None and races_freely(head.spec),
            mean_words=self._loads.get(head.id),
            printed=None if len(rows) == head.size else head.size,
            short_day=head.compress is not None and head.compress < _WHOLE,
        )

    def _attempt(self, row: tuple[Any, ...], stood: bool) -> AnalysedAttempt:
        """As `qbank.analytics.rows.analysed`; a test holds the two equal."""
        _, position, version, _, outcome, first, final, key, clock_ms, active_ms, _, *rest = row
        exposure, visits, changes, flagged, confidence, shown_ms, answered_ms, visit_ms = rest
        options, choice_ms = self._options, None
        if stood:
            shown_ms = answered_ms = None
        elif shown_ms is not None and answered_ms is not None:
            spent_ms = answered_ms - shown_ms
            choice_ms = spent_ms if spent_ms <= visit_ms else None
        return AnalysedAttempt(
            self._facts[version],
            position,
            _OUTCOMES[outcome],
            options[first],
            options[final],
            options[key],
            clock_ms,
            active_ms,
            exposure,
            visits,
            changes,
            bool(flagged),
            _SURE[confidence],
            shown_ms,
            answered_ms,
            choice_ms,
            False if changes and visits == 1 else None,
        )


class _Options(dict[str, tuple[str, ...]]):
    """Lists of options by how they are written, each read once."""

    def __missing__(self, text: str) -> tuple[str, ...]:
        known = self[text] = tuple(json.loads(text))
        return known


def _loads(connection: Connection, heads: Sequence[BlockTuple]) -> dict[int, float]:
    """The reading load of each block's class: that of the first three of it, whatever is asked."""
    classes: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for head in heads:
        if head.limit_ms is not None and head.mode in _CLOCKED and not head.source:
            budget_s = round(head.limit_ms / head.size / 1000)
            classes[budget_s, head.size, head.repeats, head.time_factor].append(head.id)
    firsts = {key: ids[:STARTING_BLOCKS] for key, ids in classes.items()}
    words = words_in(connection, [each for ids in firsts.values() for each in ids])
    found = {}
    for key, ids in classes.items():
        counted = [words[each] for each in firsts[key] if each in words]
        asked = sum(count for _, count in counted)
        if asked:
            found.update(dict.fromkeys(ids, sum(total for total, _ in counted) / asked))
    return found


def _facts(row: tuple[Any, ...], missed: bool) -> Facts:
    """A row (fields of `VersionTuple`); `missed` says that its options' codes are asked for."""
    (_, question, words, several, next_step, code, family, system, task, area) = row[:10]
    choices, offered = row[10:]
    return Facts(
        str(question),
        words or None,
        choices or USUAL_CHOICES,
        bool(several),
        next_step,
        code,
        family,
        system or None,
        task or None,
        area or None,
        offered=_offer(offered) if offered and missed else (),
    )


def _offer(text: str) -> tuple[Offered, ...]:
    return tuple(_option(*each) for each in json.loads(text))


_option = cache(Offered)
"""An option by its id and what is said of it: the same few serve every question."""
