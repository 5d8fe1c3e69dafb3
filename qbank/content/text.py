"""The text gate: what a pack's text must lose before it is stored or shown.

Everything that came from a pack passes here once, at import. What comes out can
neither steer a terminal nor hide or reorder what a reader sees.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final, NewType

PackText = NewType("PackText", str)

MARKS_LIMIT: Final = 4
DEPTH_LIMIT: Final = 12

# Ways to end a line become one; they are replaced, not counted as removed.
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\u2028\u2029]")

# Controls (C0 but newline and tab, DEL, C1), lone surrogates, non-characters, and what is
# invisible or turns the direction of text. The joiners U+200C and U+200D stay: scripts need them.
_FORBIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
)

# Only where five characters of this range stand together can there be too many marks.
_MAYBE_MARKS: Final = re.compile("[\u0300-\U0010ffff]{5}")


@dataclass(frozen=True, slots=True)
class Gated:
    """Text fit to be stored, and how many characters it lost."""

    text: PackText
    removed: int


def gate(text: str) -> Gated:
    """Remove what may not be stored; normalise line ends and composition (NFC)."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return Gated(PackText(text), 0)
    text = _LINE_ENDS.sub("\n", text)
    text, removed = _FORBIDDEN.subn("", text)
    text = unicodedata.normalize("NFC", text)
    if _MAYBE_MARKS.search(text):
        text, dropped = _limit_marks(text)
        removed += dropped
    return Gated(PackText(text), removed)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _limit_marks(text: str) -> tuple[str, int]:
    """Keep the first four of a run of combining marks; also say how many were dropped."""
    kept: list[str] = []
    for marks, run in groupby(text, _is_mark):
        kept.append("".join(islice(run, MARKS_LIMIT if marks else None)))
    limited = "".join(kept)
    return limited, len(text) - len(limited)


def gate_document(document: object, depth: int = DEPTH_LIMIT) -> tuple[object, int]:
    """Gate every string of a document of dicts, lists and scalars, names included.

    Returns the document and the number of characters removed. Raises ValueError where two
    names of one mapping become the same, or where more than `depth` levels are nested.
    """
    if isinstance(document, str):
        gated = gate(document)
        return gated.text, gated.removed
    if not isinstance(document, dict | list | tuple):
        return document, 0
    if depth <= 0:
        raise ValueError(f"more than {DEPTH_LIMIT} levels inside each other")
    if isinstance(document, dict):
        return _gate_mapping(document, depth - 1)
    items = [gate_document(item, depth - 1) for item in document]
    return [item for item, _ in items], sum(removed for _, removed in items)


def _gate_mapping(mapping: dict[object, object], depth: int) -> tuple[dict[object, object], int]:
    result: dict[object, object] = {}
    total = 0
    for name, value in mapping.items():
        clean_name, in_name = gate_document(name, depth)
        if clean_name in result:
            raise ValueError(f"the name {clean_name!r} stands twice")
        result[clean_name], in_value = gate_document(value, depth)
        total += in_name + in_value
    return result, total


def normalise(text: str) -> str:
    """Text for comparing: gated, compatibility forms and case folded, single spaces."""
    folded = unicodedata.normalize("NFKC", gate(text).text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())
