"""A closed block looked back at, in words: what was done, where it went, what to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qbank.block.model import Outcome
from qbank.block.timeline import Deed, Moment
from qbank.reporting import words

REASONS: Mapping[str, str] = {
    "not_answered": "not answered",
    "very_quick": "very quick",
    "changed_away": "changed away from right",
    "near_the_end": "very quick, near the end",
    "first_choice_early": "long, and the first choice came early",
    "too_early": "step too early",
    "too_late": "step already done",
    "insufficient": "not enough",
    "needless": "changes nothing now",
    "harmful": "would harm here",
    "other_diagnosis": "right for another case",
    "knowledge": "knowledge",
    "misread": "misread",
}
"""Every reason by its name, as it is said, in the order of the rule that finds it."""

STEP_REASONS = ("too_early", "too_late", "insufficient", "needless", "harmful")
"""Those that only a next step can have."""

_SHORT: Mapping[str, str] = {"first_choice_early": "long, first choice early"}

RULE = "a bookkeeping rule, not a diagnosis"
OF_THESE = "of these"
IF_INSTEAD = "It would have been"
IF_STILL = "It would still have been"
IF = "had it said:"
FAULT_ASK = "What is wrong with this question?"
FAULT_HINT = "It stays in your store; nothing is sent. Empty takes it back."
WHICH_ROW = "Which question?"
REASON_ASK = "Why was it not right?"
REASON_HINT = "What the log says stands ready; any other corrects it."

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


def reason(name: str) -> str:
    """A reason as it is said; a name that is not known stands as it is."""
    return REASONS.get(name, name)


def short_reason(name: str) -> str:
    """A reason for a narrow column."""
    return _SHORT.get(name, reason(name))


def went_to(total: int) -> str:
    """The title over where the questions not right went."""
    return f"Where {total} {'question' if total == 1 else 'questions'} went"


def reason_stands(cause: str, given: str) -> str:
    """Why an answer was not right, and that the log says so where the person does not."""
    return reason(given) if given else f"{reason(cause)}, by the log" if cause else ""


def others_folded(number: int) -> str:
    """So many options are not explained yet."""
    return f"E shows why of the other {number}" if number > 1 else "E shows why of the other one"


def stayed(stay_ms: int) -> str:
    """How long a visit was."""
    return f"{words.clock(stay_ms)} on it"


# --- talking it over -------------------------------------------------------------------

SHEET_HINT = "Questions first, keys and reasons on a page of their own. No file is written over."


def sheet_name(block_id: str) -> str:
    """What such a sheet is called, unless told otherwise."""
    return f"qbank-{block_id[:8]}.md"


def sheet_ask(number: int) -> str:
    """Where it shall go."""
    these = "this one" if number == 1 else f"these {number}"
    return f"A sheet of {these} to talk over goes to:"


def sheet_written(path: str) -> str:
    """Where it went."""
    return f"Written: {path}"


# --- more like this --------------------------------------------------------------------

SAME_AREA = "area"
SAME_SYSTEM = "system"
SAME_STEP = "next step"
SAME_TASK = "task"
MORE = "A few questions that share one thing with this one."
NONE_LIKE = "No other question here is like this one."


def more_like(shared: str) -> str:
    """What such a block is called."""
    return f"More like it: {shared}"


# --- what there is to look at ---------------------------------------------------------


def to_look_at(number: int) -> str:
    """Those not right."""
    return f"{number} to look at"


def in_this_order(sure: int, next_steps: int, changed: int, others: int) -> str:
    """In which order those not right come: `1 sure, then 2 next steps, 1 more`."""
    parts = [
        (sure, "sure"),
        (next_steps, "next step" if next_steps == 1 else "next steps"),
        (changed, "changed"),
        (others, "more" if sure or next_steps or changed else ""),
    ]
    said = [f"{number} {what}" for number, what in parts if number and what]
    return ", then ".join([said[0], ", ".join(said[1:])]) if len(said) > 1 else "".join(said)


def sure_not_right(number: int) -> str:
    """Sure of an answer that is not right."""
    return f"{number} sure and not right"


def flagged(number: int, right: int) -> tuple[str, str]:
    """The flagged ones, and how many of them are right where not all are."""
    if right == number:
        return f"{number} flagged and right", ""
    return f"{number} flagged", f"{right or 'none'} of them right"


def changed(to_right: int, away: int, neither: int) -> tuple[str, str]:
    """The changed answers, and what came of the changes."""
    parts = [(to_right, "to right"), (away, "away from right"), (neither, "neither")]
    meaning = ", ".join(f"{number} {what}" for number, what in parts if number)
    return f"{to_right + away + neither} changed", meaning


def slow(number: int, over_ms: int, right: int) -> tuple[str, str]:
    """Those that took long, and how many of them are right."""
    return f"{number} took over {words.clock(over_ms)}", f"{right or 'none'} of them right"


def verdict(response: Sequence[str], key: Sequence[str]) -> str:
    """What an answer is as a whole, from letters: `✗ not right: only the whole set counts; ...`."""
    if not response:
        outcome = Outcome.OMITTED
    else:
        outcome = Outcome.CORRECT if set(response) == set(key) else Outcome.INCORRECT
    said = f"{words.sign(outcome)} {words.outcome(outcome)}"
    if outcome is not Outcome.INCORRECT or len(key) == 1:
        return said
    left = ", ".join(letter for letter in key if letter not in response)
    more = ", ".join(letter for letter in response if letter not in key)
    why = [f"you left out {left}"] if left else []
    why += [f"{more} {'do' if ',' in more else 'does'} not belong"] if more else []
    return f"{said}: only the whole set counts; {', '.join(why)}"
