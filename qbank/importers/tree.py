"""Folders and zip archives as named members: nothing is ever unpacked to disk.

The names in an archive are labels. Declared sizes are checked first and counted again while
reading, since they may lie.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from qbank.errors import Finding, PackError
from qbank.importers.source import (
    DOCUMENT_LIMIT,
    MEBIBYTE,
    Source,
    file_source,
    label,
    refused,
    too_large,
)

ARCHIVE_LIMIT: Final = 500 * MEBIBYTE
UNPACKED_LIMIT: Final = 1024 * MEBIBYTE
ENTRIES_LIMIT: Final = 20_000
DIRECTORY_LIMIT: Final = 16 * MEBIBYTE
RATIO_LIMIT: Final = 200
RATIO_FREE: Final = MEBIBYTE
"""Members up to this size may be packed as tightly as they like."""

TEXT_SUFFIXES: Final = (".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv")
PICTURE_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
MANIFESTS: Final = ("pack.yaml", "pack.yml", "pack.json")
QUESTIONS_FOLDER: Final = "questions"

_TAIL_BYTES: Final = 64 * 1024 + 22
_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    struct.error,
)
_REPACK: Final = "Pack the files again with an ordinary zip program."


@dataclass(frozen=True, slots=True)
class Tree:
    """Text members by their place, `folder/name` with `/`, in order of their names; pictures."""

    name: str
    members: dict[str, Source]
    pictures: dict[str, Source] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name without a `.zip`."""
        return self.name.removesuffix(".zip")

    def manifest(self) -> Source | None:
        """The manifest at the top, where there is one."""
        return next((self.members[name] for name in MANIFESTS if name in self.members), None)

    def questions(self) -> list[Source]:
        """The members of the folder `questions`."""
        prefix = f"{QUESTIONS_FOLDER}/"
        return [source for place, source in self.members.items() if place.startswith(prefix)]

    def packs(self) -> "list[Tree | Source]":
        """What is one pack each: folders with a manifest, and every other text by itself."""
        tops = _manifest_folders(self.members)
        found: list[Tree | Source] = [self._under(top) for top in tops]
        found += [
            source
            for place, source in self.members.items()
            if not any(place.startswith(top) for top in tops)
        ]
        return found

    def _under(self, top: str) -> "Tree":
        name = PurePosixPath(top).name or self.name
        return Tree(name, _below(top, self.members), _below(top, self.pictures))


def _below(top: str, members: dict[str, Source]) -> dict[str, Source]:
    return {
        place.removeprefix(top): source
        for place, source in members.items()
        if place.startswith(top)
    }


def folder_tree(path: Path) -> Tree:
    """The texts and pictures of a folder. Hidden files are passed over; links not followed."""
    members: dict[str, Source] = {}
    pictures: dict[str, Source] = {}
    name = label(path.resolve().name)
    for entries, file in enumerate(_files(path), start=1):
        if entries > ENTRIES_LIMIT:
            raise _too_many(name)
        place = file.relative_to(path).as_posix()
        suffix = file.suffix.lower()
        if suffix in TEXT_SUFFIXES:
            members[place] = file_source(file, f"{name}/{place}")
        elif suffix in PICTURE_SUFFIXES:
            pictures[place] = file_source(file, f"{name}/{place}")
    return Tree(name, dict(sorted(members.items())), pictures)


def zip_tree(source: Source) -> Tree:
    """The texts and pictures of a zip archive; PackError, with all findings, where it is unsafe."""
    if source.size > ARCHIVE_LIMIT:
        raise too_large(source.name, ARCHIVE_LIMIT)
    with _open_zip(source) as archive:
        entries = archive.infolist()
    if len(entries) > ENTRIES_LIMIT:
        raise _too_many(source.name)
    findings = list(_check(source.name, entries))
    if findings:
        raise PackError(f"{source.name} was not imported", findings)
    entries = sorted(entries, key=lambda entry: entry.filename)
    members, pictures = (
        {
            entry.filename: _member(source, entry)
            for entry in entries
            if not entry.is_dir() and _is_shown(entry.filename, suffixes)
        }
        for suffixes in (TEXT_SUFFIXES, PICTURE_SUFFIXES)
    )
    return Tree(source.name, members, pictures)


def is_zip(source: Source) -> bool:
    """Whether the source begins as a zip archive does."""
    return source.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _manifest_folders(members: Iterable[str]) -> list[str]:
    """The folders that hold a manifest, as prefixes (`""` is the top), none in another."""
    tops: list[str] = []
    folders = {place.rpartition("/") for place in members if PurePosixPath(place).name in MANIFESTS}
    for folder, slash, _ in sorted(folders):
        prefix = f"{folder}{slash}"
        if not any(prefix.startswith(top) for top in tops):
            tops.append(prefix)
    return tops


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.is_file():
            yield entry


def _is_shown(place: str, suffixes: tuple[str, ...]) -> bool:
    parts = PurePosixPath(place).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not hidden and PurePosixPath(place).suffix.lower() in suffixes


@contextmanager
def _open_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    with source.open() as stream:
        try:
            _check_directory(stream, source)
            with zipfile.ZipFile(stream) as archive:
                yield archive
        except _BROKEN as error:
            problem = "is damaged, or no zip archive"
            raise refused(source.name, None, problem, _REPACK) from error


def _check_directory(stream: BinaryIO, source: Source) -> None:
    """Refuse a directory that is too large to be read, before it is."""
    stream.seek(max(0, source.size - _TAIL_BYTES))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile
    (size,) = struct.unpack_from("<L", tail, end + 12)
    if size > DIRECTORY_LIMIT or tail[max(0, end - 20) :].startswith(b"PK\x06\x07"):
        raise _too_many(source.name)


def _check(name: str, entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """What makes the archive unsafe, entry by entry, before a byte of it is unpacked."""
    seen: set[str] = set()
    total = 0
    for entry in entries:
        where = f"{name}/{label(entry.filename)}"
        total += entry.file_size
        if problem := _entry_problem(entry):
            yield Finding(where, None, "", problem, _REPACK)
        folded = entry.filename.casefold().rstrip("/")
        if folded in seen:
            yield Finding(where, None, "", "stands twice in the archive", "Keep one of them.")
        seen.add(folded)
    if total > UNPACKED_LIMIT:
        size = f"unpacks to more than {UNPACKED_LIMIT // MEBIBYTE:,} MB"
        yield Finding(name, None, "", size, "Split the pack.")


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    """The first thing that is wrong with an entry; empty where all is well."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    packed = entry.compress_size * RATIO_LIMIT
    checks = (
        (_is_absolute(entry.filename), "has an absolute name"),
        (".." in re.split(r"[/\\]", entry.filename), "leaves the archive by '..'"),
        ({"\\", "\0"} & set(entry.orig_filename), "has a sign in its name that none may have"),
        (kind not in (0, stat.S_IFREG, stat.S_IFDIR), "is a link or a device"),
        (entry.flag_bits & _ENCRYPTED, "is encrypted"),
        (entry.compress_type not in _METHODS, "is packed by a method that is not read here"),
        (
            entry.file_size > max(RATIO_FREE, packed),
            f"is packed more than {RATIO_LIMIT} to 1",
        ),
    )
    return next((problem for wrong, problem in checks if wrong), "")


def _is_absolute(place: str) -> bool:
    return place.startswith(("/", "\\")) or _DRIVE.match(place) is not None


def _member(archive: Source, entry: zipfile.ZipInfo) -> Source:
    name = label(f"{archive.name}/{entry.filename}")
    return Source(name, entry.file_size, lambda: _unpack(archive, entry, name))


def _unpack(archive: Source, entry: zipfile.ZipInfo, name: str) -> BinaryIO:
    """The member in memory, counted while it is read: at most `DOCUMENT_LIMIT`."""
    with _open_zip(archive) as opened, opened.open(entry) as stream:
        data = stream.read(DOCUMENT_LIMIT + 1)
    if len(data) > DOCUMENT_LIMIT:
        raise too_large(name, DOCUMENT_LIMIT)
    return io.BytesIO(data)


def _too_many(name: str) -> PackError:
    return refused(name, None, f"holds more than {ENTRIES_LIMIT:,} files", "Split the pack.")
