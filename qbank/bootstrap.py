"""The composition root: settings become an open store, a clock and the services over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from qbank.clock import Clock, SystemClock
from qbank.content.exam import outline_of_100, presets
from qbank.services.build import BuildService, random_uuid
from qbank.services.exhibits import ExhibitService
from qbank.services.history import HistoryService
from qbank.services.home import HomeService
from qbank.services.learners import LearnerService, choose
from qbank.services.packs import PackService
from qbank.services.run import RunService
from qbank.store import lock
from qbank.store.blocks import any_open_day
from qbank.store.engine import Store, open_store
from qbank.store.schema import SchemaState, inspect

if TYPE_CHECKING:
    from qbank.services.alike import AlikeService
    from qbank.services.backup import BackupService
    from qbank.services.notes import NoteService
    from qbank.services.portable import PortableService
    from qbank.services.results import ResultService
    from qbank.services.review import ReviewService
    from qbank.services.saved import SavedService
    from qbank.services.sitting import SittingService
    from qbank.services.stats import StatsService
    from qbank.services.views import WaitingDay
    from qbank.settings import Settings
    from qbank.store.learners import Learner


class Application:
    """Everything a front may call, wired for one learner. Closed once, by whoever opened it."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        learner: Learner,
        new_uuid: Callable[[], str] = random_uuid,
    ) -> None:
        known = presets(settings.extra_dirs)
        self.store = store
        self.clock = clock
        self.settings = settings
        self.learners = LearnerService(store, learner)
        self.packs = PackService(store, clock, lambda: learner.id, self._keep_copy)
        self.exhibits = ExhibitService(store)
        self.build = BuildService(store, clock, learner.id, known, new_uuid)
        self.blocks = RunService(store, clock, learner.id)
        self.history = HistoryService(store, clock, learner.id)
        label = self.learners.label()
        self.home = HomeService(
            store,
            clock,
            learner.id,
            (self.build, self.blocks, self.history),
            days=self._waiting_days,
            notes=(*((label,) if label else ()), *store.warnings),
        )
        self._learner = learner
        self._new_uuid = new_uuid
        self._undo = ExitStack()

    # What Home does not need is imported when it is first asked for.

    @cached_property
    def review(self) -> ReviewService:
        """Closed blocks, one at a time."""
        from qbank.services.review import ReviewService

        return ReviewService(self.store, self.clock, self._learner.id)

    @cached_property
    def notes(self) -> NoteService:
        """Notes on questions."""
        from qbank.services.notes import NoteService

        return NoteService(self.store, self.clock, self._learner.id, self._new_uuid)

    @cached_property
    def alike(self) -> AlikeService:
        """Questions like one that was answered."""
        from qbank.services.alike import AlikeService

        return AlikeService(self.store, self._learner.id, self.build)

    @cached_property
    def sittings(self) -> SittingService:
        """Exam days."""
        from qbank.services.sitting import SittingService

        services = (self.build, self.blocks)
        return SittingService(self.store, self.clock, self._learner.id, services, self._new_uuid)

    @cached_property
    def stats(self) -> StatsService:
        """Every figure."""
        from qbank.services.stats import StatsService

        outline = outline_of_100(extra_dirs=self.settings.extra_dirs)
        return StatsService(self.store, self._learner.id, outline, self.blocks)

    @cached_property
    def results(self) -> ResultService:
        """Own mocks and score reports."""
        from qbank.services.results import ResultService

        return ResultService(self.store, self.clock, self._learner.id, self._new_uuid)

    @cached_property
    def saved(self) -> SavedService:
        """Forms of New block to begin with."""
        from qbank.services.saved import SavedService

        return SavedService(self.store, self._learner.id)

    def _waiting_days(self) -> tuple[WaitingDay, ...]:
        """Exam days that are not over; where there is none, nothing of them is imported."""
        with self.store.read() as connection:
            if not any_open_day(connection, self._learner.id):
                return ()
        return self.sittings.waiting()

    @cached_property
    def backup(self) -> BackupService:
        """Copies, checks, erasing."""
        return _backups(self.settings, self.clock, self.store)

    def _keep_copy(self) -> None:
        """Copy the store before an import that changes keys."""
        self.backup.before_import()

    @cached_property
    def portable(self) -> PortableService:
        """Exports, and taking them in."""
        from qbank.services.portable import PortableService

        return PortableService(self.store, self.clock, self._learner)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed from here."""
        return self.store.read_only

    def at_close(self, undo: ExitStack) -> None:
        """What is let go of at the end: the store and the lock."""
        self._undo = undo

    def close(self) -> None:
        """Leave open blocks, write what is queued, let go of the store. May be called again."""
        if "sittings" in vars(self):
            self.sittings.close_all()
        self.blocks.close_all()
        self._undo.close()


def open_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    write: bool = True,
    new_uuid: Callable[[], str] = random_uuid,
) -> Application:
    """Open the store and wire the services.

    With `write`, the lock is taken, the store made or upgraded, the person added
    and the shipped packs loaded, where that is due. Raises LockHeld (a
    ConcurrentRun) where another qbank writes, and the store's errors.
    """
    clock = clock or SystemClock()
    paths = settings.paths
    with ExitStack() as undo:
        if write:
            paths.make_data_dir()
            undo.callback(lock.take(paths.lock, clock).release)
        store = open_store(paths.database, clock, read_only=not write, backups=paths.backups)
        undo.callback(store.close)
        learner = choose(store, clock, settings.learner, new_uuid, reading=not write)
        application = Application(settings, store, clock, learner, new_uuid)
        if write:
            application.packs.load_shipped()
        application.at_close(undo.pop_all())
    return application


@contextmanager
def open_backups(
    settings: Settings, *, clock: Clock | None = None, write: bool = False
) -> Iterator[BackupService]:
    """Copies and checks on the file itself, which help where the store cannot be opened.

    With `write`, the lock is held meanwhile.
    """
    clock = clock or SystemClock()
    paths = settings.paths
    with ExitStack() as undo:
        if write:
            paths.make_data_dir()
            undo.callback(lock.take(paths.lock, clock).release)
        yield _backups(settings, clock, None)


def _backups(settings: Settings, clock: Clock, store: Store | None) -> BackupService:
    from qbank.services.backup import BackupService

    paths = settings.paths
    return BackupService(paths.database, paths.backups, paths.lock, clock, store)


def ask_to_end(settings: Settings) -> bool:
    """Ask the qbank that holds the store to end; False where none holds it any more.

    It may take its time: the store can be opened to write once it has gone.
    """
    return lock.ask_to_end(settings.paths.lock)


def must_write(settings: Settings) -> bool:
    """Whether the store has to be made or upgraded before anybody can read it."""
    return inspect(settings.paths.database) in (SchemaState.EMPTY, SchemaState.BEHIND)


def upgrade(settings: Settings, *, clock: Clock | None = None) -> tuple[str, str]:
    """Bring the store to this program's schema and the shipped packs into it.

    Returns the schema's states before and after: empty, behind or current.
    """
    paths = settings.paths
    before = inspect(paths.database)
    open_app(settings, clock=clock).close()
    return before.value, inspect(paths.database).value
