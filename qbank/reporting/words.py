"""What qbank says to a person under stress: every such sentence, in one place.

Number first, meaning second, at most one action; no exclamation mark, no praise,
no advice that the data do not carry. Times come in as milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable

from qbank.block.model import BASE_FACTOR, Mode, Outcome
from qbank.reporting.day_words import local, short_day

MINUTE_MS = 60_000
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

NOT_A_SCORE = (
    "Percent right here is not an exam score: these questions are not tied to the exam's scale."
)
CHANCE = "A block of 20 often moves by 2 or 3 either way by chance alone."
BLANK_SCORES = "A blank scores as wrong; any letter has a chance."
TWO_LEFT_RULE = "At 2:00 left: a letter on every open question first, then think."
PAUSE_ASK = "A paused block stays out of your bests. P again to pause."
MAY_PAUSE = "P twice pauses; a paused block stays out of your bests."
NO_PAUSE = "This block has no pause: its clock runs on."
KEPT = "Every answer is kept at once. ^q leaves; the next start offers to go on here."
CHOOSE_ALL = "Choose all that apply. It counts if all right ones are chosen and no other."
PAUSED = "The clock stands and the question is covered."
FLAGGED = "⚑"
NEXT_STEP = "➜"

_SIGNS = {
    Outcome.CORRECT: "✓",
    Outcome.INCORRECT: "✗",
    Outcome.OMITTED: "–",
    Outcome.UNREACHED: "–",
}
_OUTCOMES = {
    Outcome.CORRECT: "right",
    Outcome.INCORRECT: "not right",
    Outcome.OMITTED: "left blank",
    Outcome.UNREACHED: "not reached",
}
_MODES = {
    Mode.TIMED: "timed",
    Mode.TUTOR: "tutor",
    Mode.UNTIMED: "no clock",
    Mode.EXAM_DAY: "exam day",
}
_ERRORS = {
    "harmful": "would harm here",
    "other_diagnosis": "right for another case",
    "too_early": "too early: something comes first",
    "too_late": "already behind this patient",
    "insufficient": "not enough",
    "needless": "changes nothing now",
}


def exhibits(alts: Iterable[str]) -> tuple[str, ...]:
    """The pictures of a question where only their words can be shown: `Exhibit 1: ...`."""
    return tuple(f"Exhibit {number}: {alt}" for number, alt in enumerate(alts, start=1))


def clock(ms: int) -> str:
    """A duration as m:ss, whole seconds passed: `0:41`, `75:00`."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    return f"{minutes}:{seconds:02d}"


def clock_left(ms: int) -> str:
    """What is left as m:ss; a begun second counts, so that `0:00` is the end and nothing else."""
    return clock(max(0, ms) + 999)


def minutes_left(ms: int) -> str:
    """What is left in whole minutes, a begun one counted: `12 min left`."""
    return f"{-(-max(0, ms) // MINUTE_MS)} min left"


def day(at_ms: int | None, offset_min: int) -> str:
    """The local day and hour of epoch milliseconds: `Fri 20 Nov 20:40`; empty for None."""
    if at_ms is None:
        return ""
    moment = local(at_ms, offset_min)
    return f"{_DAYS[moment.weekday()]} {short_day(moment)} {moment:%H:%M}"


def date(at_ms: int | None, offset_min: int) -> str:
    """`day` without its name, for a narrow column: `20 Nov 20:40`."""
    return day(at_ms, offset_min).partition(" ")[2]


def in_hand(ms: int) -> str:
    """Time in hand with its sign, for an axis: `+1:00`, `0:00`, `-2:00`."""
    sign = "+" if ms > 0 else "-" if ms < 0 else ""
    return sign + clock(abs(ms))


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 question`, `20 questions`, `1,273 questions`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def were(number: int) -> str:
    """The verb for so many."""
    return "was" if number == 1 else "were"


def factor(percent: int) -> str:
    """A time factor as it is said: 150 is `× 1.5`."""
    return f"× {percent / BASE_FACTOR:g}"


def limit(limit_ms: int | None, percent: int = BASE_FACTOR) -> str:
    """A block's limit: `30:00`, `45:00 (30:00 × 1.5)`, `no clock`."""
    if limit_ms is None:
        return "no clock"
    if percent == BASE_FACTOR:
        return clock(limit_ms)
    return f"{clock(limit_ms)} ({clock(limit_ms * BASE_FACTOR // percent)} {factor(percent)})"


def sentence(text: str) -> str:
    """A message as a sentence: a capital, unless it begins with our own name; a full stop."""
    begun = text if text.startswith("qbank") else text[:1].upper() + text[1:]
    return begun if not begun or begun[-1] in ".?…" else f"{begun}."


def mode(value: Mode) -> str:
    """A mode in a list of blocks."""
    return _MODES[value]


def sign(outcome: Outcome) -> str:
    """The mark that stands with an outcome."""
    return _SIGNS[outcome]


def outcome(value: Outcome) -> str:
    """An outcome in words."""
    return _OUTCOMES[value]


def seconds_each(used_ms: int, answered: int) -> str:
    """Mean seconds for an answered question; empty where none is."""
    return f"{round(used_ms / answered / 1000)}" if answered else ""


def right_of(correct: int, size: int) -> str:
    """A count of right answers; never a share for one block."""
    return f"{correct} of {size}"


def error(code: str) -> str:
    """How a choice goes wrong on a next step; empty for a code without words."""
    return _ERRORS.get(code, "")


def next_step_sign(kind: str) -> str:
    """The sign of a question that asks the next step; empty for any other."""
    return "" if kind in ("", "none") else NEXT_STEP


def rungs_early(rungs: int) -> str:
    """How far beyond the asked rung a choice stands (negative: before it)."""
    if rungs < 0:
        return f"{count(-rungs, 'rung')} late"
    return f"{count(rungs, 'rung')} early"


# --- a running block -------------------------------------------------------------


def question_of(position: int, size: int) -> str:
    """The place in a running block; "7/20" would be read as a score."""
    return f"Question {position} of {size}"


def time_is_up(answered: int, unreached: int, size: int) -> str:
    """What stands when the clock ran out on a block of `size` questions."""
    saved = "is saved" if answered == 1 else "are saved"
    said = f"Time. {count(answered, 'answer')} {saved}."
    if unreached:
        said += f" {count(unreached, 'question')} {were(unreached)} not reached."
    if opened := size - answered - unreached:
        said += f" {count(opened, 'question')} {were(opened)} left blank."
    return said


def submit_ask(blank: int, flagged: int) -> str:
    """The one question before a block is handed in."""
    said = "All questions are answered." if blank == 0 else f"{count(blank, 'question')} blank."
    if flagged:
        said += f" {flagged} flagged."
    if blank:
        said += f" {BLANK_SCORES}"
    return said


def leaving(answered: int, *, clocked: bool, pausable: bool) -> str:
    """What happens to the clock when a running block is left; no figure, it still runs."""
    kept = f"{count(answered, 'answer')} kept." if answered else "Nothing answered yet."
    if not clocked:
        return f"{kept} No clock runs; the next start offers to go on here."
    if pausable:
        return f"{kept} The clock stops when you leave; the next start offers to go on here."
    return f"{kept} The clock runs on while you are away."


def not_saved(unsaved: int) -> str:
    """Saving failed: what is in memory only."""
    return f"{count(unsaved, 'step')} not saved yet: keep this window open"


def will_happen(size: int, limit_said: str, value: Mode) -> str:
    """What Begin starts, in one sentence."""
    questions = count(size, "question")
    if value is Mode.TUTOR:
        timed = "" if limit_said == "no clock" else f" in {limit_said}"
        return f"{questions}{timed}; each explanation stands under its answer."
    if limit_said == "no clock":
        return f"{questions}, no clock; the result comes at the end."
    return f"{questions} in {limit_said}. The clock starts when you begin."


# --- after a block ---------------------------------------------------------------


def answered_of(answered: int, size: int) -> str:
    """How many were answered."""
    return f"all {size} answered" if answered == size else f"{answered} of {size} answered"


def starting_mark(mark: int, correct: int, size: int, answered: int, left_ms: int | None) -> str:
    """The first three blocks of a kind set a mark (M1)."""
    every = "all" if answered == size else str(answered)
    parts = [f"{right_of(correct, size)}, {every} answered"]
    if left_ms is not None and left_ms > 0:
        parts.append(f"{clock(left_ms)} left")
    return f"{', '.join(parts)}. Starting mark {mark} of 3: nothing to beat yet."


def blanks(answered: int, unreached: int, omitted: int) -> str:
    """Some questions stayed blank (M6)."""
    parts = [f"{answered} answered"]
    if unreached:
        parts.append(f"{unreached} not reached")
    if omitted:
        parts.append(f"{omitted} left blank")
    return f"{', '.join(parts)}. {BLANK_SCORES}"


def back_after_crash(
    position: int, remaining_ms: int | None, answered: int, away_ms: int | None
) -> str:
    """A block that was cut off is here again (M15)."""
    return f"{waits(position, remaining_ms, answered)} {away(away_ms)}"


def waits(position: int, remaining_ms: int | None, answered: int) -> str:
    """A block that was left is here again."""
    left = "" if remaining_ms is None else f"{clock_left(remaining_ms)} left, "
    return f"Your block is here: question {position}, {left}{count(answered, 'answer')} saved."


def away(away_ms: int | None) -> str:
    """The time the program was not there."""
    if away_ms is None:
        return "The time away is not counted; the block stays out of your bests."
    minutes = away_ms // MINUTE_MS
    if minutes < 1:
        return "The moment away is not counted; the block stays out of your bests."
    said = "minute away is" if minutes == 1 else "minutes away are"
    return f"The {minutes:,} {said} not counted; the block stays out of your bests."
