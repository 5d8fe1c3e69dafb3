"""The doors of Home and the sentences below them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from qbank.block.model import BASE_FACTOR
from qbank.reporting import words
from qbank.reporting.day_words import day_name

FIRST_BLOCK = "First block"
HALF_BLOCK = "Half a block"
JUST_FIVE = "Just five"
RESUME = "Resume"
EXAM_BLOCK = "New exam block"
FINISH = "Finish in time"
BEAT_YOUR_TIME = "Beat your time"
SPEND_THE_TIME = "Spend the time"
LOOK_AGAIN = "Look again"
SAME_QUESTIONS = "Same questions"
NEW_BLOCK = "New block"
IMPORT = "Import a pack"
EXAM_DATE = "When is the exam?"
SCORE_REPORT = "Score report"
RESULTS = "Results"
CLOSE = "Close until after"
CLOSE_FOR_GOOD = "Close"

AS_THE_EXAM = ", as one block of the real exam"
SEEN_ONES = ", of questions you have seen"
NO_CLOCK = "no clock; answer and read"
CHOOSE = "choose topics, length, mode"
FORMATS = "YAML, JSON, JSON Lines, CSV: a file, a folder or a zip"
NOT_BOOKED = "not booked yet; it may stay empty"
BARS = "type in a result and its bars"
OWN_RESULTS = "own mocks and score reports"
LET_IT_BE = "it is all kept"
NOTHING_DUE = "Nothing is due today."
WAITING_FOR_RESULT = "If you like, put in the result when it comes. Your data stay yours."
RESULT_IS_IN = "The result is in. Your data stay yours: `qbank export` writes them all to one file."
EXAM_DATE_HINT = "As 18 Dec 2026 or 2026-12-18. Not booked yet: leave it empty."
BLANKS_A_BLOCK = "Blanks a block"
FIGURES = "WHAT THE FIGURES CAN SAY SO FAR"
SO_FAR = "SO FAR"
ONE_THING = "ONE THING"
MOCKS = "MOCKS"
ADDING_UP = "Adding up …"
MARKS = "Your first three blocks only set a starting mark. There is nothing to beat."
NONE_HERE = "There is no question here yet."
ALL_SEEN = "No fresh question is left. A pack you import brings fresh ones."
LOOKING = "History and Questions can be looked at; nothing can be changed from here."


def length(questions: int, limit_ms: int | None, time_factor: int = BASE_FACTOR) -> str:
    """How long a block is: `20 questions, 30:00`."""
    return f"{words.count(questions, 'question')}, {words.limit(limit_ms, time_factor)}"


def starting_mark(mark: int, of: int) -> str:
    """The block sets a mark, said behind its length: ` · starting mark 2 of 3`."""
    return f" · starting mark {mark} of {of}"


def booked(day: date) -> str:
    """The day of the exam: `18 Dec 2026`."""
    return day_name(day)


def finish(questions: int, limit_ms: int, last_blank: int) -> str:
    """While blanks occur: `20 q · goal: none blank, 10 by 15:00 · last: 2 blank`."""
    half = f"{questions // 2} by {words.clock(limit_ms // 2)}"
    last = f" · last: {last_blank} blank" if last_blank else ""
    return f"{questions} q · goal: none blank, {half}{last}"


def faster(questions: int, target_ms: int, long: str, right: int) -> str:
    """Time has use: `20 q · goal: 28:30 of 30:00, 14 right, none blank`."""
    goal = f"{words.clock(target_ms)} of {long}"
    return f"{questions} q · goal: {goal}, {right} right, none blank"


def spend(questions: int, long: str) -> str:
    """Time is in hand: more speed earns nothing."""
    return f"{questions} q in {long} · goal: the flagged ones once more"


def exam(name: str, days_left: int | None) -> str:
    """How far off the exam is: `27 days to the exam`; its name where no day is to come."""
    if days_left is None or days_left < 0:
        return name
    return {0: "exam today", 1: "exam tomorrow"}.get(days_left, f"{days_left:,} days to the exam")


def basis(blocks: int, questions: int) -> str:
    """What the figures rest on: `6 blocks, 120 q`."""
    return f"{words.count(blocks, 'block')}, {questions:,} q"


def since(day: str) -> str:
    """The first day of all: `Since 20 Nov`."""
    return f"Since {day}"


def all_done(blocks: int, questions: int) -> str:
    """`71 blocks · 1,420 questions`."""
    return f"{words.count(blocks, 'block')} · {words.count(questions, 'question')}"


def blanks_then_now(first: float, last: float) -> str:
    """Blanks a block in the first ten and the last ten: `1.7  →  0.1`."""
    return f"{first:.1f}  →  {last:.1f}"


def mock(day: str, kind: str, name: str) -> str:
    """Which result: `1 Dec · NBME form · 12`."""
    return " · ".join(filter(None, (day, kind, name)))


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
