"""Zip archives as tests need them, in memory."""

import io
import zipfile
from collections.abc import Sequence

MANIFEST = "format: qbank-pack/1\npack:\n  id: zipped\n  title: Zipped\n"
QUESTION = (
    '{"id": "%s", "lead_in": "Which?", "key": "a", '
    '"options": [{"id": "a", "text": "one"}, {"id": "b", "text": "two"}]}\n'
)


def question(name: str) -> str:
    """A native question as one line of JSON."""
    return QUESTION % name


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The members as an archive, in their order."""
    return entries([(zipfile.ZipInfo(name), data) for name, data in members.items()], method)


def entries(
    members: Sequence[tuple[zipfile.ZipInfo, str | bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """An archive of entries that may be strange or stand twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for entry, data in members:
            entry.compress_type = method
            archive.writestr(entry, data)
    return buffer.getvalue()
