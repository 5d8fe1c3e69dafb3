"""What an importer is, and what it hands on: packs whose questions come one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from qbank.content.documents import Path
from qbank.content.pack import Pack
from qbank.content.question import Question
from qbank.importers.source import Source

STANDS_BEFORE = "stands before, at"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person may say about a file that cannot speak for itself.

    `key_base` is 0 or 1: what the first option is called where the key is a number.
    `encoding` is a codec's name; None tries UTF-8, then Windows-1252 line by line.
    """

    key_base: int | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file: the hex SHA-256 of its bytes, its kind (png, jpeg, gif, webp), the bytes."""

    sha256: str
    kind: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that was read, where it stands (`file:line`), what the text gate removed.

    `line_of` gives the line of one of its fields, where the format has lines for them;
    `pictures` are those that its exhibits name.
    """

    question: Question
    where: str
    removed: int = 0
    line_of: Callable[[Path], int] | None = field(default=None, compare=False, repr=False)
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """A row that could not be taken, where it stands and why."""

    where: str
    reason: str


@dataclass(slots=True)
class Reading:
    """One pack on its way in.

    `items` can be gone through once, while the file is still being read; `notes` (plain
    sentences: what was guessed, which lines were in another encoding) are complete when it
    is used up. `total` is the number of items where it is known. `complete` says that the
    items are all of the pack: what it held before and no longer holds is retired.
    """

    pack: Pack
    format: str
    source: str
    items: Iterator[Draft | Skip]
    total: int | None = None
    complete: bool = False
    notes: list[str] = field(default_factory=list)


class Importer(Protocol):
    """A format: how well it fits a source, and what is in it."""

    name: str

    def identify(self, source: Source) -> int:
        """How sure it is that the source is of this format: 0 (it is not) to 100."""
        ...

    def read(self, source: Source, options: ReadOptions) -> Iterable[Reading]:
        """The packs of the source; PackError where it cannot be read at all."""
        ...
