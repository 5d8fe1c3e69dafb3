"""Pictures of a pack's questions: found in its folder or archive, told by their bytes, bounded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from qbank.content.findings import field_name
from qbank.content.load import Located
from qbank.content.pictures import kind_of
from qbank.content.question import Exhibit, Question
from qbank.errors import Finding, nearest
from qbank.importers.base import Picture
from qbank.importers.source import MEBIBYTE, Source

PICTURE_LIMIT: Final = 8 * MEBIBYTE

_ONE_FILE: Final = "Put the pack into a folder or zip with a pack.yaml, and the picture there too."


@dataclass(frozen=True, slots=True)
class Pictures:
    """The picture files of a pack by their place in it."""

    files: Mapping[str, Source]

    def findings(self, located: Located) -> Iterator[Finding]:
        """What is wrong with the pictures of a question."""
        for number, exhibit in enumerate(located.question.exhibits):
            for field, problem, fix in self._problems(exhibit):
                path = ("exhibits", number, field)
                line = located.line_of(path)
                yield Finding(located.file, line, field_name(path), problem, fix)

    def with_bytes(self, question: Question) -> tuple[Question, tuple[Picture, ...]]:
        """The question with its pictures' hashes filled in, and the pictures themselves."""
        if not question.exhibits:
            return question, ()
        found = [self._picture(exhibit) for exhibit in question.exhibits]
        exhibits = tuple(
            exhibit.model_copy(update={"sha256": picture.sha256})
            for exhibit, picture in zip(question.exhibits, found, strict=True)
        )
        return question.model_copy(update={"exhibits": exhibits}), tuple(found)

    def _problems(self, exhibit: Exhibit) -> Iterator[tuple[str, str, str]]:
        """(field, what is wrong with it, what to do)."""
        source = self.files.get(exhibit.file)
        if source is None:
            near = nearest(exhibit.file, self.files)
            fix = f"Did you mean {near!r}?" if near else "" if self.files else _ONE_FILE
            yield "file", f"there is no {exhibit.file!r} in the pack", fix or "Add the file."
        elif source.size > PICTURE_LIMIT:
            size = f"is larger than {PICTURE_LIMIT // MEBIBYTE} MB"
            yield "file", size, "Make the picture smaller."
        elif kind_of(source.head) is None:
            fix = "Save it as PNG, JPEG, GIF or WebP."
            yield "file", f"{exhibit.file!r} is no picture that is shown here", fix
        elif exhibit.sha256 and exhibit.sha256 != self._picture(exhibit).sha256:
            fix = "Leave `sha256` out, or put the right file in."
            yield "sha256", f"{exhibit.file!r} is another file", fix

    def _picture(self, exhibit: Exhibit) -> Picture:
        data = self.files[exhibit.file].read()
        return Picture(sha256(data).hexdigest(), kind_of(data) or "", data)
