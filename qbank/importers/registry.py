"""Which importer reads what: by content and ending, or as a person says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from qbank.errors import NotFound
from qbank.importers.base import Importer, Reading, ReadOptions
from qbank.importers.csv_table import CsvImporter
from qbank.importers.dataset import JsonImporter, JsonLinesImporter
from qbank.importers.native import NativeImporter, read_pack_tree
from qbank.importers.source import Source, file_source, label, refused
from qbank.importers.tree import Tree, folder_tree, is_zip, zip_tree

IMPORTERS: Final[dict[str, Importer]] = {
    importer.name: importer
    for importer in (NativeImporter(), CsvImporter(), JsonLinesImporter(), JsonImporter())
}
FORMATS: Final = tuple(IMPORTERS)
_READABLE: Final = "YAML, JSON, JSON Lines and CSV are read, as files, folders or zip archives."
_OWN_DATA: Final = re.compile(rb'\{\s*"format"\s*:\s*"qbank-(export|log)/')
_SHEETS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")


def open_path(
    path: Path, format_name: str | None = None, options: ReadOptions | None = None
) -> Iterator[Reading]:
    """The packs at `path`: a file, a folder or a zip; each has to be used up before the next.

    Raises NotFound for an unknown path or format, naming the nearest known one, and PackError
    for what cannot be read.
    """
    importer = None if format_name is None else named(format_name)
    options = options or ReadOptions()
    try:
        found = _find(path)
    except OSError as error:
        raise refused(label(path.name), None, error.strerror or "cannot be read") from error
    if isinstance(found, Tree):
        yield from _read_tree(found, importer, options)
    else:
        yield from _read_source(found, importer, options)


def named(format_name: str) -> Importer:
    """The importer of a format; NotFound, with the nearest name, where there is none."""
    try:
        return IMPORTERS[format_name.casefold()]
    except KeyError:
        raise NotFound("format", format_name, FORMATS) from None


def identify(source: Source) -> Importer | None:
    """The importer that is surest of the source; None where none knows it."""
    score, best = max(
        ((importer.identify(source), importer) for importer in IMPORTERS.values()),
        key=lambda pair: pair[0],
    )
    return best if score else None


def _find(path: Path) -> Source | Tree:
    if not path.exists():
        beside = path.parent if path.parent.is_dir() else Path()
        raise NotFound("file", str(path), [str(each) for each in beside.iterdir()])
    if path.is_dir():
        return folder_tree(path)
    if not path.is_file():
        raise refused(label(path.name), None, "is no file", _READABLE)
    source = file_source(path)
    if source.suffix in _SHEETS:
        raise refused(source.name, None, "is a spreadsheet", "Save its sheet as CSV (UTF-8).")
    return zip_tree(source) if is_zip(source) else source


def _read_tree(tree: Tree, importer: Importer | None, options: ReadOptions) -> Iterator[Reading]:
    packs = tree.packs()
    if not packs:
        raise refused(tree.name, None, "holds no question files", _READABLE)
    first: dict[str, str] = {}
    for pack in packs:
        readings = (
            [read_pack_tree(pack)]
            if isinstance(pack, Tree)
            else _read_source(pack, importer, options)
        )
        for reading in readings:
            before = first.setdefault(reading.pack.id, reading.source)
            if before != reading.source:
                problem = f"gives the pack id {reading.pack.id!r}, as {before} does"
                raise refused(reading.source, None, problem, "Rename one, or import one by one.")
            yield reading


def _read_source(
    source: Source, importer: Importer | None, options: ReadOptions
) -> Iterator[Reading]:
    if importer is None and _OWN_DATA.match(source.start):
        problem = "holds a learner's blocks, no pack"
        raise refused(source.name, None, problem, "Take it in by itself with `qbank import`.")
    chosen = importer or identify(source)
    if chosen is None:
        problem = "is of no format that is read here" if source.start else "is empty"
        raise refused(source.name, None, problem, _READABLE)
    yield from chosen.read(source, options)
