"""What is said before, during and after an exam day. No score: only what was done and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import BASE_FACTOR
from qbank.block.sitting_model import DayEnd
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
RULES = (
    "A block that has ended is locked. Its unused time is added to your breaks.",
    "A break beyond the break time is taken from the next block.",
    "No pause and no pace; the one warning comes at 2:00.",
    "Leaving does not stop the clock, in a block or in a break. A crash is not charged.",
)
TUTORIAL = (
    "A letter chooses an answer, X and a letter strikes one out, M flags a question.",
    "O shows all questions, R reviews the block and hands it in.",
    "What you leave of the tutorial's time is added to your breaks.",
)
STARTS_TUTORIAL = "the clock of the tutorial starts"
STARTS_BLOCK = "the day's clock starts"
NOT_KEPT = "nothing is kept of it"
INTERRUPTED = "The day was cut off once or more; that time is not counted."
BACK = "Your exam day goes on here."
LEAVING_BREAK = "The clock of the break runs on while you are away."
LEAVING_TUTORIAL = "The clock of the tutorial runs on while you are away."
LEAVING_BLOCK = "The clock of the block runs on while you are away."
END_ASK = "End the exam day here?"
ENDING = "Blocks you have not begun are not taken. Those behind you stay in History."
NOT_A_SCORE = "Right answers are counted, not scored: no exam's scale stands behind them."
CUT_OFF = "This block was cut off. Its clock goes on with you."
LEFT_ALONE = "You left this block. Its clock has run on."
TUTORIAL_NAME = "Tutorial"
TUTORIAL_OVER = "The tutorial is over."
TUTORIAL_LEFT = "left of the tutorial"
BREAK_LEFT = "break time left"
SESSION_LEFT = "left on the clock of this session, and it runs"
USED_UP = "The break time is used up. Every second is taken from the next block."
RUNS_ON = "No break stands here: the sections of a session share one clock."


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
    """A block by its place in the day: `Block 3 of 16`."""
    return f"Block {number} of {blocks}"


def place(number: int, blocks: int, *, in_block: bool) -> str:
    """The place in a running day: `before block 4 of 16`."""
    return f"{'in' if in_block else 'before'} block {number} of {blocks}"


NOT_OVER = "an exam day is not over yet"
GO_ON_OR_END = "Go on with it, or end it."
OPENS_LATER = "opens when the day is over"
"""A block of a day that is not over, in History."""


def in_block(number: int, blocks: int, day_left_ms: int) -> str:
    """The day while a block runs, in minutes: `Block 3 of 16 · 5 h 12 min left in the day`."""
    minutes_ms = day_left_ms // 60_000 * 60_000
    return f"{block_of(number, blocks)} · {span(minutes_ms)} left in the day"


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
            f"There are questions for {spec.blocks} of {words.count(asked[0], 'block')}: all would "
            f"need {asked[1]:,}, and none comes twice in a day."
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


def preset_meaning(preset: Preset) -> str:
    """An exam in a few words: `16 × 30 min, 316 questions`."""
    return f"{preset.blocks} × {span(preset.minutes * 60_000)}, {preset.total} questions"


def all_of(blocks: int) -> str:
    """What an empty field for the number of blocks means."""
    return f"all {blocks}"


def minutes_of(minutes: int) -> str:
    """What an empty field for the break time means, in minutes."""
    return f"{minutes} min" if minutes else "none"


def clocks(spec: SittingSpec) -> str:
    """How long a block or a session is, with its extra time."""
    limit_ms, factor = spec.sessions[0].limit_ms, spec.time_factor
    said = span(limit_ms)
    if factor != BASE_FACTOR:
        said += f" ({span(limit_ms * BASE_FACTOR // factor)} {words.factor(factor)})"
    parts = len(spec.sessions[0].sizes)
    return f"{said} each" if parts == 1 else f"one clock of {said} over {parts} blocks"


def over(number: int, left_ms: int) -> str:
    """What a break beyond the break time costs."""
    return f"over: block {number} has {words.clock_left(left_ms)} left"


def locked(number: int) -> str:
    """A block has ended."""
    return f"Block {number} is locked."


def lost(blocks: int) -> str:
    """Blocks for which no time was left."""
    return f"{words.count(blocks, 'block')} {words.were(blocks)} lost: no testing time was left."


def goes_on(left_ms: int) -> str:
    """What a block that was cut off still has: `2:47 left`."""
    return f"{words.clock_left(left_ms)} left"


def shorter(percent: int, blocks: int, questions: int) -> str:
    """A day that the questions here would fill."""
    name = {50: "Half a day", 25: "A quarter of a day", 10: "A tenth of a day"}[percent]
    return f"{name} would have all {blocks} blocks, with {questions} questions."


def begins(questions: int, limit_ms: int) -> str:
    """What the next block is: `20 questions, 30:00`."""
    return f"{words.count(questions, 'question')}, {words.clock(limit_ms)}"


def day_left(ms: int) -> str:
    """The day's clock."""
    return f"{hours(ms)} left in the day"


def day_clock(ms: int) -> str:
    """The day's clock beside that of a block."""
    return f"day {hours(ms)}"


def not_taken(blocks: int) -> str:
    """What ending a day here gives up."""
    return f"{words.count(blocks, 'block')} {'is' if blocks == 1 else 'are'} not taken"


def waiting(number: int, blocks: int, day_left_ms: int, *, in_block: bool) -> str:
    """A day that was left: `before block 4 of 16 · 6:12:40 left in the day`."""
    return f"{place(number, blocks, in_block=in_block)} · {day_left(day_left_ms)}"


def ended(reason: DayEnd, taken: int, blocks: int) -> str:
    """How a day ended."""
    said = f"{taken} of {words.count(blocks, 'block')} taken."
    if reason is DayEnd.TIME:
        return f"The day's time is up. {said}"
    return f"Ended by you: {said}" if reason is DayEnd.ENDED else said


def answered(right: int, done: int, questions: int) -> str:
    """What was answered and what was right; no share, no score."""
    return f"{right:,} of {questions:,} right, {words.answered_of(done, questions)}."


def where_time_went(testing_ms: int, break_ms: int, overrun_ms: int, tutorial_ms: int) -> str:
    """The accounts of a day in one line."""
    parts = [f"Testing {hours(testing_ms)}", f"breaks {hours(break_ms)}"]
    if overrun_ms:
        parts.append(f"over the breaks {hours(overrun_ms)}")
    if tutorial_ms:
        parts.append(f"tutorial {words.clock(tutorial_ms)}")
    return f"{' · '.join(parts)}."


def used_of(used_ms: int, limit_ms: int | None) -> str:
    """A block's time: `28:50 of 30:00`."""
    used = words.clock(used_ms)
    return used if limit_ms is None else f"{used} of {words.clock(limit_ms)}"
