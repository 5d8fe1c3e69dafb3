"""Makes an exam day: draws all of its questions at once, so that none comes twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qbank.block.model import BlockSpec, GapPolicy, Mode, PausePolicy
from qbank.block.selection import draw, spread
from qbank.errors import UsageError
from qbank.reporting import exam_day_words as say
from qbank.services.build import dice, place, slots
from qbank.services.choosing import any_seen, choose
from qbank.services.choosing import check as check_block
from qbank.services.sitting_plan import asked_sizes, check, plan, that_fit
from qbank.services.views import BlockRequest, SittingPreview
from qbank.store import build_queries
from qbank.store.blocks import Made, insert_block
from qbank.store.sittings import drop_never_begun, insert_sitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qbank.block.sitting_model import SittingSpec
    from qbank.clock import Clock
    from qbank.content.exam import Preset
    from qbank.services.build import BuildService, Dice
    from qbank.services.pool import Pool
    from qbank.services.views import SittingRequest
    from qbank.store.blocks import Place
    from qbank.store.build_queries import Current
    from qbank.store.engine import Store
    from qbank.store.types import Connection


SHORTER = (50, 25, 10)
"""Parts of a day that are offered where there are too few questions for it, in percent."""


class SittingBuilder:
    """Draws exam days for one learner."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        learner_id: int,
        build: BuildService,
        new_uuid: Callable[[], str],
    ) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id
        self._build = build
        self._new_uuid = new_uuid
        self._presets: Mapping[str, Preset] = {each.id: each for each in build.presets}

    def preset(self, request: SittingRequest) -> Preset:
        """The exam that is asked for. Raises as `preview`."""
        check(request, self._presets)
        return self._presets[request.preset] if request.preset else self._build.default_preset

    def preview(self, request: SittingRequest) -> SittingPreview:
        """What a request would give; unused questions first, seen ones where these do not do.

        Raises NotFound for an unknown preset or pack, UsageError for a figure out of range.
        """
        preset = self.preset(request)
        asked = asked_sizes(preset, request)
        with self._store.read() as connection:
            pool = self._build.current_pool(connection)
        wanted = _wanted(request, sum(asked))
        check_block(wanted, self._presets, pool.pack_titles)
        fresh = pool.count(wanted).matching
        there = pool.count(any_seen(wanted)).matching
        sizes = that_fit(asked, there)
        questions = sum(sizes)
        spec = plan(preset, request, sizes) if sizes else None
        seen = max(0, questions - fresh)
        told = say.planned(preset, spec, (len(asked), sum(asked)), seen) if spec else [say.NOTHING]
        shorter = _shorter(preset, request, there) if len(sizes) < len(asked) else ()
        return SittingPreview(spec, len(asked), questions, seen, (*told, *shorter))

    def create(self, request: SittingRequest) -> str:
        """Make the day and all of its blocks, ready to begin; its UUID.

        A day that was made and never begun makes room for it. Raises as `preview`, and
        UsageError where there is no question, or the disk is full.
        """
        self._build.require_room()
        preview = self.preview(request)
        if preview.spec is None:
            raise UsageError("there is no question to take", hint="Import a pack.")
        spec = plan(self.preset(request), request, preview.spec.sizes, self._new_uuid())
        seed, rng = dice(request.seed)
        with self._store.read() as connection:
            pool = self._build.current_pool(connection)
            drawn = _drawn(connection, pool, _wanted(request, preview.questions), rng)
        blocks = list(self._blocks(spec, drawn, pool, (seed, rng)))
        now = self._clock.read()
        name = request.name.strip() or say.NAME

        def write(connection: Connection) -> None:
            drop_never_begun(connection, self._learner_id)
            day = insert_sitting(connection, self._learner_id, name, spec, now.wall_utc_ms)
            for number, (block, places) in enumerate(blocks, start=1):
                made = Made(
                    self._learner_id,
                    say.block_name(name, number),
                    now.wall_utc_ms,
                    now.offset_min,
                    sitting_id=day,
                    sitting_number=number,
                )
                insert_block(connection, block, places, made)

        self._store.write(write)
        return spec.sitting_id

    def _blocks(
        self,
        day: SittingSpec,
        drawn: Sequence[Current],
        pool: Pool,
        chance: tuple[int, Dice],
    ) -> Sequence[tuple[BlockSpec, list[Place]]]:
        """Every block with its places. Its limit is fixed anew when it begins."""
        seed, rng = chance
        rest = list(drawn)
        blocks = []
        for number, size in enumerate(day.sizes, start=1):
            mine, rest = rest[:size], rest[size:]
            versions = spread(mine, lambda each: each.system, rng)
            places = [place(each, pool, rng) for each in versions]
            spec = BlockSpec(
                block_id=self._new_uuid(),
                mode=Mode.EXAM_DAY,
                slots=slots(versions, places),
                limit_ms=day.sessions[day.session_of(number)].limit_ms,
                time_factor=day.time_factor,
                pause=PausePolicy.FORBIDDEN,
                gaps=GapPolicy.CHARGE_SLEEP,
                seed=seed,
                preset=day.preset,
                sitting=day.sitting_id,
            )
            blocks.append((spec, places))
        return blocks


def _shorter(preset: Preset, request: SittingRequest, there: int) -> tuple[str, ...]:
    """The longest day with all of its blocks that the questions here would fill, in words."""
    for percent in SHORTER:
        sizes = asked_sizes(preset, replace(request, compress=percent))
        if percent < request.compress and sum(sizes) <= there:
            return (say.shorter(percent, len(sizes), sum(sizes)),)
    return ()


def _wanted(request: SittingRequest, questions: int) -> BlockRequest:
    """The day's questions, as one request: fresh ones, filled from those seen."""
    return BlockRequest(count=questions, packs=request.packs, fill=True)


def _drawn(
    connection: Connection, pool: Pool, wanted: BlockRequest, rng: Dice
) -> Sequence[Current]:
    chosen = choose(
        connection, pool, wanted, None, lambda questions, count: draw(questions, count, rng)
    )
    return build_queries.current(connection, chosen.ids)
