"""What kind of picture bytes are: told by how they begin, never by a name."""

from typing import Final

_KINDS: Final = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}


def kind_of(head: bytes) -> str | None:
    """What kind of picture begins with these bytes: png, jpeg, gif or webp; None for any other."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _KINDS.items() if head.startswith(magic)), None)
