"""From an exam preset to an exam day: how many blocks of what size, and how much time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import BASE_FACTOR
from qbank.block.sitting_model import WHOLE_DAY, Session, SittingSpec
from qbank.errors import NotFound, UsageError
from qbank.services.choosing import FACTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qbank.content.exam import Preset
    from qbank.services.views import SittingRequest

MINUTE_MS = 60_000
MOST_BREAK = 600


def check(request: SittingRequest, presets: Mapping[str, Preset]) -> None:
    """Raise NotFound for an unknown preset, UsageError for what is no exam day."""
    if request.preset and request.preset not in presets:
        raise NotFound("preset", request.preset, presets)
    if request.preset and presets[request.preset].drill:
        raise UsageError(f"{presets[request.preset].name} is a drill; it has no day")
    if request.time_factor not in FACTORS:
        allowed = ", ".join(map(str, FACTORS))
        raise UsageError(f"time is {allowed} percent, not {request.time_factor}")
    if not 1 <= request.compress <= WHOLE_DAY:
        raise UsageError(f"a day is 1 to {WHOLE_DAY} percent of a day, not {request.compress}")
    if request.blocks is not None and request.blocks < 1:
        raise UsageError("an exam day has at least one block")
    if request.break_minutes is not None and not 0 <= request.break_minutes <= MOST_BREAK:
        raise UsageError(f"breaks are 0 to {MOST_BREAK} minutes, not {request.break_minutes:g}")


def block_sizes(preset: Preset) -> tuple[int, ...]:
    """The questions of every block (or section) of an exam, the short ones last.

    Each has as many as it may until the total asks for fewer: 316 in 16 blocks of 18 to 20
    are 14 of 20 and 2 of 18.
    """
    parts = preset.blocks * preset.sections
    most = -(-preset.questions // preset.sections)
    least = preset.questions_min or most
    short = max(0, parts * most - preset.total)
    step = max(most - least, -(-short // parts))
    sizes = []
    for _ in range(parts):
        fewer = min(step, short)
        sizes.append(most - fewer)
        short -= fewer
    return tuple(reversed(sizes))


def asked_sizes(preset: Preset, request: SittingRequest) -> tuple[int, ...]:
    """The questions of every block that is asked for."""
    sizes = block_sizes(preset)[: request.blocks]
    return tuple(max(1, round(size * request.compress / WHOLE_DAY)) for size in sizes)


def that_fit(sizes: Sequence[int], questions: int) -> tuple[int, ...]:
    """As many of the blocks as there are questions for; the first one shorter, if need be."""
    fitting: list[int] = []
    for size in sizes:
        if sum(fitting) + size > questions:
            break
        fitting.append(size)
    if not fitting and questions:
        fitting.append(questions)
    return tuple(fitting)


def plan(
    preset: Preset, request: SittingRequest, sizes: Sequence[int], sitting_id: str = ""
) -> SittingSpec:
    """The day of so many blocks of these sizes.

    Extra time lengthens the blocks alone. Breaks are shared out, in whole minutes: half of
    the blocks have half of the exam's break time, unless the person says how much. A session
    of several sections that is cut short has so much less on its clock.
    """
    of_blocks = preset.blocks * preset.sections
    whole_ms = _share(preset.minutes * MINUTE_MS, request.compress)
    whole_ms = whole_ms * request.time_factor // BASE_FACTOR
    sessions = []
    for first in range(0, len(sizes), preset.sections):
        part = tuple(sizes[first : first + preset.sections])
        limit_ms = whole_ms * len(part) // preset.sections
        sessions.append(Session(_whole_seconds(limit_ms), part))
    if request.break_minutes is not None:
        break_ms = round(request.break_minutes * MINUTE_MS)
    else:
        whole_break_ms = preset.break_minutes * MINUTE_MS * len(sizes) // of_blocks
        break_ms = _share(round(whole_break_ms / MINUTE_MS) * MINUTE_MS, request.compress)
    tutorial_ms = _share(preset.tutorial_minutes * MINUTE_MS, request.compress)
    return SittingSpec(
        sitting_id=sitting_id,
        preset=preset.id,
        sessions=tuple(sessions),
        tutorial_ms=_whole_seconds(tutorial_ms),
        break_ms=_whole_seconds(break_ms),
        break_every=preset.break_every,
        unused_to_break=preset.unused_to_break,
        time_factor=request.time_factor,
        compress=request.compress,
    )


def _share(ms: int, percent: int) -> int:
    return ms * percent // WHOLE_DAY


def _whole_seconds(ms: int) -> int:
    return -(-ms // 1000) * 1000
