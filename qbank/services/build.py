"""From a request to counts, and to a block that nothing changes any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING
from uuid import uuid4

from qbank.block.model import BASE_FACTOR, BlockSpec, Mode, Slot
from qbank.block.selection import draw, order_options, spread
from qbank.errors import NotFound, UsageError
from qbank.reporting import day_words, exam_day_words
from qbank.services.choosing import (
    Choosing,
    any_seen,
    check,
    choose,
    may_fill,
    same_questions,
)
from qbank.services.garbage import no_collecting
from qbank.services.pool import Pool
from qbank.services.previews import boxes, sentence
from qbank.services.racing import Racing, course_of
from qbank.services.views import BuildPreview
from qbank.store import build_queries, files
from qbank.store.blocks import (
    Made,
    Place,
    block_by_uuid,
    change_block,
    drop_unbegun,
    has_answer,
    insert_block,
)
from qbank.store.sittings import has_open_day

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.content.exam import Preset
    from qbank.services.views import BlockRequest
    from qbank.store.build_queries import Current, Labels
    from qbank.store.engine import Store
    from qbank.store.types import Connection

Dice = Random
"""Where the chance of a draw comes from."""

MINUTE_MS = 60_000
FREE_BYTES = 50_000_000
"""No block is made with less room than this on the disk."""


def random_uuid() -> str:
    """A new public id."""
    return str(uuid4())


def dice(seed: int | None) -> tuple[int, Dice]:
    """The chance of a draw, and the seed that gives it again; a new one for None."""
    known = Random().getrandbits(32) if seed is None else seed
    return known, Dice(known)


class BuildService:
    """Builds blocks for one learner."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        learner_id: int,
        presets: Mapping[str, Preset],
        new_uuid: Callable[[], str] = random_uuid,
    ) -> None:
        self._store = store
        self._clock = clock
        self._learner_id = learner_id
        self._presets = presets
        self._new_uuid = new_uuid
        self._library: tuple[object, dict[int, Labels], dict[str, str]] | None = None
        self._pool: tuple[object, Pool] | None = None
        self._search: tuple[object, list[int]] | None = None
        self._racing = Racing(learner_id)

    @property
    def presets(self) -> tuple[Preset, ...]:
        """The exam presets in the order in which they are offered."""
        return tuple(self._presets.values())

    @property
    def default_preset(self) -> Preset:
        """The preset of a request that names none."""
        return [each for each in self._presets.values() if each.default][-1]

    def preview(self, request: BlockRequest) -> BuildPreview:
        """What a request would give. Raises as `create` for what cannot be asked for at all."""
        same = None
        with self._store.read() as connection, no_collecting():
            pool = self.current_pool(connection)
            check(request, self._presets, pool.pack_titles)
            found = self._found(connection, request)
            if request.retake:
                same = same_questions(connection, self._learner_id, request.retake)
            facets = pool.count(request, found)
            fill = may_fill(request, facets.matching)
            usable = pool.count(any_seen(request), found).matching if fill else facets.matching
            taken = len(same.ids) if same else min(request.count, usable)
            limit_ms = self._limit_ms(request, taken, same)
            course = course_of(request, taken, limit_ms, same)
            rivals, racing, aim = self._racing.offered(connection, request.race, course)
        return BuildPreview(
            matching=taken if same else facets.matching,
            taken=taken,
            limit_ms=limit_ms,
            **boxes(facets, pool.pack_titles),
            rivals=rivals,
            aim=aim,
            fresh=pool.fresh,
            seen_before=pool.total - pool.fresh,
            sentence=sentence(request, facets, self._preset(request), (taken, limit_ms, racing)),
        )

    def create(self, request: BlockRequest) -> str:
        """Make the block of a request, frozen and ready to begin; its UUID.

        One that was never begun makes room for it. Raises NotFound for an
        unknown pack, system, task, preset or block, UsageError where nothing
        matches, a run cannot be raced, a figure is out of range or the disk is full.
        """
        self.require_room()
        seed, rng = dice(request.seed)

        def drawn(questions: Sequence[int], count: int) -> tuple[int, ...]:
            return spread(draw(questions, count, rng), pool.system, rng)

        with self._store.read() as connection:
            pool = self.current_pool(connection)
            check(request, self._presets, pool.pack_titles)
            chosen = (
                same_questions(connection, self._learner_id, request.retake)
                if request.retake
                else choose(connection, pool, request, self._found(connection, request), drawn)
            )
            versions = build_queries.current(connection, chosen.ids)
            limit_ms = self._limit_ms(request, len(versions), chosen)
            course = course_of(request, len(versions), limit_ms, chosen)
            race = self._racing.freeze(connection, request.race, course, chosen.ids)
        places = [place(each, pool, rng) for each in versions]
        spec = BlockSpec(
            block_id=self._new_uuid(),
            mode=request.mode,
            slots=slots(versions, places),
            limit_ms=limit_ms,
            time_factor=request.time_factor,
            seed=seed,
            preset=self._preset(request).id,
            race=race,
        )
        made = self._made(request, chosen)

        def write(connection: Connection) -> None:
            if has_open_day(connection, self._learner_id):
                raise UsageError(exam_day_words.NOT_OVER, hint=exam_day_words.GO_ON_OR_END)
            drop_unbegun(connection, self._learner_id)
            insert_block(connection, spec, places, made)

        self._store.write(write)
        return spec.block_id

    def discard(self, block_id: str) -> None:
        """Throw a block away that holds no answer. Raises UsageError where it holds one."""

        def write(connection: Connection) -> None:
            head = block_by_uuid(connection, self._learner_id, block_id)
            if head is None or head.deleted_at is not None:
                raise NotFound("block", block_id)
            if head.status == "closed" or has_answer(connection, head.id):
                raise UsageError(f"{head.name} holds answers", hint="Delete it in History.")
            if not drop_unbegun(connection, self._learner_id, block_id):
                now = self._clock.read().wall_utc_ms
                change_block(connection, block_id, self._learner_id, deleted_at=now)

        self._store.write(write)

    def _found(self, connection: Connection, request: BlockRequest) -> list[int] | None:
        """The questions the search words are in, None where there are no words.

        Kept until other words come: ticking boxes does not search anew.
        """
        words = request.search.strip()
        if not words:
            return None
        asked = (build_queries.imports_stamp(connection), words)
        known = self._search
        if known is None or known[0] != asked:
            self._search = known = (asked, build_queries.found_by(connection, words))
        return known[1]

    def require_room(self) -> None:
        """Raise UsageError where the disk is all but full."""
        free = files.free_bytes(self._store.path.parent)
        if free < FREE_BYTES:
            raise UsageError(
                f"only {free // 1_000_000} MB are free where the store is",
                hint="Make some room first, so that no answer is lost.",
            )

    def current_pool(self, connection: Connection) -> Pool:
        """The pool as the store has it now; what did not change since the last look is kept."""
        imports = build_queries.imports_stamp(connection)
        library, known = self._library, self._pool
        if library is None or library[0] != imports:
            labels = build_queries.labels(connection)
            self._library = library = (imports, labels, build_queries.packs(connection))
        _, labels, packs = library
        stamp = (imports, build_queries.blocks_stamp(connection, self._learner_id))
        if known is None or known[0] != stamp:
            met = build_queries.met(connection, self._learner_id)
            taken = build_queries.reserved(connection, self._learner_id)
            self._pool = known = (stamp, Pool(labels, met, taken, packs))
        return known[1]

    def _limit_ms(self, request: BlockRequest, questions: int, same: Choosing | None) -> int | None:
        """The limit with its extra time, in whole seconds; a shorter block keeps the pace."""
        if request.mode is not Mode.TIMED or not questions:
            return None
        if request.minutes is not None:
            base_ms = round(request.minutes * MINUTE_MS * questions / request.count)
        elif same is not None and same.base_ms is not None:
            base_ms = same.base_ms
        else:
            base_ms = self._preset(request).limit_ms(questions)
        return -(-base_ms * request.time_factor // BASE_FACTOR // 1000) * 1000

    def _preset(self, request: BlockRequest) -> Preset:
        return self._presets[request.preset] if request.preset else self.default_preset

    def _made(self, request: BlockRequest, chosen: Choosing) -> Made:
        now = self._clock.read()
        name = request.name.strip() or day_words.part_of_day(now.wall_utc_ms, now.offset_min)
        return Made(self._learner_id, name, now.wall_utc_ms, now.offset_min, chosen.repeat_of)


def place(version: Current, pool: Pool, rng: Random) -> Place:
    """A question's place in a block: its options in the order in which they are printed."""
    times = pool.times_met(version.question_id)
    options = order_options(version.options, version.option_order, rerun=times > 0, rng=rng)
    return Place(version.question_id, version.version_id, options, times + 1)


def slots(versions: Sequence[Current], places: Sequence[Place]) -> tuple[Slot, ...]:
    """What the engine knows of these places."""
    pairs = zip(versions, places, strict=True)
    return tuple(Slot(version.hash, place.options, version.several) for version, place in pairs)
