"""Linting packs and data sets before anything of them is stored."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from qbank.content.exam import Blueprint, load_exams
from qbank.content.lint.placed import LintFinding, Placed, PlacedPack
from qbank.content.lint.remarks import CHECKS
from qbank.content.lint.run import LintReport, lint_packs
from qbank.errors import Finding, NotFound, PackError
from qbank.importers.base import STANDS_BEFORE, Draft, Skip
from qbank.importers.registry import open_path

_WHERE: Final = re.compile(r"^(?P<file>.*?):(?P<line>\d+)(?: \(.*\))?$")
_KEY_FIELD: Final = re.compile(r"\bkey$|\boptions$")


def lint_paths(
    paths: Sequence[Path], *, today: str, exam: str | None = None, extra_dirs: Sequence[Path] = ()
) -> LintReport:
    """Lint every pack at the paths, files, folders and zip archives, as one set.

    `today` is the month (`YYYY-MM`) by which a key is old. `exam` names the outline against which
    shares are held; without it each pack's own exam does. What cannot be read is a finding.
    Raises NotFound for an unknown path or exam.
    """
    outlines = load_exams(extra_dirs).blueprints
    if exam is not None and exam not in outlines:
        raise NotFound("outline of an exam called", exam, outlines)

    def outline_of(own: str | None) -> Blueprint | None:
        return outlines.get(exam or own or "")

    packs: list[PlacedPack] = []
    troubles: list[LintFinding] = []
    for path in paths:
        try:
            packs += _packs(path, troubles)
        except PackError as error:
            name = _Names(path)
            troubles += [_trouble(finding, name) for finding in error.findings]
    return lint_packs(packs, today=today, outline_of=outline_of, before=troubles)


class _Names:
    """Files as a person can open them: the names of a reading, put under the path given."""

    def __init__(self, path: Path) -> None:
        self._folder = path.resolve().name if path.is_dir() else ""
        self._base = path if path.is_dir() else path.parent

    def __call__(self, name: str) -> str:
        if name == self._folder:
            return self._base.as_posix()
        return (self._base / name.removeprefix(f"{self._folder}/")).as_posix()


def _packs(path: Path, troubles: list[LintFinding]) -> Iterator[PlacedPack]:
    """The packs at a path; rows that cannot be taken go to `troubles`."""
    name = _Names(path)
    for reading in open_path(path):
        placed: list[Placed] = []
        for item in reading.items:
            if isinstance(item, Draft):
                file, line = _split(item.where)
                placed.append(Placed(item.question, name(file), line, item.line_of))
            else:
                troubles.append(_skipped(item, name))
        yield PlacedPack(reading.pack, name(reading.source), tuple(placed))


def _split(where: str) -> tuple[str, int | None]:
    """`file:line`, perhaps with more in brackets, as its parts."""
    found = _WHERE.match(where)
    return (found["file"], int(found["line"])) if found else (where, None)


def _skipped(skip: Skip, name: _Names) -> LintFinding:
    file, line = _split(skip.where)
    if STANDS_BEFORE in skip.reason:
        return _finding("P03", name(file), line, "", skip.reason, "Keep one of the two.")
    return _finding("E00", name(file), line, "", skip.reason, "An import leaves it out.")


def _trouble(finding: Finding, name: _Names) -> LintFinding:
    """A fault that the loader found: of key and options it is E01, else E00."""
    check = "E01" if _KEY_FIELD.search(finding.field) else "E00"
    where = name(finding.file)
    return _finding(check, where, finding.line, finding.field, finding.problem, finding.fix)


def _finding(
    check: str, file: str, line: int | None, field: str, message: str, fix: str
) -> LintFinding:
    return LintFinding(check, CHECKS[check].level, file, line, "", field, message, fix)
