"""W06, W07, W08: what points at the key without any medicine."""

from collections.abc import Iterator
from typing import Final

from qbank.content.lint.remarks import Remark
from qbank.content.lint.tokens import content_words, quoted
from qbank.content.question import Option, Question

LONGER_SHARE: Final = 1.3
LONGER_CHARACTERS: Final = 8


def longest_option(question: Question) -> Option | None:
    """The one option that is longer than every other, by characters; None where none is."""
    by_length = sorted(question.options, key=lambda option: len(option.text))
    longest, next_one = by_length[-1], by_length[-2]
    return longest if len(longest.text) > len(next_one.text) else None


def sticks_out(question: Question) -> Option | None:
    """The option longer than all others by 30 % and by 8 characters."""
    longest = longest_option(question)
    if longest is None:
        return None
    rest = max(len(option.text) for option in question.options if option is not longest)
    much = len(longest.text) >= LONGER_SHARE * rest
    return longest if much and len(longest.text) - rest >= LONGER_CHARACTERS else None


def echoing(question: Question) -> dict[str, frozenset[str]]:
    """By option id: the long words that the stem shares with this option alone."""
    stem = content_words(question.stem, 5)
    shared = {option.id: content_words(option.text, 5) & stem for option in question.options}
    alone = {}
    for option_id, words in shared.items():
        others = frozenset[str]().union(*(each for id_, each in shared.items() if id_ != option_id))
        if words - others:
            alone[option_id] = words - others
    return alone


def converging(question: Question) -> Option | None:
    """The one option that shares more words with the others than any other does."""
    words = [content_words(option.text, 4) for option in question.options]
    scores = [
        sum(len(mine & other) for place, other in enumerate(words) if place != own)
        for own, mine in enumerate(words)
    ]
    top = max(scores)
    if top == 0 or scores.count(top) > 1:
        return None
    return question.options[scores.index(top)]


def longest_key(question: Question) -> Iterator[Remark]:
    """W06: the key is not the option that sticks out by its length."""
    option = sticks_out(question)
    if option is not None and option.id in question.key:
        message = f"the key, {quoted(option.text)}, is much the longest option"
        fix = "Shorten it, or say as much in another option."
        yield Remark("W06", ("options", question.options.index(option), "text"), message, fix)


def clang(question: Question) -> Iterator[Remark]:
    """W07: no word of the stem comes back in the key and in no other option."""
    alone = echoing(question)
    if len(alone) == 1 and (option_id := next(iter(alone))) in question.key:
        words = ", ".join(sorted(alone[option_id]))
        message = f"{words}: in the stem, in the key and in no other option"
        fix = "Use another word in the stem, or the same in another option."
        yield Remark("W07", ("options", _place(question, option_id), "text"), message, fix)


def convergence(question: Question) -> Iterator[Remark]:
    """W08: the key is not the option that has a bit of all others."""
    option = converging(question)
    if option is not None and option.id in question.key:
        message = "the key shares more words with the other options than any of them does"
        fix = "Vary the distractors, so that none is made from the key."
        yield Remark("W08", ("options", _place(question, option.id), "text"), message, fix)


def _place(question: Question, option_id: str) -> int:
    return [option.id for option in question.options].index(option_id)
