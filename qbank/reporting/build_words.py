"""What a request for a block will give, in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.block.model import BASE_FACTOR, Mode
from qbank.reporting import words
from qbank.reporting.words import clock, count, limit, sentence

if TYPE_CHECKING:
    from qbank.content.exam import Preset

NOTHING = "No question matches."
SAME = "The same questions as before, in the same order."
NOT_A_BEST = "such a block cannot be a best."
WHOLE_DAY = "A whole exam day: blocks, breaks and the day's clock. Start opens its own form."
CHECK = "check with the exam's own site"

DRILL = "Next-step drill"
USUAL = "the usual"
FITTING = "what fits now"
EVEN_ALONE = "even pace alone"
NO_MARK_YET = "nobody: the first three set a mark"
FINISH_FIRST = "nobody: first three with none blank"
NO_BEST_YET = "nobody: there is no best yet"


NEXT_STEPS = {
    "diagnostic": "test",
    "therapeutic": "treatment",
    "procedural": "procedure",
    "preventive": "prevention",
    "communication": "what to say",
    "mixed": "management in general",
}
"""What kind of step is asked, in the order of the form."""


def will_take(
    taken: int, limit_ms: int | None, racing: str = "", *, time_factor: int = BASE_FACTOR
) -> str:
    """What the block is: `This block: 20 of them, 30:00, racing your best (29:20).`"""
    said = f"This block: {taken} of them, {limit(limit_ms, time_factor)}"
    return f"{said}, {racing}." if racing else f"{said}."


def racing(whom: str, used_ms: int) -> str:
    """What is raced: `racing your best (29:20)`."""
    return f"racing {whom} ({clock(used_ms)})"


def form_meaning(size: int, mode: Mode, time_factor: int = BASE_FACTOR) -> str:
    """What a form to begin with asks for: `10 q · timed × 1.5`."""
    timed = mode is Mode.TIMED and time_factor != BASE_FACTOR
    return f"{size} q · {words.mode(mode)}{f' {words.factor(time_factor)}' if timed else ''}"


def run_meaning(used_ms: int, right: int, when: str) -> str:
    """What an earlier run came to: `29:20, 15 right, 12 Nov 20:40`."""
    return f"{clock(used_ms)}, {right} right, {when}"


def time_in_hand(ms: float) -> str:
    """Why nobody is raced by one who has time left."""
    return f"nobody: {clock(round(ms))} in hand is enough"


def match(matching: int) -> str:
    """How many match: `214 questions match.`"""
    return f"{count(matching, 'question')} {'matches' if matching == 1 else 'match'}."


def fewer_match(matching: int, asked: int) -> str:
    """Fewer than asked for: `12 questions match, 8 fewer than asked.`"""
    return f"{match(matching)[:-1]}, {asked - matching} fewer than asked."


def preset_meaning(preset: Preset) -> str:
    """How long a block of a preset is: `20 q · 30 min`."""
    return f"{preset.questions} q · {preset.minutes} min"


def in_force(preset: Preset) -> str:
    """Since when a preset holds, what it is part of, and how sure that is."""
    whole = f"{count(preset.blocks, 'block')}, {count(preset.total, 'question')} in all"
    said = f"In force: {preset.in_force}. {whole}."
    return f"{said} {sentence(CHECK)}" if preset.uncertain else said


def as_the_preset(limit_ms: int) -> str:
    """What stands in the field of minutes while nothing is typed there."""
    return f"{clock(limit_ms)} as the preset"


def preset_is_larger(name: str, questions: int, matching: int) -> str:
    """A preset that asks for more questions than match."""
    return f"{name} has {count(questions, 'question')}; {matching} match here, at the same pace."


def fewer_fresh(fresh: int, asked: int) -> str:
    """Fewer unused ones than asked for, and what the rest would be."""
    missing = asked - fresh
    rest = "one you have seen" if missing == 1 else "ones you have seen"
    return f"{fresh} fresh left here. The other {missing} would be {rest}; {NOT_A_BEST}"


def none_fresh(filled: int) -> str:
    """Nothing unused is left, and the block is filled with what was seen."""
    return (
        "Nothing unused is left here. "
        f"{count(filled, 'question')} you have seen: to look at again first, then the oldest; "
        f"{NOT_A_BEST}"
    )
