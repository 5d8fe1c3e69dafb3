"""Short blocks of questions like one that was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.services.views.building import BlockRequest


@dataclass(frozen=True, slots=True)
class Alike:
    """One way in which other questions are like it: what is shared, and the block of them.

    `fresh` questions were never on screen; where there are none, `request` takes seen ones.
    `sentence` says what will happen.
    """

    what: str
    shared: str
    fresh: int
    request: BlockRequest
    sentence: str
