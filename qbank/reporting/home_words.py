"""The doors of Home and the sentences below them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qbank.block.model import BASE_FACTOR
from qbank.reporting import words

FIRST_BLOCK = "First block"
HALF_BLOCK = "Half a block"
JUST_FIVE = "Just five"
RESUME = "Resume"
EXAM_BLOCK = "New exam block"
LOOK_AGAIN = "Look again"
SAME_QUESTIONS = "Same questions"
NEW_BLOCK = "New block"
IMPORT = "Import a pack"

AS_THE_EXAM = ", as one block of the real exam"
SEEN_ONES = ", of questions you have seen"
NO_CLOCK = "no clock; answer and read"
CHOOSE = "choose topics, length, mode"
FORMATS = "YAML, JSON, JSON Lines, CSV: a file, a folder or a zip"
MARKS = "Your first three blocks only set a starting mark. There is nothing to beat."
NONE_HERE = "There is no question here yet."
ALL_SEEN = "No fresh question is left. A pack you import brings fresh ones."
LOOKING = "History and Questions can be looked at; nothing can be changed from here."


def length(questions: int, limit_ms: int | None, time_factor: int = BASE_FACTOR) -> str:
    """How long a block is: `20 questions, 30:00`."""
    return f"{words.count(questions, 'question')}, {words.limit(limit_ms, time_factor)}"


def waiting(name: str, position: int, questions: int, remaining_ms: int | None) -> str:
    """What a left block is: `question 9 of 20 · 13:44 left · "Tuesday evening"`.

    The name, which may be long, comes last.
    """
    left = [] if remaining_ms is None else [f"{words.clock_left(remaining_ms)} left"]
    return " · ".join([f"question {position} of {questions}", *left, f'"{name}"'])


def damaged(wrong: Sequence[str], backup: Path | None) -> tuple[str, ...]:
    """What is damaged, the newest copy that is whole, and what to do."""
    found = tuple(f"! {words.sentence(each)}" for each in wrong)
    if backup is None:
        return (*found, "There is no whole backup. Leave (^q) and copy the store away first.")
    do = "Leave (^q), then put the newest whole backup in its place:"
    return (*found, do, f"qbank restore {backup}")


def not_copied(message: str, hint: str) -> tuple[str, ...]:
    """The copy of the day could not be made."""
    return (f"! No copy of your answers was made today: {words.sentence(message)}", hint)


def look_again(questions: int) -> str:
    """How many there are to look at again."""
    return f"{words.count(questions, 'question')} to look at again, no clock"


def same_questions(name: str, long: str) -> str:
    """A block taken before, and how `long` it is, as it was."""
    return f'those of "{name}": {long}'


def here(total: int, fresh: int) -> str:
    """What the store holds."""
    are = "is" if total == 1 else "are"
    said = f"{words.count(total, 'question')} {are} here"
    return f"{said}." if fresh == total else f"{said}, {fresh:,} of them fresh."
