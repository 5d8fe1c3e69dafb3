"""The time line of a question in words, and what a person may give as the reason of a miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qbank.block.timeline import Deed, Moment

REASONS: Mapping[str, str] = {
    "not_answered": "not answered",
    "very_quick": "very quick",
    "changed_away": "changed away from right",
    "near_the_end": "very quick, near the end",
    "first_choice_early": "long, and the first choice came early",
    "harmful": "would harm here",
    "other_diagnosis": "right for another case",
    "too_early": "step too early",
    "too_late": "step already done",
    "insufficient": "not enough",
    "needless": "changes nothing now",
    "knowledge": "knowledge",
    "misread": "misread",
}
"""Every reason by its name, as it is said."""

_DEEDS: Mapping[Deed, str] = {
    Deed.FIRST_LOOK: "first look",
    Deed.CAME_BACK: "came back",
    Deed.ANSWERED: "answered {}",
    Deed.CHANGED: "changed to {}",
    Deed.ANSWERED_AGAIN: "answered {} as before",
    Deed.CLEARED: "cleared the answer",
    Deed.FLAGGED: "flagged",
    Deed.UNFLAGGED: "took the flag off",
    Deed.REVEALED: "read the explanation",
}


def deed(moment: Moment, letters: Mapping[str, str], order: Sequence[str]) -> str:
    """What was done, with the letters (or, past J, the places) the options had in the block."""
    chosen = sorted(order.index(option) for option in moment.options)
    said = [letters.get(order[place], f"number {place + 1}") for place in chosen]
    return _DEEDS[moment.what].format(" and ".join(said))
