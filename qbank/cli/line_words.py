"""What a block says in line mode: plain sentences, no cursor, no colour, one thing a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from qbank.content.markdown import plain_text
from qbank.reporting import exam_day_words, pace_words, words

if TYPE_CHECKING:
    from qbank.block.state import BlockState, Cell
    from qbank.services.views import (
        BlockReport,
        DayReport,
        Explanation,
        LiveClock,
        QuestionText,
    )

HELP: Mapping[str, str] = {
    "A letter": "answers and goes on: b",
    "next, back, go 7": "another question",
    "again": "reads the question again",
    "clear": "takes the answer back",
    "strike b": "rules an option out, or back in",
    "flag": "flags the question, or takes the flag off",
    "sure, unsure, guess": "says how sure the answer is",
    "mark WORDS": "marks words of the question, or takes the mark off",
    "note TEXT": "keeps a note; without a text reads it",
    "labs WORDS": "looks up a reference range: labs sodium",
    "clock": "says the time, and the pace",
    "review": "lists the questions; also: review blank, review flagged",
    "pause, resume": "stops the clock, where the block allows it",
    "leave": "leaves the block open; `qbank run --resume --plain` goes on",
    "end": "hands the block in",
}
"""Every word of line mode and what it does; a letter comes first."""

SEVERAL = "Choose all that apply; only the whole set counts. Type the letters together."
ANSWER_LOCKED = "This answer stands: its explanation was read."
NO_SUCH_LETTER = "There is no option {letter} here."
NOT_KNOWN = "That is no letter of an option and no word of line mode. `help` lists them."
ONE_ONLY = "This question takes one letter."
LAST_QUESTION = "That was the last question. `review` lists them, `end` hands the block in."
FIRST_QUESTION = "This is the first question."
END_AGAIN = "`end` once more hands the block in."
NO_NOTE = "No note yet. `note TEXT` keeps one."
NOTE_KEPT = "Note kept."
LEFT = "The block is open. `qbank run --resume --plain` goes on with it."
BETWEEN_HELP = "`begin` begins the block; also: `clock`, `leave`, `end day`."
PAUSED = "Paused. `resume` goes on."
SAVE_HINT = "`retry` tries again; `copy FILE` saves a copy of this block beside it."


def begun(name: str, size: int, limit_said: str) -> str:
    """The first line of a block."""
    timed = "no clock" if limit_said == "no clock" else f"{limit_said}, the clock runs"
    return f"{name}. {words.count(size, 'question')}, {timed}. `help` lists the words."


def question_head(state: BlockState, position: int, time_said: str) -> str:
    """The place of a question, the time, and what was done with it before."""
    cell = state.cell(position)
    parts = [words.question_of(position, state.spec.size), time_said]
    if cell.flagged:
        parts.append("flagged")
    if cell.confidence is not None:
        parts.append(cell.confidence.value)
    return ". ".join(part for part in parts if part) + "."


def options(text: QuestionText, letters: Mapping[str, str], cell: Cell) -> Iterable[str]:
    """One line an option: its letter, its text, whether it is chosen or struck out."""
    for place, option in enumerate(text.options, start=1):
        name = letters.get(option.id, str(place))
        said = []
        if option.id in cell.response:
            said.append("your answer")
        if option.id in cell.struck:
            said.append("struck out")
        yield f"{name}. {_option_text(text, option.text)}" + (
            f" ({', '.join(said)})" if said else ""
        )


def _option_text(question: QuestionText, said: str) -> str:
    return plain_text(said) if question.markdown else said


def together(chosen: Iterable[str], letters: Mapping[str, str]) -> str:
    """Chosen options by their letters, as they are typed: `BD`."""
    return "".join(sorted(letters.get(option, "?") for option in chosen))


def answered(letters: str, *, saved: bool) -> str:
    """An answer and whether it is on disk."""
    return f"{letters}, saved." if saved else f"{letters}, not saved yet: keep this window open."


def struck(letter: str, out: bool) -> str:
    """An option ruled out, or back in."""
    return f"{letter} struck out." if out else f"{letter} no longer struck out."


def flagged(on: bool) -> str:
    """A flag set or taken off."""
    return "Flagged." if on else "No longer flagged."


def marked(on: bool, what: str) -> str:
    """Words of the stem marked, or not any more."""
    return f"Marked: {what}" if on else f"No longer marked: {what}"


def not_in_the_question(what: str) -> str:
    """Words to be marked that do not occur."""
    return f"The question does not say {what!r}."


def clock(live: LiveClock, limit_said: str) -> str:
    """The time, and the pace where something may be said of it."""
    if live.remaining_ms is None:
        said = [f"{words.clock(live.used_ms)} used, {limit_said}"]
    else:
        said = [f"{words.clock_left(live.remaining_ms)} left of {limit_said}"]
    said.append(f"this one {words.clock(live.this_one_ms)}")
    said.append(f"{live.answered} answered")
    if live.pace is not None:
        ghost = None if live.ghost is None else (live.ghost.delta_ms, live.ghost.label)
        in_full, *_ = pace_words.standing(live.pace, ghost) or ((),)
        said += in_full
    return ", ".join(said) + "."


def overview(state: BlockState, positions: Sequence[int], letters: Mapping[int, str]) -> str:
    """Questions by number: the letter chosen, or open; flagged."""
    if not positions:
        return "None."
    said = []
    for position in positions:
        cell = state.cell(position)
        what = letters[position] or ("open" if cell.visits else "not seen")
        said.append(f"{position} {what}" + (", flagged" if cell.flagged else ""))
    return "; ".join(said) + "."


def explained(said: Explanation, letters: Mapping[str, str], response: Sequence[str]) -> list[str]:
    """The reasoning behind a locked answer, a line each."""
    right = set(response) == set(said.key)
    mine = together(response, letters) or "none"
    lines = [f"{'Right' if right else 'Not right'}: {together(said.key, letters)}. You: {mine}."]
    if said.turns_on:
        lines.append(f"The step turns on: {said.turns_on}")
    lines += ladder(said, letters, response)
    lines += [line for line in (said.explanation, said.objective) if line]
    for option in said.options:
        how = words.error(option.error)
        why = " ".join(part for part in (f"({how})" if how else "", option.why) if part)
        if why:
            lines.append(f"{letters.get(option.id, '?')}. {option.text}: {why}")
    for change in said.if_instead:
        lines.append(f"{change.change}: {change.then}.")
    lines += [f"Reference: {reference}" for reference in said.references]
    return lines


def ladder(said: Explanation, letters: Mapping[str, str], response: Sequence[str]) -> list[str]:
    """The rungs of a next step in order, with what was asked and what was chosen."""
    mine = {option.step: option.id for option in said.options if option.id in response}
    lines = []
    for number, rung in enumerate(said.ladder, start=1):
        notes = {"done": ["done in the stem"], "asked": ["asked here"]}.get(rung.state, [])
        if rung.id in mine:
            notes = [*notes, f"your {letters.get(mine[rung.id], 'choice')}"]
        noted = f" ({', '.join(notes)})" if notes else ""
        lines.append(f"Step {number}, {rung.stage.replace('_', ' ')}: {rung.do}{noted}")
    return lines


def came_to(report: BlockReport) -> list[str]:
    """A closed block: right of all, the next steps, the time, then what may be said of it."""
    block = report.summary
    lines = [f"{words.right_of(block.correct, block.questions)} right."]
    if block.next_step_total:
        right = words.right_of(block.next_step_correct, block.next_step_total)
        lines.append(f"Next steps: {right} right.")
    limit_said = words.limit(block.limit_ms, block.time_factor)
    lines.append(f"{words.clock(block.used_ms)} used, {limit_said}.")
    return [*lines, *report.says]


def day_came_to(day: DayReport) -> list[str]:
    """An exam day that is over, block by block; counts, no score."""
    lines = [
        f"{exam_day_words.block_of(block.number, len(day.blocks))}: "
        f"{words.right_of(block.correct, block.questions)} right, {block.answered} answered, "
        f"{words.clock(block.used_ms)} used."
        for block in day.taken
    ]
    whole = f"{words.right_of(day.correct, day.questions)} right, {day.answered} answered."
    breaks = f"{exam_day_words.span(day.break_ms)} of breaks"
    taken = f"{exam_day_words.hours(day.testing_ms)} of testing, {breaks}."
    return [*lines, whole, taken, exam_day_words.NOT_A_SCORE]
