"""Packs: bringing them in, and looking through what is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qbank import __version__, resources
from qbank.errors import NotFound
from qbank.services import frozen
from qbank.services.views import (
    Explanation,
    ImportSummary,
    PackView,
    QuestionHit,
    QuestionText,
    Seen,
)
from qbank.store import library, meta
from qbank.store.library import Wanted

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.services.taking import Taking
    from qbank.store.engine import Store
    from qbank.store.types import Connection

Progress = Callable[[int, int | None], None]
"""Told now and then how many items are done, and of how many where that is known."""

SHIPPED: Final = "shipped_packs"
"""The fact of the store that says which shipped packs it holds."""


class _DryRun(Exception):
    """Ends the transaction of a dry run; carries what would have come of it."""

    def __init__(self, summaries: tuple[ImportSummary, ...]) -> None:
        super().__init__()
        self.summaries = summaries


class PackService:
    """Imports packs and lists what was imported.

    `learner` gives the row id of whoever's marks stand beside packs and questions;
    `keep_copy` copies the store, which comes before an import that changes keys.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        learner: Callable[[], int],
        keep_copy: Callable[[], object],
        shipped: Callable[[], Path] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._learner = learner
        self._keep_copy = keep_copy
        self._shipped = shipped or resources.questions_dir

    def import_path(
        self,
        path: Path,
        *,
        format: str | None = None,  # noqa: A002 - the word a person types
        dry_run: bool = False,
        progress: Progress | None = None,
        key_base: int | None = None,
        encoding: str | None = None,
    ) -> tuple[ImportSummary, ...]:
        """Bring in every pack at `path`, a file, a folder or a zip: all of it or nothing.

        Raises NotFound for an unknown path, format or encoding and PackError, with all its
        findings, for what cannot be read; the store is then as it was.
        """
        # Reading packs needs far more than listing them: it is imported when it is asked for.
        from qbank.importers.base import ReadOptions
        from qbank.importers.registry import open_path

        options = ReadOptions(key_base, encoding)

        def take(taking: Taking) -> tuple[ImportSummary, ...]:
            summaries = taking.all(open_path(path, format, options))
            if dry_run:
                raise _DryRun(summaries)
            return summaries

        try:
            return self._take(take, progress, dry_run=dry_run)
        except _DryRun as done:
            return done.summaries

    def load_shipped(self, progress: Progress | None = None) -> tuple[ImportSummary, ...]:
        """Bring in the packs that came with the program, where they are not there yet."""
        folder = self._shipped()
        if self._store.read_only or not folder.is_dir():
            return ()
        present = _fingerprint(folder)
        with self._store.read() as connection:
            if meta.get(connection, SHIPPED) == present:
                return ()
        from qbank.importers.registry import open_path

        def take(taking: Taking) -> tuple[ImportSummary, ...]:
            summaries = taking.all(open_path(folder))
            meta.put(taking.connection, SHIPPED, present)
            return summaries

        return self._take(take, progress, shipped=True)

    def _take(
        self,
        take: Callable[[Taking], tuple[ImportSummary, ...]],
        progress: Progress | None,
        **how: bool,
    ) -> tuple[ImportSummary, ...]:
        """Take packs in, in one transaction; where keys change, after a copy of the store."""
        from qbank.services.taking import KeysChange, Taking

        def job(connection: Connection, *, may_rekey: bool) -> tuple[ImportSummary, ...]:
            now = self._clock.read().wall_utc_ms
            return take(Taking(connection, now, progress, may_rekey=may_rekey, **how))

        try:
            return self._store.write(partial(job, may_rekey=how.get("dry_run", False)))
        except KeysChange:
            self._keep_copy()
        return self._store.write(partial(job, may_rekey=True))

    def list(self) -> tuple[PackView, ...]:
        """Every pack, those of the program first."""
        with self._store.read() as connection:
            lines = library.pack_lines(connection, self._learner())
        return tuple(
            PackView(
                id=line.uid,
                title=line.title,
                version=line.version,
                licence=line.licence,
                language=line.language,
                shipped=line.shipped,
                questions=line.questions,
                fresh=line.fresh,
                next_steps=line.next_steps,
                imported_at=line.imported_at,
            )
            for line in lines
        )

    def questions(
        self, pack: str | None = None, text: str = "", limit: int = 200, offset: int = 0
    ) -> tuple[QuestionHit, ...]:
        """Questions of a pack, or of all; with `text`, those that hold all its words."""
        wanted = Wanted(pack or "", text.strip())
        with self._store.read() as connection:
            _check_pack(connection, pack)
            lines = library.question_lines(
                connection, self._learner(), wanted, limit=limit, offset=offset
            )
        return tuple(
            QuestionHit(
                pack=line.pack,
                question=line.key,
                lead_in=line.lead_in,
                opening=line.opening,
                system=line.system,
                task=line.task,
                next_step=line.next_step,
                seen=_seen(line.outcome, flagged=line.flagged),
            )
            for line in lines
        )

    def count(self, pack: str | None = None, text: str = "") -> int:
        """How many questions `questions` would give without its limit."""
        with self._store.read() as connection:
            _check_pack(connection, pack)
            return library.count_questions(connection, Wanted(pack or "", text.strip()))

    def preview(self, pack: str, question: str) -> tuple[QuestionText, Explanation]:
        """A question as its pack now has it, and its reasons; NotFound where there is none."""
        with self._store.read() as connection:
            row = library.current_row(connection, pack, question)
            if row is None:
                _check_pack(connection, pack)
                raise NotFound("question", question, library.question_keys(connection, pack))
        return frozen.question_text(row), frozen.explanation(row)


def _fingerprint(folder: Path) -> str:
    """Which packs these are, by their bytes, and which program reads them."""
    digest = blake2b(__version__.encode(), digest_size=16)
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _check_pack(connection: Connection, pack: str | None) -> None:
    known = library.pack_ids(connection) if pack else []
    if pack and pack not in known:
        raise NotFound("pack", pack, known)


def _seen(outcome: str | None, *, flagged: bool) -> Seen:
    """What stands beside a question: a flag before the outcome."""
    if outcome is None:
        return Seen.UNUSED
    if flagged:
        return Seen.FLAGGED
    return Seen.CORRECT if outcome == "correct" else Seen.INCORRECT
