"""A learner's data as a file: written without loss, taken in elsewhere with the same history."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from qbank.block.machine import replay
from qbank.block.model import Phase
from qbank.block.sitting_model import DayPhase
from qbank.content.text import gate_document
from qbank.errors import Finding, NotFound, PackError, QbankError, StoreError, UsageError
from qbank.services.formats import is_newer, says
from qbank.services.logs import read_events
from qbank.services.rebuild import rebuild_block
from qbank.services.sitting_opened import read_day
from qbank.services.views import ImportSummary, Skipped
from qbank.store import export_rows, files, portable
from qbank.store.block_log import read_log
from qbank.store.blocks import block_by_uuid, frozen_rows, read_spec
from qbank.store.merge import Merged, merge
from qbank.store.merge_questions import Misfit
from qbank.store.portable import FORMAT
from qbank.store.sittings import sitting_by_uuid

if TYPE_CHECKING:
    from qbank.clock import Clock
    from qbank.store.engine import Store
    from qbank.store.learners import Learner
    from qbank.store.types import Connection

SIZE_LIMIT = 1_000_000_000
FAULTS_SHOWN = 20
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds."""

    blocks: int
    questions: int
    notes: int


class _DryRun(Exception):
    """Ends the transaction of a dry run; carries what would have come of it."""

    def __init__(self, merged: Merged) -> None:
        super().__init__()
        self.merged = merged


class PortableService:
    """Exports of one learner, and taking in those of any."""

    def __init__(self, store: Store, clock: Clock, learner: Learner) -> None:
        self._store = store
        self._clock = clock
        self._learner = learner

    def export(self, path: Path) -> Exported:
        """Write everything the learner owns to a file, which appears only when it is whole.

        An earlier export is replaced; any other file is not. Raises `UsageError`
        for such a file and `StoreError` where it cannot be written.
        """
        if path.exists() and not self.recognises(path):
            raise UsageError(
                f"{path} exists and is no export of qbank", hint="Choose a name that is free."
            )
        if not path.absolute().parent.is_dir():
            raise UsageError(f"there is no folder {path.parent}")
        temporary = files.beside(path, ".part")
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                temporary.chmod(files.FILE_MODE)
                counts = self._write(file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            files.sync_folder(path.absolute().parent)
        except OSError as error:
            raise StoreError(f"{path} was not written: {error.strerror or error}") from error
        finally:
            with suppress(OSError):
                temporary.unlink()
        return Exported(counts["blocks"], counts["questions"], counts["notes"])

    def recognises(self, path: Path) -> bool:
        """Whether a file says that it is an export, of whatever version."""
        return says(path, FORMAT)

    def import_export(self, path: Path, *, dry_run: bool = False) -> ImportSummary:
        """Take an export in: all of it or nothing. The same again changes nothing.

        `new` counts blocks that were not here, `changed` those that had gone on
        elsewhere; one that went two ways stays as it is and is told as skipped.
        Raises `NotFound`, or `PackError` for a file that is damaged or no export.
        """
        document = _read(path)
        now = self._clock.read().wall_utc_ms

        def job(connection: Connection) -> Merged:
            merged = merge(connection, document, now)
            for learner_id, uuid in merged.blocks:
                _settle(connection, learner_id, uuid)
            for learner_id, uuid in merged.days:
                _settle_day(connection, learner_id, uuid)
            if dry_run:
                raise _DryRun(merged)
            return merged

        try:
            merged = self._store.write(job)
        except _DryRun as done:
            merged = done.merged
        except Misfit as error:
            raise _refused(path, str(error)) from error
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            raise _refused(path, f"its parts do not fit together ({error})") from error
        return _summary(merged, dry_run)

    def _write(self, file: IO[str]) -> dict[str, int]:
        """The document, a line an item, so that it is never held whole."""
        counts = {}
        with self._store.read() as connection:
            head = {"format": FORMAT, "exported_at": self._clock.read().wall_utc_ms}
            head["learner"] = export_rows.learner(connection, self._learner.id)
            file.write(_compact(head)[:-1])
            for name, items in export_rows.parts(connection, self._learner.id):
                file.write(f',\n"{name}":[')
                counts[name] = _write_items(file, items)
                file.write("]")
            file.write("}\n")
        return counts


def _write_items(file: IO[str], items: Iterator[Any]) -> int:
    count = 0
    for item in items:
        file.write(",\n" if count else "\n")
        file.write(_compact(item))
        count += 1
    return count


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path) -> dict[str, Any]:
    """The document in a file, of the right shape and with nothing in it that may not be stored."""
    if not path.is_file():
        raise NotFound("file", str(path))
    if path.stat().st_size > SIZE_LIMIT:
        raise _refused(path, f"it is larger than {SIZE_LIMIT // 1_000_000} MB")
    try:
        document = json.loads(path.read_bytes(), parse_constant=_no_number)
        document, _ = gate_document(document, _DEPTH)
    except (ValueError, RecursionError) as error:
        raise _refused(path, f"it cannot be read as JSON ({error})") from error
    except OSError as error:
        raise _refused(path, f"it cannot be read ({error.strerror})") from error
    said = document.get("format") if isinstance(document, dict) else None
    if is_newer(said, FORMAT):
        raise PackError(
            f"{path.name} was made by a newer qbank; nothing was changed",
            [Finding(path.name, None, "format", f"it is {said}, this program reads {FORMAT}")],
            hint="Upgrade the program.",
        )
    if not isinstance(document, dict) or said != FORMAT:
        raise _refused(path, f"its format is not {FORMAT}")
    found = [
        Finding(path.name, None, where, problem)
        for (where, problem), _ in zip(portable.faults(document), range(FAULTS_SHOWN), strict=False)
    ]
    if found:
        raise PackError(f"{path.name} is a damaged export; nothing was changed", found)
    return document


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _refused(path: Path, problem: str) -> PackError:
    finding = Finding(path.name, None, "", problem, "Export it anew where it came from.")
    return PackError(f"{path.name} was not taken in; nothing was changed", [finding])


def _settle(connection: Connection, learner_id: int, uuid: str) -> None:
    """Replay a block that came in, and score it where it is over."""
    head = block_by_uuid(connection, learner_id, uuid)
    if head is None:
        raise Misfit(f"the block {uuid} did not come in")
    try:
        rows = frozen_rows(connection, head.id)
        state = replay(read_spec(head, rows), read_events(head, read_log(connection, head.id)))
        over = state.phase is Phase.CLOSED
        if over is not (head.status == Phase.CLOSED):
            raise Misfit(f"the log of {head.name} does not end as the block says")
        if over:
            rebuild_block(connection, head)
    except QbankError as error:
        raise Misfit(f"{head.name}: {error.message}") from error


def _settle_day(connection: Connection, learner_id: int, uuid: str) -> None:
    """Replay an exam day that came in: it must stand where it says, with its blocks to come."""
    head = sitting_by_uuid(connection, learner_id, uuid)
    if head is None:
        raise Misfit(f"the exam day {uuid} did not come in")
    try:
        day = read_day(connection, head)
    except QbankError as error:
        raise Misfit(f"{head.name}: {error.message}") from error
    if day.state.phase != head.status:
        raise Misfit(f"the log of {head.name} does not end as the day says")
    to_come = range(len(day.state.behind) + 1, day.spec.blocks + 1)
    if day.state.phase is not DayPhase.OVER and not day.block_ids.keys() >= set(to_come):
        raise Misfit(f"{head.name} lacks blocks that are still to come")


def _summary(merged: Merged, dry_run: bool) -> ImportSummary:
    return ImportSummary(
        pack="",
        title=f"The blocks of {merged.learner}",
        format=FORMAT,
        new=merged.new,
        changed=merged.longer,
        same=merged.same,
        skipped=tuple(
            Skipped(f"{name} ({uuid})", "it went on differently here; it stays as it is")
            for name, uuid in merged.apart
        ),
        dry_run=dry_run,
    )
