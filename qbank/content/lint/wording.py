"""W01 to W05, W11, W12: flaws of wording that make a question harder or easier for no reason."""

import re
from collections.abc import Iterator
from typing import Final

from qbank.content.lint.remarks import Remark
from qbank.content.lint.tokens import quoted, word_count
from qbank.content.question import Question

WORDS_MIN: Final = 15
WORDS_MAX: Final = 200
LEAD_IN_WORDS: Final = 4

_OF_THE_ABOVE: Final = re.compile(
    r"^(?:all|both|neither|either)\.?$"
    r"|\b(?:all|any|none|both|neither|either) (?:of )?(?:the |these |those )?"
    r"(?:above|listed|these|those|(?:other )?(?:answers|options|choices))\b",
    re.IGNORECASE,
)
_NEGATIVE: Final = re.compile(
    r"\b(?:EXCEPT|NOT|LEAST)\b|(?<!\bat )\bleast\b|\bexcept\b(?! for)|\bfalse\b(?! (?:pos|neg))"
    r"|\bincorrect\b"
)
_TRUE_OF: Final = re.compile(
    r"\b(?:which|what)(?: one)? of (?:the|these) following(?: statements?)?\b[^?]{0,60}?"
    r"\b(?:is|are|was|would be)(?: the)?(?: most| best)? (?:true|correct|accurate)\b"
    r"(?! (?:diagnosis|next|step|action|response|treatment|management|answer))",
    re.IGNORECASE,
)
_QUESTION_WORD: Final = re.compile(
    r"\b(?:which|what|who|whom|whose|how|when|where|why|is|are|was|were|does|do|did|should|can"
    r"|will|would|could|has|have)\b",
    re.IGNORECASE,
)
_ABSOLUTE: Final = re.compile(
    r"\b(?:always|never|invariably|must|cannot|completely"
    r"|every(?! (?:\d|other\b|few\b|two|three|four|six|hour|day|night|morning|week|month|year)))\b",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(r"\b(?:usually|often|sometimes|may|rarely|frequently)\b", re.IGNORECASE)
_ARTICLE_AT_END: Final = re.compile(r"\b(an?)\s*[:._…]*$")
_OPEN_PLURAL: Final = re.compile(r"\b(is|are|was|were)(?: the)?\s*:$", re.IGNORECASE)
_PERSON: Final = re.compile(
    r"\b(?:man|woman|boy|girl|infant|newborn|neonate|child|toddler|patient|adolescent|student"
    r"|mother|father)\b",
    re.IGNORECASE,
)
_AGE: Final = re.compile(
    r"\b(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen)"
    r"[- ](?:year|month|week|day|hour|minute)s?\b|\bnewborn|\bneonate|\baged? (?:of )?\d+"
    r"|\b(?:early|mid|late)[- ](?:twenties|thirties|forties|fifties|sixties|seventies|eighties)\b",
    re.IGNORECASE,
)
_SETTING: Final = re.compile(
    r"\b(?:emergency|clinic|office|hospital|hospitalized|ward|unit|physician|doctor|practice"
    r"|room|department|brought|comes|examination|replacement|admitted|home|school|delivery|delivered|labor|visit|evaluat\w+|consult\w*"
    r"|surgery|operat\w+|study|trial|investigat\w+|researcher\w*)\b",
    re.IGNORECASE,
)
_ASKS_FIRST: Final = re.compile(r"^(?:which|what|how)\b[^.?!]*\?\s+\S", re.IGNORECASE)


def of_the_above(question: Question) -> Iterator[Remark]:
    """W01: no option speaks about the other options."""
    for place, option in enumerate(question.options):
        if _OF_THE_ABOVE.search(option.text.strip()):
            message = f"{quoted(option.text)} speaks about the other options"
            fix = "Write an option that stands by itself."
            yield Remark("W01", ("options", place, "text"), message, fix)


def negative_lead_in(question: Question) -> Iterator[Remark]:
    """W02: what is right is asked for, not what is wrong."""
    found = _NEGATIVE.search(question.lead_in)
    if found:
        message = f"asks for the exception ({quoted(found.group())})"
        yield Remark("W02", ("lead_in",), message, "Ask for what is right.")


def focused_lead_in(question: Question) -> Iterator[Remark]:
    """W03: the lead-in can be answered with the options covered."""
    text = question.lead_in
    faults = (
        (_TRUE_OF.search(text), "asks which statement is true, of anything"),
        ("?" not in text, "has no question mark"),
        (word_count(text) < LEAD_IN_WORDS, f"has fewer than {LEAD_IN_WORDS} words"),
        (not _QUESTION_WORD.search(text), "has no question word"),
    )
    message = next((message for wrong, message in faults if wrong), "")
    if message:
        fix = "Ask one thing that can be answered with the options covered."
        yield Remark("W03", ("lead_in",), message, fix)


def absolute_words(question: Question) -> Iterator[Remark]:
    """W04: no option says always or never; those who know how tests are made strike it."""
    key_has = any(_ABSOLUTE.search(question.option(key).text) for key in question.key)
    for place, option in enumerate(question.options):
        found = _ABSOLUTE.search(option.text)
        if found:
            more = "" if key_has else "; the key has none"
            message = f"holds the absolute word {quoted(found.group())}{more}"
            yield Remark("W04", ("options", place, "text"), message, "Say it without that word.")


def vague_words(question: Question) -> Iterator[Remark]:
    """W05: no option says often or rarely, which each reader takes for another number."""
    for place, option in enumerate(question.options):
        found = _VAGUE.search(option.text)
        if found:
            message = f"holds the vague word {quoted(found.group())}"
            yield Remark("W05", ("options", place, "text"), message, "Give a number or drop it.")


def grammar(question: Question) -> Iterator[Remark]:
    """W11: every option fits the end of the lead-in."""
    article = _ARTICLE_AT_END.search(question.lead_in)
    if article:
        wanted = article[1].casefold()
        fitting = [_article(option.text) == wanted for option in question.options]
        if any(fitting) and not all(fitting):
            message = f'ends in "{wanted}", which fits {sum(fitting)} of {len(fitting)} options'
            yield Remark("W11", ("lead_in",), message, "End it before the article.")
    number = _OPEN_PLURAL.search(question.lead_in)
    if number:
        several = number[1].casefold() in ("are", "were")
        fitting = [_is_plural(option.text) == several for option in question.options]
        key = {place for place, each in enumerate(question.options) if each.id in question.key}
        if {place for place, fits in enumerate(fitting) if fits} == key:
            message = f"{quoted(number[1])} fits the key alone"
            yield Remark("W11", ("lead_in",), message, "Make all options singular or plural.")


def _article(text: str) -> str:
    return "an" if text.strip()[:1].casefold() in "aeiou" else "a"


def _is_plural(text: str) -> bool:
    last = text.rstrip(". ").rpartition(" ")[2].casefold()
    return last.endswith("s") and not last.endswith(("ss", "is", "us"))


def stem_build(question: Question) -> Iterator[Remark]:
    """W12: length of stem and lead-in, the question at its end, age and setting at its start."""
    words = word_count(question.stem) + word_count(question.lead_in)
    if words > WORDS_MAX:
        message = f"{words} words with the lead-in, over {WORDS_MAX}"
        yield Remark("W12", ("stem",), message, "Cut what decides nothing.")
    if words < WORDS_MIN:
        message = f"{words} words with the lead-in, under {WORDS_MIN}"
        yield Remark("W12", ("stem",), message, "Give a case, not a fact to recall.")
    if _ASKS_FIRST.search(question.stem) or _ASKS_FIRST.search(question.lead_in):
        message = "the question stands before the vignette"
        yield Remark("W12", ("lead_in",), message, "Put it at the end.")
    no_patient = question.patient is None and question.setting is not None
    if _PERSON.search(question.stem) and not no_patient:
        lacks = [
            name
            for name, pattern in (("age", _AGE), ("setting", _SETTING))
            if not pattern.search(question.stem)
        ]
        if lacks:
            message = f"a vignette without {' and '.join(lacks)}"
            yield Remark("W12", ("stem",), message, "Say how old the patient is, and where seen.")
