"""Where bytes come from: a file, or a member of a folder or archive; always within limits."""

import codecs
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from qbank.content.text import gate
from qbank.errors import Finding, PackError

MEBIBYTE: Final = 1024 * 1024
DOCUMENT_LIMIT: Final = 32 * MEBIBYTE
"""The largest text that is read as a whole: YAML, JSON, a member of an archive."""
STREAM_LIMIT: Final = 1024 * MEBIBYTE
"""The largest file that is read line by line."""
VALUES_LIMIT: Final = 750_000
"""The most lists, mappings and lines of a document: each costs much more memory than its bytes."""
HEAD_BYTES: Final = 64 * 1024
UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_NO_SLUG: Final = re.compile(r"[^A-Za-z0-9._+-]+")
_SLUG_LIMIT: Final = 100


@dataclass(frozen=True)
class Source:
    """Bytes with a name. `name` is a label for people, never a path to write to."""

    name: str
    size: int
    opener: Callable[[], BinaryIO]

    def open(self) -> BinaryIO:
        """The bytes from the beginning; PackError where they cannot be had."""
        try:
            return self.opener()
        except OSError as error:
            raise refused(self.name, None, error.strerror or "cannot be opened") from error

    @cached_property
    def head(self) -> bytes:
        """The first bytes, enough to tell what the source is."""
        with self.open() as stream:
            return read_some(stream, HEAD_BYTES, self.name)

    @cached_property
    def start(self) -> bytes:
        """The head as UTF-8, without a byte order mark and leading space."""
        head = self.head
        if head.startswith(UTF16_MARKS):
            head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode("utf-8", "ignore")
        return head.removeprefix(codecs.BOM_UTF8).lstrip()

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot, in small letters."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return PurePosixPath(self.name).stem

    def read(self, dense: bytes = b"") -> bytes:
        """All of it; PackError above `DOCUMENT_LIMIT`.

        `dense` are the signs that begin a value: more than `VALUES_LIMIT` of them are refused.
        """
        with self.open() as stream:
            data = read_some(stream, DOCUMENT_LIMIT + 1, self.name)
        if len(data) > DOCUMENT_LIMIT:
            raise too_large(self.name, DOCUMENT_LIMIT)
        check_density(self.name, (data.count(sign) for sign in dense))
        return data


def file_source(path: Path, name: str = "") -> Source:
    """A file on disk; `name` is its label, the file's own name by default."""
    return Source(label(name or path.name), path.stat().st_size, lambda: path.open("rb"))


def bytes_source(name: str, data: bytes) -> Source:
    """Bytes in memory."""
    return Source(label(name), len(data), lambda: io.BytesIO(data))


def label(name: str) -> str:
    """A file's name as one line that is fit to be shown."""
    return " ".join(gate(name).text.split()) or "unnamed"


def pack_id(name: str) -> str:
    """A pack's id from a file's name without its ending."""
    slug = _NO_SLUG.sub("-", name).strip("-._+")[:_SLUG_LIMIT]
    if slug:
        return slug
    return f"pack-{blake2b(name.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"


def read_some(stream: BinaryIO, limit: int, name: str) -> bytes:
    """Up to `limit` bytes; PackError where the disk fails."""
    try:
        return stream.read(limit)
    except OSError as error:
        raise refused(name, None, error.strerror or "cannot be read") from error


def check_density(name: str, counts: Iterable[int]) -> None:
    """PackError where the signs that begin values, as counted, are more than `VALUES_LIMIT`."""
    if sum(counts) > VALUES_LIMIT:
        problem = f"holds more than {VALUES_LIMIT:,} values"
        raise refused(name, None, problem, "Split it, or write it as JSON Lines.")


def refused(name: str, line: int | None, problem: str, fix: str = "") -> PackError:
    """The error for a source that cannot be taken as a whole."""
    return PackError(f"{name} was not imported", [Finding(name, line, "", problem, fix)])


def too_large(name: str, limit: int) -> PackError:
    """The error for a source above a limit."""
    allowed = f"{limit // MEBIBYTE:,} MB"
    fix = "Split it, or write it as JSON Lines, which is read line by line."
    return refused(name, None, f"is larger than {allowed}", fix)
