"""The hash chain of a block's log: a changed, lost or swapped row breaks it.

SQLite keeps no checksum of what stands in a row, so bit rot inside a payload
passes its own checks. The chain is against accidents, not against a person who
edits their own file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from hashlib import blake2b

SIZE = 16
"""Bytes of a link."""

Link = tuple[int, int, str, str, bytes]
"""A row of the log as the chain sees it: seq, at_ms, kind, payload, chain."""


def origin(block_uuid: str) -> bytes:
    """What the first event of a block hangs on: the block itself."""
    return blake2b(block_uuid.encode(), digest_size=SIZE, person=b"qbank block").digest()


def chain(previous: bytes, seq: int, at_ms: int, kind: str, payload: str) -> bytes:
    """The link of one event: a hash over the link before it (or `origin`) and the row."""
    digest = blake2b(previous, digest_size=SIZE, person=b"qbank event")
    kind_bytes = kind.encode()
    digest.update(struct.pack(">qqq", seq, at_ms, len(kind_bytes)))
    digest.update(kind_bytes)
    digest.update(payload.encode())
    return digest.digest()


def first_break(block_uuid: str, log: Iterable[Link]) -> int | None:
    """The seq of the first event (in order of seq) whose link is wrong; None where all hold.

    A flipped bit may turn a number into text or the other way round: that is a break too.
    """
    previous = origin(block_uuid)
    for seq, at_ms, kind, payload, link in log:
        try:
            holds = chain(previous, seq, at_ms, kind, payload) == link
        except (AttributeError, TypeError, struct.error):
            holds = False
        if not holds:
            return seq
        previous = link
    return None
