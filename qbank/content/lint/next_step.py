"""N01 to N07: the ladder, the kinds of mistake and the changes of a next-step question.

Only questions whose author says that they ask a next step are held to these: imported ones
know nothing of ladders.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from qbank.content.lint.remarks import Remark
from qbank.content.lint.tokens import quoted
from qbank.content.names import ACTION_FAMILIES
from qbank.content.question import Option, Question

RUNGS: Final = (4, 8)
ON_LADDER: Final = 2
ONE_CODE: Final = 3

_IN_DIAGNOSIS: Final = re.compile(
    r"\bstep in (?:the |this |his |her |their )?(?:\w+(?:'s|’s) )?(?:diagnos\w+|evaluation|workup)",
    re.IGNORECASE,
)
# By the side of the asked rung on which an option stands.
_CODE_AT: Final = {-1: "too_late", 0: "insufficient", 1: "too_early"}
_PLACE_AT: Final = {
    -1: "comes before the asked one",
    0: "is the asked one",
    1: "comes after the asked one",
}


def asks_step(question: Question) -> bool:
    """Whether the author says that a next step is asked."""
    return question.next_step not in (None, "none")


def ladder(question: Question) -> Iterator[Remark]:
    """N01: 4 to 8 rungs, one of them asked, those before it done."""
    if not asks_step(question):
        return
    rungs = question.sequence
    if not rungs:
        fix = "Write the ladder: 4 to 8 rungs, one of them `asked`."
        yield Remark("N01", ("sequence",), "is missing", fix)
        return
    asked = [place for place, rung in enumerate(rungs) if rung.state == "asked"]
    if len(asked) != 1:
        message = f"{len(asked)} rungs are `asked`"
        yield Remark("N01", ("sequence",), message, "Mark the one that the key takes.")
    elif any(rung.state == "done" for rung in rungs[asked[0] :]):
        message = "a rung after the asked one is `done`"
        yield Remark("N01", ("sequence",), message, "Put what is done before it.")
    low, high = RUNGS
    if not low <= len(rungs) <= high:
        message = f"{len(rungs)} rungs"
        yield Remark("N01", ("sequence",), message, f"Write {low} to {high}.")


def known_rungs(question: Question) -> Iterator[Remark]:
    """N02: every step is a rung of the ladder, and every rung has its own id."""
    ids = Counter(rung.id for rung in question.sequence)
    for place, rung in enumerate(question.sequence):
        if ids[rung.id] > 1:
            message = f"the rung {rung.id!r} stands twice"
            yield Remark("N02", ("sequence", place, "id"), message, "Give each rung its own id.")
    for place, option in enumerate(question.options):
        if option.step is not None and option.step not in ids:
            message = f"{option.step!r} is no rung of `sequence`"
            fix = f"Use one of: {', '.join(ids)}." if ids else "Write `sequence`, or leave it out."
            yield Remark("N02", ("options", place, "step"), message, fix)


def mistakes(question: Question) -> Iterator[Remark]:
    """N03: kind of mistake, action and rung of each option agree."""
    if not asks_step(question):
        return
    places = {rung.id: place for place, rung in enumerate(question.sequence)}
    asked = [place for place, rung in enumerate(question.sequence) if rung.state == "asked"]
    for place, option in enumerate(question.options):
        if option.action is None:
            fix = f"Use one of: {', '.join(ACTION_FAMILIES)}."
            yield Remark("N03", ("options", place, "action"), "is missing", fix)
        rung = places.get(option.step or "")
        distance = None if rung is None or len(asked) != 1 else rung - asked[0]
        of_key = option.id in question.key
        message, fix = (_key_fault if of_key else _mistake_fault)(option, distance)
        if message:
            field = "error" if option.error else "step"
            yield Remark("N03", ("options", place, field), message, fix)
    for code, count in Counter(each.error for each in question.options if each.error).items():
        if count > ONE_CODE:
            message = f"{count} options are {code!r}"
            fix = f"At most {ONE_CODE} share a kind of mistake: vary the distractors."
            yield Remark("N03", ("options",), message, fix)


def _key_fault(option: Option, distance: int | None) -> tuple[str, str]:
    if option.error is not None:
        return "the key has a kind of mistake", "Leave `error` out, or correct the key."
    if distance is None and option.step is None:
        return "the key stands on no rung", "Name the asked rung as its `step`."
    if distance:
        return "the key is not on the asked rung", "Correct its `step`, or mark that rung `asked`."
    return "", ""


def _mistake_fault(option: Option, distance: int | None) -> tuple[str, str]:
    """What is wrong with a distractor's code, given how far above the asked rung it stands."""
    code = option.error
    if code is None:
        return "the option has no kind of mistake", "Say `error`."
    if option.step is None and code in ("too_early", "too_late"):
        return f"{code!r} needs a rung", "Name its `step`."
    if distance is None or code in ("harmful", _CODE_AT[_sign(distance)]):
        return "", ""
    right, where = _CODE_AT[_sign(distance)], _PLACE_AT[_sign(distance)]
    return f"{code!r}, but its rung {where}", f"Say {right!r}, or take it off the ladder."


def _sign(distance: int) -> int:
    return (distance > 0) - (distance < 0)


def on_ladder(question: Question) -> Iterator[Remark]:
    """N04: at least two distractors stand on the ladder."""
    if not asks_step(question) or not question.sequence:
        return
    ids = {rung.id for rung in question.sequence}
    count = sum(option.step in ids for option in question.options if option.id not in question.key)
    if count < ON_LADDER:
        message = f"distractors on the ladder: {count}"
        fix = "Offer two steps that are right earlier or later for this patient."
        yield Remark("N04", ("options",), message, fix)


def in_diagnosis(question: Question) -> Iterator[Remark]:
    """N05: where the next step in diagnosis is asked, every option finds something out."""
    if not _IN_DIAGNOSIS.search(question.lead_in):
        return
    for place, option in enumerate(question.options):
        if option.action and ACTION_FAMILIES[option.action] != "find out":
            message = f"{quoted(option.text)} is to {option.action}, and finds nothing out"
            fix = 'Ask for the step "in management", or change the option.'
            yield Remark("N05", ("options", place, "action"), message, fix)


def turning_point(question: Question) -> Iterator[Remark]:
    """N06: the finding on which the step turns is named."""
    if asks_step(question) and not question.turns_on:
        fix = "Name in one line the finding that decides."
        yield Remark("N06", ("turns_on",), "is missing", fix)


def changes(question: Question) -> Iterator[Remark]:
    """N07: each change names an option, and one of them leads to another than the key."""
    known = [option.id for option in question.options]
    for place, change in enumerate(question.if_instead):
        if change.then not in known:
            message = f"{change.then!r} is no option's id"
            fix = f"Use one of: {', '.join(known)}."
            yield Remark("N07", ("if_instead", place, "then"), message, fix, "error")
    if not asks_step(question):
        return
    if not question.if_instead:
        fix = "Change one finding and say which option is right then."
        yield Remark("N07", ("if_instead",), "is missing", fix)
    elif all(change.then in question.key for change in question.if_instead):
        fix = "Add a change after which another option is right."
        yield Remark("N07", ("if_instead",), "no change leads to another option", fix)
