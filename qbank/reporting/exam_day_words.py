"""What is said before, during and after an exam day. No score: only what was done and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import BASE_FACTOR
from qbank.block.sitting_model import WHOLE_DAY, DayEnd
from qbank.reporting import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qbank.block.sitting_model import SittingSpec
    from qbank.content.exam import Preset

NAME = "Exam day"
HOUR_MS = 3_600_000
NOTHING = "There is no question to take."
CHECK = "Check these times with the exam's own site."
NO_BREAK = "No break time is known for this exam. Type what yours has."
LOCKED = "A block that has ended is locked."
TUTORIAL = (
    "This is the tutorial's place. What you leave of its time is added to your breaks.",
    "A letter answers, X and a letter strikes out, M flags, O shows all questions.",
    "R reviews the block and hands it in. A block that has ended is locked.",
    "There is no pause. Leaving does not stop the clock, in a block or in a break.",
    "The one warning comes when 2:00 are left in a block.",
)
BREAK = "Unused time of a block is added to your breaks."
OVER_POOL = "The break time is used up. Time goes from the next block now."
RUNS_ON = "No break here: the clock of this session runs on."
BREAK_RUNS_ON = "The clock of your break runs on while you are away."
ENDING = "Blocks you have not begun are not taken. Those behind you stay in History."
NOT_A_SCORE = "Right answers are counted, not scored: this is no forecast of an exam."


def hours(ms: int) -> str:
    """A long time as h:mm:ss, whole seconds: `8:12:05`."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def span(ms: int) -> str:
    """A planned time in words: `9 h`, `55 min`, `5 h 20 min`, `2:45`."""
    minutes, rest_ms = divmod(ms, 60_000)
    if rest_ms:
        return words.clock(ms) if ms < HOUR_MS else hours(ms)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def block_name(day: str, number: int) -> str:
    """What a block of a day is called."""
    return f"{day} · block {number}"


def block_of(number: int, blocks: int) -> str:
    """The place in a running day."""
    return f"Block {number} of {blocks}"


def sizes_said(sizes: Sequence[int]) -> str:
    """`16 blocks: 14 of 20 and 2 of 18 questions`."""
    kinds = {size: sizes.count(size) for size in sorted(set(sizes), reverse=True)}
    if len(kinds) == 1:
        return f"{words.count(len(sizes), 'block')} of {words.count(sizes[0], 'question')}"
    each = " and ".join(f"{number} of {size}" for size, number in kinds.items())
    return f"{words.count(len(sizes), 'block')}: {each} questions"


def planned(preset: Preset, spec: SittingSpec, asked: tuple[int, int], seen: int) -> Iterator[str]:
    """What a day will be; `asked` are its blocks and questions, had there been enough."""
    questions = sum(spec.sizes)
    if questions < asked[1]:
        yield (
            f"{asked[1]} questions were asked for and {questions} are taken: "
            f"{words.count(spec.blocks, 'block')} of {asked[0]}. No question comes twice in a day."
        )
    if seen:
        fresh = "None of the" if seen == questions else f"{questions - seen:,} of the"
        are = "are" if questions - seen != 1 else "is"
        yield f"{fresh} {questions:,} questions {are} fresh; {seen:,} you have seen."
    yield f"{sizes_said(spec.sizes)}, {clocks(spec)}."
    parts = [f"breaks {span(spec.break_ms)}"]
    if spec.tutorial_ms:
        parts.append(f"tutorial {span(spec.tutorial_ms)}")
    yield f"{', '.join(parts).capitalize()}. The whole day: {span(spec.authorised_ms)}."
    if not spec.break_ms and spec.blocks > 1:
        yield NO_BREAK
    if preset.uncertain:
        yield CHECK


def clocks(spec: SittingSpec) -> str:
    """How long a block or a session is, with its extra time."""
    limit_ms, factor = spec.sessions[0].limit_ms, spec.time_factor
    said = span(limit_ms)
    if factor != BASE_FACTOR:
        said += f" ({span(limit_ms * BASE_FACTOR // factor)} {words.factor(factor)})"
    parts = len(spec.sessions[0].sizes)
    return f"{said} each" if parts == 1 else f"one clock of {said} over {parts} blocks"


def shortened(percent: int) -> str:
    """How much of a day this is; empty for a whole one."""
    return "" if percent == WHOLE_DAY else f"{percent} % of a day"


def waiting(name: str, number: int, blocks: int, day_left_ms: int, in_block: bool) -> str:
    """A day that was left: `"Exam day" · break before block 4 of 16 · 6:12:40 left in the day`."""
    where = f"in block {number}" if in_block else f"before block {number}"
    return f'"{name}" · {where} of {blocks} · {hours(day_left_ms)} left in the day'


def ended(reason: DayEnd, taken: int, blocks: int) -> str:
    """How a day ended."""
    if reason is DayEnd.TIME:
        return f"The day's time is up. {taken} of {words.count(blocks, 'block')} taken."
    if reason is DayEnd.ENDED:
        return f"Ended after {words.count(taken, 'block')} of {blocks}."
    lost = blocks - taken
    return f"All {blocks} blocks are behind you." if not lost else f"{taken} of {blocks} taken."


def where_time_went(testing_ms: int, break_ms: int, overrun_ms: int, tutorial_ms: int) -> str:
    """The accounts of a day in one line."""
    parts = [f"testing {hours(testing_ms)}", f"breaks {hours(break_ms)}"]
    if overrun_ms:
        parts.append(f"over the breaks {hours(overrun_ms)}")
    if tutorial_ms:
        parts.append(f"tutorial {words.clock(tutorial_ms)}")
    return " · ".join(parts)
