"""The form of a request as it stands: counts for its boxes, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

from qbank.content.exam import short_labels
from qbank.reporting import build_words
from qbank.services.pool import NEXT_STEP, Facets
from qbank.services.views import Choice, Seen

if TYPE_CHECKING:
    from qbank.content.exam import Preset
    from qbank.services.views import BlockRequest

_SEEN_LABELS = {
    Seen.UNUSED: "unused",
    Seen.INCORRECT: "not right",
    Seen.FLAGGED: "flagged",
    Seen.CORRECT: "right",
}


class Boxes(TypedDict):
    """The boxes of a form, by its lines."""

    systems: tuple[Choice, ...]
    tasks: tuple[Choice, ...]
    next_steps: tuple[Choice, ...]
    packs: tuple[Choice, ...]
    seen: tuple[Choice, ...]


def boxes(facets: Facets, packs: Mapping[str, str]) -> Boxes:
    """A box for every value that occurs; `packs` are their titles by id."""
    labels = short_labels()
    return Boxes(
        systems=_choices(facets.systems, labels),
        tasks=_choices(facets.tasks, {**labels, NEXT_STEP: "next step"}),
        next_steps=_choices(facets.next_steps, build_words.NEXT_STEPS),
        packs=_choices(facets.packs, packs),
        seen=tuple(Choice(each, said, facets.seen[each]) for each, said in _SEEN_LABELS.items()),
    )


def sentence(
    request: BlockRequest, facets: Facets, preset: Preset, block: tuple[int, int | None, str]
) -> str:
    """What matches and what the `block` (its size, its limit, what it races) is."""
    if not block[0]:
        return build_words.NOTHING
    matching, asked, there = facets.matching, request.count, facets.seen.total()
    if request.retake:
        said = build_words.SAME
    elif not matching:
        said = build_words.none_fresh(block[0])
    elif matching >= asked:
        said = build_words.match(matching)
    elif there < asked == preset.questions:
        said = build_words.preset_is_larger(preset.name, asked, matching)
    elif request.seen == (Seen.UNUSED,) and there > matching:
        said = build_words.fewer_fresh(matching, asked)
    else:
        said = build_words.fewer_match(matching, asked)
    return f"{said} {build_words.will_take(*block, time_factor=request.time_factor)}"


def _choices(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Choice, ...]:
    """A box for every value that occurs, in the order of the labels."""
    order = {value: place for place, value in enumerate(labels)}
    values = sorted(
        (value for value, number in counts.items() if number),
        key=lambda value: (order.get(value, len(order)), value),
    )
    return tuple(
        Choice(value, labels.get(value, value) or "no label", counts[value]) for value in values
    )
