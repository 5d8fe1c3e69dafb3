"""The lines of a text whose encoding nobody wrote down.

A byte order mark decides; else each line is UTF-8 where it can be and Windows-1252 where it
cannot. A guess over the whole file would ruin hundreds of lines for the sake of one.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from qbank.errors import NotFound, PackError
from qbank.importers.source import MEBIBYTE, STREAM_LIMIT, UTF16_MARKS, Source, refused, too_large

LINE_LIMIT: Final = 8 * MEBIBYTE
LINES_NAMED: Final = 12
_CHUNK: Final = 64 * 1024
_KNOWN: Final = ("utf-8", "utf-16", "cp1252", "latin-1", "cp437", "cp850", "mac-roman", "shift-jis")


class TextLines:
    """Lines with their ends, as often as wanted; says afterwards which were not UTF-8.

    `limit` and `line_limit` are bytes of the file and of a line (characters, where the
    encoding is declared).
    Raises PackError for a line or a file above its limit and for bytes that a declared
    encoding does not know; NotFound for an unknown encoding.
    """

    def __init__(
        self,
        source: Source,
        encoding: str | None = None,
        *,
        limit: int = STREAM_LIMIT,
        line_limit: int = LINE_LIMIT,
    ) -> None:
        if source.size > limit:
            raise too_large(source.name, limit)
        self._source = source
        self._line_limit = line_limit
        self._encoding = _declared(encoding, source.head)
        self.fallback: list[int] = []
        """Lines read as Windows-1252 the last time."""

    def __iter__(self) -> Iterator[str]:
        self.fallback = []
        with self._source.open() as stream:
            try:
                if self._encoding is None:
                    yield from self._guessed(stream)
                else:
                    yield from self._decoded(stream, self._encoding)
            except OSError as error:
                name = self._source.name
                raise refused(name, None, error.strerror or "cannot be read") from error

    def note(self) -> str:
        """One sentence on the lines that were not UTF-8; empty where all were."""
        count = len(self.fallback)
        if not count:
            return ""
        named = ", ".join(str(line) for line in self.fallback[:LINES_NAMED])
        if count == 1:
            return f"Line {named} is not UTF-8 and was read as Windows-1252."
        more = ", ..." if count > LINES_NAMED else ""
        return f"{count} lines are not UTF-8 and were read as Windows-1252: {named}{more}."

    def _guessed(self, stream: BinaryIO) -> Iterator[str]:
        for number, line in enumerate(self._split(stream), start=1):
            try:
                text = line.decode("utf-8")
                yield text.removeprefix("\ufeff") if number == 1 else text
            except UnicodeDecodeError:
                self.fallback.append(number)
                yield _windows(line)

    def _split(self, stream: BinaryIO) -> Iterator[bytes]:
        head = self._source.head
        if b"\r" in head and b"\n" not in head:
            yield from self._split_at_returns(stream)
            return
        number = 0
        while line := stream.readline(self._line_limit + 1):
            number += 1
            if len(line) > self._line_limit:
                raise self._too_long(number)
            yield line

    def _split_at_returns(self, stream: BinaryIO) -> Iterator[bytes]:
        """Lines that end in a carriage return alone, as old Macs wrote them."""
        number, rest = 0, b""
        while chunk := stream.read(_CHUNK):
            *lines, rest = (rest + chunk).split(b"\r")
            for line in lines:
                number += 1
                yield line + b"\n"
            if len(rest) > self._line_limit:
                raise self._too_long(number + 1)
        if rest:
            yield rest

    def _decoded(self, stream: BinaryIO, encoding: str) -> Iterator[str]:
        text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
        number = 0
        try:
            while line := text.readline(self._line_limit + 1):
                number += 1
                if len(line) > self._line_limit:
                    raise self._too_long(number)
                yield line.removeprefix("\ufeff") if number == 1 else line
        except UnicodeError as error:
            problem = f"a character is not {encoding}"
            fix = "Give the right --encoding, or save the file as UTF-8."
            raise refused(self._source.name, number + 1, problem, fix) from error
        finally:
            # Whoever opened the stream closes it.
            text.detach()

    def _too_long(self, number: int) -> PackError:
        problem = f"the line is longer than {self._line_limit // MEBIBYTE} MB"
        return refused(self._source.name, number, problem, "Write one question a line.")


def _declared(encoding: str | None, head: bytes) -> str | None:
    """The encoding that was said, by the person or by the file's mark."""
    if encoding is None:
        return "utf-16" if head.startswith(UTF16_MARKS) else None
    try:
        b"a".decode(encoding)
    except UnicodeError:
        pass  # one byte is not enough for it, but it is an encoding
    except (LookupError, ValueError):
        raise NotFound("encoding", encoding, _KNOWN) from None
    return encoding


def _windows(line: bytes) -> str:
    """Windows-1252; the five bytes it leaves open become controls, which the gate removes."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in line)
